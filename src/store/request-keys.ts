import { answered, type Sql } from "./database.ts";
import { hexesOf } from "./tokens.ts";

export type RequestKey = {
  readonly key: string;
  readonly organisation: string;
  readonly public_key: Buffer;
  readonly enrolled: number;
  readonly ended: number | null;
};

/**
 * Enrols a key of an organisation. `known`: it is enrolled for it already. `taken`: it is another's, or it has ended; a key
 * that has ended, perhaps because it was stolen, never comes back.
 */
export async function enrolRequestKey(
  sql: Sql,
  key: {
    readonly key: string;
    readonly organisation: string;
    readonly publicKey: Uint8Array;
    readonly at: number;
  },
): Promise<"enrolled" | "known" | "taken"> {
  const { organisation, publicKey, at } = key;
  const result = await answered(sql`
    insert into request_key (key, organisation, public_key, enrolled)
    values (${key.key}, ${organisation}, ${publicKey}, ${at}) on conflict (key) do nothing`);
  if (result.count === 1) return "enrolled";
  const rows = await answered(sql`
    select 1 from request_key where key = ${key.key} and organisation = ${organisation} and ended is null`);
  return rows.length === 1 ? "known" : "taken";
}

/** Ends a key of an organisation; says whether there was one in force. */
export async function endRequestKey(
  sql: Sql,
  organisation: string,
  key: string,
  at: number,
): Promise<boolean> {
  const result = await answered(sql`
    update request_key set ended = ${at}
    where key = ${key} and organisation = ${organisation} and ended is null`);
  return result.count === 1;
}

/** Every key that any of these organisations ever enrolled, in one query. */
export async function requestKeysOf(
  sql: Sql,
  organisations: readonly string[],
): Promise<readonly RequestKey[]> {
  return answered(
    sql<RequestKey[]>`
    select key, organisation, public_key, enrolled, ended from request_key
    where organisation = any (select unnest(string_to_array(${organisations.join(",")}, ',')))
    order by enrolled, key`,
  );
}

export type SeenSignature = {
  readonly digest: Uint8Array;
  readonly until: number;
};

/**
 * Notes signatures that are let in, and gives those that nobody noted before: a signature is given to exactly one gateway.
 * In the order of their digests, so that two gateways never wait for each other.
 */
export async function noteSignatures(
  sql: Sql,
  seen: readonly SeenSignature[],
): Promise<readonly Buffer[]> {
  const sorted = seen.toSorted((a, b) => Buffer.compare(a.digest, b.digest));
  const digests = hexesOf(sorted.map(({ digest }) => digest));
  const untils = sorted.map(({ until }) => until).join(",");
  const rows = await answered(
    sql<{ digest: Buffer }[]>`
    insert into seen_signature (digest, until)
    select decode(hex, 'hex'), until::bigint
    from unnest(string_to_array(${digests}, ','), string_to_array(${untils}, ',')) with ordinality as one (hex, until, place)
    order by place
    on conflict (digest) do nothing returning digest`,
  );
  return rows.map(({ digest }) => digest);
}

/** Forgets signatures that no gateway lets in any more for their time alone. */
export async function pruneSignatures(sql: Sql, at: number): Promise<number> {
  const result = await answered(
    sql`delete from seen_signature where until < ${at}`,
  );
  return result.count;
}
