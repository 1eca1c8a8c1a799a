import * as z from "zod/mini";
import { encodeBytes } from "../acts/canonical.ts";
import {
  applicationDraft,
  applicationDraftsOf,
  changeApplicationDraft,
  dropApplicationDraft,
  keepApplicationDraft,
  type KeptDraft,
  sendApplicationDraft,
} from "../store/application-drafts.ts";
import type { Sql } from "../store/database.ts";
import { keepIncoming } from "../store/incoming.ts";
import { seal, unseal } from "../store/openings.ts";
import { random } from "../store/random.ts";
import type { ApplicantContent, ToSend } from "./applicant-contents.ts";
import type { ApplicantPapers } from "./applicant-papers.ts";
import { type IncomingItems, type IncomingLine, senderOf } from "./incoming.ts";
import type { Who } from "./sessions.ts";

/** What was typed, word for word, so that it comes back as it was also where it is wrong. */
const typed = z.strictObject({
  product: z.string(),
  purpose: z.string(),
  text: z.string(),
  fields: z.array(z.string()),
  where: z.array(z.string()),
  rowsMax: z.string(),
  calls: z.string(),
  steps: z.string(),
  from: z.string(),
  to: z.string(),
  /** Of one that came by letter. */
  onPaper: z.exactOptional(
    z.strictObject({
      organisation: z.string(),
      arrived: z.string(),
      postmark: z.string(),
    }),
  ),
});
export type Typed = z.infer<typeof typed>;
export type ApplicationDraft = {
  readonly id: string;
  readonly changed: number;
  readonly typed: Typed;
};
/** An item that an applicant sent. */
export type Sent = IncomingLine & { readonly content: ApplicantContent };

/** Of one organisation at a time. */
export const DRAFTS_MAX = 50;

/** Applications from the first word to the moment at which they wait for a post to enter them. */
export class Applications {
  readonly #sql: Sql;
  readonly #key: Uint8Array;
  readonly #now: () => number;
  readonly #incoming: IncomingItems;
  readonly papers: ApplicantPapers;

  constructor(
    sql: Sql,
    key: Uint8Array,
    now: () => number,
    incoming: IncomingItems,
    papers: ApplicantPapers,
  ) {
    this.#sql = sql;
    this.#key = key;
    this.#now = now;
    this.#incoming = incoming;
    this.papers = papers;
  }

  /** Gives its id, which the application has from then on; undefined where there are too many. */
  async begin(by: Who, first: Typed): Promise<string | undefined> {
    if ((await this.drafts(by)).length >= DRAFTS_MAX) return undefined;
    const id = `ap-${Buffer.from(random(8)).toString("hex")}`;
    await keepApplicationDraft(this.#sql, this.#sealed(by, id, first));
    return id;
  }

  /** False where it was sent, or thrown away, in another window. */
  save(by: Who, id: string, next: Typed): Promise<boolean> {
    return changeApplicationDraft(this.#sql, this.#sealed(by, id, next));
  }

  async draft(by: Who, id: string): Promise<ApplicationDraft | undefined> {
    const owner = senderOf(this.#key, by);
    const kept = await applicationDraft(this.#sql, owner, id);
    return kept === undefined ? undefined : this.#opened(kept);
  }

  async drafts(by: Who): Promise<readonly ApplicationDraft[]> {
    const owner = senderOf(this.#key, by);
    return (await applicationDraftsOf(this.#sql, owner, DRAFTS_MAX)).map(
      (kept) => this.#opened(kept),
    );
  }

  async discard(by: Who, id: string): Promise<void> {
    await dropApplicationDraft(this.#sql, senderOf(this.#key, by), id);
  }

  /**
   * Hands something in. All of it goes into one private paper, to which the act of the post that enters it commits. A draft is sent once;
   * undefined where too much came today.
   */
  async send(by: Who, of: ToSend): Promise<IncomingLine | undefined> {
    const about = aboutOf(of);
    const { commitment: paper } = await this.papers.keep(by, about, {
      ...{ name: `${of.kind}.json`, type: "application/json" },
      content: encodeBytes(of),
    });
    const dropPaper = () => this.papers.drop(by, about, paper);
    const line = await this.#incoming.take(
      by,
      { ...of, paper },
      async (item) => {
        if (of.kind !== "application") return keepIncoming(this.#sql, item);
        if (!(await sendApplicationDraft(this.#sql, of.application, item)))
          await dropPaper();
      },
    );
    if (line === undefined) await dropPaper();
    return line;
  }

  /** Puts what a post typed off a letter into the one paper to which its act commits; its scans stay, whatever becomes of the draft. */
  async keepLetter(by: Who, of: ToSend): Promise<string> {
    const about = `${aboutOf(of)} on paper`;
    await this.papers.move(by, aboutOf(of), about);
    const { commitment } = await this.papers.keep(by, about, {
      ...{ name: `${of.kind}.json`, type: "application/json" },
      content: encodeBytes(of),
    });
    return commitment;
  }

  /** What this organisation sent, the newest first. */
  async sent(by: Who): Promise<readonly Sent[]> {
    return (await this.#incoming.sentBy(by)).flatMap((one) => {
      const { content } = one;
      return content.kind === "objection" ? [] : [{ ...one, content }];
    });
  }

  #sealed(by: Who, id: string, of: Typed): KeptDraft {
    return {
      id,
      owner: senderOf(this.#key, by),
      changed: this.#now(),
      sealed: seal(this.#key, Buffer.from(JSON.stringify(of))),
    };
  }

  #opened({ id, changed, sealed }: KeptDraft): ApplicationDraft {
    const text = unseal(this.#key, sealed).toString("utf8");
    return { id, changed, typed: typed.parse(JSON.parse(text)) };
  }
}

/** Under which name the papers of something lie. */
export function aboutOf(of: ToSend): string {
  switch (of.kind) {
    case "application":
      return of.application;
    case "completion":
    case "withdrawal":
      return `${of.application} ${of.kind}`;
    case "renewal":
      return `${of.permit} renewal`;
    case "organisation":
      return "organisation";
  }
}
