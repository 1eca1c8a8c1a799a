import type { TransactionSql } from "postgres";
import { answered, type Sql } from "./database.ts";

export type KeptAccount = {
  readonly id: string;
  readonly kind: string;
  readonly of: string;
  readonly sealed: Uint8Array;
  readonly created: number;
};
export type KeptPasskey = {
  readonly credential: string;
  readonly account: string;
  readonly public_key: Uint8Array;
  readonly counter: number;
  readonly transports: string;
  readonly sealed: Uint8Array;
  readonly created: number;
  readonly used: number | null;
};

/** Keeps an account with its first passkey and takes away the invitation, all or nothing; false where somebody used the invitation before. */
export async function keepInvited(
  sql: Sql,
  digest: Uint8Array,
  account: KeptAccount,
  passkey: KeptPasskey,
  now: number,
): Promise<boolean> {
  return answered(
    sql.begin(async (tx) => {
      const taken =
        await tx`delete from invitation where digest = ${digest} and until > ${now}`;
      if (taken.count !== 1) return false;
      const { id, kind, of, sealed, created } = account;
      await tx`
        insert into account (id, kind, of, sealed, created)
        values (${id}, ${kind}, ${of}, ${sealed}, ${created}) on conflict (id) do nothing`;
      await insertPasskey(tx, passkey);
      return true;
    }),
  );
}

export async function keepPasskey(
  sql: Sql,
  passkey: KeptPasskey,
): Promise<void> {
  await answered(insertPasskey(sql, passkey));
}

async function insertPasskey(
  sql: Sql | TransactionSql,
  {
    credential,
    account,
    public_key,
    counter,
    transports,
    sealed,
    created,
  }: KeptPasskey,
): Promise<void> {
  await sql`
    insert into sign_in_passkey (credential, account, public_key, counter, transports, sealed, created)
    values (${credential}, ${account}, ${public_key}, ${counter}, ${transports}, ${sealed}, ${created})`;
}

export async function passkeyOf(
  sql: Sql,
  credential: string,
): Promise<KeptPasskey | undefined> {
  const rows = await answered(
    sql<KeptPasskey[]>`
    select credential, account, public_key, counter, transports, sealed, created, used
    from sign_in_passkey where credential = ${credential}`,
  );
  return rows[0];
}

/** Of an account, the oldest first. */
export async function passkeysOf(
  sql: Sql,
  account: string,
): Promise<readonly KeptPasskey[]> {
  return answered(
    sql<KeptPasskey[]>`
    select credential, account, public_key, counter, transports, sealed, created, used
    from sign_in_passkey where account = ${account} order by created, credential`,
  );
}

/** Notes a use, unless another one has moved the counter since. */
export async function notePasskey(
  sql: Sql,
  credential: string,
  before: number,
  counter: number,
  used: number,
): Promise<boolean> {
  const result = await answered(sql`
    update sign_in_passkey set counter = ${counter}, used = ${used}
    where credential = ${credential} and counter = ${before}`);
  return result.count === 1;
}

/** Never the last one: whoever has none cannot come in again. */
export async function dropPasskey(
  sql: Sql,
  account: string,
  credential: string,
): Promise<boolean> {
  const result = await answered(sql`
    delete from sign_in_passkey where account = ${account} and credential = ${credential}
    and exists (select from sign_in_passkey where account = ${account} and credential <> ${credential})`);
  return result.count === 1;
}

export async function accountOf(
  sql: Sql,
  id: string,
): Promise<KeptAccount | undefined> {
  const rows = await answered(
    sql<
      KeptAccount[]
    >`select id, kind, of, sealed, created from account where id = ${id}`,
  );
  return rows[0];
}

/** Of a person or an organisation, the first one first. */
export async function accountsFor(
  sql: Sql,
  kind: string,
  of: string,
): Promise<readonly KeptAccount[]> {
  return answered(
    sql<KeptAccount[]>`
    select id, kind, of, sealed, created from account
    where kind = ${kind} and of = ${of} order by place`,
  );
}

/** Those that are over go away with the next one that is kept. */
export async function keepInvitation(
  sql: Sql,
  digest: Uint8Array,
  sealed: Uint8Array,
  until: number,
  now: number,
): Promise<void> {
  await answered(sql`delete from invitation where until <= ${now}`);
  await answered(
    sql`insert into invitation (digest, sealed, until) values (${digest}, ${sealed}, ${until})`,
  );
}

export async function invitationOf(
  sql: Sql,
  digest: Uint8Array,
  now: number,
): Promise<Uint8Array | undefined> {
  const rows = await answered(
    sql<
      { sealed: Uint8Array }[]
    >`select sealed from invitation where digest = ${digest} and until > ${now}`,
  );
  return rows[0]?.sealed;
}

/** Uses a challenge; false where it was used before. */
export async function burnChallenge(
  sql: Sql,
  digest: Uint8Array,
  until: number,
  now: number,
): Promise<boolean> {
  await answered(sql`delete from challenge_used where until <= ${now}`);
  const result = await answered(
    sql`insert into challenge_used (digest, until) values (${digest}, ${until}) on conflict do nothing`,
  );
  return result.count === 1;
}
