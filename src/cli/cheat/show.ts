import type { Attempt, Betrayal, Check } from "./betrayal.ts";
import { isAsSaid, REFUSED } from "./betrayal.ts";

const LINES_SHOWN = 4;
const WIDTH = 10;

const labelled = (label: string, text: string): string =>
  `${label.padEnd(WIDTH)}  ${text}`;

/** All of them, each with what is needed to catch it. */
export function listLines(betrayals: readonly Betrayal[]): readonly string[] {
  const width = Math.max(...betrayals.map(({ title }) => title.length));
  return [
    labelled(
      "name",
      `${"what an office could do".padEnd(width)}  what is needed to catch it`,
    ),
    ...betrayals.map(({ name, title, needs }) =>
      labelled(name, `${title.padEnd(width)}  ${needs}`),
    ),
  ];
}

export function headLines(betrayal: Betrayal): readonly string[] {
  const { name, title, does, who, finds, needs } = betrayal;
  return [
    labelled(name, title),
    labelled("does", does),
    labelled("who", who),
    labelled("finds it", finds),
    labelled("needed", needs),
  ];
}

export function attemptLines(attempt: Attempt): readonly string[] {
  return [
    "",
    labelled("done", attempt.done),
    ...attempt.checks.flatMap((check) => ["", ...checkLines(check)]),
  ];
}

function checkLines(check: Check): readonly string[] {
  const relevant = check.lines.filter((line) =>
    line.startsWith("CONTRADICTION"),
  );
  const shown =
    check.expected === REFUSED ? check.lines : relevant.slice(0, LINES_SHOWN);
  const more = relevant.length - shown.length;
  const last = check.lines.at(-1) ?? "";
  return [
    labelled("asked", `with ${check.having}`),
    ...shown.map((line) => labelled("", line)),
    ...(more > 0 ? [labelled("", `…  and ${more} more like these`)] : []),
    ...(check.expected === REFUSED
      ? []
      : [labelled("", `${last}   exit ${check.exit}`)]),
    labelled(isFound(check) ? "FOUND" : "NOT FOUND", verdict(check)),
    ...(isAsSaid(check) ? [] : [labelled("UNEXPECTED", expectedLine(check))]),
  ];
}

function isFound({ found, exit }: Check): boolean {
  return found.length > 0 || exit !== 0;
}

/** The same sentence for both outcomes, so that what cannot be found is as large as what is. */
function verdict(check: Check): string {
  if (!isFound(check))
    return `with ${check.having}: ${check.lines.at(-1) ?? ""}. ${check.because ?? ""}`.trimEnd();
  return `with ${check.having}: ${[...new Set(check.found)].join(", ")}`;
}

function expectedLine({ expected }: Check): string {
  if (expected === REFUSED) return "the witness was to refuse";
  if (expected.length === 0) return "this was to be found by nobody";
  return `this was to be found as ${expected.join(" and ")}`;
}

/** A table of everything that was tried. */
export function tableLines(
  tried: readonly {
    readonly name: string;
    readonly attempts: readonly Attempt[];
  }[],
): readonly string[] {
  const rows = tried.flatMap(({ name, attempts }) =>
    attempts
      .flatMap(({ checks }) => checks)
      .map((check) => ({
        name,
        having: check.having,
        outcome: isFound(check)
          ? [...new Set(check.found)].join(", ")
          : "NOT FOUND",
        said: isAsSaid(check) ? "as said" : "UNEXPECTED",
      })),
  );
  const having = Math.max(...rows.map((row) => row.having.length));
  return rows.map((row) =>
    labelled(
      row.name,
      `${row.said.padEnd(WIDTH)}  ${row.having.padEnd(having)}  ${row.outcome}`,
    ),
  );
}
