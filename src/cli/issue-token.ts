import { randomBytes } from "node:crypto";
import { toBase64url } from "../acts/bytes.ts";
import { primitives } from "../store/crypto.ts";
import type { Sql } from "../store/database.ts";
import { keepToken } from "../store/tokens.ts";

const DAY = 86_400_000;
export const TOKEN_DAYS_DEFAULT = 365;

export type NewToken = {
  readonly token: string;
  readonly id: string;
  readonly digest: Uint8Array;
};

/** A token that nobody has yet. Its id, the first 8 characters of its digest, begins with no hyphen: it is typed behind options. */
export function newToken(): NewToken {
  for (;;) {
    const token = toBase64url(randomBytes(32));
    const digest = primitives.sha256(Buffer.from(token));
    const id = toBase64url(digest).slice(0, 8);
    if (![id, token].some((text) => text.startsWith("-")))
      return { token, id, digest };
  }
}

export type TokenBinding = {
  readonly permit?: string | undefined;
  readonly system?: string | undefined;
  readonly days?: number | undefined;
};

/** Makes a token for an organisation: the caller keeps it, the office its hash. */
export async function issueToken(
  sql: Sql,
  organisation: string,
  binding: TokenBinding = {},
  at: number = Date.now(),
): Promise<string> {
  const { token, digest } = newToken();
  const { permit, system, days = TOKEN_DAYS_DEFAULT } = binding;
  await keepToken(sql, {
    ...{ digest, organisation, permit, system },
    created: at,
    until: at + days * DAY,
  });
  return token;
}
