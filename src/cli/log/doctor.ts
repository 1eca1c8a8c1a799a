import { existsSync, promises as fs } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import postgres from "postgres";
import { officeOf } from "../../register/founding.ts";
import { headedLogs, readHead } from "../../store/database.ts";
import { isMissing, readIfThere } from "../../store/durable.ts";
import { publicCheckpoint } from "../../store/files-end.ts";
import { primitives } from "../../store/crypto.ts";
import { emptyRoot } from "../../log/hash.ts";
import { entriesOf } from "../../audit/source.ts";
import { lockFolder } from "../../store/folder-lock.ts";
import { placeOf } from "../../store/log.ts";
import {
  type KnownHead,
  type LogState,
  stateOf,
  type Trouble,
} from "../../store/log-state.ts";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { databaseFor, givenDatabase } from "../office-database.ts";
import { readOfficeConfig } from "../running.ts";
import { pathOf, sourceOf } from "../verify/logs.ts";
import { entriesFrom, journalAt } from "./journal-here.ts";
import { lookAt } from "./register-look.ts";

type DoctorOptions = { readonly apply?: boolean; readonly json?: boolean };

export function addDoctor(log: Command): void {
  log
    .command("doctor")
    .description(
      "say of every log of a stopped office whether journal, files and head belong together, and what repairs it",
    )
    .argument("<folder>", "the office's folder")
    .option("--apply", "carry out what can be repaired here and loses nothing")
    .option("--json", "one line of JSON")
    .addHelpText(
      "after",
      `
Without --apply nothing is changed in the logs. With it, hash tiles are computed again from entries that the head
confirms, unfinished files and partial files beside a full one are removed, and a torn last write of a journal is cut
off. Everything else is refused, with the reason and what helps.
The head is asked of the database that DATABASE_URL names, or of the office's own, which is started for it.
Example:
  vitrine log doctor my-office
Ends with 0 in order, 1 something is to be repaired, 2 could not look.`,
    )
    .action((folder: string, options: DoctorOptions) =>
      runCommand(() => doctor(folder, options)),
    );
}

async function doctor(folder: string, options: DoctorOptions): Promise<number> {
  const config = await readOfficeConfig(folder);
  if (config === undefined)
    throw new CouldNot(
      `Cannot look at ${folder}: want the folder of an office, with its office.json`,
    );
  await lockFolder(folder);
  const database = await headsOf(folder);
  try {
    const { states, gone, register } = await lookAtLogs(
      ...([folder, config.origin, database] as const),
    );
    if (options.json !== true) {
      for (const log of gone)
        console.log(`dropped   ${log}: under a record of the register log`);
      console.log(`snapshot  ${await snapshotIn(folder, register)}`);
    }
    const left = await report(states, database.isThere, options);
    return left === 0 ? EXIT.done : EXIT.refused;
  } finally {
    await database.stop();
  }
}

/** How every log here stands, but for those that a record of the register log has dropped. */
export async function lookAtLogs(
  folder: string,
  ofRegister: string,
  database: Pick<Asked, "logs" | "head">,
): Promise<{
  readonly states: readonly LogState[];
  readonly gone: ReadonlySet<string>;
  readonly register: KnownHead;
}> {
  const office = officeOf(ofRegister);
  const register = await database.head(ofRegister);
  const gone = await droppedIn(folder, ofRegister, register);
  const paths = new Set(await logsIn(folder));
  for (const log of await database.logs())
    if (!gone.has(log)) paths.add(pathOf(log, office));
  const states: LogState[] = [];
  for (const path of [...paths].sort()) {
    const origin = `${office}/${path}`;
    const known = await database.head(origin);
    states.push(await stateOf(placeOf(folder, origin, path), known));
  }
  return { states, gone, register };
}

/** Prints what was found, mends what may be, and says how much is left. */
async function report(
  states: readonly LogState[],
  isSure: boolean,
  { apply = false, json = false }: DoctorOptions,
): Promise<number> {
  const mended = new Set<Trouble>();
  if (apply)
    for (const trouble of states.flatMap(({ troubles }) => troubles)) {
      if (trouble.mend === undefined) continue;
      await trouble.mend();
      mended.add(trouble);
    }
  const all = states.flatMap(({ troubles }) => troubles);
  const left = all.filter((trouble) => !mended.has(trouble)).length;
  if (json) {
    const logs = states.map(({ troubles, ...state }) => ({
      ...state,
      troubles: troubles.map((trouble) => ({
        says: trouble.says,
        repair: trouble.repair,
        canApply: trouble.mend !== undefined,
        applied: mended.has(trouble),
      })),
    }));
    console.log(JSON.stringify({ database: isSure, logs, left }));
    return left;
  }
  if (!isSure)
    console.log(
      "database  none is here: heads are not known, nothing is confirmed by them",
    );
  for (const state of states) print(state, mended);
  if (left === 0) console.log("in order");
  else
    console.log(
      `${left} to be repaired${all.some((one) => one.mend !== undefined && !mended.has(one)) ? "; --apply carries out what loses nothing" : ""}`,
    );
  return left;
}

function print(state: LogState, mended: ReadonlySet<Trouble>): void {
  const { journal } = state;
  console.log(`log       ${state.origin}`);
  console.log(
    `          head ${state.head ?? "unknown"}, files ${state.files}, journal ${journal === undefined ? "none" : `${journal.from} to ${journal.to}`}, checkpoint ${state.checkpoint ?? "none"}`,
  );
  for (const trouble of state.troubles) {
    console.log(`          ${trouble.says}`);
    console.log(
      `          ${mended.has(trouble) ? "repaired" : trouble.repair}`,
    );
  }
  if (state.troubles.length === 0) console.log("          in order");
}

/** The register's log, and every other that has a journal or public files here. */
async function logsIn(folder: string): Promise<readonly string[]> {
  const found = new Set<string>(["register"]);
  for (const top of [join(folder, "journal"), join(folder, "public", "log")]) {
    const names = await fs
      .readdir(top, { recursive: true })
      .catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      });
    for (const name of names) {
      const path = /^(.+)\/(?:[0-9]{15}\.journal|checkpoint|tile)$/.exec(name);
      if (path?.[1] !== undefined && !path[1].includes("/tile"))
        found.add(path[1]);
    }
  }
  return [...found].toSorted();
}

/** The logs that a record of the register log has dropped, as far as files and journal of the register are here. */
async function droppedIn(
  folder: string,
  origin: string,
  head: KnownHead,
): Promise<ReadonlySet<string>> {
  const base = join(folder, "public");
  const read = (name: string) => readIfThere(join(base, name));
  const shown = await publicCheckpoint(join(base, "log", "register")).catch(
    () => undefined,
  );
  const size = typeof head === "string" ? (shown?.size ?? 0) : head.size;
  const root = emptyRoot(primitives);
  const entries: Uint8Array[] = [];
  for await (const bundle of entriesOf(
    sourceOf({ read }, "register", origin, size, root),
  ))
    entries.push(...bundle);
  const journal = await journalAt(join(folder, "journal", "register"));
  const tail = entriesFrom(journal, "register", entries.length) ?? [];
  return lookAt([...entries, ...tail]).dropped;
}

/** A snapshot only saves reading: nothing is lost without one. */
async function snapshotIn(folder: string, head: KnownHead): Promise<string> {
  if (typeof head === "string") return "not looked at: no head is known";
  const { snapshot_size: size, snapshot_digest: digest } = head;
  if (size === null || digest === null)
    return "none: the next start reads the register log whole";
  const bytes = await readIfThere(join(folder, "register.snapshot"));
  const isOwn =
    bytes !== undefined &&
    size <= head.size &&
    Buffer.compare(primitives.sha256(bytes), digest) === 0;
  return isOwn
    ? `of ${size} entries, as it was saved`
    : `${bytes === undefined ? "missing" : "not as it was saved"}: the next start reads the register log whole`;
}

type Asked = {
  readonly isThere: boolean;
  readonly logs: () => Promise<readonly string[]>;
  readonly head: (origin: string) => Promise<KnownHead>;
  readonly stop: () => Promise<void>;
};

/** No database is made where none is: it would know nothing. */
async function headsOf(folder: string): Promise<Asked> {
  if (
    givenDatabase() === undefined &&
    !existsSync(join(folder, "postgres", "data"))
  )
    return {
      isThere: false,
      logs: () => Promise.resolve([]),
      head: () => Promise.resolve("unknown"),
      stop: () => Promise.resolve(),
    };
  const database = await databaseFor(folder, (line) => console.error(line));
  const sql = postgres(database.url, {
    max: 1,
    fetch_types: false,
    onnotice: () => undefined,
    types: {
      bigint: { to: 20, from: [20], parse: Number, serialize: String },
    },
  });
  return {
    isThere: true,
    logs: async () => (await headedLogs(sql).catch(noTable)) ?? [],
    head: async (origin) =>
      (await readHead(sql, origin).catch(noTable)) ?? "none",
    stop: async () => {
      await sql.end({ timeout: 2 });
      await database.stop();
    },
  };
}

/** An empty database has no table of heads, and so no head. */
function noTable(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "42P01")
    return undefined;
  throw error;
}
