import {
  type Attempt,
  type Betrayal,
  type Check,
  isAsSaid,
  REFUSED,
} from "./betrayal.ts";

const LINES_SHOWN = 4;
const WIDTH = 10;

const labelled = (label: string, text: string): string =>
  `${label.padEnd(WIDTH)}  ${text}`.trimEnd();

/** All of them, each with what is needed to catch it. */
export function listLines(betrayals: readonly Betrayal[]): readonly string[] {
  const width = Math.max(...betrayals.map(({ title }) => title.length));
  const row = (name: string, title: string, needs: string): string =>
    labelled(name, `${title.padEnd(width)}  ${needs}`);
  return [
    row("name", "what an office could do", "what is needed to catch it"),
    ...betrayals.map(({ name, title, needs }) => row(name, title, needs)),
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

/** What was done and what came of it; `dir` is where the copies lie. */
export function attemptLines(
  { done, checks }: Attempt,
  dir: string,
): readonly string[] {
  return [
    "",
    labelled("done", done),
    ...checks.flatMap((check) => ["", ...checkLines(check, dir)]),
  ];
}

function checkLines(check: Check, dir: string): readonly string[] {
  const { command, about, lines, exit, expected } = check;
  return [
    labelled("asked", command.replaceAll(dir, "COPY")),
    ...(about === undefined ? [] : [labelled("", about)]),
    ...shownLines(check).map((line) => labelled("", line)),
    ...(expected === REFUSED
      ? []
      : [labelled("", `${lines.at(-1) ?? ""}   exit ${exit}`)]),
    // The same words in the same place for both: what cannot be found is told as loudly as what can.
    labelled(isFound(check) ? "FOUND" : "NOT FOUND", sentence(check)),
    ...(isAsSaid(check) ? [] : [labelled("UNEXPECTED", wanted(check))]),
  ];
}

const FAULT = /^CONTRADICTION +(.*?) +\[([a-z-]+)\]$/;

/** Of each kind of contradiction one, then the others as far as there is room. */
function shownLines({ lines, expected }: Check): readonly string[] {
  if (expected === REFUSED) return lines;
  const faults = lines.filter((line) => FAULT.test(line));
  const codes = faults.map((line) => FAULT.exec(line)?.[2] ?? "");
  const firsts = faults.filter((_, i) => codes.indexOf(codes[i] ?? "") === i);
  const others = faults.filter((line) => !firsts.includes(line));
  const room = Math.max(0, LINES_SHOWN - firsts.length);
  const shown = new Set([...firsts, ...others.slice(0, room)]);
  const more = others.length - room;
  return [
    ...faults.filter((line) => shown.has(line)),
    ...(more > 0 || lines.some((line) => line.startsWith("…"))
      ? ["…  and more like these"]
      : []),
  ];
}

function isFound({ found, exit }: Check): boolean {
  return found.length > 0 || exit !== 0;
}

function sentence(check: Check): string {
  const { having, lines, expected, because } = check;
  if (!isFound(check))
    return `${having}: ${lines.at(-1) ?? ""}. ${because ?? ""}`.trimEnd();
  if (expected === REFUSED) return `${having}: it refuses`;
  return `${having}: ${firstOf(check)}`;
}

/** The first contradiction that was expected, as the stranger's program says it. */
function firstOf({ lines, expected, found }: Check): string {
  const wished = expected === REFUSED ? undefined : expected[0];
  const code = found.find((one) => one === wished) ?? found[0];
  const line = lines.find((one) => FAULT.exec(one)?.[2] === code) ?? "";
  const text = FAULT.exec(line)?.[1] ?? "could not check";
  return text.replace(/^\S+\/register: /, "");
}

function wanted({ expected }: Check): string {
  if (expected === REFUSED) return "the witness was to refuse";
  if (expected.length === 0) return "this was to be found by nobody";
  return `this was to be found as ${expected.join(" and ")}`;
}

export type Tried = {
  readonly name: string;
  readonly attempts: readonly Attempt[];
};

/** A table of everything that was asked. */
export function tableLines(tried: readonly Tried[]): readonly string[] {
  const rows = tried.flatMap(({ name, attempts }) =>
    attempts
      .flatMap(({ checks }) => checks)
      .map((check) => ({ name, check, having: check.having })),
  );
  const width = Math.max(...rows.map(({ having }) => having.length));
  return rows.map(({ name, check, having }) => {
    const codes = [...new Set(check.found)].join(", ");
    const outcome = isFound(check) ? `FOUND      ${codes}` : "NOT FOUND";
    const said = isAsSaid(check) ? "" : "   UNEXPECTED";
    return labelled(name, `${having.padEnd(width)}  ${outcome}${said}`);
  });
}
