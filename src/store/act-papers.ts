import { answered, type Sql } from "./database.ts";

/** Those that no act came to name go away with the next one that is kept. */
export async function keepActPaper(
  sql: Sql,
  paper: {
    readonly name: string;
    readonly sealed: Uint8Array;
    readonly until: number;
  },
  now: number,
): Promise<void> {
  await answered(sql`delete from act_paper where until <= ${now}`);
  await answered(sql`
    insert into act_paper (name, sealed, until) values (${paper.name}, ${paper.sealed}, ${paper.until})
    on conflict (name) do update set until = case when act_paper.until is null then null else excluded.until end`);
}

export async function actPaper(
  sql: Sql,
  name: string,
): Promise<Uint8Array | undefined> {
  const rows = await answered(
    sql<
      { readonly sealed: Uint8Array }[]
    >`select sealed from act_paper where name = ${name}`,
  );
  return rows[0]?.sealed;
}

/** An act that names them was entered: they stay. */
export async function holdActPapers(
  sql: Sql,
  names: readonly string[],
): Promise<void> {
  await answered(
    sql`update act_paper set until = null
    where name in (select jsonb_array_elements_text(${JSON.stringify(names)}::text::jsonb))`,
  );
}
