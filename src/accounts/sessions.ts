import { createHash, randomBytes } from "node:crypto";
import * as z from "zod/mini";
import { toBase64url } from "../acts/bytes.ts";
import type { Sql } from "../store/database.ts";
import { seal, unseal } from "../store/openings.ts";
import {
  endWebSession,
  keepWebSession,
  moveWebSession,
  webSessionOf,
} from "../store/web-sessions.ts";

/** Who is signed in. What an official may do follows from the posts that the register says this person holds, at each request anew. */
const who = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("official"), person: z.number() }),
  z.strictObject({
    kind: z.literal("organisation"),
    organisation: z.string(),
    /** Which account of the organisation; empty in a demonstration. */
    account: z.string(),
  }),
  z.strictObject({
    kind: z.literal("citizen"),
    by: z.enum(["subject", "representative"]),
    person: z.string(),
    subject: z.string(),
  }),
]);
export type Who = z.infer<typeof who>;

const kept = z.strictObject({
  who,
  /** What a form has to bring to show that it comes from a page of this session. */
  formToken: z.string(),
  /** In a demonstration: as whom somebody came in. */
  persona: z.exactOptional(z.string()),
});
export type WebSession = z.infer<typeof kept> & { readonly until: number };

const MINUTE = 60_000;
/** How long nobody may ask for anything before a session is over. */
export const IDLE_MS = {
  official: 60 * MINUTE,
  organisation: 60 * MINUTE,
  citizen: 15 * MINUTE,
} as const satisfies Record<Who["kind"], number>;

/** Sessions at the pages. A new one has a new token always, so that no token from before a sign-in is worth anything behind it. */
export class Sessions {
  readonly #sql: Sql;
  readonly #key: Uint8Array;
  readonly #now: () => number;

  constructor(sql: Sql, key: Uint8Array, now: () => number) {
    this.#sql = sql;
    this.#key = key;
    this.#now = now;
  }

  /** Gives the token, which nobody but the browser keeps. */
  async begin(of: Who, persona?: string): Promise<string> {
    const token = toBase64url(randomBytes(32));
    const value: z.infer<typeof kept> = {
      who: of,
      formToken: toBase64url(randomBytes(16)),
      ...(persona === undefined ? {} : { persona }),
    };
    const now = this.#now();
    await keepWebSession(
      this.#sql,
      {
        digest: digestOf(token),
        sealed: seal(this.#key, Buffer.from(JSON.stringify(value))),
        until: now + IDLE_MS[of.kind],
      },
      now,
    );
    return token;
  }

  /** The session of a token, if it is not over; whoever asks keeps it alive. */
  async read(token: string): Promise<WebSession | undefined> {
    const now = this.#now();
    const digest = digestOf(token);
    const found = await webSessionOf(this.#sql, digest, now);
    if (found === undefined) return undefined;
    const text = unseal(this.#key, found.sealed).toString("utf8");
    const value = kept.parse(JSON.parse(text));
    const until = now + IDLE_MS[value.who.kind];
    // Not with every picture and page: once a minute is often enough.
    if (until - found.until > MINUTE)
      await moveWebSession(this.#sql, digest, until);
    return { ...value, until: Math.max(until, found.until) };
  }

  async end(token: string): Promise<void> {
    await endWebSession(this.#sql, digestOf(token));
  }
}

function digestOf(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}
