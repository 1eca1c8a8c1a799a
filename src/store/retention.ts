import { promises as fs } from "node:fs";
import { dirname, join } from "node:path";
import { answered, type Sql } from "./database.ts";
import { inTime } from "./in-time.ts";
import { isMissing, makeFolder, syncFolder } from "./durable.ts";

export type Freed = {
  /** The origin of a log, or which openings. */
  readonly what: string;
  readonly files: number;
  readonly bytes: number;
  readonly at: number;
};

export async function keepFreed(sql: Sql, freed: Freed): Promise<void> {
  const { what, files, bytes, at } = freed;
  await answered(sql`
    insert into freed (what, files, bytes, at) values (${what}, ${files}, ${bytes}, ${at})
    on conflict (what) do update set files = ${files}, bytes = ${bytes}, at = ${at}`);
}

export async function allFreed(sql: Sql): Promise<readonly Freed[]> {
  return answered(
    sql<Freed[]>`select what, files, bytes, at from freed order by at`,
  );
}

/** How many openings are of slots before an instant, and how many bytes their rows have. */
export async function openingsBefore(
  sql: Sql,
  slot: number,
): Promise<{ readonly count: number; readonly bytes: number }> {
  const rows = await inTime(
    sql<{ count: number; bytes: number }[]>`
    select count(*)::bigint as count, coalesce(sum(pg_column_size(opening.*)), 0)::bigint as bytes
    from opening where slot < ${slot}`,
    COUNT_MS_MAX,
    () =>
      new Error(
        "Cannot count the openings: the database gave no answer for five minutes",
      ),
  );
  return rows[0] ?? { count: 0, bytes: 0 };
}

/** Every row is looked at. */
const COUNT_MS_MAX = 300_000;
const ERASED_AT_ONCE = 5_000;

/** Deletes every opening of a slot before an instant, and whom it named, in batches; done again it deletes nothing. */
export async function eraseOpenings(sql: Sql, slot: number): Promise<number> {
  for (let erased = 0; ;) {
    const [gone] = await answered(sql<{ count: number }[]>`
      with gone as (
        delete from opening where leaf in (select leaf from opening where slot < ${slot} limit ${ERASED_AT_ONCE}) returning leaf),
      unnamed as (delete from opening_subject where leaf in (select leaf from gone))
      select count(*)::int as count from gone`);
    const count = gone?.count ?? 0;
    erased += count;
    if (count > 0) continue;
    // A deleted row lies on the disk until its room is swept; a long sweep goes on by itself.
    if (erased > 0) await answered(sql`vacuum opening, opening_subject`);
    return erased;
  }
}

/** Where a log lies on this machine: below both places its path is the same. */
function placesOf(folder: string, path: string) {
  return {
    shown: join(folder, "public", "log", path),
    journal: join(folder, "journal", path),
    aside: join(folder, "dropped", path.replaceAll("/", ".")),
  };
}

/** Files and bytes of a log: what it shows and its journal. */
export async function measureLog(
  folder: string,
  path: string,
): Promise<{ readonly files: number; readonly bytes: number }> {
  const { shown, journal } = placesOf(folder, path);
  const [a, b] = await Promise.all([measure(shown), measure(journal)]);
  return { files: a.files + b.files, bytes: a.bytes + b.bytes };
}

export async function isLogThere(
  folder: string,
  path: string,
): Promise<boolean> {
  const { shown } = placesOf(folder, path);
  return (await statOf(shown)) !== undefined;
}

/**
 * Takes a log away: one step in which it is no longer shown, then its files go. A crash in between leaves them aside, and the
 * same call takes them up again.
 */
export async function removeLog(folder: string, path: string): Promise<void> {
  const { shown, journal, aside } = placesOf(folder, path);
  for (const [name, from] of [
    ["shown", shown],
    ["journal", journal],
  ] as const) {
    if ((await statOf(from)) === undefined) continue;
    const to = join(aside, name);
    await makeFolder(aside);
    await fs.rm(to, { recursive: true, force: true });
    await fs.rename(from, to);
    await syncFolder(dirname(from));
  }
  await fs.rm(aside, { recursive: true, force: true });
}

async function measure(
  folder: string,
): Promise<{ readonly files: number; readonly bytes: number }> {
  if ((await statOf(folder)) === undefined) return { files: 0, bytes: 0 };
  let files = 0;
  let bytes = 0;
  for (const entry of await fs.readdir(folder, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (!entry.isFile()) continue;
    files += 1;
    bytes += (await statOf(join(entry.parentPath, entry.name)))?.size ?? 0;
  }
  return { files, bytes };
}

async function statOf(path: string) {
  try {
    return await fs.stat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
