import { createPublicKey } from "node:crypto";
import * as z from "zod/mini";
import { publicKey32, slug } from "../acts/shapes.ts";
import { fromBase64url, toBase64url } from "../acts/bytes.ts";
import { keyIdOf } from "../acts/statement.ts";
import type { ReadRegister } from "../register/register.ts";
import { primitives } from "../store/crypto.ts";
import type { Sql } from "../store/database.ts";
import { keptReceiptsOf } from "../store/kept-receipts.ts";
import { unseal } from "../store/openings.ts";
import {
  endRequestKey,
  enrolRequestKey,
  type RequestKey,
  requestKeysOf,
} from "../store/request-keys.ts";
import {
  keepToken,
  listTokens,
  revokeToken,
  type TokenLine,
} from "../store/tokens.ts";
import { receipt } from "../uses/receipt.ts";
import { parseUsageEntry } from "../uses/use.ts";
import { newToken, TOKEN_DAYS_MAX } from "./new-token.ts";

const DAY = 86_400_000;
/** In force at a time, of one organisation. */
export const TOKENS_MAX = 100;
export const KEYS_MAX = 20;

export type TokenWanted = {
  /** The one permit that it is for; empty for any. */
  readonly permit: string;
  /** Which of the organisation's systems asks. */
  readonly system: string;
  readonly days: string;
};
export type OwnReceipt = {
  readonly leaf: string;
  readonly at: number;
  readonly permit: string;
  readonly text: string;
};
export type TokenFault = {
  readonly field: keyof TokenWanted;
  readonly why: "permit" | "system" | "days" | "tooMany";
};

/** With what an organisation asks: tokens, of which the office keeps the hash alone, and keys that sign requests. */
export class Access {
  readonly #sql: Sql;
  readonly #key: Uint8Array;
  readonly #now: () => number;

  constructor(sql: Sql, key: Uint8Array, now: () => number) {
    this.#sql = sql;
    this.#key = key;
    this.#now = now;
  }

  tokens(organisation: string): Promise<readonly TokenLine[]> {
    return listTokens(this.#sql, organisation);
  }

  /** The token itself is given once, here, and kept by nobody. */
  async makeToken(
    register: ReadRegister,
    organisation: string,
    { permit, system, days }: TokenWanted,
  ): Promise<{ readonly token: string; readonly id: string } | TokenFault> {
    const now = this.#now();
    if (system !== "" && !slug.safeParse(system).success)
      return { field: "system", why: "system" };
    const standing = register.permits.get(permit);
    const holds =
      standing?.act.organisation === organisation &&
      standing.ended === undefined &&
      now < standing.to;
    if (permit !== "" && !holds) return { field: "permit", why: "permit" };
    const number = /^[1-9][0-9]{0,3}$/.test(days) ? Number(days) : Infinity;
    if (number > TOKEN_DAYS_MAX) return { field: "days", why: "days" };
    const there = await this.tokens(organisation);
    const live = there.filter((one) => !one.revoked && now < one.until);
    if (live.length >= TOKENS_MAX) return { field: "days", why: "tooMany" };
    const { token, id, digest } = newToken();
    await keepToken(this.#sql, {
      ...{ digest, organisation, created: now, until: now + number * DAY },
      ...(permit === "" ? {} : { permit }),
      ...(system === "" ? {} : { system }),
    });
    return { token, id };
  }

  /** False where the organisation has no such token that goes on. */
  endToken(organisation: string, id: string): Promise<boolean> {
    return revokeToken(this.#sql, organisation, id);
  }

  keys(organisation: string): Promise<readonly RequestKey[]> {
    return requestKeysOf(this.#sql, [organisation]);
  }

  /**
   * A key of whoever is signed in for the organisation: they do not have to ask with an older one, as a program with a token alone has to
   * (docs/requests.md).
   */
  async addKey(
    organisation: string,
    text: string,
  ): Promise<
    { readonly key: string } | { readonly why: "form" | "taken" | "tooMany" }
  > {
    const publicKey = publicKeyIn(text);
    if (publicKey === undefined) return { why: "form" };
    const there = await this.keys(organisation);
    if (there.filter(({ ended }) => ended === null).length >= KEYS_MAX)
      return { why: "tooMany" };
    const key = keyIdOf(primitives, publicKey);
    const outcome = await enrolRequestKey(this.#sql, {
      ...{ key, organisation, publicKey, at: this.#now() },
    });
    return outcome === "taken" ? { why: "taken" } : { key };
  }

  /** Receipts of streamed answers, which the office keeps for thirty days; every other answer brings its own. */
  async receipts(organisation: string): Promise<readonly OwnReceipt[]> {
    const rows = await keptReceiptsOf(this.#sql, organisation, RECEIPTS_SHOWN);
    return rows.map(({ leaf, sealed, at }) => {
      const text = unseal(this.#key, sealed).toString("utf8");
      const { use } = kept.parse(JSON.parse(text));
      const entry = parseUsageEntry(fromBase64url(use.entry));
      const permit = entry.kind === "use" ? entry.permit : "";
      return { leaf: toBase64url(leaf), at, permit, text };
    });
  }

  endKey(organisation: string, key: string): Promise<boolean> {
    return endRequestKey(this.#sql, organisation, key, this.#now());
  }
}

const RECEIPTS_SHOWN = 200;
const kept = z.object({ use: receipt });

/** What is shown of a token, and of a request key. */
export type OwnToken = Awaited<ReturnType<Access["tokens"]>>[number];
export type OwnKey = Awaited<ReturnType<Access["keys"]>>[number];

/** An Ed25519 public key: 32 bytes in base64url, or the PEM that openssl writes. */
function publicKeyIn(text: string): Uint8Array | undefined {
  const plain = publicKey32.safeParse(text);
  if (plain.success) return fromBase64url(plain.data);
  if (!text.startsWith("-----BEGIN PUBLIC KEY-----")) return undefined;
  try {
    const { kty, crv, x } = createPublicKey(text).export({ format: "jwk" });
    return kty === "OKP" && crv === "Ed25519" && x !== undefined
      ? fromBase64url(x)
      : undefined;
  } catch {
    // What is no key at all is told as one of another kind.
    return undefined;
  }
}
