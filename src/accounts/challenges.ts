import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { fromBase64url, toBase64url } from "../acts/bytes.ts";
import { burnChallenge } from "../store/accounts.ts";
import type { Sql } from "../store/database.ts";
import { seal, unseal } from "../store/openings.ts";

const asked = z.strictObject({
  purpose: z.enum(["signIn", "register", "enrol"]),
  challenge: z.string(),
  until: z.number(),
});
type Purpose = z.infer<typeof asked>["purpose"];

/** How long somebody may take to answer with a passkey. */
export const ANSWER_MS = 600_000;

/** What a browser was asked, sealed in a cookie of its own until it answers: good for one answer, and for what it was asked for alone. */
export class Challenges {
  readonly #sql: Sql;
  readonly #key: Uint8Array;
  readonly #now: () => number;

  constructor(sql: Sql, key: Uint8Array, now: () => number) {
    this.#sql = sql;
    this.#key = key;
    this.#now = now;
  }

  keep(purpose: Purpose, challenge: string): string {
    const value = { purpose, challenge, until: this.#now() + ANSWER_MS };
    return toBase64url(seal(this.#key, Buffer.from(JSON.stringify(value))));
  }

  /** The challenge that this browser was given, used up. */
  async burn(
    purpose: Purpose,
    cookie: string | undefined,
  ): Promise<string | { readonly failed: "expired" | "used" }> {
    const kept = this.#read(cookie);
    const now = this.#now();
    if (kept === undefined || kept.purpose !== purpose || kept.until <= now)
      return { failed: "expired" };
    const digest = createHash("sha256").update(kept.challenge).digest();
    const isFirst = await burnChallenge(
      ...([this.#sql, digest, kept.until, now] as const),
    );
    return isFirst ? kept.challenge : { failed: "used" };
  }

  #read(cookie: string | undefined): z.infer<typeof asked> | undefined {
    if (cookie === undefined) return undefined;
    try {
      const text = unseal(this.#key, fromBase64url(cookie)).toString("utf8");
      return asked.parse(JSON.parse(text));
    } catch {
      // Not of this office's making.
      return undefined;
    }
  }
}
