import { answered, type Sql } from "./database.ts";

export type Contact = { readonly person: number; readonly sealed: Uint8Array };
/** A letter that waits: `failed` says what came of the last try. */
export type WaitingMail = {
  readonly id: number;
  readonly sealed: Uint8Array;
  readonly made: number;
  readonly due: number;
  readonly tries: number;
  readonly failed: string | null;
  /** Of which follower, where it is to one. */
  readonly follow: string | null;
};

export async function keepContact(
  sql: Sql,
  { person, sealed }: Contact,
): Promise<void> {
  await answered(sql`
    insert into mail_contact (person, sealed) values (${person}, ${sealed})
    on conflict (person) do update set sealed = ${sealed}`);
}

/** Whether there was one. */
export async function dropContact(sql: Sql, person: number): Promise<boolean> {
  const gone = await answered(
    sql`delete from mail_contact where person = ${person} returning person`,
  );
  return gone.length > 0;
}

export async function contactsOf(
  sql: Sql,
  persons: readonly number[],
): Promise<readonly Contact[]> {
  return answered(
    sql<Contact[]>`
    select person, sealed from mail_contact
    where person = any (string_to_array(${persons.join(",")}, ',')::bigint[]) order by person`,
  );
}

/** How far the log was read; where nobody read it yet, it is read from here on. */
export async function mailsReadTo(
  sql: Sql,
  office: string,
  size: number,
): Promise<number> {
  await answered(
    sql`insert into mail_read (office, size) values (${office}, ${size}) on conflict do nothing`,
  );
  const rows = await answered(
    sql<
      { size: number }[]
    >`select size from mail_read where office = ${office}`,
  );
  return rows[0]?.size ?? size;
}

/** Letters and how far was read, in one transaction: whatever happens between, an entry is told once. Says whether it was told now. */
export async function keepMails(
  sql: Sql,
  office: string,
  { from, to }: { readonly from: number; readonly to: number },
  mails: readonly Uint8Array[],
  now: number,
): Promise<boolean> {
  return answered(
    sql.begin(async (tx) => {
      const moved = await tx`
        update mail_read set size = ${to} where office = ${office} and size = ${from} returning size`;
      if (moved.length === 0) return false;
      for (const sealed of mails)
        await tx`insert into mail (sealed, made, due) values (${sealed}, ${now}, ${now})`;
      return true;
    }),
  );
}

/** Those to signers first: they warn of what was entered in their name. */
export async function dueMails(
  sql: Sql,
  now: number,
  count: number,
): Promise<readonly WaitingMail[]> {
  return answered(
    sql<WaitingMail[]>`
    select id, sealed, made, due, tries, failed, follow from mail where due <= ${now} order by (follow is not null), due, id limit ${count}`,
  );
}

/** The newest that wait, whenever they are due. */
export async function waitingMails(
  sql: Sql,
  count: number,
): Promise<readonly WaitingMail[]> {
  return answered(
    sql<WaitingMail[]>`
    select id, sealed, made, due, tries, failed, follow from mail order by id desc limit ${count}`,
  );
}

export async function mailSent(sql: Sql, id: number): Promise<void> {
  await answered(sql`delete from mail where id = ${id}`);
}

export async function mailFailed(
  sql: Sql,
  id: number,
  { failed, due }: { readonly failed: string; readonly due: number },
): Promise<void> {
  await answered(
    sql`update mail set tries = tries + 1, failed = ${failed}, due = ${due} where id = ${id}`,
  );
}

export async function isWaiting(sql: Sql, id: number): Promise<boolean> {
  const rows = await answered(sql`select id from mail where id = ${id}`);
  return rows.length > 0;
}
