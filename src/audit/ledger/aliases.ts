import { csvLines } from "./aliases-csv.ts";
import { deadCell } from "./csv-cell.ts";
import { headingKey } from "./heading-key.ts";
import type { Proposal } from "./ledger.ts";
import { type Problem, quoted } from "./problem.ts";

/** What a person decided about a name of the ledger. */
export type Alias = {
  readonly line: number;
  readonly role: Proposal["role"];
  readonly name: string;
  /** The approved name that it means; empty: it is none of them. */
  readonly means: string;
};

/** In any country's spreadsheet. */
const ANY_DELIMITER = /[",;\t|\r\n]/;

const ROLES: ReadonlyMap<string, Proposal["role"]> = new Map([
  ["unit", "unit"],
  ["单位", "unit"],
  ["service", "service"],
  ["服务", "service"],
  ["收费项目", "service"],
  ["payer class", "payerClass"],
  ["缴费人类别", "payerClass"],
]);
/** What stands in `means` where nobody has decided yet. */
const OPEN: readonly string[] = ["?", "\uff1f"];

/**
 * Reads the table of aliases: CSV of any delimiter with the headings role, name and means. A line whose `means` is ? decides nothing;
 * empty, it says that the name is none of the approved ones. Other columns are not looked at.
 */
export function parseAliases(text: string): readonly Alias[] | Problem {
  const all = csvLines(text);
  if ("problem" in all) return all;
  const [head, ...lines] = all;
  const headings = head?.cells.map(headingKey) ?? [];
  const role = headings.indexOf("role");
  const name = headings.indexOf("name");
  const means = headings.indexOf("means");
  if (role < 0 || name < 0 || means < 0)
    return {
      problem: `the aliases' first line is ${quoted(head?.cells.join(",") ?? "")}, want the headings role,name,means`,
    };
  const aliases: Alias[] = [];
  for (const { line, cells } of lines) {
    const alias = aliasOf(line, {
      role: cellOf(cells, role),
      name: cellOf(cells, name),
      means: cellOf(cells, means),
    });
    if ("problem" in alias) return alias;
    if (!OPEN.includes(alias.means)) aliases.push(alias);
  }
  return aliases;
}

/** The table that a person fills in: one line for each proposal, nothing decided, what it looks like beside it. */
export function aliasTable(proposals: readonly Proposal[]): string {
  const lines = proposals.map(({ role, name, candidates }) =>
    [role, name, "?", ...candidates]
      .map((cell) => deadCell(cell, ANY_DELIMITER))
      .join(","),
  );
  return `\ufeff${["role,name,means,looks like,or,or", ...lines].join("\r\n")}\r\n`;
}

function aliasOf(
  line: number,
  cells: Omit<Alias, "line" | "role"> & { readonly role: string },
): Alias | Problem {
  const role = ROLES.get(headingKey(cells.role));
  if (role === undefined)
    return {
      problem: `line ${line} of the aliases: ${quoted(cells.role)} is no role, want unit, service or payerClass`,
    };
  if (cells.name === "")
    return {
      problem: `line ${line} of the aliases: no name stands here, want one of the ledger`,
    };
  return { line, role, name: cells.name, means: cells.means };
}

/** Without the apostrophe that keeps a spreadsheet from computing it. */
function cellOf(cells: readonly string[], at: number): string {
  return (cells[at] ?? "").trim().replace(/^'(?=[=+\-@])/, "");
}
