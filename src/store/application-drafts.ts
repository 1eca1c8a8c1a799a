import { answered, type Sql } from "./database.ts";
import type { KeptIncoming } from "./incoming.ts";

/** An application that is being written, as it is kept. */
export type KeptDraft = {
  readonly id: string;
  readonly owner: string;
  readonly changed: number;
  readonly sealed: Uint8Array;
};

export async function keepApplicationDraft(
  sql: Sql,
  { id, owner, changed, sealed }: KeptDraft,
): Promise<void> {
  await answered(sql`
    insert into application_draft (id, owner, changed, sealed) values (${id}, ${owner}, ${changed}, ${sealed})`);
}

/** One that is still there is changed; false where it was sent or thrown away meanwhile. */
export async function changeApplicationDraft(
  sql: Sql,
  { id, owner, changed, sealed }: KeptDraft,
): Promise<boolean> {
  const result = await answered(sql`
    update application_draft set changed = ${changed}, sealed = ${sealed} where id = ${id} and owner = ${owner}`);
  return result.count === 1;
}

export async function applicationDraft(
  sql: Sql,
  owner: string,
  id: string,
): Promise<KeptDraft | undefined> {
  const rows = await answered(
    sql<
      KeptDraft[]
    >`select id, owner, changed, sealed from application_draft where id = ${id} and owner = ${owner}`,
  );
  return rows[0];
}

/** Of one owner, the newest first. */
export async function applicationDraftsOf(
  sql: Sql,
  owner: string,
  count: number,
): Promise<readonly KeptDraft[]> {
  return answered(
    sql<KeptDraft[]>`
    select id, owner, changed, sealed from application_draft
    where owner = ${owner} order by changed desc, id limit ${count}`,
  );
}

/** Throws a draft away with its papers; what was sent is no draft any more, and keeps its own. */
export async function dropApplicationDraft(
  sql: Sql,
  owner: string,
  id: string,
): Promise<boolean> {
  const result = await answered(sql`
    with gone as (delete from application_draft where id = ${id} and owner = ${owner} returning 1),
    papers as (delete from applicant_paper where owner = ${owner} and about = ${id} and exists (select from gone))
    select from gone`);
  return result.count === 1;
}

/** A draft becomes an item that came in: both in one statement, so that it is sent once. False where it was sent already. */
export async function sendApplicationDraft(
  sql: Sql,
  draft: string,
  item: Omit<KeptIncoming, "settled">,
): Promise<boolean> {
  const { id, kind, received, sender, sealed, state } = item;
  const result = await answered(sql`
    with gone as (delete from application_draft where id = ${draft} and owner = ${sender} returning 1)
    insert into incoming (id, kind, received, sender, sealed, state)
    select ${id}, ${kind}, ${received}::bigint, ${sender}, ${sealed}::bytea, ${state} from gone`);
  return result.count === 1;
}
