import { promises as fs } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { Malformed } from "../../acts/canonical.ts";
import { parseEntry } from "../../acts/entry.ts";
import { showCount } from "../../audit/says.ts";
import { emptyRoot } from "../../log/hash.ts";
import { NO_POLICY } from "../../log/policy.ts";
import { officeOf } from "../../register/register.ts";
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
import { makeFolder, writeWhole } from "../../store/durable.ts";
import { lockFolder } from "../../store/folder-lock.ts";
import { nameOf } from "../../store/journal-format.ts";
import { WriterLock } from "../../store/writer-lock.ts";
import { Contradicted, CouldNot, EXIT, runCommand } from "../exit.ts";
import { mirrorOnce } from "../mirror/copy.ts";
import { databaseFor, readOfficeConfig } from "../running.ts";
import { firstLook } from "../verify/first-look.ts";
import { logKeysIn } from "../verify/log-keys.ts";
import { pathOf, readGenesis, readLog, type Signed } from "../verify/logs.ts";
import { openPlace } from "../verify/place.ts";
import { faultLine } from "../verify/print.ts";
import { type LogRecovery, planLog, planUnseen } from "./recovery.ts";

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
    `mirror       ${showCount(round.logs)} logs, register at size ${showCount(round.size)}: trees, signatures and heads hold`,
  );
  const logs = await logsOf(copy);
  const plans: LogRecovery[] = [];
  for (const { source } of logs) {
    const path = pathOf(source.origin, officeOf(origin));
    const head = await readHead(sql, source.origin);
    plans.push(await planLog({ copy, folder }, path, source, head));
  }
  const seen = new Set(plans.map((plan) => plan.origin));
  for (const log of await headedLogs(sql)) {
    const head = seen.has(log) ? undefined : await readHead(sql, log);
    if (head === undefined) continue;
    plans.push(
      await planUnseen({ copy, folder }, pathOf(log, officeOf(origin)), head),
    );
  }
  for (const { log, named } of round.pending) {
    const end = plans.find((plan) => plan.origin === log)?.end ?? 0;
    if (end < named)
      throw new CouldNot(
        `Cannot recover ${folder} from ${from}: the register names size ${named} of ${log}, and mirror and journal end at ${end}: the rest was not public yet; take a newer mirror, or bring the journal back`,
      );
  }
  const papers = await missingPapers(copy, folder);
  for (const line of planLines(plans, papers.length)) console.log(line);
  if (isDry) {
    console.log("dry run: nothing was changed");
    return EXIT.done;
  }
  const aside = join(folder, `aside-${Date.now()}`);
  const at = await lastTime(logs[0]);
  for (const plan of plans) await apply(sql, copy, folder, aside, plan, at);
  for (const name of papers)
    await bring(copy, join(folder, "public"), join("paper", name));
  await fs.rm(copy, { recursive: true, force: true });
  console.log(
    `done: \`vitrine serve ${folder}\` starts it; openings that the database has lost stay lost`,
  );
  return EXIT.done;
}

/** The mirror's logs, the register first. */
async function logsOf(copy: string): Promise<readonly Signed[]> {
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
  const found = [register];
  for (const log of logs) {
    const one = await readLog(
      place,
      pathOf(log, office),
      async ({ origin: name }) => (name === log ? keys(name) : []),
      NO_POLICY,
    );
    if (one !== undefined) found.push(mustBe(one));
  }
  return found;
}

function mustBe(log: Awaited<ReturnType<typeof readLog>>): Signed {
  if (log !== undefined && !("code" in log)) return log;
  throw new CouldNot(
    `Cannot recover: a log of the mirror is not signed (${log?.says ?? "it is not there"})`,
  );
}

async function lastTime(register: Signed | undefined): Promise<number> {
  if (register === undefined || register.source.size === 0) return 0;
  const { size, bundle } = register.source;
  const raw = (await bundle(Math.floor((size - 1) / 256)))[(size - 1) % 256];
  try {
    return raw === undefined ? 0 : parseEntry(raw).at;
  } catch (error) {
    if (error instanceof Malformed) return 0;
    throw error;
  }
}

function planLines(
  plans: readonly LogRecovery[],
  papers: number,
): readonly string[] {
  const lines = plans.flatMap((plan): readonly string[] => {
    const {
      path,
      missing,
      differing,
      beyond,
      journalAside,
      journalFrom,
      head,
      moveTo,
    } = plan;
    const parts = [
      ...(missing.length > 0
        ? [
            `${showCount(missing.length)} files are missing and are brought back`,
          ]
        : []),
      ...(differing.length > 0
        ? [
            `${showCount(differing.length)} files differ, are put aside and brought back: ${differing.slice(0, 3).join(", ")}`,
          ]
        : []),
      ...(beyond.length > 0
        ? [
            `${showCount(beyond.length)} files go beyond head and journal and are put aside`,
          ]
        : []),
      ...(journalAside === undefined
        ? []
        : [`the journal is put aside: ${journalAside}`]),
      ...(journalFrom === undefined
        ? []
        : [
            `a new journal begins at ${showCount(journalFrom)}: what was answered and is in no mirror is lost to this log`,
          ]),
      ...(moveTo === undefined
        ? []
        : [
            `the head moves from ${showCount(head?.size ?? 0)} to ${showCount(moveTo.size)}, which the mirror shows signed`,
          ]),
    ];
    return parts.map((part) => `${path.padEnd(12)} ${part}`);
  });
  if (papers > 0)
    lines.push(
      `papers       ${showCount(papers)} are missing and are brought back`,
    );
  return lines.length === 0 ? ["nothing is missing"] : lines;
}

/** Files first, the head last: a kill in between leaves what the same command goes on from. */
async function apply(
  sql: Sql,
  copy: string,
  folder: string,
  aside: string,
  plan: LogRecovery,
  at: number,
): Promise<void> {
  const { origin, path, missing, differing, beyond, head, moveTo } = plan;
  const { journalFrom } = plan;
  const base = join(folder, "public");
  for (const file of [...differing, ...beyond])
    await putAside(join(base, file), join(aside, "public", file));
  if (plan.journalAside !== undefined)
    await putAside(join(folder, "journal", path), join(aside, "journal", path));
  for (const file of [...missing, ...differing]) await bring(copy, base, file);
  if (journalFrom !== undefined)
    await writeWhole(join(folder, "journal", path, nameOf(journalFrom)), "", {
      mode: 0o600,
    });
  if (moveTo === undefined) return;
  if (head === undefined) await createHead(sql, origin, emptyRoot(primitives));
  const writer = await takeWriter(sql, origin);
  await swapHead(sql, origin, writer, head?.size ?? 0, {
    ...moveTo,
    at: Math.max(at, head?.at ?? 0),
  });
}

async function putAside(from: string, to: string): Promise<void> {
  await makeFolder(dirname(to));
  await fs.rename(from, to);
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
