import * as z from "zod/mini";
import { concatBytes } from "../acts/bytes.ts";
import {
  applicantPaper,
  applicantPapersAbout,
  dropApplicantPaper,
  keepApplicantPaper,
  type KeptPaperLine,
  movePapers,
} from "../store/applicant-papers.ts";
import { primitives } from "../store/crypto.ts";
import type { Sql } from "../store/database.ts";
import { seal, unseal } from "../store/openings.ts";
import { random } from "../store/random.ts";
import { commitmentOf } from "../uses/opening.ts";
import type { Attached } from "./applicant-contents.ts";
import { senderOf } from "./incoming.ts";
import type { Who } from "./sessions.ts";

export const PAPER_BYTES_MAX = 8 * 1024 * 1024;
export const PAPERS_MAX = 10;
/** What may be brought, and how each kind begins: a name is a claim, the first bytes are not. */
const KINDS = [
  { ending: "pdf", type: "application/pdf", begins: ["%PDF-"] },
  { ending: "png", type: "image/png", begins: ["\x89PNG\r\n\x1a\n"] },
  { ending: "jpg", type: "image/jpeg", begins: ["\xff\xd8\xff"] },
  { ending: "jpeg", type: "image/jpeg", begins: ["\xff\xd8\xff"] },
  { ending: "docx", type: "application/zip", begins: ["PK\x03\x04"] },
  { ending: "xlsx", type: "application/zip", begins: ["PK\x03\x04"] },
  { ending: "odt", type: "application/zip", begins: ["PK\x03\x04"] },
  { ending: "ofd", type: "application/zip", begins: ["PK\x03\x04"] },
  { ending: "txt", type: "text/plain", begins: [] },
] as const;
export const PAPER_ENDINGS: readonly string[] = KINDS.map(
  ({ ending }) => `.${ending}`,
);

const NONCE_BYTES = 32;
const NAME_CHARACTERS_MAX = 120;

const naming = z.strictObject({ name: z.string(), type: z.string() });

export type Paper = Attached & { readonly content: Uint8Array };
export type NotKept = "empty" | "tooLarge" | "tooMany" | "kind";
type File = { readonly name: string; readonly content: Uint8Array };

/** Private papers of organisations: sealed, each under the commitment by which an act can name it. Never run, never shown inline. */
export class ApplicantPapers {
  readonly #sql: Sql;
  readonly #key: Uint8Array;
  readonly #now: () => number;

  constructor(sql: Sql, key: Uint8Array, now: () => number) {
    this.#sql = sql;
    this.#key = key;
    this.#now = now;
  }

  async add(by: Who, about: string, file: File): Promise<Attached | NotKept> {
    const type = typeOf(file);
    if (file.content.length === 0) return "empty";
    if (file.content.length > PAPER_BYTES_MAX) return "tooLarge";
    if (type === undefined) return "kind";
    const there = await this.about(by, about);
    if (there.length >= PAPERS_MAX) return "tooMany";
    return this.keep(by, about, { ...file, name: nameOf(file), type });
  }

  /** Keeps what the office itself makes of what was sent. */
  async keep(
    by: Who,
    about: string,
    { name, type, content }: File & { readonly type: string },
  ): Promise<Attached> {
    const nonce = Uint8Array.from(random(NONCE_BYTES));
    const commitment = commitmentOf(primitives, { nonce, content });
    const bytes = content.length;
    const said: z.infer<typeof naming> = { name, type };
    await keepApplicantPaper(this.#sql, {
      ...{ commitment, about, bytes, kept: this.#now() },
      owner: senderOf(this.#key, by),
      sealed: seal(this.#key, concatBytes(nonce, content)),
      sealed_name: seal(this.#key, Buffer.from(JSON.stringify(said))),
    });
    return { commitment, name, type, bytes };
  }

  async about(by: Who, about: string): Promise<readonly Attached[]> {
    const owner = senderOf(this.#key, by);
    return (await applicantPapersAbout(this.#sql, owner, about)).map((kept) =>
      this.#named(kept),
    );
  }

  async drop(by: Who, about: string, commitment: string): Promise<void> {
    const owner = senderOf(this.#key, by);
    await dropApplicantPaper(this.#sql, owner, about, commitment);
  }

  async move(by: Who, from: string, to: string): Promise<void> {
    await movePapers(this.#sql, senderOf(this.#key, by), from, to);
  }

  /** For whoever brought it. */
  async own(by: Who, commitment: string): Promise<Paper | undefined> {
    return this.#open(commitment, senderOf(this.#key, by));
  }

  /** For the posts that decide. */
  async open(commitment: string): Promise<Paper | undefined> {
    return this.#open(commitment);
  }

  async #open(commitment: string, owner?: string): Promise<Paper | undefined> {
    const kept = await applicantPaper(this.#sql, commitment);
    if (kept === undefined || (owner !== undefined && kept.owner !== owner))
      return undefined;
    const content = unseal(this.#key, kept.sealed).subarray(NONCE_BYTES);
    return { ...this.#named(kept), content };
  }

  #named({ commitment, bytes, sealed_name }: KeptPaperLine): Attached {
    const text = unseal(this.#key, sealed_name).toString("utf8");
    return { commitment, bytes, ...naming.parse(JSON.parse(text)) };
  }
}

function typeOf({ name, content }: File): string | undefined {
  const ending = /\.([a-z0-9]+)$/.exec(name.toLowerCase())?.[1];
  const kind = KINDS.find((one) => one.ending === ending);
  if (kind === undefined) return undefined;
  const head = Buffer.from(content.subarray(0, 16)).toString("latin1");
  const fits =
    kind.begins.length === 0
      ? !content.includes(0)
      : kind.begins.some((begin) => head.startsWith(begin));
  return fits ? kind.type : undefined;
}

/** Without the folders that some browsers send, and without what would break a line or turn text. */
function nameOf({ name }: File): string {
  const last = (name.split(/[\\/]/).at(-1) ?? "").replace(
    /[\x00-\x1f\x7f-\x9f"\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    "_",
  );
  return Array.from(last).slice(-NAME_CHARACTERS_MAX).join("");
}
