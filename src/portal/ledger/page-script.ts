import { readFileSync } from "node:fs";

/** In the order in which each uses those before it. */
const PARTS = ["page-receipts.mjs", "page-select.mjs", "page-script.mjs"];

/**
 * The page's script as it stands in the page: its parts one after the other, what they import from each other left out.
 * The build lays them beside the program.
 */
export function readPageScript(): string {
  return PARTS.map((part) =>
    readFileSync(new URL(`./${part}`, import.meta.url), "utf8")
      .replace(/^import \{[^}]*\} from "\.\/page-[a-z]+\.mjs";\n/gm, "")
      .replace(/^export /gm, "")
      .replace(/\/\*\*[\s\S]*?\*\//g, "")
      .replace(/\n{2,}/g, "\n"),
  ).join("");
}
