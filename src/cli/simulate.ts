import type { Command } from "commander";
import * as z from "zod/mini";
import { explain } from "../acts/explain.ts";
import { rulebook as rulebookShape } from "../acts/office.ts";
import type { ActEntry, Entry } from "../acts/entry.ts";
import { showInstant } from "../acts/dates.ts";
import { showCount } from "../audit/says.ts";
import {
  decideFounding,
  type Differently,
  type Simulated,
  type Simulation,
  simulateEntry,
  simulatedOf,
  startSimulation,
} from "../audit/simulate.ts";
import { currencyOf, describeFinding } from "../portal/findings.ts";
import { describeAct } from "../portal/words.ts";
import type { Rulebook } from "../register/register.ts";
import { EDITION, editions } from "../rules/editions.ts";
import { primitives } from "../store/crypto.ts";
import { readActFile, resolveAct } from "./act-file.ts";
import { addressOf } from "./client.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import { readRegister } from "./read-register.ts";

/** `law simulate`. */
export function addSimulate(law: Command): void {
  law
    .command("simulate")
    .description(
      "decide the office's whole history again under another rulebook, and list what would have come out differently",
    )
    .argument(
      "<rulebook>",
      "a file with a rulebook, or with an act that adopts one; it takes the place of those that were adopted",
    )
    .argument(
      "[place]",
      "address of the office, or a folder with its logs; the office beside us by default",
    )
    .option("--json", "print it as JSON")
    .addHelpText(
      "after",
      "\nExample:\n  vitrine law simulate examples/rulebooks/longer-notice.json\nEnds with 0 whether anything differs or not, 2 could not.",
    )
    .action(
      (file: string, place: string | undefined, options: { json?: boolean }) =>
        runCommand(() => simulate(file, place, options.json === true)),
    );
}

async function simulate(
  file: string,
  place: string | undefined,
  asJson: boolean,
): Promise<number> {
  if (/^[0-9]+$/.test(file)) throw otherEdition(Number(file));
  // The file is read before the office is asked for everything.
  const raw = await rulebookFile(file);
  const where = place ?? (await addressOf(undefined));
  const { entries, size } = await readRegister(where);
  let simulation: Simulation | undefined;
  let offset = 0;
  for await (const entry of entries) {
    if (simulation === undefined) {
      const founding = foundingOf(entry, where);
      offset = founding.offset;
      const rulebook = await rulebookIn(file, raw, offset);
      simulation = begin(founding.entry, rulebook, file);
    }
    simulateEntry(simulation, entry);
  }
  if (simulation === undefined)
    throw new CouldNot(`Cannot simulate ${where}: its register log is empty`);
  const { rulebook } = simulation;
  const found = simulatedOf(simulation);
  if (asJson)
    console.log(JSON.stringify({ rulebook: rulebook.rulebook, ...found }));
  else say(found, rulebook, size, offset);
  return EXIT.done;
}

function otherEdition(edition: number): CouldNot {
  return new CouldNot(
    edition === EDITION
      ? `Cannot simulate edition ${edition}: it is the only one there is, and what the office rules by; want the file of a rulebook`
      : `Cannot simulate edition ${edition}: this program has edition ${EDITION} alone; want the file of a rulebook`,
  );
}

async function rulebookFile(file: string): Promise<unknown> {
  const { raw } = await readActFile(file);
  const wrapped = z
    .object({ kind: z.literal("rulebookAdopted"), rulebook: z.unknown() })
    .safeParse(raw);
  return wrapped.success ? wrapped.data.rulebook : raw;
}

async function rulebookIn(
  file: string,
  raw: unknown,
  offsetMinutes: number,
): Promise<Rulebook> {
  const base = { folder: ".", start: Date.now(), offsetMinutes };
  const { act } = await resolveAct(raw, base);
  const read = rulebookShape.safeParse(act);
  if (!read.success)
    throw new CouldNot(
      `Cannot read rulebook ${file}: ${explain(read.error, act)}`,
    );
  return read.data;
}

/** Another edition may rule otherwise under the same rulebook: what differs would not say why. */
function foundingOf(
  entry: Entry,
  where: string,
): { readonly entry: ActEntry; readonly offset: number } {
  if (entry.type !== "act" || entry.statement.act.kind !== "genesis")
    throw new CouldNot(
      `Cannot simulate ${where}: its first entry is not a founding act`,
    );
  const { edition, timeZone } = entry.statement.act;
  if (editions.get(edition.number) !== edition.digest)
    throw new CouldNot(
      `Cannot simulate ${where}: it rules by an edition ${edition.number} that this program does not have`,
    );
  return { entry, offset: timeZone.offsetMinutes };
}

function begin(
  founding: ActEntry,
  rulebook: Rulebook,
  file: string,
): Simulation {
  const ruling = decideFounding(primitives, founding, rulebook);
  if (ruling.outcome === "refused") {
    const [finding] = ruling.findings;
    const line =
      finding === undefined ? undefined : describeFinding(finding, 0);
    throw new CouldNot(
      `Cannot simulate under ${file}: no office could be founded with it, by ${line?.rule ?? ""} ${line?.says ?? ""} (${line?.facts ?? ""})`,
    );
  }
  return startSimulation(primitives, rulebook);
}

function say(
  { differently, ...counts }: Simulated,
  { rulebook }: Rulebook,
  size: number,
  offset: number,
): void {
  console.log(
    `simulated    rulebook ${rulebook} in the place of those adopted: ${showCount(counts.acts)} acts in ${showCount(size)} entries`,
  );
  const { refused, granted, otherwise, rulebooks } = counts;
  console.log(
    `differently  ${showCount(refused)} granted would have been refused, ${showCount(granted)} refused would have been granted, ${showCount(otherwise)} alike on other grounds`,
  );
  const byRule = countByRule(differently);
  if (byRule !== "") console.log(`refused by   ${byRule}`);
  for (const one of differently) sayOne(one, offset);
  console.log(
    "\nhistory goes on as it went: each act is judged against the register as it was, so what rests on an act that would have been refused is not refused with it",
  );
  console.log(
    `not judged   ${showCount(rulebooks)} acts that adopted a rulebook; uses, charges and signatures`,
  );
}

/** I5 18, CN-TND-01 1: by which rules what was granted would have been refused, the most first. */
function countByRule(differently: readonly Differently[]): string {
  const counts = new Map<string, number>();
  for (const { was, would } of differently)
    if (was.outcome === "granted" && would.outcome === "refused")
      for (const rule of new Set(would.findings.map((one) => one.rule)))
        counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([rule, count]) => `${rule} ${showCount(count)}`)
    .join(", ");
}

function sayOne(
  { entry, at, act, posts, was, would }: Differently,
  offset: number,
): void {
  console.log(
    `\nentry ${showCount(entry)}  ${showInstant(at, offset)}  ${describeAct(act)}  by ${posts.join(", ")}`,
  );
  for (const [when, ruling] of [
    ["was", was],
    ["would be", would],
  ] as const) {
    console.log(`  ${when.padEnd(8)}  ${ruling.outcome}`);
    const findings =
      ruling.outcome === "refused" ? ruling.findings : ruling.flags;
    for (const finding of findings) {
      const { rule, says, cites, facts } = describeFinding(
        finding,
        offset,
        "en",
        currencyOf(act),
      );
      console.log(`    ${rule.padEnd(14)}  ${says}   ${cites}`);
      if (facts !== "") console.log(`    ${" ".repeat(14)}  ${facts}`);
    }
  }
}
