import type { Command } from "commander";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { readSources } from "../sources.ts";
import { readOfficeConfig, readOfficeFile } from "../running.ts";
import { type Env, givenIn, OTHER_VARIABLES } from "./environment.ts";
import { defaultOf, SETTINGS, valueAt } from "./settings.ts";

export function addConfig(program: Command): void {
  const config = program
    .command("config")
    .description("the settings of an office");
  config
    .command("check")
    .description(
      "read the settings of an office as its next start would, and print them without secrets",
    )
    .argument("<folder>", "the office's folder")
    .option("--json", "one line of JSON")
    .addHelpText(
      "after",
      "\nExample:\n  vitrine config check my-office\nEnds with 0 when the office could start with them, 2 when it could not.",
    )
    .action((folder: string, options: { json?: boolean }) =>
      runCommand(() => check(folder, options.json === true)),
    );
  config
    .command("list")
    .description("name every setting, its variable and what it says")
    .action(() => runCommand(async () => list()));
}

type Source = "office.json" | "environment" | "default" | "not said";

async function check(folder: string, isJson: boolean): Promise<number> {
  const file = await readOfficeFile(folder);
  const config = await readOfficeConfig(folder);
  if (config === undefined)
    throw new CouldNot(
      `Cannot check ${folder}: want the folder of an office, with its office.json`,
    );
  const sources = await readSources(folder, process.env);
  const said = new Set(givenIn(process.env).map(([{ path }]) => path));
  const settings = SETTINGS.map(({ path }) => {
    const inFile = valueAt(file, path);
    const source: Source = said.has(path)
      ? "environment"
      : inFile !== undefined
        ? "office.json"
        : defaultOf(path) === undefined
          ? "not said"
          : "default";
    const value = valueAt(config, path) ?? defaultOf(path);
    return { path, value: value ?? null, source };
  });
  const database = databaseSaid(process.env);
  if (isJson) {
    console.log(JSON.stringify({ settings, database, live: sources.size }));
    return EXIT.done;
  }
  for (const { path, value, source } of settings)
    console.log(`${path.padEnd(34)}${valueCell(value).padEnd(28)}${source}`);
  console.log(`${"database".padEnd(34)}${database}`);
  console.log(
    `${"sources.json".padEnd(34)}${sources.size} datasets that are asked in place`,
  );
  return EXIT.done;
}

/** Its address may hold a password: where it comes from is all that is said. */
function databaseSaid(env: Env): string {
  if ((env["DATABASE_URL"] ?? "") !== "") return "named by DATABASE_URL";
  if ((env["DATABASE_URL_FILE"] ?? "") !== "")
    return "named by DATABASE_URL_FILE";
  return "its own, inside the folder";
}

function list(): number {
  for (const { path, env, says, wants, without } of SETTINGS) {
    console.log(`${path}${env === undefined ? "" : `   ${env}`}`);
    console.log(`    ${says}`);
    console.log(
      `    wants ${wants}${without === "" ? "" : `; without it ${without}`}`,
    );
  }
  for (const [name, says] of Object.entries(OTHER_VARIABLES))
    console.log(`${name}\n    ${says}`);
  return EXIT.done;
}

/** A value as people read it. */
function valueCell(value: unknown): string {
  if (value === null) return "-";
  return typeof value === "string" ? value : JSON.stringify(value);
}
