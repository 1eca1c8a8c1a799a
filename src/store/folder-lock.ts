import { randomBytes } from "node:crypto";
import { promises as fs } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { isMissing, makeFolder } from "./durable.ts";
import { InUse } from "./in-use.ts";

/** Lies in the folder of every office, for ever: who removes it gives the next start a lock of its own. */
export const LOCK_FILE = "vitrine.lock";

/** What is locked is held until the process ends, and nobody in it opens the file again: that would end the lock. */
const held: DuckDBInstance[] = [];

/**
 * Makes the folder when it is missing and locks it for this process, before anything in it is read or written. Node has no
 * lock that ends with its process, however it ends; DuckDB has one (fcntl) on every file that it opens. It knows the
 * processes of other containers as well, whose numbers say nothing here.
 */
export async function lockFolder(folder: string): Promise<void> {
  const path = join(folder, LOCK_FILE);
  try {
    await makeFolder(folder);
    await makeLockFile(path);
    held.push(await openLock(path));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : "unknown error";
    const holder = /lock is held in .*\bPID (\d+)/.exec(why)?.[1];
    // A process of another container has no number here.
    const who = holder === "0" ? "a process elsewhere" : `process ${holder}`;
    if (holder !== undefined)
      throw new InUse(
        `Cannot use the folder ${folder}: ${who} runs it already; stop it first`,
        { cause },
      );
    throw new InUse(
      `Cannot use the folder ${folder}: ${why}; want a folder that this account may make and write in`,
      { cause },
    );
  }
}

/** Made whole beside its place: a process that is killed here leaves no half of one. */
async function makeLockFile(path: string): Promise<void> {
  if (await isThere(path)) return;
  const made = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  const instance = await openLock(made);
  instance.closeSync();
  try {
    await fs.link(made, path);
  } catch (error) {
    // Of two starts at once one makes it.
    if (!(await isThere(path))) throw error;
  } finally {
    await fs.rm(made, { force: true });
  }
}

function openLock(path: string): Promise<DuckDBInstance> {
  return DuckDBInstance.create(path, { threads: "1", memory_limit: "16MB" });
}

async function isThere(path: string): Promise<boolean> {
  try {
    await fs.stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
