import { Access } from "../accounts/access.ts";
import { ApplicantPapers } from "../accounts/applicant-papers.ts";
import { Applications } from "../accounts/applications.ts";
import { IncomingItems } from "../accounts/incoming.ts";
import type { AppOptions } from "../portal/app.tsx";
import type { House } from "./house.ts";

/** What organisations and citizens keep here and send. */
export function accountsOf(
  { sql, keys }: Pick<House, "sql" | "keys">,
  now: () => number,
): Pick<AppOptions, "incoming" | "applications" | "access" | "readActPaper"> {
  const kept = [sql, keys.seal, now] as const;
  const incoming = new IncomingItems(...kept);
  const papers = new ApplicantPapers(...kept);
  return {
    incoming,
    applications: new Applications(...kept, incoming, papers),
    access: new Access(...kept),
    readActPaper: async (commitment) =>
      (await papers.open(commitment))?.content,
  };
}
