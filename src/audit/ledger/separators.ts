/** Which mark stands before the decimals: 1,234.50 or 1.234,50. */
export type DecimalStyle = "comma" | "point";

/** The digits of a number, and which style its own marks show, if they show one. */
export type Digits = {
  readonly whole: string;
  readonly fraction: string;
  readonly shows: DecimalStyle | undefined;
};

/**
 * Tells the decimal mark from the marks between groups by the text itself. One point or comma with three digits behind
 * it and one to three before it can be either: then the style decides, and without one nobody does.
 */
export function digitsOf(
  text: string,
  style: DecimalStyle | undefined,
): Digits | "ambiguous" | "ungrouped" {
  const marks = text.replace(/\d/g, "");
  if (marks === "") return { whole: text, fraction: "", shows: undefined };
  const groups = text.split(/\D/);
  const last = marks.slice(-1);
  const isOnly = marks.indexOf(last) === marks.length - 1;
  if (last === "\u066b")
    return isOnly ? withDecimals(groups, marks) : "ungrouped";
  const isEither = last === "." || last === ",";
  if (!isEither || !isOnly) return grouped(groups, marks);
  if (marks.length > 1) return withDecimals(groups, marks);
  const [before = "", after = ""] = groups;
  const mayGroup =
    after.length === 3 && /^\d{1,3}$/.test(before) && before !== "0";
  if (!mayGroup) return withDecimals(groups, marks);
  if (style === undefined) return "ambiguous";
  return (style === "point") === (last === ".")
    ? { ...withoutShow(before, after) }
    : { ...withoutShow(`${before}${after}`, "") };
}

function withoutShow(whole: string, fraction: string): Digits {
  return { whole, fraction, shows: undefined };
}

function withDecimals(
  groups: readonly string[],
  marks: string,
): Digits | "ungrouped" {
  const whole = groups.slice(0, -1);
  if (marks.length > 1 && !areGroups(whole, marks.slice(0, -1)))
    return "ungrouped";
  const last = marks.slice(-1);
  return {
    whole: whole.join(""),
    fraction: groups.at(-1) ?? "",
    shows: last === "." ? "point" : last === "," ? "comma" : undefined,
  };
}

function grouped(
  groups: readonly string[],
  marks: string,
): Digits | "ungrouped" {
  if (!areGroups(groups, marks)) return "ungrouped";
  return {
    whole: groups.join(""),
    fraction: "",
    shows: marks[0] === "," ? "point" : marks[0] === "." ? "comma" : undefined,
  };
}

/** One mark throughout; groups of three, or the Indian ones: three at the end, twos before. */
function areGroups(groups: readonly string[], marks: string): boolean {
  const [first = "", ...rest] = groups;
  const end = rest.at(-1) ?? "";
  if (marks !== marks.charAt(0).repeat(marks.length)) return false;
  if (end.length !== 3 || first.length === 0 || first.length > 3) return false;
  const inner = rest.slice(0, -1);
  return (
    inner.every(({ length }) => length === 3) ||
    (marks[0] === "," &&
      first.length <= 2 &&
      inner.every(({ length }) => length === 2))
  );
}
