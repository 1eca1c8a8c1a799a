import { answered, type Sql } from "./database.ts";

/** A session at the pages: never its token, and nobody's name as it is. */
export type KeptWebSession = {
  readonly digest: Uint8Array;
  readonly sealed: Uint8Array;
  readonly until: number;
  /** The passkey that began it, where one did. */
  readonly passkey: string | null;
};

/** Those that are over go away with the next one that is kept. */
export async function keepWebSession(
  sql: Sql,
  { digest, sealed, until, passkey }: KeptWebSession,
  now: number,
): Promise<void> {
  await answered(sql`delete from web_session where until <= ${now}`);
  await answered(
    sql`insert into web_session (digest, sealed, until, passkey) values (${digest}, ${sealed}, ${until}, ${passkey})`,
  );
}

export async function webSessionOf(
  sql: Sql,
  digest: Uint8Array,
  now: number,
): Promise<Pick<KeptWebSession, "sealed" | "until"> | undefined> {
  const rows = await answered(
    sql<
      Pick<KeptWebSession, "sealed" | "until">[]
    >`select sealed, until from web_session where digest = ${digest} and until > ${now}`,
  );
  return rows[0];
}

export async function moveWebSession(
  sql: Sql,
  digest: Uint8Array,
  until: number,
): Promise<void> {
  await answered(
    sql`update web_session set until = ${until} where digest = ${digest}`,
  );
}

export async function endWebSessionsBy(
  sql: Sql,
  passkey: string,
  but: Uint8Array,
): Promise<void> {
  await answered(
    sql`delete from web_session where passkey = ${passkey} and digest <> ${but}`,
  );
}

export async function endWebSession(
  sql: Sql,
  digest: Uint8Array,
): Promise<void> {
  await answered(sql`delete from web_session where digest = ${digest}`);
}
