import { answered, type Sql } from "./database.ts";

export type DocumentNumber = {
  readonly code: string;
  readonly year: number;
  readonly number: number;
};

export async function documentNumber(
  sql: Sql,
  leaf: string,
): Promise<DocumentNumber | undefined> {
  const rows = await answered(
    sql<DocumentNumber[]>`
    select code, year, number from document_number where leaf = ${leaf}`,
  );
  return rows[0];
}

/** The next number of a body's year, or the one that the entry was given before. */
export async function giveDocumentNumber(
  sql: Sql,
  leaf: string,
  { body, year, code }: Omit<DocumentNumber, "number"> & { body: string },
  now: number,
): Promise<DocumentNumber> {
  const rows = await answered(
    sql.begin(async (tx) => {
      // One after the other for each series: what is read next sees whatever the one before committed, so no number is passed over.
      await tx`select pg_advisory_xact_lock(hashtext(${`document numbers of ${body} in ${year}`}))`;
      await tx`
        insert into document_number (leaf, body, year, number, code, given)
        select ${leaf}::text, ${body}::text, ${year}::integer, coalesce(max(number), 0) + 1, ${code}::text, ${now}::bigint
        from document_number where body = ${body} and year = ${year}
        on conflict (leaf) do nothing`;
      return tx<DocumentNumber[]>`
        select code, year, number from document_number where leaf = ${leaf}`;
    }),
  );
  const [given] = rows;
  if (given === undefined)
    throw new Error(
      `Cannot number the letter of entry ${leaf}: no row came back`,
    );
  return given;
}
