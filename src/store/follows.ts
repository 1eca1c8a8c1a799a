import { answered, type Sql } from "./database.ts";

/** Somebody who follows a thing by e-mail, as it is kept. `told`: how far the log was read for them; `due`: when it is looked at next. */
export type KeptFollow = {
  readonly id: string;
  readonly whose: string;
  readonly thing: string;
  readonly sealed: Uint8Array;
  readonly confirm: Uint8Array;
  readonly stop: Uint8Array;
  readonly made: number;
  readonly confirmed: number | null;
  readonly told: number;
  readonly due: number;
};
export type Letter = { readonly sealed: Uint8Array; readonly now: number };

/**
 * Keeps a wish that is not confirmed yet, in place of an older one of the same address and thing, with the letter that asks. False where
 * it was confirmed meanwhile: then nothing changes.
 */
export async function keepFollow(
  sql: Sql,
  of: Omit<KeptFollow, "confirmed">,
  letter: Letter,
): Promise<boolean> {
  return answered(
    sql.begin(async (tx) => {
      const kept = await tx`
        insert into mail_follow (id, whose, thing, sealed, confirm, stop, made, told, due)
        values (${of.id}, ${of.whose}, ${of.thing}, ${of.sealed}, ${of.confirm}, ${of.stop}, ${of.made}, ${of.told}, ${of.due})
        on conflict (id) do update set sealed = excluded.sealed, confirm = excluded.confirm, stop = excluded.stop,
          made = excluded.made, told = excluded.told, due = excluded.due
        where mail_follow.confirmed is null returning id`;
      if (kept.length === 0) return false;
      // The link of an older letter is worth nothing any more.
      await tx`delete from mail where follow = ${of.id}`;
      await tx`insert into mail (sealed, made, due, follow) values (${letter.sealed}, ${letter.now}, ${letter.now}, ${of.id})`;
      return true;
    }),
  );
}

/** A letter to somebody who follows already; none where one waits for them. */
export async function keepFollowLetter(
  sql: Sql,
  id: string,
  { sealed, now }: Letter,
): Promise<void> {
  await answered(sql`
    insert into mail (sealed, made, due, follow)
    select ${sealed}, ${now}, ${now}, ${id} where not exists (select from mail where follow = ${id})`);
}

/** By its id, or by the digest of a token of its letters. */
export async function followBy(
  sql: Sql,
  column: "id" | "confirm" | "stop",
  value: string | Uint8Array,
): Promise<KeptFollow | undefined> {
  const rows = await answered(sql<KeptFollow[]>`
    select id, whose, thing, sealed, confirm, stop, made, confirmed, told, due from mail_follow where ${sql(column)} = ${value}`);
  return rows[0];
}

/** How many things an address follows, or is asked about. */
export async function countFollows(sql: Sql, whose: string): Promise<number> {
  const rows = await answered(
    sql<
      { n: number }[]
    >`select count(*)::int as n from mail_follow where whose = ${whose}`,
  );
  return rows[0]?.n ?? 0;
}

/** From here on; false where it is confirmed already, or gone. */
export async function confirmFollow(
  sql: Sql,
  confirm: Uint8Array,
  {
    now,
    told,
    due,
  }: { readonly now: number; readonly told: number; readonly due: number },
): Promise<boolean> {
  const done = await answered(sql`
    update mail_follow set confirmed = ${now}, told = ${told}, due = ${due}
    where confirm = ${confirm} and confirmed is null`);
  return done.count === 1;
}

/** The address goes, and every letter that waits for it. */
export async function dropFollow(sql: Sql, id: string): Promise<void> {
  await answered(
    sql.begin(async (tx) => {
      await tx`delete from mail where follow = ${id}`;
      await tx`delete from mail_follow where id = ${id}`;
    }),
  );
}

/** Who confirmed nothing since `unconfirmed`, and whose letters nobody took since `undelivered`: addresses and letters go. */
export async function dropStaleFollows(
  sql: Sql,
  unconfirmed: number,
  undelivered: number,
): Promise<void> {
  await answered(
    sql.begin(async (tx) => {
      await tx`
        delete from mail_follow f where (confirmed is null and made <= ${unconfirmed})
          or exists (select from mail m where m.follow = f.id and m.tries > 0 and m.made <= ${undelivered})`;
      await tx`
        delete from mail m where follow is not null and not exists (select from mail_follow f where f.id = m.follow)`;
    }),
  );
}

/** Who is to be looked at now: behind the log, and no letter of theirs waits that could not be sent. */
export async function dueFollows(
  sql: Sql,
  size: number,
  now: number,
  count: number,
): Promise<readonly KeptFollow[]> {
  return answered(sql<KeptFollow[]>`
    select id, whose, thing, sealed, confirm, stop, made, confirmed, told, due from mail_follow f
    where confirmed is not null and due <= ${now} and told < ${size}
      and not exists (select from mail m where m.follow = f.id and m.tries > 0)
    order by due, id limit ${count}`);
}

/** How far was read and the letter about it, in one transaction: whatever happens between, an entry is told once. */
export async function tellFollow(
  sql: Sql,
  { id, told }: Pick<KeptFollow, "id" | "told">,
  next: { readonly told: number; readonly due: number },
  letter: Letter | undefined,
): Promise<void> {
  await answered(
    sql.begin(async (tx) => {
      const moved = await tx`
        update mail_follow set told = ${next.told}, due = ${next.due} where id = ${id} and told = ${told}`;
      if (moved.count === 0 || letter === undefined) return;
      await tx`insert into mail (sealed, made, due, follow) values (${letter.sealed}, ${letter.now}, ${letter.now}, ${id})`;
    }),
  );
}
