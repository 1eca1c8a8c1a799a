import { answered, type SealedOpening, type Sql } from "./database.ts";

/** The tokens that name persons in a sealed opening. */
export type TokensIn = (sealed: Uint8Array) => readonly string[];

/** An opening that names a person, by which token. */
export type NamedOpening = {
  readonly leaf: Buffer;
  readonly log: string;
  readonly slot: number;
  readonly token: string;
};

const ROWS_AT_ONCE = 10_000;
const OPENINGS_AT_ONCE = 500;

/** Idempotent: what is named already stays as it is. */
export async function keepSubjects(
  sql: Sql,
  openings: readonly (Pick<SealedOpening, "leaf" | "sealed"> & {
    /** Known already where it was sealed by this process. */
    readonly named?: readonly string[];
  })[],
  tokensIn: TokensIn,
): Promise<void> {
  let tokens: string[] = [];
  let leaves: string[] = [];
  const write = async (): Promise<void> => {
    if (tokens.length === 0) return;
    await answered(sql`
      insert into opening_subject (token, leaf)
      select token, decode(hex, 'hex')
      from unnest(string_to_array(${tokens.join(",")}, ','), string_to_array(${leaves.join(",")}, ',')) as named (token, hex)
      on conflict (token, leaf) do nothing`);
    tokens = [];
    leaves = [];
  };
  for (const { leaf, sealed, named = tokensIn(sealed) } of openings) {
    const hex = Buffer.from(leaf).toString("hex");
    for (const token of named) {
      tokens.push(token);
      leaves.push(hex);
      if (tokens.length >= ROWS_AT_ONCE) await write();
    }
  }
  await write();
}

/** Every opening that names a person by one of these tokens, the newest slot first. */
export async function openingsNaming(
  sql: Sql,
  tokens: readonly string[],
): Promise<readonly NamedOpening[]> {
  if (tokens.length === 0) return [];
  return answered(
    sql<NamedOpening[]>`
    select opening.leaf, opening.log, opening.slot, opening_subject.token
    from opening_subject join opening using (leaf)
    where opening_subject.token = any (string_to_array(${tokens.join(",")}, ','))
    order by opening.slot desc, opening.leaf`,
  );
}

/** What was sealed, by leaf hash in hex. */
export async function sealedAt(
  sql: Sql,
  leaves: readonly Uint8Array[],
): Promise<ReadonlyMap<string, Buffer>> {
  const hexes = leaves.map((leaf) => Buffer.from(leaf).toString("hex"));
  const rows = await answered(
    sql<{ leaf: Buffer; sealed: Buffer }[]>`
    select leaf, sealed from opening
    where leaf = any (select decode(hex, 'hex') from unnest(string_to_array(${hexes.join(",")}, ',')) as hex)`,
  );
  return new Map(rows.map((row) => [row.leaf.toString("hex"), row.sealed]));
}

/** Deletes openings, and whom they named, by leaf hash in hex. */
export async function forgetOpenings(
  sql: Sql,
  leaves: readonly string[],
): Promise<void> {
  const hexes = leaves.join(",");
  await answered(sql`
    with gone as (
      delete from opening
      where leaf = any (select decode(hex, 'hex') from unnest(string_to_array(${hexes}, ',')) as hex)
      returning leaf)
    delete from opening_subject where leaf in (select leaf from gone)`);
}

/** How many openings stand in no index: nobody finds themselves in them. */
export async function countNotIndexed(sql: Sql): Promise<number> {
  const rows = await answered(
    sql<
      { count: number }[]
    >`select count(*)::int as count from opening where not indexed`,
  );
  return rows[0]?.count ?? 0;
}

/** Reads openings that stand in no index yet, in batches; done again it reads none. Gives how many there were. */
export async function indexOpenings(
  sql: Sql,
  tokensIn: TokensIn,
  onProgress: (done: number) => void = () => undefined,
): Promise<number> {
  for (let done = 0; ;) {
    const rows = await answered(
      sql<
        { leaf: Buffer; sealed: Buffer }[]
      >`select leaf, sealed from opening where not indexed order by leaf limit ${OPENINGS_AT_ONCE}`,
    );
    if (rows.length === 0) return done;
    await keepSubjects(sql, rows, tokensIn);
    const hexes = rows.map(({ leaf }) => leaf.toString("hex")).join(",");
    await answered(sql`
      update opening set indexed = true
      where leaf = any (select decode(hex, 'hex') from unnest(string_to_array(${hexes}, ',')) as hex)`);
    done += rows.length;
    onProgress(done);
  }
}
