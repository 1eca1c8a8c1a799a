import { answered, type Sql } from "./database.ts";

export type KeptDraft = {
  readonly id: string;
  readonly version: number;
  readonly sealed: Uint8Array;
  readonly until: number;
};
/** Who prepared it and who is to sign it. */
type Persons = { readonly persons: readonly number[] };

/** Those that are over go away with the next one that is kept. */
export async function keepDraft(
  sql: Sql,
  { id, persons, sealed, until }: Omit<KeptDraft, "version"> & Persons,
  now: number,
): Promise<void> {
  await answered(sql`delete from draft where until <= ${now}`);
  await answered(sql`
    insert into draft (id, version, persons, sealed, until)
    values (${id}, 1, ${arrayOf(persons)}::integer[], ${sealed}, ${until})`);
}

export async function draftById(
  sql: Sql,
  id: string,
  now: number,
): Promise<KeptDraft | undefined> {
  const rows = await answered(
    sql<KeptDraft[]>`
    select id, version, sealed, until from draft where id = ${id} and until > ${now}`,
  );
  return rows[0];
}

/** Those of one person, or all of them, the newest last. */
export async function draftsOf(
  sql: Sql,
  person: number | undefined,
  now: number,
): Promise<readonly KeptDraft[]> {
  return answered(
    person === undefined
      ? sql<KeptDraft[]>`
        select id, version, sealed, until from draft where until > ${now} order by until, id`
      : sql<KeptDraft[]>`
        select id, version, sealed, until from draft
        where persons @> ${arrayOf([person])}::integer[] and until > ${now} order by until, id`,
  );
}

/** Says whether it was still the version that somebody had seen. */
export async function moveDraft(
  sql: Sql,
  { id, version, persons, sealed, until }: KeptDraft & Persons,
): Promise<boolean> {
  const result = await answered(sql`
    update draft set version = version + 1, persons = ${arrayOf(persons)}::integer[], sealed = ${sealed}, until = ${until}
    where id = ${id} and version = ${version}`);
  return result.count === 1;
}

export async function removeDraft(
  sql: Sql,
  id: string,
  version: number,
): Promise<boolean> {
  const result = await answered(
    sql`delete from draft where id = ${id} and version = ${version}`,
  );
  return result.count === 1;
}

/** Connections know no types of arrays (database.ts). */
function arrayOf(numbers: readonly number[]): string {
  return `{${numbers.join(",")}}`;
}
