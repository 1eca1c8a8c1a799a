import { withDatabase } from "./database.ts";

/**
 * Notes that the folder with this mark begins to lay a history. Whatever an interrupted laying by the same folder wrote is
 * cleared: its logs' heads and openings, and nothing of any other office. Says whether the history may be laid: logs that
 * another folder laid are left alone.
 */
export async function beginLaying(
  url: string,
  log: string,
  mark: string,
): Promise<boolean> {
  const office = log.replace(/register$/, "");
  return withDatabase(url, (sql) =>
    sql.begin(async (tx) => {
      // Its register log, and its usage logs: gateway, slot length, quarter. An office beneath its name has longer ones.
      const own = tx`(log = ${log} or starts_with(log, ${office}) and
        substr(log, ${office.length + 1}) ~ '^[^/]+/[^/]+/[0-9]{4}q[1-4]$')`;
      const [laying] = await tx<
        { ours: boolean }[]
      >`select mark = ${mark} as ours from laying where log = ${log}`;
      if (laying?.ours === true) {
        await tx`delete from head where ${own}`;
        await tx`delete from opening_subject where leaf in (select leaf from opening where ${own})`;
        await tx`delete from opening where ${own}`;
        return true;
      }
      const heads = await tx`select from head where ${own}`;
      if (laying !== undefined || heads.length > 0) return false;
      await tx`insert into laying (log, mark) values (${log}, ${mark})`;
      return true;
    }),
  );
}

/** The history is laid: from here on nothing clears it. */
export async function endLaying(
  url: string,
  log: string,
  mark: string,
): Promise<void> {
  await withDatabase(
    url,
    (sql) => sql`delete from laying where log = ${log} and mark = ${mark}`,
  );
}
