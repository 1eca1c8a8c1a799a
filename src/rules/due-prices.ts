import { addMonths } from "../acts/dates.ts";
import { inForce, NEVER, type ReadRegister } from "../register/register.ts";
import { deviationIn, incomeIn, reportOf } from "../register/revenue.ts";
import { adoptedRule } from "./adopted.ts";
import { localYear, operatingSince, yearStart } from "./guided.ts";
import { postsWith } from "./posts.ts";
import { reportDue } from "./revenue.ts";

/** What the rules of prices make due, and what of it is done: only where the rulebook adopts them. */
export function pricesDue(register: ReadRegister, now: number) {
  return [...register.revenuesOf.keys()].flatMap((authorisation) => [
    ...reports(register, authorisation, now),
    ...ceilings(register, authorisation, now),
    ...realPrices(register, authorisation, now),
  ]);
}

/** Years that are over, for which something was permitted, and in which the right was in force. */
function yearsOver(
  register: ReadRegister,
  authorisation: string,
  now: number,
): readonly number[] {
  const right = register.authorisations.get(authorisation);
  const ended = Math.min(right?.ended?.at ?? NEVER, right?.to ?? NEVER);
  const years = (register.revenuesOf.get(authorisation) ?? []).flatMap((id) => {
    const act = register.revenues.get(id)?.act;
    return act === undefined
      ? []
      : Array.from({ length: act.years }, (_, i) => act.firstYear + i);
  });
  return [...new Set(years)].filter(
    (year) =>
      year < localYear(register, now) && yearStart(register, year) < ended,
  );
}

/** CN-PRC-13: of each year a report, by the end of March. */
function reports(register: ReadRegister, authorisation: string, now: number) {
  if (adoptedRule(register, "CN-PRC-13") === undefined) return [];
  return yearsOver(register, authorisation, now).map((year) => {
    const key = reportOf({ report: "prices", year, about: authorisation });
    const sent = register.sent.get(key)?.[0];
    return {
      ...({ what: "priceReport", id: `${authorisation} ${year}` } as const),
      ...{ by: reportDue(register, year), rule: "CN-PRC-13" },
      posts: postsWith(
        register,
        incomeIn(register, authorisation, year) === undefined
          ? "authorise"
          : "report",
      ),
      ...(sent === undefined ? {} : { done: sent.at }),
    };
  });
}

/**
 * CN-PRC-11: where income lies further from what was permitted than so many percent, the ceiling is adjusted. The text names no day: the year in
 * which the deviation is known is the last that is still the next.
 */
function ceilings(register: ReadRegister, authorisation: string, now: number) {
  const percent = adoptedRule(register, "CN-PRC-11")?.number;
  if (percent === undefined) return [];
  return yearsOver(register, authorisation, now).flatMap((year) => {
    const found = deviationIn(register, authorisation, year);
    const stated = incomeIn(register, authorisation, year);
    if (
      found === undefined ||
      stated === undefined ||
      Math.abs(found.amount) * 100 <= found.permitted * percent
    )
      return [];
    const done = (register.ceilingsUnder.get(authorisation) ?? [])
      .flatMap((id) => register.ceilings.get(id) ?? [])
      .find(({ entry }) => entry > stated.entry);
    return [
      {
        ...({ what: "ceiling", id: `${authorisation} ${year}` } as const),
        ...{ by: yearStart(register, year + 2), rule: "CN-PRC-11" },
        posts: postsWith(register, "setCeilings"),
        ...(done === undefined ? {} : { done: done.at }),
      },
    ];
  });
}

/** CN-PRC-04: when a whole year of operation is over, trial prices give way to others. */
function realPrices(
  register: ReadRegister,
  authorisation: string,
  now: number,
) {
  const months = adoptedRule(register, "CN-PRC-04")?.number;
  const since = operatingSince(register, authorisation);
  if (months === undefined || since === undefined) return [];
  return (register.feesUnder.get(authorisation) ?? [])
    .flatMap((id) => register.fees.get(id) ?? [])
    .filter((fee) => fee.act.trial === true && inForce(fee, now))
    .map(({ act }) => ({
      ...({ what: "trialPrice", id: act.fee } as const),
      ...{ by: addMonths(since, months, register.offsetMinutes) },
      ...{ rule: "CN-PRC-04", posts: postsWith(register, "approveFees") },
    }));
}
