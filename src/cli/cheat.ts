import type { Command } from "commander";
import { type Betrayal, FILES_ALONE, isAsSaid } from "./cheat/betrayal.ts";
import { backdate } from "./cheat/backdate.ts";
import { backup } from "./cheat/backup.ts";
import { flip } from "./cheat/flip.ts";
import { forget } from "./cheat/forget.ts";
import { fork } from "./cheat/fork.ts";
import { friend } from "./cheat/friend.ts";
import { loosen } from "./cheat/loosen.ts";
import { overcharge } from "./cheat/overcharge.ts";
import { revoked } from "./cheat/revoked.ts";
import { ruling } from "./cheat/ruling.ts";
import { scapegoat } from "./cheat/scapegoat.ts";
import { serve } from "./cheat/serve.ts";
import {
  attemptLines,
  headLines,
  listLines,
  tableLines,
  type Tried,
} from "./cheat/show.ts";
import { openStage, type Stage } from "./cheat/stage.ts";
import { demoFolder } from "./client.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";

/** The twelve, from what needs nobody else to what needs somebody outside. */
export const betrayals: readonly Betrayal[] = [
  flip,
  ruling,
  scapegoat,
  backdate,
  serve,
  overcharge,
  friend,
  revoked,
  forget,
  fork,
  backup,
  loosen,
];

type Options = { readonly folder: string; readonly keep?: boolean };

export function addCheat(program: Command): void {
  program
    .command("cheat")
    .description(
      "do on a copy what a dishonest office could do, and show what finds it",
    )
    .argument("[name]", "which of the twelve, or all; none lists them")
    .option("--folder <dir>", "the demonstration office's folder", demoFolder())
    .option("--keep", "leave the copies where they are, to look at them")
    .addHelpText(
      "after",
      "\nExample:\n  vitrine cheat forget\nEnds with 0 when it was found where that is said and not found where that is said, 1 otherwise, 2 could not.",
    )
    .action((name: string | undefined, options: Options) =>
      runCommand(() => cheat(name, options)),
    );
}

async function cheat(
  name: string | undefined,
  options: Options,
): Promise<number> {
  if (name === undefined) {
    say(listLines(betrayals));
    say(["", "npm run cheat -- NAME   or   npm run cheat -- all"]);
    return EXIT.done;
  }
  const chosen = betrayals.filter((one) => name === "all" || one.name === name);
  if (chosen.length === 0)
    throw new CouldNot(
      `Cannot cheat by ${name}: want one of ${betrayals.map((one) => one.name).join(", ")}, all`,
    );
  const stage = await openStage(options.folder, options.keep === true);
  try {
    return await runAll(stage, chosen);
  } finally {
    await stage.close();
    if (options.keep === true) say(["", `COPY is ${stage.dir}`]);
  }
}

async function runAll(
  stage: Stage,
  chosen: readonly Betrayal[],
): Promise<number> {
  await mustBeHonest(stage);
  const tried: Tried[] = [];
  for (const betrayal of chosen) {
    if (tried.length > 0) say(["", ""]);
    say(headLines(betrayal));
    const attempts = await betrayal.run(stage);
    for (const attempt of attempts) say(attemptLines(attempt, stage.dir));
    tried.push({ name: betrayal.name, attempts });
  }
  if (chosen.length > 1) say(["", "", ...tableLines(tried)]);
  const checks = tried.flatMap(({ attempts }) =>
    attempts.flatMap((attempt) => attempt.checks),
  );
  return checks.every(isAsSaid) ? EXIT.done : EXIT.refused;
}

/** Whatever is found later must come from the cheat alone. */
async function mustBeHonest(stage: Stage): Promise<void> {
  const shown = await stage.showBuilt(stage.built);
  const before = await stage.ask(shown, { having: FILES_ALONE, expected: [] });
  if (!isAsSaid(before))
    throw new CouldNot(
      `Cannot cheat: the copy says "${before.lines.at(-1) ?? ""}" before anything was done to it`,
    );
  say(copyLines(stage));
}

function copyLines({ wholeSize, history }: Stage): readonly string[] {
  const { length } = history.lines;
  const began =
    length === wholeSize
      ? ""
      : `; cheated with is what was before entry ${length}, when the office had not named a witness or had not shown everything`;
  return [
    `copy        ${wholeSize} entries${began}`,
    "before      the copy, as it was: no contradiction found",
    "",
  ];
}

function say(lines: readonly string[]): void {
  for (const line of lines) console.log(line);
}
