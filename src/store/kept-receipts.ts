import { answered, type Sql } from "./database.ts";

/** What a streamed answer leaves behind: the receipts of its use and, once it has ended, of its settle, sealed. */
export type KeptReceipt = {
  readonly leaf: Uint8Array;
  readonly organisation: string;
  readonly sealed: Uint8Array;
  readonly at: number;
};

/** The later one takes the place of the earlier. */
export async function keepReceipt(
  sql: Sql,
  { leaf, organisation, sealed, at }: KeptReceipt,
): Promise<void> {
  await answered(sql`
    insert into kept_receipt (leaf, organisation, sealed, at)
    values (${leaf}, ${organisation}, ${sealed}, ${at})
    on conflict (leaf) do update set sealed = excluded.sealed, at = excluded.at`);
}

export async function keptReceipt(
  sql: Sql,
  leaf: Uint8Array,
  organisation: string,
): Promise<Buffer | undefined> {
  const rows = await answered(
    sql<
      { sealed: Buffer }[]
    >`select sealed from kept_receipt where leaf = ${leaf} and organisation = ${organisation}`,
  );
  return rows[0]?.sealed;
}

/** Says how many went. */
export async function pruneReceipts(sql: Sql, before: number): Promise<number> {
  const result = await answered(
    sql`delete from kept_receipt where at < ${before}`,
  );
  return result.count;
}

/** What an organisation's streamed answers left behind, the newest first. */
export async function keptReceiptsOf(
  sql: Sql,
  organisation: string,
  count: number,
): Promise<readonly KeptReceipt[]> {
  return answered(
    sql<KeptReceipt[]>`
    select leaf, organisation, sealed, at from kept_receipt
    where organisation = ${organisation} order by at desc, leaf limit ${count}`,
  );
}
