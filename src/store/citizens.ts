import { answered, type Sql } from "./database.ts";

/** A session of a citizen who signed in elsewhere: never the token itself, only its SHA-256, and nobody's code as it is. */
export type KeptSession = {
  readonly digest: Uint8Array;
  readonly person: Uint8Array;
  readonly subject: Uint8Array;
  readonly by: string;
  readonly until: number;
};

/** Those that are over go away with the next one that is kept. */
export async function keepSession(
  sql: Sql,
  { digest, person, subject, by, until }: KeptSession,
  now: number,
): Promise<void> {
  await answered(sql`delete from citizen_token where until <= ${now}`);
  await answered(sql`
    insert into citizen_token (digest, person_sealed, subject_sealed, by, until)
    values (${digest}, ${person}, ${subject}, ${by}, ${until})`);
}

export async function sessionOf(
  sql: Sql,
  digest: Uint8Array,
  now: number,
): Promise<Omit<KeptSession, "digest"> | undefined> {
  const rows = await answered(
    sql<Omit<KeptSession, "digest">[]>`
    select person_sealed as person, subject_sealed as subject, by, until from citizen_token
    where digest = ${digest} and until > ${now}`,
  );
  return rows[0];
}

/** A question as it is kept: what it says and what it is about are sealed. */
export type KeptQuestion = {
  readonly id: string;
  readonly about: string;
  readonly commitment: string;
  readonly received: number;
  readonly due: number;
  readonly sealed: Uint8Array;
};

/** Sent twice at once, one of the two is kept. */
export async function keepQuestion(
  sql: Sql,
  { id, about, commitment, received, due, sealed }: KeptQuestion,
): Promise<void> {
  await answered(sql`
    insert into question (id, about, commitment, received, due, sealed)
    values (${id}, ${about}, ${commitment}, ${received}, ${due}, ${sealed})
    on conflict (id) do nothing`);
}

/** Every question, the oldest first; without `about`, of whatever line. */
export async function questionsKept(
  sql: Sql,
  about?: readonly string[],
): Promise<readonly KeptQuestion[]> {
  return about === undefined
    ? answered(
        sql<
          KeptQuestion[]
        >`select id, about, commitment, received, due, sealed from question order by received, id`,
      )
    : answered(
        sql<KeptQuestion[]>`
        select id, about, commitment, received, due, sealed from question
        where about = any (string_to_array(${about.join(",")}, ',')) order by received, id`,
      );
}

export async function questionKept(
  sql: Sql,
  id: string,
): Promise<KeptQuestion | undefined> {
  const rows = await answered(
    sql<
      KeptQuestion[]
    >`select id, about, commitment, received, due, sealed from question where id = ${id}`,
  );
  return rows[0];
}
