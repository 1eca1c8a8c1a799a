import { newToken, TOKEN_DAYS_DEFAULT } from "../accounts/new-token.ts";
import type { Sql } from "../store/database.ts";
import { keepToken } from "../store/tokens.ts";

const DAY = 86_400_000;

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
