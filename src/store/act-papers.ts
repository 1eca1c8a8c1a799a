import { answered, type Sql } from "./database.ts";

/** Those that no act came to name go away with the next one that is kept. */
export async function keepActPaper(
  sql: Sql,
  paper: {
    readonly name: string;
    readonly sealed: Uint8Array;
    readonly until: number;
    readonly kind: string | null;
  },
  now: number,
): Promise<void> {
  await answered(sql`delete from act_paper where until <= ${now}`);
  await answered(sql`
    insert into act_paper (name, sealed, until, kind) values (${paper.name}, ${paper.sealed}, ${paper.until}, ${paper.kind})
    on conflict (name) do update set until = case when act_paper.until is null then null else excluded.until end`);
}

/** For which kind of act a paper was kept, where that is known. */
export async function kindOfActPaper(
  sql: Sql,
  name: string,
): Promise<string | undefined> {
  const rows = await answered(
    sql<
      { readonly kind: string | null }[]
    >`select kind from act_paper where name = ${name}`,
  );
  return rows[0]?.kind ?? undefined;
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

/** A paper that is held now, and how long it would have stood. */
export type NewlyHeld = { readonly name: string; readonly until: number };

/** They stay for good. Gives those that were not held before. */
export async function holdActPapers(
  sql: Sql,
  names: readonly string[],
): Promise<readonly NewlyHeld[]> {
  return answered(
    sql<NewlyHeld[]>`
    with before as (
      select name, until from act_paper
      where until is not null and name in (select jsonb_array_elements_text(${JSON.stringify(names)}::text::jsonb))
      for update)
    update act_paper set until = null from before where act_paper.name = before.name
    returning before.name, before.until`,
  );
}

/** No act came to name them after all: they go when they would have gone. */
export async function releaseActPapers(
  sql: Sql,
  held: readonly NewlyHeld[],
): Promise<void> {
  for (const { name, until } of held)
    await answered(
      sql`update act_paper set until = ${until} where name = ${name}`,
    );
}
