import { promises as fs } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { fromBase64url } from "../../acts/bytes.ts";
import { showCount } from "../../audit/says.ts";
import { entriesOf, type LogSource } from "../../audit/source.ts";
import { vintageFile } from "../../engine/vintage.ts";
import { emptyRoot } from "../../log/hash.ts";
import { NO_POLICY } from "../../log/policy.ts";
import { officeOf } from "../../register/founding.ts";
import { primitives } from "../../store/crypto.ts";
import {
  createHead,
  headedLogs,
  openDatabase,
  readHead,
  type Sql,
  swapHead,
  takeWriter,
} from "../../store/database.ts";
import { makeFolder, readIfThere, writeWhole } from "../../store/durable.ts";
import { lockFolder } from "../../store/folder-lock.ts";
import { encodeGroup, HASH_BYTES, nameOf } from "../../store/journal-format.ts";
import { WriterLock } from "../../store/writer-lock.ts";
import { Contradicted, CouldNot, EXIT, runCommand } from "../exit.ts";
import { mirrorOnce } from "../mirror/copy.ts";
import { databaseFor } from "../office-database.ts";
import { readOfficeConfig } from "../running.ts";
import { firstLook } from "../verify/first-look.ts";
import { logKeysIn } from "../verify/log-keys.ts";
import {
  pathOf,
  readGenesis,
  readLog,
  type Signed,
  sourceOf,
} from "../verify/logs.ts";
import { openPlace } from "../verify/place.ts";
import { faultLine } from "../verify/print.ts";
import { type LogRecovery, planLog, type RecoveryPlaces } from "./recovery.ts";
import { lookAt, type RegisterLook } from "./register-look.ts";

type Options = { readonly from: string; readonly dryRun?: boolean };

export function addRecover(log: Command): void {
  log
    .command("recover")
    .description(
      "bring back what is missing of an office's logs, from a mirror that is checked first",
    )
    .argument("<folder>", "the office's folder; the office is stopped")
    .requiredOption(
      "--from <mirror>",
      "a folder that `vitrine mirror` keeps, or its address",
    )
    .option("--dry-run", "say what would be done, and do nothing")
    .addHelpText(
      "after",
      "\nNothing is overwritten: what differs is put aside. Openings and vintages are in no mirror.\nExample:\n  vitrine log recover my-office --from /backup/my-copy --dry-run\nEnds with 0 done, 1 the mirror has another history, 2 could not.",
    )
    .action((folder: string, options: Options) =>
      runCommand(() => recover(folder, options)),
    );
}

async function recover(
  folder: string,
  { from, dryRun }: Options,
): Promise<number> {
  const config = await readOfficeConfig(folder);
  if (config === undefined)
    throw new CouldNot(
      `Cannot recover ${folder}: it is no office's folder, want one with office.json`,
    );
  await lockFolder(folder);
  const database = await databaseFor(folder, () => undefined);
  try {
    const writer = await WriterLock.hold(database.url, config.origin);
    const sql = await openDatabase(database.url);
    try {
      return await recoverWith(
        sql,
        folder,
        config.origin,
        from,
        dryRun === true,
      );
    } finally {
      await sql.end({ timeout: 2 });
      await writer.release();
    }
  } catch (error) {
    if (!(error instanceof Contradicted)) throw error;
    console.log(faultLine(error.fault));
    return EXIT.refused;
  } finally {
    await database.stop();
  }
}

async function recoverWith(
  sql: Sql,
  folder: string,
  origin: string,
  from: string,
  isDry: boolean,
): Promise<number> {
  const copy = join(folder, "recovering");
  const mirror = await openPlace(from);
  if ((await readGenesis(mirror)).origin !== origin)
    throw new CouldNot(
      `Cannot recover ${folder} from ${from}: that is a copy of another office, want one of ${origin}`,
    );
  const round = await mirrorOnce(mirror, copy, { now: () => Date.now() });
  console.log(
    `mirror       ${showCount(round.logs + round.kept.length)} logs, register at size ${showCount(round.size)}: trees, signatures and heads hold`,
  );
  try {
    const { plans, look } = await plansOf(sql, { copy, folder }, origin);
    const papers = await missingPapers(copy, folder);
    const lines = [
      ...planLines(plans, papers.length),
      ...[...look.dropped].map((log) => `dropped      ${log}: stays away`),
      ...(await missingVintages(folder, look)),
    ];
    for (const line of lines) console.log(line);
    if (isDry) {
      console.log("dry run: nothing was changed");
      return EXIT.done;
    }
    const aside = join(folder, `aside-${Date.now()}`);
    for (const plan of plans)
      await apply(sql, { copy, folder }, aside, plan, look.lastAt);
    for (const name of papers)
      await bring(copy, join(folder, "public"), join("paper", name));
  } finally {
    await fs.rm(copy, { recursive: true, force: true });
  }
  console.log(
    `done: \`vitrine serve ${folder}\` starts it; openings that the database has lost stay lost`,
  );
  return EXIT.done;
}

/** What is to be done to each log, the register first: it says what the others must have. */
async function plansOf(
  sql: Sql,
  places: RecoveryPlaces,
  origin: string,
): Promise<{
  readonly plans: readonly LogRecovery[];
  readonly look: RegisterLook;
}> {
  const office = officeOf(origin);
  const sources = await logsOf(places.copy);
  const head = await readHead(sql, origin);
  const register = await planLog(
    ...([places, "register", sourceIn(sources, origin), head] as const),
  );
  const look = await lookOf(places.copy, register);
  const plans = [register];
  const names = new Set([...look.heads.keys(), ...(await headedLogs(sql))]);
  for (const log of [...names].sort()) {
    if (log === origin || look.dropped.has(log)) continue;
    plans.push(
      await planLog(
        places,
        pathOf(log, office),
        sourceIn(sources, log),
        await readHead(sql, log),
        { named: look.heads.get(log), nodes: look.nodes },
      ),
    );
  }
  return { plans, look };
}

/** What the mirror has of a log, which may be nothing yet. */
function sourceIn(
  sources: ReadonlyMap<string, LogSource>,
  origin: string,
): LogSource {
  return (
    sources.get(origin) ?? {
      ...{ origin, size: 0, root: emptyRoot(primitives) },
      bundle: () => Promise.resolve([]),
    }
  );
}

async function lookOf(
  copy: string,
  { origin, size, tail }: LogRecovery,
): Promise<RegisterLook> {
  const read = (name: string) => readIfThere(join(copy, name));
  const root = emptyRoot(primitives);
  const entries: Uint8Array[] = [];
  for await (const bundle of entriesOf(
    sourceOf({ read }, "register", origin, size, root),
  ))
    entries.push(...bundle);
  return lookAt([...entries, ...tail]);
}

/** The mirror's logs. */
async function logsOf(copy: string): Promise<ReadonlyMap<string, LogSource>> {
  const place = await openPlace(copy);
  const { origin } = await readGenesis(place);
  const register = mustBe(
    await readLog(
      place,
      "register",
      async (source) =>
        (await logKeysIn({ ...source, origin })).at(source.size),
      NO_POLICY,
    ),
  );
  const office = officeOf(register.source.origin);
  const { keys, logs } = await firstLook(register.source);
  const found = new Map([[origin, register.source]]);
  for (const log of logs) {
    const one = await readLog(
      place,
      pathOf(log, office),
      async ({ origin: name }) => (name === log ? keys(name) : []),
      NO_POLICY,
    );
    if (one !== undefined) found.set(log, mustBe(one).source);
  }
  return found;
}

function mustBe(log: Awaited<ReturnType<typeof readLog>>): Signed {
  if (log !== undefined && !("code" in log)) return log;
  throw new CouldNot(
    `Cannot recover: a log of the mirror is not signed (${log?.says ?? "it is not there"})`,
  );
}

/** Vintages are in no mirror, and without the newest ones an office does not serve. */
async function missingVintages(
  folder: string,
  { vintages }: RegisterLook,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const [dataset, digest] of vintages) {
    const file = join("vintages", vintageFile(fromBase64url(digest)));
    if ((await readIfThere(join(folder, file))) === undefined)
      lines.push(
        `not here     ${file}: the newest vintage of ${dataset} is in no mirror; put a file of that digest there before the start`,
      );
  }
  return lines;
}

function planLines(
  plans: readonly LogRecovery[],
  papers: number,
): readonly string[] {
  const lines = plans.flatMap((plan) =>
    partsOf(plan).map((part) => `${plan.path.padEnd(12)} ${part}`),
  );
  if (papers > 0)
    lines.push(
      `papers       ${showCount(papers)} are missing and are brought back`,
    );
  return lines.length === 0 ? ["nothing is missing"] : lines;
}

function partsOf(plan: LogRecovery): readonly string[] {
  const { missing, differing, beyond, journalAside, journalFrom } = plan;
  const { head, moveTo, isAnchorComputed } = plan;
  const parts: string[] = [];
  if (missing.length > 0)
    parts.push(
      `${showCount(missing.length)} files are missing and are brought back`,
    );
  if (differing.length > 0)
    parts.push(
      `${showCount(differing.length)} files differ, are put aside and brought back: ${differing.slice(0, 3).join(", ")}`,
    );
  if (beyond.length > 0)
    parts.push(
      `${showCount(beyond.length)} files go beyond head and journal, or are partial ones of a full one, and are put aside`,
    );
  if (journalAside !== undefined)
    parts.push(`the journal is put aside: ${journalAside}`);
  if (journalFrom !== undefined)
    parts.push(
      `a new journal begins at ${showCount(journalFrom)}: what was answered and is in no mirror is lost to this log`,
    );
  if (isAnchorComputed)
    parts.push(
      "the anchor that the register's head names is computed again, and the head's root proves it",
    );
  if (moveTo !== undefined)
    parts.push(
      `the head moves from ${showCount(head?.size ?? 0)} to ${showCount(moveTo.size)}, which the mirror shows signed`,
    );
  return parts;
}

/** Files first, the head last: a kill in between leaves what the same command goes on from. */
async function apply(
  sql: Sql,
  { copy, folder }: RecoveryPlaces,
  aside: string,
  plan: LogRecovery,
  at: number,
): Promise<void> {
  const { origin, path, missing, differing, beyond, head, moveTo } = plan;
  const { journalFrom, tail } = plan;
  const base = join(folder, "public");
  for (const file of [...differing, ...beyond])
    await putAside(join(base, file), join(aside, "public", file));
  if (plan.journalAside !== undefined)
    await putAside(join(folder, "journal", path), join(aside, "journal", path));
  for (const file of [...missing, ...differing]) await bring(copy, base, file);
  if (journalFrom !== undefined) {
    const group = { first: journalFrom, entries: tail, closes: false };
    await writeWhole(
      join(folder, "journal", path, nameOf(journalFrom)),
      tail.length === 0 ? "" : encodeGroup(group, Buffer.alloc(HASH_BYTES)),
      { mode: 0o600 },
    );
  }
  if (moveTo === undefined) return;
  if (head === undefined) await createHead(sql, origin, emptyRoot(primitives));
  if (moveTo.size === 0) return;
  const writer = await takeWriter(sql, origin);
  await swapHead(sql, origin, writer, head?.size ?? 0, {
    ...moveTo,
    at: Math.max(at, head?.at ?? 0),
  });
}

async function putAside(from: string, to: string): Promise<void> {
  await makeFolder(dirname(to));
  await fs.rename(from, to);
  const left = dirname(from);
  // A folder of partial files says that the full one is not there yet.
  if (left.endsWith(".p") && (await fs.readdir(left)).length === 0)
    await fs.rmdir(left);
}

async function bring(copy: string, base: string, file: string): Promise<void> {
  await writeWhole(join(base, file), await fs.readFile(join(copy, file)));
}

async function missingPapers(
  copy: string,
  folder: string,
): Promise<readonly string[]> {
  const names = await fs.readdir(join(copy, "paper")).catch(() => []);
  const own = new Set<string>(
    await fs.readdir(join(folder, "public", "paper")).catch(() => []),
  );
  return names.filter((name) => !own.has(name));
}
