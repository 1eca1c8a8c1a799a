import { createReadStream, promises as fs } from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { showCount } from "../../audit/says.ts";
import { restore as openLog } from "../../office/restore.ts";
import {
  connectTo,
  headedLogs,
  knownMigrations,
  migrate,
  migrationsIn,
  readHead,
  type Sql,
} from "../../store/database.ts";
import { loadTable } from "../../store/dump.ts";
import { LogHalted } from "../../store/durable.ts";
import { lockFolder } from "../../store/folder-lock.ts";
import { realSurroundings } from "../../store/surroundings.ts";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { readLogKeys } from "../keys.ts";
import { lookAtLogs } from "../log/doctor.ts";
import { databaseFor, givenDatabase } from "../office-database.ts";
import { policiesIn } from "../policies.ts";
import { verify } from "../verify/run.ts";
import { mustBeEmpty } from "./backup.ts";
import { damageIn, FOLDER, type Manifest, readManifest } from "./manifest.ts";

const DAMAGES_SHOWN = 10;

export function addRestore(program: Command): void {
  program
    .command("restore")
    .description(
      "bring a backup to life in a new folder: its digests, its logs, and what its witnesses hold are checked; nothing is started",
    )
    .argument("<backup>", "a folder that vitrine backup made")
    .argument("<folder>", "a new folder for the office")
    .option("--verify", "let the stranger's check run on the restored logs")
    .option("--check-only", "check the backup's digests and restore nothing")
    .addHelpText(
      "after",
      `
DATABASE_URL names an empty PostgreSQL for it; without it the office gets one of its own inside the folder.
An office whose witness has seen more than the backup holds must not start from it: this says so, as its start would.
vitrine log recover then brings back from a mirror what was public since.
Example:
  vitrine restore backups/2026-11-29 new-office --verify
Ends with 0 it may start, 1 it is damaged or behind its witnesses, 2 could not.`,
    )
    .action((out: string, folder: string, options: Options) =>
      runCommand(() => restore(out, folder, options)),
    );
}

type Options = { readonly verify?: boolean; readonly checkOnly?: boolean };

async function restore(
  out: string,
  folder: string,
  options: Options,
): Promise<number> {
  const manifest = await readManifest(out);
  const damages = await damageIn(out, manifest);
  if (damages.length > 0) {
    for (const one of damages.slice(0, DAMAGES_SHOWN))
      console.log(`damaged   ${one}`);
    console.log(
      `refused   ${showCount(damages.length)} of ${showCount(manifest.files.length)} files are not as they were backed up; nothing was restored`,
    );
    return EXIT.refused;
  }
  console.log(
    `digests   ${showCount(manifest.files.length)} files are as they were backed up at ${manifest.at}`,
  );
  if (options.checkOnly === true) return EXIT.done;
  mustKnow(manifest);
  await mustBeEmpty(folder, "restore to");
  await lockFolder(folder);
  const database = await databaseFor(folder, () => undefined);
  const sql = connectTo(database.url);
  try {
    await mustBeUnused(sql);
    await copyBack(out, folder, manifest);
    await loadAll(out, manifest, sql);
    console.log(
      `database  ${manifest.tables.length} tables, in ${givenDatabase() === undefined ? "the office's own PostgreSQL" : "the given database"}`,
    );
    const isWhole = await checkLogs(folder, manifest, sql);
    const mayStart = isWhole && (await askWitnesses(folder, manifest, sql));
    const found =
      options.verify === true ? await verify(join(folder, "public"), {}) : 0;
    if (found === EXIT.could_not) return found;
    if (!mayStart || found !== EXIT.done) return EXIT.refused;
  } finally {
    await sql.end({ timeout: 2 });
    await database.stop();
  }
  console.log(
    `restored  ${folder} of ${manifest.origin}; start it only where the office it was does not run any more: vitrine serve ${folder}`,
  );
  return EXIT.done;
}

/** A backup of a newer program holds what this one would not understand. */
function mustKnow({ migrations }: Manifest): void {
  const known = new Set(knownMigrations());
  const unknown = migrations.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new CouldNot(
      `Cannot restore: the backup's database has been through ${unknown.join(", ")}, which this program does not know; want the release that made it, or a newer one`,
    );
}

async function copyBack(
  out: string,
  folder: string,
  { files }: Manifest,
): Promise<void> {
  for (const { path, mode } of files) {
    if (!path.startsWith(`${FOLDER}/`)) continue;
    const target = join(folder, path.slice(FOLDER.length + 1));
    await fs.mkdir(dirname(target), { recursive: true });
    const file = await fs.open(target, "wx", mode);
    await pipeline(
      createReadStream(join(out, path)),
      file.createWriteStream({ flush: true }),
    );
  }
}

async function mustBeUnused(sql: Sql): Promise<void> {
  if ((await migrationsIn(sql)) === undefined) return;
  const [log] = await headedLogs(sql);
  throw new CouldNot(
    `Cannot restore: the database is not empty${log === undefined ? "" : `, it has the head of ${log}`}; want one that no office has used`,
  );
}

/** All rows in one transaction, into the schema of the release that wrote them; then the schema goes on to this release's. */
async function loadAll(
  out: string,
  { tables, migrations }: Manifest,
  sql: Sql,
): Promise<void> {
  await migrate(sql, migrations);
  await sql.begin(async (tx) => {
    for (const table of tables) {
      if (table.name === "migration") continue;
      await pipeline(
        createReadStream(join(out, table.path)),
        await loadTable(tx, table),
      );
    }
  });
  await migrate(sql);
}

/** Journal, files and head of every log: whether they belong together, as `vitrine log doctor` looks. */
async function checkLogs(
  folder: string,
  { origin }: Manifest,
  sql: Sql,
): Promise<boolean> {
  const { states } = await lookAtLogs(folder, origin, {
    logs: () => headedLogs(sql),
    head: async (log) => (await readHead(sql, log)) ?? "none",
  });
  // What the next start mends by itself, such as a torn last write, is no damage.
  const troubles = states.flatMap(({ origin: log, troubles: all }) =>
    all
      .filter(({ mend }) => mend === undefined)
      .map(({ says, repair }) => `${log}: ${says}; ${repair}`),
  );
  for (const one of troubles) console.log(`logs      ${one}`);
  if (troubles.length === 0)
    console.log(
      `logs      ${states.length}, each with journal, files and head that belong together`,
    );
  return troubles.length === 0;
}

/** What a start does before it enters anything: folds the register log and asks its witnesses what they hold. Nothing is signed. */
async function askWitnesses(
  folder: string,
  { origin, hasKeys }: Manifest,
  sql: Sql,
): Promise<boolean> {
  if (!hasKeys) {
    console.log(
      `keys      are not in the backup: bring ${join(folder, "keys")} back before the first start, which would make others and halt; witnesses were not asked`,
    );
    return true;
  }
  const silent: string[] = [];
  try {
    const { log, register } = await openLog({
      ...{ folder, sql, origin, surroundings: realSurroundings },
      logKeys: () => readLogKeys(folder),
      policies: policiesIn(folder),
      tell: (line) => console.error(line),
      onSilentWitness: (line) => silent.push(line),
    });
    await log.close();
    for (const line of silent) console.log(`witness   ${line}`);
    console.log(saysOfWitnesses(register.witnessPolicy !== undefined, silent));
    return true;
  } catch (error) {
    if (!(error instanceof LogHalted)) throw error;
    console.log(`refused   ${error.message}`);
    console.log(
      `next      ${folder} stays as it is: vitrine log recover ${folder} --from MIRROR brings back what was public since`,
    );
    return false;
  }
}

function saysOfWitnesses(
  isWatched: boolean,
  silent: readonly string[],
): string {
  if (!isWatched)
    return "witness   none watches this office: whether anything was public after this backup nobody can say";
  return silent.length === 0
    ? "witness   every witness holds no more than this backup"
    : "witness   not every witness answered: the start asks again, and halts where one holds more";
}
