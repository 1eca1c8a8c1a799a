import type { Finding } from "../acts/entry.ts";
import { addMonths } from "../acts/dates.ts";
import type { ReadRegister } from "../register/register.ts";
import { breach, missing, when } from "./findings.ts";

type Span = { readonly from?: number; readonly to?: number };

/** I14 and order: begins no earlier than its entry, ends after it begins. */
export function decideSpan({ from, to }: Span, at: number): readonly Finding[] {
  return [
    ...when(from !== undefined && from < at, () =>
      breach("I14", ["from", from ?? 0], ["entered", at]),
    ),
    ...when(to !== undefined && to <= (from ?? at), () =>
      breach("V-ORDER", ["from", from ?? at], ["to", to ?? 0]),
    ),
  ];
}

/** I5 or a rule of law: it has an end, at most so many months after it begins. */
export function decideEnd(
  register: ReadRegister,
  { from, to }: Span,
  at: number,
  rule: string,
  monthsMax: number | undefined,
): readonly Finding[] {
  if (to === undefined) return [missing(rule, ["end", "none"])];
  if (monthsMax === undefined) return [];
  const latest = addMonths(from ?? at, monthsMax, register.offsetMinutes);
  return when(to > latest, () => breach(rule, ["to", to], ["latest", latest]));
}
