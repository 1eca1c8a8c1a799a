import { answered, type Sql } from "./database.ts";

/** A token as it is kept: never itself, only its SHA-256. */
export type KeptToken = {
  readonly digest: Uint8Array;
  readonly organisation: string;
  /** The one permit with which it asks; without one, any permit of the organisation. */
  readonly permit?: string | undefined;
  /** Which of the organisation's systems asks. */
  readonly system?: string | undefined;
  readonly created: number;
  readonly until: number;
};

/** What is shown of a token. */
export type TokenLine = {
  readonly id: string;
  readonly permit: string | null;
  readonly system: string | null;
  readonly created: number;
  readonly until: number;
  readonly revoked: boolean;
};

/** A token that was not revoked, as it is looked up. */
export type FoundToken = {
  readonly digest: Buffer;
  readonly id: string;
  readonly organisation: string;
  readonly permit: string | null;
  readonly system: string | null;
  readonly until: number;
};

export async function keepToken(sql: Sql, token: KeptToken): Promise<void> {
  const { digest, organisation, created, until } = token;
  const { permit = null, system = null } = token;
  await answered(sql`
    insert into token (digest, organisation, permit, system, created, until)
    values (${digest}, ${organisation}, ${permit}, ${system}, ${created}, ${until})`);
}

/** Those of many digests that are of tokens, in one query; ended ones are among them, revoked ones not. */
export async function findTokens(
  sql: Sql,
  digests: readonly Uint8Array[],
): Promise<readonly FoundToken[]> {
  return answered(
    sql<FoundToken[]>`
    select digest, id, organisation, permit, system, until from token
    where digest = any (select decode(hex, 'hex') from unnest(string_to_array(${hexesOf(digests)}, ',')) as hex)
      and not revoked`,
  );
}

/** Arrays would need types that are not fetched; a text of hex digits needs none. */
export function hexesOf(digests: readonly Uint8Array[]): string {
  return digests.map((bytes) => Buffer.from(bytes).toString("hex")).join(",");
}

/**
 * A new token in the place of one that is in force, for the same permit and system; the old one ends with the overlap, or
 * earlier if it would have. Says whether there was such a token.
 */
export async function rotateToken(
  sql: Sql,
  organisation: string,
  id: string,
  next: { readonly digest: Uint8Array; readonly until: number },
  at: number,
  overlapUntil: number,
): Promise<boolean> {
  const result = await answered(sql`
    with old as (
      update token set until = least(until, ${overlapUntil})
      where organisation = ${organisation} and id = ${id} and not revoked and until > ${at}
      returning permit, system)
    insert into token (digest, organisation, permit, system, created, until)
    select ${next.digest}::bytea, ${organisation}, permit, system, ${at}::bigint, ${next.until}::bigint from old`);
  return result.count === 1;
}

/** Ends one token of an organisation; says whether there was one that was not yet revoked. */
export async function revokeToken(
  sql: Sql,
  organisation: string,
  id: string,
): Promise<boolean> {
  const result = await answered(sql`
    update token set revoked = true where organisation = ${organisation} and id = ${id} and not revoked`);
  return result.count > 0;
}

/** Ends every token of an organisation; says how many there were. */
export async function revokeTokens(
  sql: Sql,
  organisation: string,
): Promise<number> {
  const result = await answered(sql`
    update token set revoked = true where organisation = ${organisation} and not revoked`);
  return result.count;
}

export async function listTokens(
  sql: Sql,
  organisation: string,
): Promise<readonly TokenLine[]> {
  return answered(
    sql<TokenLine[]>`
    select id, permit, system, created, until, revoked from token
    where organisation = ${organisation} order by created, id`,
  );
}
