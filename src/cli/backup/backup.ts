import { promises as fs } from "node:fs";
import { join, resolve, sep } from "node:path";
import type { Command } from "commander";
import { showCount } from "../../audit/says.ts";
import { connectTo } from "../../store/database.ts";
import { isMissing } from "../../store/durable.ts";
import { lockFolder } from "../../store/folder-lock.ts";
import { InUse } from "../../store/in-use.ts";
import { showBytes } from "../progress-line.ts";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { databaseFor } from "../office-database.ts";
import { readOfficeConfig } from "../running.ts";
import { Copier } from "./copier.ts";
import { copyCut, copySettled, neverChanges, restOf } from "./cut.ts";
import { FOLDER, writeManifest } from "./manifest.ts";

type Options = { readonly withoutKeys?: boolean; readonly json?: boolean };

export function addBackup(program: Command): void {
  program
    .command("backup")
    .description(
      "copy an office, running or stopped, as it stands at one moment: logs, papers, keys, settings and its tables of the database",
    )
    .argument("<folder>", "the office's folder")
    .argument("<out>", "a new folder for the backup")
    .option("--without-keys", "leave the folder keys out")
    .option("--json", "one line of JSON")
    .addHelpText(
      "after",
      `
DATABASE_URL names the office's PostgreSQL; without it the one in its folder is asked.
A backup is not encrypted: its files are for this account alone, and where it lies is yours to guard.
Not in it: a witness's memory (it must never be set back), files made for downloads, other gateways' own folders.
Example:
  vitrine backup my-office backups/2026-11-29
Ends with 0 done, 2 could not.`,
    )
    .action((folder: string, out: string, options: Options) =>
      runCommand(() => backup(folder, out, options)),
    );
}

async function backup(
  folder: string,
  out: string,
  options: Options,
): Promise<number> {
  const config = await readOfficeConfig(folder);
  if (config === undefined)
    throw new CouldNot(`Cannot back up ${folder}: no office is there`);
  if (`${resolve(out)}${sep}`.startsWith(`${resolve(folder)}${sep}`))
    throw new CouldNot(
      `Cannot back up ${folder} to ${out}: want a folder outside the office's own`,
    );
  await mustBeEmpty(out, "back up to");
  const isRunning = await runsAlready(folder);
  const database = await databaseFor(folder, () => undefined);
  const sql = connectTo(database.url);
  const hasKeys = options.withoutKeys !== true;
  const copier = new Copier(folder, out);
  try {
    await fs.mkdir(out, { recursive: true, mode: 0o700 });
    await fs.chmod(out, 0o700);
    await copySettled(folder, copier);
    const cut = await copyCut(folder, config.origin, sql, copier);
    // What is not part of a log is copied last: a paper or a vintage is there before its entry is.
    for (const path of await restOf(folder, hasKeys))
      await copier.copy(FOLDER, path, neverChanges(path));
    const at = new Date().toISOString();
    const manifest = {
      ...{ vitrineBackup: 1 as const, origin: config.origin, at, hasKeys },
      ...cut,
      files: [...copier.files],
    };
    const digest = await writeManifest(out, manifest);
    say(out, { ...manifest, digest, isRunning }, options.json === true);
    return EXIT.done;
  } catch (error) {
    // Half a backup would only be taken for one.
    await fs.rm(out, { recursive: true, force: true });
    throw error;
  } finally {
    await sql.end({ timeout: 2 });
    await database.stop();
  }
}

function say(
  out: string,
  {
    files,
    logs,
    tables,
    hasKeys,
    ...rest
  }: Parameters<typeof writeManifest>[1] & {
    readonly digest: string;
    readonly isRunning: boolean;
  },
  isJson: boolean,
): void {
  const bytes = files.reduce((sum, one) => sum + one.bytes, 0);
  const { digest, origin, at, isRunning } = rest;
  if (isJson) {
    const counted = { files: files.length, bytes, tables: tables.length };
    console.log(
      JSON.stringify({ out, origin, at, logs, hasKeys, ...counted, digest }),
    );
    return;
  }
  const register = logs.find(({ log }) => log === origin)?.size ?? 0;
  console.log(
    `backup    ${out}: ${showCount(files.length)} files, ${showBytes(bytes)}, of ${origin} at ${at}${isRunning ? ", which runs" : ""}`,
  );
  console.log(
    `logs      ${logs.length}; the head of the register log was at ${showCount(register)}`,
  );
  console.log(`database  ${tables.length} tables, of one moment`);
  console.log(
    hasKeys
      ? "keys      are in it: whoever reads this backup can sign as the office and open what is sealed; it is not encrypted"
      : "keys      are not in it: without the folder keys a restored office cannot start, and nothing that is sealed is ever opened; keep a copy of it elsewhere",
  );
  console.log(`manifest  ${digest}`);
}

/** Whether a process has the folder. A stopped office is held, so that none starts while it is copied. */
async function runsAlready(folder: string): Promise<boolean> {
  try {
    await lockFolder(folder);
    return false;
  } catch (error) {
    if (error instanceof InUse && error.message.includes("runs it already"))
      return true;
    throw error;
  }
}

/** Nothing that lies anywhere is written over. */
export async function mustBeEmpty(folder: string, what: string): Promise<void> {
  const names = await fs.readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  if (names.length > 0)
    throw new CouldNot(
      `Cannot ${what} ${folder}: ${join(folder, names[0] ?? "")} lies there; want a new or an empty folder`,
    );
}
