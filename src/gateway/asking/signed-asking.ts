import type { Sql } from "../../store/database.ts";
import { requestKeysOf } from "../../store/request-keys.ts";
import { FreshAnswers } from "./fresh-answers.ts";
import { atAddress, type HttpRequest } from "./http-request.ts";
import { SeenSignatures } from "./seen-signatures.ts";
import {
  type RequestSignature,
  type Unsigned,
  type Verified,
  verifySignature,
} from "./signature.ts";

/** The keys of an organisation that ever enrolled one. */
export type KeysOf = {
  /** Those in force, by key id. */
  readonly keys: ReadonlyMap<string, Uint8Array>;
};

export type SignedAskingOptions = {
  readonly sql: Sql;
  /** The time of day, by which signatures are young or old. */
  readonly now: () => number;
  readonly ticks?: () => number;
  /** Where the office says that it is, such as https://data.example; without it, where the request says that it was sent. */
  readonly address?: string | undefined;
};

export type Checked =
  | { readonly outcome: "admitted"; readonly signature?: RequestSignature }
  | Unsigned;

/** It is an answer too: organisations that sign nothing are looked up together with all others, before their time is over. */
const NONE = "never enrolled one";

/** Whether an organisation asks as it said that it would: with signed requests alone from its first request key on. */
export class SignedAsking {
  readonly #options: SignedAskingOptions;
  readonly #found: FreshAnswers<KeysOf | typeof NONE>;
  readonly #seen: SeenSignatures;

  constructor(options: SignedAskingOptions) {
    this.#options = options;
    const { sql, now, ticks = () => performance.now() } = options;
    this.#seen = new SeenSignatures(sql, now);
    this.#found = new FreshAnswers({
      look: (organisations) => keysByOrganisation(sql, organisations),
      ticks,
      of: "request keys",
    });
  }

  /** The keys of an organisation; undefined when it never enrolled one. Throws Unavailable when nobody can say. */
  async keysOf(organisation: string): Promise<KeysOf | undefined> {
    const found = await this.#found.of(organisation);
    return found === NONE ? undefined : found;
  }

  /** The body must be the whole body. Throws Unavailable when keys or earlier signatures cannot be looked up. */
  async check(organisation: string, request: HttpRequest): Promise<Checked> {
    const known = await this.keysOf(organisation);
    if (known === undefined) return { outcome: "admitted" };
    const verified = this.verify(request, known.keys);
    if (verified.outcome === "refused") return verified;
    const again = await this.once(verified);
    return again ?? { outcome: "admitted", signature: verified.text };
  }

  verify(
    request: HttpRequest,
    keys: ReadonlyMap<string, Uint8Array>,
  ): Verified | Unsigned {
    const { address, now } = this.#options;
    const sent = address === undefined ? request : atAddress(request, address);
    return verifySignature(sent, keys, now());
  }

  /** Takes a signature for this one request; what speaks against it when it was taken before. */
  async once(verified: Verified): Promise<Unsigned | undefined> {
    if (await this.#seen.isFirst(verified)) return undefined;
    return {
      outcome: "refused",
      why: "Cannot admit the request: its signature was sent before, want a new one with a new nonce",
    };
  }
}

async function keysByOrganisation(
  sql: Sql,
  organisations: readonly string[],
): Promise<ReadonlyMap<string, KeysOf | typeof NONE>> {
  const found = new Map<string, { keys: Map<string, Uint8Array> }>();
  for (const row of await requestKeysOf(sql, organisations)) {
    const of = found.get(row.organisation) ?? { keys: new Map() };
    found.set(row.organisation, of);
    if (row.ended === null) of.keys.set(row.key, row.public_key);
  }
  return new Map(
    organisations.map((one) => [one, found.get(one) ?? NONE] as const),
  );
}
