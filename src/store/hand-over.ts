import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { withDatabase } from "./database.ts";
import { isProcessAlive, processMark } from "./process-mark.ts";

/**
 * Asked by whoever has the lock of a log by now. One before it may be cut off from the database and answer until it is no longer
 * sure, for `unsureMsMax`: where it did not say that it has stopped, and is not known to be dead, it is waited for. Then it can answer nobody any more.
 */
export async function takeOver(
  url: string,
  log: string,
  unsureMsMax: number,
  say: (line: string) => void,
): Promise<void> {
  await withDatabase(url, async (sql) => {
    const [before] = await sql<
      { host: string; mark: string }[]
    >`select host, mark from writing where log = ${log}`;
    if (before !== undefined && mayRun(before)) {
      say(
        `wait      ${unsureMsMax / 1000} s: process ${before.mark.split("-")[0]} on ${before.host} did not say that it has stopped`,
      );
      await sleep(unsureMsMax);
    }
    const own = { log, host: hostname(), mark: processMark(process.pid) };
    await sql`insert into writing ${sql(own)} on conflict (log) do update set host = ${own.host}, mark = ${own.mark}`;
  });
}

/** Everything is closed: the next one need not wait. */
export async function handOver(url: string, log: string): Promise<void> {
  await withDatabase(
    url,
    (sql) =>
      sql`delete from writing where log = ${log} and host = ${hostname()} and mark = ${processMark(process.pid)}`,
  );
}

/** Of another machine nothing is known. */
function mayRun({ host, mark }: { host: string; mark: string }): boolean {
  return host !== hostname() || isProcessAlive(mark);
}
