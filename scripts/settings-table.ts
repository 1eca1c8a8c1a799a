import { OTHER_VARIABLES } from "../src/cli/config/environment.ts";
import { SETTINGS } from "../src/cli/config/settings.ts";

const BEGIN = "<!-- settings: written by node scripts/docs.mjs -->";
const END = "<!-- settings end -->";

/** The page of operations with its tables of settings and variables as the schema has them. */
export function operatingPage(text: string): string {
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error(`Cannot write the settings: want ${BEGIN} and ${END}`);
  return `${before}${BEGIN}\n${table()}\n${END}${after}`;
}

function table(): string {
  const settings = SETTINGS.map(
    ({ path, env, says, wants, without }) =>
      `| \`${path}\` | ${env === undefined ? "the file alone" : `\`${env}\``} | ${wants} | ${without === "" ? "" : without} | ${says} |`,
  );
  const others = Object.entries(OTHER_VARIABLES).map(
    ([name, says]) => `| \`${name}\` | ${says} |`,
  );
  return [
    "| in `office.json` | variable | wants | without it | what it says |",
    "|---|---|---|---|---|",
    ...settings,
    "",
    "| other variables | |",
    "|---|---|",
    ...others,
  ].join("\n");
}
