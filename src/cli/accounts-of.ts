import { Access } from "../accounts/access.ts";
import { ActPapers } from "../accounts/act-papers.ts";
import { ApplicantPapers } from "../accounts/applicant-papers.ts";
import { Applications } from "../accounts/applications.ts";
import {
  type DocumentCode,
  DocumentNumbers,
} from "../accounts/document-numbers.ts";
import { Drafts } from "../accounts/drafts.ts";
import { IncomingItems } from "../accounts/incoming.ts";
import type { AppOptions } from "../portal/app.tsx";
import { primitives } from "../store/crypto.ts";
import { paperInFolder } from "./act-file.ts";
import type { House } from "./house.ts";

/** What officials, organisations and citizens keep here and send. */
export function accountsOf(
  { sql, keys }: Pick<House, "sql" | "keys">,
  folder: string,
  now: () => number,
  codes: readonly DocumentCode[] = [],
): Pick<
  AppOptions,
  | "incoming"
  | "applications"
  | "access"
  | "drafts"
  | "papers"
  | "documentNumbers"
> {
  const kept = [sql, keys.seal, now] as const;
  const incoming = new IncomingItems(...kept);
  const brought = new ApplicantPapers(...kept);
  return {
    incoming,
    applications: new Applications(...kept, incoming, brought),
    access: new Access(...kept),
    drafts: new Drafts(...kept),
    documentNumbers: new DocumentNumbers(sql, now, codes),
    papers: new ActPapers(
      ...([sql, keys.seal, primitives, now] as const),
      async (commitment) =>
        (await brought.open(commitment))?.content ??
        paperInFolder(folder, commitment),
    ),
  };
}
