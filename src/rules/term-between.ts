import { addMonths } from "../acts/dates.ts";
import type { Finding } from "../acts/entry.ts";
import type { ReadRegister } from "../register/register.ts";
import { dayIn, factIn } from "./fact-in.ts";
import { breach, missing, when } from "./findings.ts";
import type { Look } from "./rows.ts";

const DAY = 86_400_000;

/** Months are counted between instants; a day is the instant at which it begins. */
export function termBetween(
  rule: string,
  look: Extract<Look, { readonly form: "term" }>,
  act: unknown,
  { offsetMinutes }: Pick<ReadRegister, "offsetMinutes">,
  at: number,
): readonly Finding[] {
  const instantIn = (fact: string): number | undefined => {
    if (fact === "entry") return at;
    if (fact === "begins") return instantIn("from") ?? at;
    const value = factIn(act, fact);
    if (typeof value === "number") return value;
    const day = dayIn(value);
    return day === undefined ? undefined : day * DAY - offsetMinutes * 60_000;
  };
  const [begin, end] = [instantIn(look.of), instantIn(look.next)];
  if (begin === undefined) return [missing(rule, ["fact", look.of])];
  if (end === undefined) return [missing(rule, ["fact", look.next])];
  const limit = addMonths(begin, look.number, offsetMinutes);
  const isMost = look.direction === "max";
  // The fact to be mended is the one that the act states.
  const fact = look.next === "begins" ? look.of : look.next;
  return when(isMost ? end > limit : end < limit, () =>
    breach(
      rule,
      ["fact", fact],
      [isMost ? "until" : "from", end],
      [isMost ? "latest" : "earliest", limit],
    ),
  );
}
