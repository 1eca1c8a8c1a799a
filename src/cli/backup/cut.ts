import { promises as fs } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { TransactionSql } from "postgres";
import { migrationsIn, type Sql } from "../../store/database.ts";
import {
  dumpTable,
  headSizes,
  inSnapshot,
  type Table,
  tablesIn,
} from "../../store/dump.ts";
import { isMissing } from "../../store/durable.ts";
import { filesIn } from "../../store/journal-read.ts";
import { CouldNot } from "../exit.ts";
import { type Copier, filesBelow } from "./copier.ts";
import { DATABASE, FOLDER, type Manifest } from "./manifest.ts";

/** As often it is tried to find a moment in which the register log does not grow. */
const TRIES = 40;
const PAUSE_MS = 250;

/** Below these everything lies that changes while an office runs. */
const LIVING = ["public/log", "journal"] as const;
/** What is written once under its name: full tiles and bundles, papers, vintages. */
const NEVER_CHANGES =
  /^(?:public\/log\/.*\/tile\/(?:[^/]+\/)*[0-9]{3}|public\/paper\/.*|vintages\/.*)$/;

/**
 * What is not the office's memory: its PostgreSQL (its tables are), locks and marks of a process, a shortcut that is computed
 * again, files made for downloads. A witness's memory must never be set back: whoever runs one beside the office keeps it apart.
 */
const LEFT_OUT =
  /^(?:postgres|files|witness)\/|^(?:vitrine\.(?:lock.*|pid|mark)|address|metrics-address|register\.snapshot|laying)$|^gateways\/[^/]+\/(?:vitrine\.lock.*|address|metrics-address)$/;

export type Cut = Pick<Manifest, "logs" | "migrations" | "tables">;

export function isLiving(path: string): boolean {
  return LIVING.some((one) => path.startsWith(`${one}/`));
}

/** What is in a backup, but for what is living and for keys where they are not wanted. */
export async function restOf(
  folder: string,
  hasKeys: boolean,
): Promise<readonly string[]> {
  const all = await filesBelow(folder, "");
  return all.filter(
    (path) =>
      !LEFT_OUT.test(path) &&
      !isLiving(path) &&
      (hasKeys || !path.startsWith("keys/")),
  );
}

/** What of the logs is written once: the bulk of them, and copied before any moment has to be held. */
export async function copySettled(
  folder: string,
  copier: Copier,
): Promise<void> {
  for (const path of await filesBelow(folder, "public/log"))
    if (NEVER_CHANGES.test(path)) await copier.copy(FOLDER, path, true);
}

export function neverChanges(path: string): boolean {
  return NEVER_CHANGES.test(path);
}

/**
 * The logs and the database of one moment, of an office that may be running. A usage log rests on the register log and the
 * register log names its heads, so the two must belong together: tables as of a snapshot that is taken first; then the register
 * log, its files before its journal (what is in a file was in the journal before); then the usage logs in the same order; and
 * in all that time the register log must not have grown, or it is begun again.
 */
export async function copyCut(
  folder: string,
  origin: string,
  sql: Sql,
  copier: Copier,
): Promise<Cut> {
  for (let tries = 0; tries < TRIES; tries++) {
    const cut = await inSnapshot(sql, (tx) =>
      copyOnce(folder, origin, tx, copier),
    );
    if (cut !== "moved") return cut;
    await copier.forget(
      (path) =>
        path.startsWith(`${DATABASE}/`) ||
        (isLiving(path.slice(FOLDER.length + 1)) &&
          !NEVER_CHANGES.test(path.slice(FOLDER.length + 1))),
    );
    await sleep(PAUSE_MS);
  }
  throw new CouldNot(
    `Cannot back up ${folder}: its register log grew in every one of ${TRIES} tries; try again when fewer acts are entered, or stop the office`,
  );
}

async function copyOnce(
  folder: string,
  origin: string,
  tx: TransactionSql,
  copier: Copier,
): Promise<Cut | "moved"> {
  const openings = await openingsIn(folder);
  const heads = await headSizes(tx);
  await copyLog(folder, "register", copier);
  const register = await journalIn(folder, "register");
  const others = await filesBelow(folder, "public/log");
  for (const path of others)
    if (!path.startsWith("public/log/register/"))
      await copier.copy(FOLDER, path, NEVER_CHANGES.test(path));
  for (const path of await filesBelow(folder, "journal"))
    if (!path.startsWith("journal/register/"))
      await copier.copy(FOLDER, path, false);
  const isStill =
    (await journalIn(folder, "register")) === register &&
    (await openingsIn(folder)) === openings &&
    (await reaches(folder, "register", heads.get(origin)));
  if (!isStill) return "moved";
  const tables = await tablesIn(tx);
  const dumped: (Table & { path: string })[] = [];
  for (const table of tables) {
    const path = `${DATABASE}/${table.name}.copy`;
    await copier.writeParts(path, (take) => dumpTable(tx, table, take));
    dumped.push({ ...table, path });
  }
  return {
    logs: [...heads].map(([log, size]) => ({ log, size })),
    migrations: [...((await migrationsIn(tx)) ?? [])],
    tables: dumped.map(({ name, columns, path }) => ({
      ...{ name, path },
      columns: [...columns],
    })),
  };
}

/** A log's checkpoint, then its other files, then its journal: nothing of the earlier ones is ahead of a later one. */
async function copyLog(
  folder: string,
  log: string,
  copier: Copier,
): Promise<void> {
  const base = `public/log/${log}`;
  await copier.copy(FOLDER, `${base}/checkpoint`, false);
  for (const path of await filesBelow(folder, base))
    if (path !== `${base}/checkpoint`)
      await copier.copy(FOLDER, path, NEVER_CHANGES.test(path));
  for (const path of await filesBelow(folder, `journal/${log}`))
    await copier.copy(FOLDER, path, false);
}

/** The journal's files and their sizes: the same twice means that nothing was appended. */
async function journalIn(folder: string, log: string): Promise<string> {
  const files = await filesIn(join(folder, "journal", log));
  const sizes = await Promise.all(
    files.map(async ({ path, first }) => `${first} ${await sizeOf(path)}`),
  );
  return sizes.join(", ");
}

/** What is below the head may have left the journal meanwhile, and its copy would begin behind the head. */
async function reaches(
  folder: string,
  log: string,
  head = 0,
): Promise<boolean> {
  const [first] = await filesIn(join(folder, "journal", log));
  return first === undefined || first.first <= head;
}

/** Which files hold openings that are in no table yet. One that was begun anew meanwhile may have held some. */
async function openingsIn(folder: string): Promise<string> {
  const names = (await filesBelow(folder, "journal")).filter((path) =>
    /\.openings(?:\.copied)?$/.test(path),
  );
  const files = await Promise.all(
    names.map(async (path) => {
      const there = await fs.stat(join(folder, path)).catch(absent);
      return `${path} ${there?.ino}`;
    }),
  );
  return files.join(", ");
}

async function sizeOf(path: string): Promise<number> {
  return (await fs.stat(path).catch(absent))?.size ?? 0;
}

function absent(error: unknown): undefined {
  if (isMissing(error)) return undefined;
  throw error;
}
