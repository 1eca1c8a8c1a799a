import { hash } from "node:crypto";
import type { Sql } from "../../store/database.ts";
import { findTokens, type FoundToken } from "../../store/tokens.ts";
import { FreshAnswers } from "./fresh-answers.ts";

/** Who asks, by a token that is in force. */
export type Asker = {
  readonly organisation: string;
  /** The one permit that the token is for. */
  readonly permit?: string;
  /** Which of the organisation's systems asks. */
  readonly system?: string;
  readonly tokenId: string;
};

/** Knows tokens by their digests alone, each for two seconds. */
export class TokenCache {
  readonly #found: FreshAnswers<{
    readonly asker: Asker;
    readonly until: number;
  }>;
  readonly #now: () => number;

  /** `now` is the time of day, `ticks` only ever grows. */
  constructor(
    sql: Sql,
    now: () => number,
    ticks: () => number = () => performance.now(),
  ) {
    this.#now = now;
    this.#found = new FreshAnswers({
      look: async (keys) => {
        const digests = keys.map((key) => Buffer.from(key, "base64url"));
        const tokens = await findTokens(sql, digests);
        return new Map(tokens.map((token) => [keyOf(token), known(token)]));
      },
      ticks,
      of: "tokens",
    });
  }

  /** How many answers are kept. */
  get size(): number {
    return this.#found.size;
  }

  /** Whose token it is, if it is in force; throws Unavailable when nobody can say. */
  async askerOf(token: string): Promise<Asker | undefined> {
    const found = await this.#found.of(hash("sha256", token, "base64url"));
    return found === undefined || found.until <= this.#now()
      ? undefined
      : found.asker;
  }
}

function keyOf({ digest }: FoundToken): string {
  return digest.toString("base64url");
}

function known({ id, organisation, permit, system, until }: FoundToken) {
  const asker: Asker = {
    organisation,
    ...(permit === null ? {} : { permit }),
    ...(system === null ? {} : { system }),
    tokenId: id,
  };
  return { asker, until };
}
