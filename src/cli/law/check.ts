import type { Command } from "commander";
import { showInstant } from "../../acts/dates.ts";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { type Above, faultsIn, lawAbove } from "./held-against.ts";
import type { FaultAt } from "./json-lines.ts";
import { readRulebookFile, type RulebookFile } from "./rulebook-file.ts";
import { tighterLines } from "./tighter.ts";

type Options = { readonly parent?: readonly string[] };

export function addLawCheck(law: Command): void {
  law
    .command("check")
    .description(
      "say whether a rulebook could be adopted, by line and reason, and what it wants more than what stands above it",
    )
    .argument("<file>", "the act that adopts it, as JSON")
    .option(
      "--parent <file...>",
      "the rulebooks above it: the office's own first, its own parent last",
    )
    .addHelpText(
      "after",
      "\nExample:\n  vitrine law check examples/rulebooks/city.json --parent examples/rulebooks/province.json\nEnds with 0 could be adopted, 1 could not, 2 nothing to read.",
    )
    .action((file: string, options: Options) =>
      runCommand(() => check(file, options, Date.now())),
    );
}

async function check(
  path: string,
  { parent: parents = [] }: Options,
  now: number,
): Promise<number> {
  const file = await readRulebookFile(path, now);
  if (!isRead(file)) return refuse(path, file);
  const above = await aboveIn(parents, now);
  const faults = faultsIn(file, above, now);
  if (faults.length > 0) return refuse(path, faults);
  const { content } = file;
  const until = showInstant(content.until, 0);
  if (file.of === "office") {
    console.log(
      `${path}  rulebook ${content.rulebook}, until ${until} UTC: ${content.rules?.length ?? 0} rules, ${content.purposes?.length ?? 0} purposes${above === undefined ? "" : `; no looser than ${above.office.rulebook}`}`,
    );
    return EXIT.done;
  }
  const { pilot, rulebook, body, parent } = file.content;
  console.log(
    `${path}  ${pilot === true ? "pilot" : "local rulebook"} ${rulebook} of ${body}, under ${parent}, until ${until} UTC`,
  );
  if (above === undefined) {
    console.log(
      "held against the law's own numbers alone: want --parent for those above it",
    );
    return EXIT.done;
  }
  const lines = tighterLines(lawAbove(above), file.content);
  console.log(lines.length === 0 ? "nothing is tighter" : "tighter than above");
  for (const line of lines) console.log(`  ${line}`);
  return EXIT.done;
}

/** Parents are what they are: one that cannot be read keeps from saying anything. */
async function aboveIn(
  paths: readonly string[],
  now: number,
): Promise<Above | undefined> {
  const [first, ...others] = await Promise.all(
    paths.map(async (path) => {
      const file = await readRulebookFile(path, now);
      if (isRead(file)) return file;
      throw new CouldNot(
        `Cannot read parent ${path}: line ${file[0]?.line ?? 1}, ${file[0]?.reason ?? ""}`,
      );
    }),
  );
  if (first === undefined) return undefined;
  if (first.of === "local")
    throw new CouldNot(
      `Cannot begin with ${paths[0]}: want the office's own rulebook first`,
    );
  const locals = others.map((one) => {
    if (one.of === "local") return one.content;
    throw new CouldNot(
      `Cannot put ${one.content.rulebook} below another: want a local rulebook`,
    );
  });
  return { office: first.content, locals };
}

function isRead(file: RulebookFile | readonly FaultAt[]): file is RulebookFile {
  return "of" in file;
}

function refuse(path: string, faults: readonly FaultAt[]): number {
  for (const { line, reason } of faults)
    console.log(`${path}:${line}: ${reason}`);
  return EXIT.refused;
}
