import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TILE_WIDTH } from "../../log/tiles.ts";
import { openDatabase, type Sql } from "../../store/database.ts";
import { Log, type LogPlace, placeOf } from "../../store/log.ts";
import { startPostgres } from "../../store/postgres-server.ts";
import { diskSync } from "./appends.ts";
import { type Figure, milli, quantile, thousands } from "./figures.ts";
import { benchEntry, layRightEdge } from "./right-edge.ts";
import { benchWriting } from "./writing.ts";

const WRITTEN = 10_000_000;
const SIZES = [10_000, 1_000_000, 100_000_000];
/** All logs end at the same place in their last bundle, which is written anew by each integration. */
const IN_LAST_BUNDLE = 16;

export type Rounds = {
  readonly starts: number;
  readonly singles: number;
  readonly batches: number;
};
const ROUNDS: Rounds = { starts: 9, singles: 255, batches: 39 };

/** What a log costs that grows: memory while ten million entries are written, and one step at three sizes. */
export async function benchSizes(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-bench-"));
  const database = await startPostgres({ folder, log: () => undefined });
  try {
    const sql = await openDatabase(database.url);
    try {
      const sync = diskSync(folder);
      return [
        {
          what: "the disk's own append and fdatasync, 300 bytes",
          figure: `median ${milli(sync)}`,
          against: "",
        },
        ...(await benchCosts(sql, folder, SIZES, ROUNDS)),
        ...(await benchWriting(sql, folder, WRITTEN)),
      ];
    } finally {
      await sql.end();
    }
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const STEPS = {
  start: "start of the log, without its entries being read again",
  append: "one durable append, 1 in flight",
  single: "integration of 1 entry: bundle and tiles made durable",
  batch: "integration of 256 entries: bundle and tiles made durable",
  head: "the head moved in the database",
} as const;
type Step = keyof typeof STEPS;
const isStep = (name: string): name is Step => name in STEPS;

/** The steps of one log, and how long each of them took. */
type Measured = {
  readonly size: number;
  readonly place: LogPlace;
  readonly waits: Readonly<Record<Step, number[]>>;
};

/** The logs take turns, each as often the first, so that whatever else the machine does meets all of them. */
export async function benchCosts(
  sql: Sql,
  folder: string,
  sizes: readonly number[],
  rounds: Rounds,
): Promise<Figure[]> {
  const measured: Measured[] = [];
  for (const about of sizes) {
    const size = about - (about % TILE_WIDTH) + IN_LAST_BUNDLE;
    const name = `size-${size}`;
    const place = placeOf(join(folder, name), `bench.example/${name}`, "log");
    await layRightEdge(sql, place, size);
    const waits = { start: [], append: [], single: [], batch: [], head: [] };
    measured.push({ size, place, waits });
  }
  for (let round = 0; round < rounds.starts; round++)
    for (const { place, waits } of turned(measured, round)) {
      const log = await timed(waits.start, () => open(sql, place));
      await log.close();
    }
  const logs: { log: Log; waits: Measured["waits"] }[] = [];
  for (const { place, waits } of measured)
    logs.push({ log: await open(sql, place), waits });
  for (let round = 0; round < rounds.singles; round++)
    for (const { log, waits } of turned(logs, round)) await single(log, waits);
  for (let round = 0; round < rounds.batches; round++)
    for (const { log, waits } of turned(logs, round)) await batch(log, waits);
  for (const { log } of logs) await log.close();
  return Object.keys(STEPS)
    .filter(isStep)
    .flatMap((step) => figuresOf(step, measured));
}

function turned<T>(all: readonly T[], round: number): readonly T[] {
  const first = round % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

async function open(sql: Sql, place: LogPlace): Promise<Log> {
  const { log } = await Log.open(sql, place, Date.now());
  return log;
}

async function single(log: Log, waits: Measured["waits"]): Promise<void> {
  const entry = benchEntry(log.journal.end);
  await timed(waits.append, () => log.journal.append(entry, 0));
  await timed(waits.single, () => log.extend([entry]));
  await timed(waits.head, () => log.advance(Date.now()));
}

async function batch(log: Log, waits: Measured["waits"]): Promise<void> {
  const entries = Array.from({ length: TILE_WIDTH }, (_, i) =>
    benchEntry(log.journal.end + i),
  );
  await Promise.all(entries.map((entry) => log.journal.append(entry, 0)));
  await timed(waits.batch, () => log.extend(entries));
  await log.advance(Date.now());
}

async function timed<T>(waits: number[], work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  waits.push(performance.now() - began);
  return result;
}

function figuresOf(step: Step, measured: readonly Measured[]): Figure[] {
  const [smallest] = measured;
  return measured.map(({ size, waits }) => {
    const median = quantile(waits[step], 0.5);
    const least = quantile(smallest?.waits[step] ?? [], 0.5);
    return {
      what: `log of ${thousands(size)} entries: ${STEPS[step]}`,
      figure: `median ${milli(median)}, 90th percentile ${milli(quantile(waits[step], 0.9))}`,
      against:
        size === smallest?.size
          ? ""
          : `${(median / least).toFixed(2)} times that of ${thousands(smallest?.size ?? 0)}`,
    };
  });
}
