import { answered, type Sql } from "./database.ts";

/** What came in over the pages, as it is kept. */
export type KeptIncoming = {
  readonly id: string;
  readonly kind: string;
  readonly received: number;
  readonly sender: string;
  readonly sealed: Uint8Array;
  readonly state: string;
  readonly settled: number | null;
};

export async function keepIncoming(
  sql: Sql,
  { id, kind, received, sender, sealed, state }: Omit<KeptIncoming, "settled">,
): Promise<void> {
  await answered(sql`
    insert into incoming (id, kind, received, sender, sealed, state)
    values (${id}, ${kind}, ${received}, ${sender}, ${sealed}, ${state})`);
}

export async function incomingOf(
  sql: Sql,
  id: string,
): Promise<KeptIncoming | undefined> {
  const rows = await answered(
    sql<KeptIncoming[]>`
    select id, kind, received, sender, sealed, state, settled from incoming where id = ${id}`,
  );
  return rows[0];
}

/** In one state, the oldest first. */
export async function incomingIn(
  sql: Sql,
  state: string,
  count: number,
): Promise<readonly KeptIncoming[]> {
  return answered(
    sql<KeptIncoming[]>`
    select id, kind, received, sender, sealed, state, settled from incoming
    where state = ${state} order by received, id limit ${count}`,
  );
}

/** What waits no longer, the newest first. */
export async function incomingSettled(
  sql: Sql,
  count: number,
): Promise<readonly KeptIncoming[]> {
  return answered(
    sql<KeptIncoming[]>`
    select id, kind, received, sender, sealed, state, settled from incoming
    where state <> 'waiting' order by settled desc, id limit ${count}`,
  );
}

/** Of one sender, the newest first. */
export async function incomingBy(
  sql: Sql,
  sender: string,
  count: number,
): Promise<readonly KeptIncoming[]> {
  return answered(
    sql<KeptIncoming[]>`
    select id, kind, received, sender, sealed, state, settled from incoming
    where sender = ${sender} order by received desc, id limit ${count}`,
  );
}

export async function countIncoming(
  sql: Sql,
  sender: string,
  since: number,
): Promise<number> {
  const rows = await answered(
    sql<
      { n: number }[]
    >`select count(*)::int as n from incoming where sender = ${sender} and received > ${since}`,
  );
  return rows[0]?.n ?? 0;
}

/** Takes it out of the state that it waits in, once; false where somebody else did. */
export async function settleIncoming(
  sql: Sql,
  id: string,
  state: string,
  settled: number,
): Promise<boolean> {
  const result = await answered(sql`
    update incoming set state = ${state}, settled = ${settled} where id = ${id} and state = 'waiting'`);
  return result.count === 1;
}
