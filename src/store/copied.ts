import { answered, type Sql } from "./database.ts";

/** Up to when a gateway has copied the openings of what it answered; whole when it has ended in good order since. */
export type Copied = { readonly at: number; readonly isWhole: boolean };

export async function noteCopied(
  sql: Sql,
  office: string,
  gateway: string,
  { at, isWhole }: Copied,
): Promise<void> {
  await answered(sql`
    insert into opening_copied (office, gateway, at, is_whole)
    values (${office}, ${gateway}, ${at}, ${isWhole})
    on conflict (office, gateway) do update set at = excluded.at, is_whole = excluded.is_whole`);
}

export async function copiedBy(
  sql: Sql,
  office: string,
): Promise<ReadonlyMap<string, Copied>> {
  const rows = await answered(
    sql<
      { gateway: string; at: number; is_whole: boolean }[]
    >`select gateway, at, is_whole from opening_copied where office = ${office}`,
  );
  return new Map(
    rows.map(({ gateway, at, is_whole: isWhole }) => [
      gateway,
      { at, isWhole },
    ]),
  );
}
