import { createHmac, randomBytes } from "node:crypto";
import * as z from "zod/mini";
import type { Sql } from "../store/database.ts";
import {
  countIncoming,
  incomingBy,
  incomingIn,
  incomingOf,
  incomingSettled,
  keepIncoming,
  type KeptIncoming,
  settleIncoming,
} from "../store/incoming.ts";
import { seal, unseal } from "../store/openings.ts";
import { applicantContents } from "./applicant-contents.ts";
import type { Who } from "./sessions.ts";

/** What somebody sent over the pages and only a post can enter: what it is about, and what was said. */
const content = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("objection"),
    /** A registration that stands in its notice, or a procedure. */
    about: z.strictObject({
      what: z.enum(["registration", "procedure"]),
      id: z.string(),
      stage: z.enum(["notice", "documents", "result"]),
    }),
    /** Under the real name: the law wants it, and the act keeps it from the public. */
    name: z.string(),
    text: z.string(),
  }),
  ...applicantContents,
]);
export type IncomingContent = z.infer<typeof content>;

export const incomingStates = ["waiting", "entered", "returned"] as const;
export type IncomingState = (typeof incomingStates)[number];

/** An item without what it says: whoever lists them has not opened them. */
export type IncomingLine = {
  readonly id: string;
  readonly kind: IncomingContent["kind"];
  readonly received: number;
  readonly state: IncomingState;
  readonly settled?: number;
};
export type Incoming = IncomingLine & { readonly content: IncomingContent };

const SHOWN_MAX = 200;
const DAY = 86_400_000;
/** One sender's items a day. */
export const INCOMING_MAX_PER_DAY = 20;

/** What waits for a post to enter it. Nothing of it is public, and nothing of it is an act. */
export class IncomingItems {
  readonly #sql: Sql;
  readonly #key: Uint8Array;
  readonly #now: () => number;

  constructor(sql: Sql, key: Uint8Array, now: () => number) {
    this.#sql = sql;
    this.#key = key;
    this.#now = now;
  }

  /**
   * Takes an item; undefined where its sender has sent too many today. Whoever keeps a draft of it gives the way in which the two change
   * places, once.
   */
  async take(
    by: Who,
    of: IncomingContent,
    keep: (item: Omit<KeptIncoming, "settled">) => Promise<void> = (item) =>
      keepIncoming(this.#sql, item),
  ): Promise<IncomingLine | undefined> {
    const now = this.#now();
    const sender = senderOf(this.#key, by);
    if (
      (await countIncoming(this.#sql, sender, now - DAY)) >=
      INCOMING_MAX_PER_DAY
    )
      return undefined;
    const line = {
      id: `in-${randomBytes(8).toString("hex")}`,
      kind: of.kind,
      received: now,
      state: "waiting",
    } as const;
    await keep({
      ...line,
      sender,
      sealed: seal(this.#key, Buffer.from(JSON.stringify(of))),
    });
    return line;
  }

  /** For the desk: in a state, the oldest first. */
  async list(state: IncomingState): Promise<readonly IncomingLine[]> {
    return (await incomingIn(this.#sql, state, SHOWN_MAX)).map(lineOf);
  }

  /** For the desk: what waits no longer, the newest first. */
  async settledLately(): Promise<readonly IncomingLine[]> {
    return (await incomingSettled(this.#sql, SHOWN_MAX)).map(lineOf);
  }

  /** What somebody sent themselves, opened. */
  async sentBy(by: Who): Promise<readonly Incoming[]> {
    return (
      await incomingBy(this.#sql, senderOf(this.#key, by), SHOWN_MAX)
    ).map((kept) => this.#opened(kept));
  }

  /** For the desk: one item, opened. */
  async open(id: string): Promise<Incoming | undefined> {
    const kept = await incomingOf(this.#sql, id);
    return kept === undefined ? undefined : this.#opened(kept);
  }

  /** For the desk, once its act is entered or it was given back; false where it waits no longer. */
  settle(
    id: string,
    state: Exclude<IncomingState, "waiting">,
  ): Promise<boolean> {
    return settleIncoming(this.#sql, id, state, this.#now());
  }

  #opened(kept: KeptIncoming): Incoming {
    const text = unseal(this.#key, kept.sealed).toString("utf8");
    return { ...lineOf(kept), content: content.parse(JSON.parse(text)) };
  }
}

/** What stands for a sender: nobody who reads the table alone can tell who it is. */
export function senderOf(key: Uint8Array, by: Who): string {
  const name =
    by.kind === "official"
      ? `official\n${by.person}`
      : by.kind === "organisation"
        ? `organisation\n${by.organisation}`
        : `citizen\n${by.person}`;
  return createHmac("sha256", key)
    .update(`vitrine-incoming-v1\n${name}`)
    .digest("base64url");
}

const line = z.object({
  kind: z.enum([
    "objection",
    "application",
    "completion",
    "withdrawal",
    "renewal",
    "organisation",
  ]),
  state: z.enum(incomingStates),
});

function lineOf(kept: KeptIncoming): IncomingLine {
  const { id, received, settled } = kept;
  return {
    id,
    ...line.parse(kept),
    received,
    ...(settled === null ? {} : { settled }),
  };
}
