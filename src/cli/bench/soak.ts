import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import type * as z from "zod/mini";
import { editions } from "../../rules/editions.ts";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { readAs } from "../read-as.ts";
import { check } from "../verify/check.ts";
import { openPlace } from "../verify/place.ts";
import { exitOf, reportLines } from "../verify/print.ts";
import { milli, quantile, thousands } from "./figures.ts";
import { SoakLoad } from "./soak-load.ts";
import {
  ended,
  type Memory,
  memory,
  ready,
  runSoakOffice,
} from "./soak-office.ts";

/** What the whole of Estonia's exchange averages. */
const RATE = 246;
const GROWTH_MAX = 1.1;
const SHED_MAX = 0.001;
/** Caches and pools are warm by then. */
const SETTLED_MINUTE = 10;
const MINUTES_TOGETHER = 5;
const PACE_MS = 20;

type Minute = { readonly minute: number; readonly memory: Memory };

export function addSoak(program: Command): void {
  program
    .command("soak")
    .description(
      "ask a whole office of its own for a long time, and see that its memory stays flat and its logs verify",
    )
    .option("--seconds <n>", "how long", "3600")
    .option("--rate <n>", "requests a second", String(RATE))
    .option("--office <folder>", "be the office (used by the soak itself)")
    .addHelpText(
      "after",
      "\nEnds with 1 when an answer is missing in the logs, memory has grown or anything contradicts.\nExample:\n  vitrine soak --seconds 600",
    )
    .action((options: { seconds: string; rate: string; office?: string }) =>
      runCommand(async () => {
        if (options.office === undefined)
          return soak(numberOf(options.seconds), numberOf(options.rate));
        await runSoakOffice(options.office);
        return EXIT.done;
      }),
    );
}

function numberOf(text: string): number {
  if (!/^[1-9][0-9]{0,6}$/.test(text))
    throw new CouldNot(`Cannot use ${text}: want a whole number above 0`);
  return Number(text);
}

async function soak(seconds: number, rate: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-soak-"));
  const program = fileURLToPath(new URL("./vitrine.mjs", import.meta.url));
  const child = fork(program, ["soak", "--office", folder], {
    execArgv: ["--expose-gc", ...process.execArgv],
  });
  const gone = new Promise<never>((_, reject) =>
    child.once("exit", (code) =>
      reject(new CouldNot(`Cannot go on: the office ended with ${code}`)),
    ),
  );
  gone.catch(() => undefined);
  try {
    return await Promise.race([gone, measured(child, folder, seconds, rate)]);
  } finally {
    child.send("stop", () => undefined);
    await gone.catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(
  child: ChildProcess,
  folder: string,
  seconds: number,
  rate: number,
): Promise<number> {
  const { url, tokens } = await heard(child, ready);
  const load = new SoakLoad(url, tokens);
  say(`office of 10,000 permits and 1,000,000 vehicles at ${url}`);
  say(`${rate} requests a second for ${seconds} seconds`);
  const minutes: Minute[] = [];
  const begun = performance.now();
  const elapsed = () => (performance.now() - begun) / 1_000;
  while (elapsed() < seconds) {
    const owed = Math.floor(elapsed() * rate) - load.asked;
    for (let i = 0; i < owed; i++) load.send();
    if (elapsed() >= (minutes.length + 1) * 60)
      minutes.push(await look(child, load, minutes.length + 1));
    await sleep(PACE_MS);
  }
  await load.end();
  const last = await look(child, load, elapsed() / 60);
  minutes.push({ ...last, minute: elapsed() / 60 });
  child.send("finish");
  const end = await heard(child, ended);
  say(`everything is public; ${memoryLine(end.memory)}`);
  const grew = sayMemory(minutes);
  const isWhole = await sayChecked(folder, load, end.now);
  const isServed = load.shed <= load.asked * SHED_MAX;
  if (!isServed)
    say(`the rate was not held: ${load.shed} of ${load.asked} were shed`);
  return isWhole && isServed && !grew && load.failed === 0
    ? EXIT.done
    : EXIT.refused;
}

async function look(
  child: ChildProcess,
  load: SoakLoad,
  minute: number,
): Promise<Minute> {
  child.send("memory");
  const now = await heard(child, memory);
  const taken = load.takeWaits();
  const waits = taken.map(({ ms }) => ms);
  const kinds = [...new Set(taken.map(({ what }) => what))].toSorted();
  say(
    [
      `minute ${minute.toFixed(minute % 1 === 0 ? 0 : 1)}`,
      `${thousands(load.asked)} asked, ${thousands(load.uses)} uses, ${thousands(load.refused)} refused, ${thousands(load.open)} of open data`,
      `${load.shed} shed, ${load.failed} failed${load.firstFailure === "" ? "" : ` (${load.firstFailure})`}`,
      `median ${milli(quantile(waits, 0.5))}, 99th percentile ${milli(quantile(waits, 0.99))}`,
      memoryLine(now),
    ].join("; "),
  );
  say(
    `median of ${kinds
      .map((kind) => {
        const of = taken.filter(({ what }) => what === kind);
        return `${kind} ${milli(
          quantile(
            of.map(({ ms }) => ms),
            0.5,
          ),
        )}`;
      })
      .join(", ")}`,
  );
  return { minute, memory: now };
}

/** Says how memory went; true when it grew. */
function sayMemory(minutes: readonly Minute[]): boolean {
  const last = minutes.at(-1);
  if (last === undefined) return true;
  const settled = minutes.filter(({ minute }) => minute >= SETTLED_MINUTE);
  const after = settled.length === 0 ? minutes : settled;
  // One minute is up or down by a fifth, as files are made or not.
  const begin = after.slice(0, MINUTES_TOGETHER);
  const end = after.slice(-MINUTES_TOGETHER);
  // How much garbage lies about in a minute says nothing of what grows.
  const kept = (of: readonly Minute[]): number =>
    quantile(
      of.map((one) => one.memory.kept),
      0.5,
    );
  say(`memory at the end: ${memoryLine(last.memory)}`);
  say(
    `slope from minute ${(after[0]?.minute ?? 0).toFixed(1)}: ${(slope(after) / 1e6).toFixed(3)} MB a minute`,
  );
  const grown = kept(end) / kept(begin);
  say(
    `memory behind a collection grew to ${(100 * grown).toFixed(1)} % (the median of the last ${end.length} minutes against that of the ${begin.length} from minute ${(begin[0]?.minute ?? 0).toFixed(1)} on)`,
  );
  return grown > GROWTH_MAX;
}

/** Least squares, over minutes, of the memory that is left behind a collection. */
function slope(minutes: readonly Minute[]): number {
  const mean = (of: readonly number[]) =>
    of.reduce((sum, one) => sum + one, 0) / of.length;
  const x = mean(minutes.map(({ minute }) => minute));
  const y = mean(minutes.map((one) => one.memory.kept));
  const over = minutes.map((one) => (one.minute - x) * (one.memory.kept - y));
  const under = minutes.map(({ minute }) => (minute - x) ** 2);
  return minutes.length < 2 ? 0 : mean(over) / mean(under);
}

/** The way of `vitrine verify` over the folder, with the office's clock; true when nothing contradicts and every answer stands there. */
async function sayChecked(
  folder: string,
  load: SoakLoad,
  now: number,
): Promise<boolean> {
  const result = await check(await openPlace(folder), {
    editions,
    now: () => now,
    receipts: load.kept,
    also: [],
  });
  for (const line of reportLines(result, {
    genesisGiven: false,
    policyGiven: false,
  }))
    console.log(line);
  const { uses, refused } = result.sums;
  say(
    `uses in the logs: ${thousands(uses)}, answered: ${thousands(load.uses)}; refusals in the logs: ${thousands(refused)}, refused: ${thousands(load.refused)}; receipts kept: ${result.receipts.kept} of ${load.kept.length}`,
  );
  return (
    exitOf(result) === EXIT.done &&
    uses === load.uses &&
    refused === load.refused &&
    result.receipts.kept === load.kept.length
  );
}

function heard<S extends z.ZodMiniType>(
  child: ChildProcess,
  schema: S,
): Promise<z.infer<S>> {
  return new Promise((resolve, reject) =>
    child.once("message", (message) => {
      try {
        resolve(readAs(schema, message, "what the office says"));
      } catch (error) {
        reject(error instanceof Error ? error : new Error("unknown"));
      }
    }),
  );
}

function memoryLine({ rss, kept, heap, buffers }: Memory): string {
  const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  return `memory ${mb(rss)}, ${mb(kept)} behind a collection, heap ${mb(heap)}, buffers ${mb(buffers)}`;
}

function say(line: string): void {
  console.log(`soak      ${line}`);
}
