import { createHash, randomBytes } from "node:crypto";
import * as z from "zod/mini";
import { toBase64url } from "../acts/bytes.ts";
import type { Sql } from "../store/database.ts";
import { seal, unseal } from "../store/openings.ts";
import {
  endWebSession,
  endWebSessionsBy,
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
  begun: z.number(),
});
export type WebSession = z.infer<typeof kept> & { readonly until: number };

const MINUTE = 60_000;
/** How long nobody may ask for anything before a session is over. */
export const IDLE_MS = {
  official: 60 * MINUTE,
  organisation: 60 * MINUTE,
  citizen: 15 * MINUTE,
} as const satisfies Record<Who["kind"], number>;

/** However busy somebody is, they sign in again after so long. */
export const SESSION_MS_MAX = 12 * 60 * MINUTE;

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
  async begin(
    of: Who,
    by: { readonly persona?: string; readonly passkey?: string } = {},
  ): Promise<string> {
    const { persona, passkey } = by;
    const token = toBase64url(randomBytes(32));
    const now = this.#now();
    const value: z.infer<typeof kept> = {
      who: of,
      formToken: toBase64url(randomBytes(16)),
      ...(persona === undefined ? {} : { persona }),
      begun: now,
    };
    await keepWebSession(
      this.#sql,
      {
        digest: digestOf(token),
        sealed: seal(this.#key, Buffer.from(JSON.stringify(value))),
        until: now + IDLE_MS[of.kind],
        passkey: passkey ?? null,
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
    const read = kept.safeParse(JSON.parse(text));
    // One that another release began is over.
    if (!read.success || read.data.begun + SESSION_MS_MAX <= now)
      return undefined;
    const value = read.data;
    const until = now + IDLE_MS[value.who.kind];
    // Not with every picture and page: once a minute is often enough.
    if (until - found.until > MINUTE)
      await moveWebSession(this.#sql, digest, until);
    return { ...value, until: Math.max(until, found.until) };
  }

  /** Text for a later page of the same session, sealed, so that the browser can keep it meanwhile. */
  sealFor({ formToken }: WebSession, text: string): string {
    return toBase64url(seal(this.#key, Buffer.from(`${formToken} ${text}`)));
  }

  /** That text again; undefined of another session's, and of what this office never sealed. */
  unsealFor({ formToken }: WebSession, sealed: string): string | undefined {
    const text = unsealedText(this.#key, sealed);
    const own = `${formToken} `;
    return text?.startsWith(own) === true ? text.slice(own.length) : undefined;
  }

  /** A passkey was removed: whoever came in with it is out, but for the session that removed it. */
  endThoseBy(passkey: string, own: string): Promise<void> {
    return endWebSessionsBy(this.#sql, passkey, digestOf(own));
  }

  async end(token: string): Promise<void> {
    await endWebSession(this.#sql, digestOf(token));
  }
}

function digestOf(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}

/** What comes back from a browser may be anything. */
function unsealedText(key: Uint8Array, sealed: string): string | undefined {
  try {
    return unseal(key, Buffer.from(sealed, "base64url")).toString("utf8");
  } catch {
    return undefined;
  }
}
