import { answered, type Sql } from "./database.ts";

/** A note of an official, as it is kept. */
export type KeptNote = {
  readonly id: string;
  readonly about: string;
  readonly person: number;
  readonly at: number;
  readonly until: number;
  readonly sealed: Uint8Array;
  readonly struck: number | null;
};

/** Those whose time is over go away with the next one that is kept. */
export async function keepNote(
  sql: Sql,
  { id, about, person, at, until, sealed }: Omit<KeptNote, "struck">,
): Promise<void> {
  await answered(sql`delete from desk_note where until <= ${at}`);
  await answered(sql`
    insert into desk_note (id, about, person, at, until, sealed)
    values (${id}, ${about}, ${person}, ${at}, ${until}, ${sealed})`);
}

export async function noteById(
  sql: Sql,
  id: string,
  now: number,
): Promise<KeptNote | undefined> {
  const rows = await answered(
    sql<KeptNote[]>`
    select id, about, person, at, until, sealed, struck from desk_note where id = ${id} and until > ${now}`,
  );
  return rows[0];
}

/** About one thing, the oldest first. */
export async function notesAbout(
  sql: Sql,
  about: string,
  now: number,
): Promise<readonly KeptNote[]> {
  return answered(
    sql<KeptNote[]>`
    select id, about, person, at, until, sealed, struck from desk_note
    where about = ${about} and until > ${now} order by at, id`,
  );
}

/** Of one person, or of everybody; the newest first. */
export async function notesOf(
  sql: Sql,
  person: number | undefined,
  now: number,
  count: number,
): Promise<readonly KeptNote[]> {
  return answered(
    person === undefined
      ? sql<KeptNote[]>`
        select id, about, person, at, until, sealed, struck from desk_note
        where until > ${now} order by at desc, id limit ${count}`
      : sql<KeptNote[]>`
        select id, about, person, at, until, sealed, struck from desk_note
        where person = ${person} and until > ${now} order by at desc, id limit ${count}`,
  );
}

/** Once, and by whoever wrote it; false for anybody else. */
export async function strikeNote(
  sql: Sql,
  id: string,
  person: number,
  struck: number,
): Promise<boolean> {
  const result = await answered(sql`
    update desk_note set struck = ${struck} where id = ${id} and person = ${person} and struck is null`);
  return result.count === 1;
}
