import { createHash, createHmac } from "node:crypto";
import { answered, type Sql } from "./database.ts";

/** How often a request is answered anew under its key. */
export const REPEATS_MAX = 3;
/** So long a key stands for its request. */
export const KEY_MS_MAX = 24 * 3_600_000;
/**
 * Longer than any request may take. Whoever has begun and named no entry by then was killed, or may enter nothing any more:
 * the claim is given to the next, and `intend` tells the one before that it has lost it.
 */
export const RUNNING_MS_MAX = 600_000;
/** A key that was used is known for so long, so that it is not taken for a new one. */
const KEPT_MS_MAX = 7 * KEY_MS_MAX;

export type AskedUnderKey = {
  readonly organisation: string;
  /** As the client sent it, unquoted. */
  readonly key: string;
  /** Everything that makes it this request: plan, product, purpose, case and form, in canonical form. */
  readonly request: string;
};

/** What its holder goes on with. */
export type Claim = {
  readonly organisation: string;
  readonly key: Uint8Array;
  readonly claim: Uint8Array;
};

export type UseEntry = {
  readonly leaf: Uint8Array;
  readonly log: string;
  readonly slot: number;
};

export type Begun =
  | { readonly outcome: "first"; readonly claim: Claim }
  /** Under way, here or at another gateway. */
  | { readonly outcome: "running" }
  | ({ readonly outcome: "repeat"; readonly number: number } & UseEntry)
  | { readonly outcome: "exhausted" }
  /** The key stands for another request. */
  | { readonly outcome: "another" }
  | { readonly outcome: "gone" }
  /** Its gateway ended between naming its entry and saying that it stands: only the log itself knows, see `settle`. */
  | ({ readonly outcome: "unsure" } & UseEntry);

type Row = {
  readonly mine: boolean;
  readonly same: boolean;
  readonly begun: number;
  readonly leaf: Buffer | null;
  readonly log: string | null;
  readonly slot: number | null;
  readonly entered: boolean;
  readonly repeats: number;
};

/**
 * Begins a request under a key, or says what became of it. One statement, so of many at once exactly one is first, and no
 * more than three are repeats. A repeat counts from here on, unless it is given back. `claim` is 16 random bytes.
 */
export async function begin(
  sql: Sql,
  asked: AskedUnderKey,
  claim: Uint8Array,
  at: number,
): Promise<Begun> {
  const { organisation } = asked;
  const { key, request } = digestsOf(asked);
  const young = sql`i.begun > ${at - KEY_MS_MAX}::bigint and i.request = excluded.request`;
  const left = sql`${young} and i.leaf is null and i.begun <= ${at - RUNNING_MS_MAX}::bigint`;
  const rows = await answered(
    sql<Row[]>`
    insert into idempotency as i (organisation, key, request, claim, begun)
    values (${organisation}, ${key}, ${request}, ${claim}, ${at})
    on conflict (organisation, key) do update set
      claim = case when ${left} then excluded.claim else i.claim end,
      begun = case when ${left} then excluded.begun else i.begun end,
      repeats = case when ${young} and i.entered then least(i.repeats + 1, ${REPEATS_MAX + 1}::int) else i.repeats end
    returning claim = ${claim}::bytea as mine, request = ${request}::bytea as same,
      begun, leaf, log, slot, entered, repeats`,
  );
  const [row] = rows;
  if (row === undefined)
    throw new Error("Cannot begin a request under a key: no row came back");
  return row.mine
    ? { outcome: "first", claim: { organisation, key, claim } }
    : verdict(row, at);
}

function verdict(row: Row, at: number): Begun {
  const { same, begun, leaf, log, slot, entered, repeats } = row;
  if (begun <= at - KEY_MS_MAX) return { outcome: "gone" };
  if (!same) return { outcome: "another" };
  if (leaf === null || log === null || slot === null)
    return { outcome: "running" };
  const entry: UseEntry = { leaf, log, slot };
  if (!entered)
    return begun <= at - RUNNING_MS_MAX
      ? { outcome: "unsure", ...entry }
      : { outcome: "running" };
  return repeats > REPEATS_MAX
    ? { outcome: "exhausted" }
    : { outcome: "repeat", number: repeats, ...entry };
}

/**
 * Names the entry that is about to be made, before it is made. `false`: the claim was lost to somebody else, and nothing may
 * be entered under it.
 */
export async function intend(
  sql: Sql,
  { organisation, key, claim }: Claim,
  { leaf, log, slot }: UseEntry,
): Promise<boolean> {
  const result = await answered(sql`
    update idempotency set leaf = ${leaf}, log = ${log}, slot = ${slot}
    where organisation = ${organisation} and key = ${key} and claim = ${claim} and leaf is null`);
  return result.count === 1;
}

/** The entry stands. Needs not be waited for: what is not said here is found out by `settle`. */
export async function finish(
  sql: Sql,
  { organisation, key, claim }: Claim,
): Promise<boolean> {
  const result = await answered(sql`
    update idempotency set entered = true
    where organisation = ${organisation} and key = ${key} and claim = ${claim} and leaf is not null`);
  return result.count === 1;
}

/** The first attempt was refused, or failed before its entry: the key is free again, for any request. */
export async function forget(
  sql: Sql,
  { organisation, key, claim }: Claim,
): Promise<void> {
  await answered(sql`
    delete from idempotency
    where organisation = ${organisation} and key = ${key} and claim = ${claim} and not entered`);
}

/** A repeat was refused, or failed before its own entry: it does not count. To be said once by whoever was told `repeat`. */
export async function giveBack(
  sql: Sql,
  asked: Pick<AskedUnderKey, "organisation" | "key">,
): Promise<void> {
  const { organisation } = asked;
  await answered(sql`
    update idempotency set repeats = least(repeats, ${REPEATS_MAX}::int) - 1
    where organisation = ${organisation} and key = ${keyDigest(asked.key)} and repeats > 0`);
}

/**
 * Ends what is unsure. Only the gateway that writes that log may say it, since nobody else knows that the entry will not
 * come any more: it looks whether the log, reopened, holds the leaf. An entry that is not there frees the key.
 */
export async function settle(
  sql: Sql,
  asked: Pick<AskedUnderKey, "organisation" | "key">,
  leaf: Uint8Array,
  isEntered: boolean,
): Promise<void> {
  const key = keyDigest(asked.key);
  const { organisation } = asked;
  await answered(
    isEntered
      ? sql`update idempotency set entered = true
        where organisation = ${organisation} and key = ${key} and leaf = ${leaf}`
      : sql`delete from idempotency
        where organisation = ${organisation} and key = ${key} and leaf = ${leaf} and not entered`,
  );
}

/** Forgets keys that were used long ago; says how many. */
export async function pruneKeys(sql: Sql, at: number): Promise<number> {
  const result = await answered(
    sql`delete from idempotency where begun < ${at - KEPT_MS_MAX}`,
  );
  return result.count;
}

/**
 * The request is kept under the client's own key: a plan can be guessed, and whoever reads the database must not be able to
 * find out about whom somebody asked.
 */
function digestsOf({ organisation, key, request }: AskedUnderKey): {
  readonly key: Uint8Array;
  readonly request: Uint8Array;
} {
  return {
    key: keyDigest(key),
    request: createHmac("sha256", key)
      .update(`${organisation}\n${request}`)
      .digest(),
  };
}

function keyDigest(key: string): Uint8Array {
  return createHash("sha256").update(key).digest();
}
