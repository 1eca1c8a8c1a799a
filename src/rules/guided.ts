import type { ActOf } from "../acts/act.ts";
import { addMonths, civilAt, latestDay, startOf } from "../acts/dates.ts";
import type { Finding } from "../acts/entry.ts";
import { dayOf } from "../register/calendar.ts";
import {
  type FeeCeiling,
  NEVER,
  type ReadRegister,
  type Revenue,
  type Rulebook,
  type Standing,
} from "../register/register.ts";
import { revenueIn, unitsKey, volumeStated } from "../register/revenue.ts";
import { adoptedRule } from "./adopted.ts";
import { mostUnder } from "./ceilings.ts";
import { localDay } from "./clocks.ts";
import { breach, missing, when } from "./findings.ts";
import type { Signed } from "./signing.ts";

/** Prices under guidance: what an operator of public data may ask goes back to a permitted revenue. A product without an authorisation has none. */
function authorisationOf(
  register: ReadRegister,
  product: string,
): string | undefined {
  return register.products.get(product)?.act.authorisation;
}

export function localYear(register: ReadRegister, at: number): number {
  return civilAt(at, register.offsetMinutes).year;
}

export function yearStart(register: ReadRegister, year: number): number {
  return startOf({ year, month: 1, day: 1 }, register.offsetMinutes);
}

/** CN-PRC-02: a guided price is set by a province, or by a prefecture where it was handed down; below that by nobody. */
export function decideLevel(
  register: ReadRegister,
  { statement }: Signed,
  authorisation: string | undefined,
): readonly Finding[] {
  if (
    authorisation === undefined ||
    adoptedRule(register, "CN-PRC-02") === undefined
  )
    return [];
  return statement.signers
    .filter(({ role }) => role === "approved")
    .map(({ post }) => register.posts.get(post ?? "")?.act.body ?? "")
    .filter((body) => register.bodies.get(body)?.act.level === "county")
    .map((body) => breach("CN-PRC-02", ["body", body], ["level", "county"]));
}

/** What the rules of guided prices find in a ceiling: the hearing before it, and the permitted revenue that it stands under. */
export function decideGuidedCeiling(
  register: ReadRegister,
  signed: Signed,
  act: ActOf<"feeCeiling">,
  at: number,
): readonly Finding[] {
  const authorisation = authorisationOf(register, act.product);
  if (authorisation === undefined) return [];
  return [
    ...decideLevel(register, signed, authorisation),
    ...decideHearing(register, act, at),
    ...(adoptedRule(register, "CN-PRC-03-REVENUE") === undefined
      ? []
      : decideWithin(register, authorisation, act, at)),
  ];
}

/** CN-PRC-17: users and operators are heard before, not behind. */
function decideHearing(
  register: ReadRegister,
  { hearing }: ActOf<"feeCeiling">,
  at: number,
): readonly Finding[] {
  if (adoptedRule(register, "CN-PRC-17") === undefined) return [];
  if (hearing === undefined) return [missing("CN-PRC-17", ["fact", "hearing"])];
  return when(dayOf(hearing.on) > localDay(register, at), () =>
    breach("CN-PRC-17", ["fact", "hearing.on"], ["after", "entry"]),
  );
}

/** CN-PRC-03: inside the years of its permitted revenue, and with all the others no more than that. */
function decideWithin(
  register: ReadRegister,
  authorisation: string,
  act: ActOf<"feeCeiling">,
  at: number,
): readonly Finding[] {
  const rule = "CN-PRC-03-REVENUE";
  const revenue = register.revenues.get(act.revenue ?? "")?.act;
  if (revenue === undefined)
    return [
      missing(
        rule,
        ["revenue", act.revenue ?? "none"],
        ["next-step", "permittedRevenue"],
      ),
    ];
  if (revenue.authorisation !== authorisation)
    return [
      breach(
        rule,
        ["revenue-of", revenue.authorisation],
        ["product-of", authorisation],
      ),
    ];
  if (revenue.currency !== act.currency)
    return [
      breach(rule, ["currency", act.currency], ["wanted", revenue.currency]),
    ];
  const { volume } = act;
  if (volume === undefined) return [missing(rule, ["fact", "volume"])];
  const [from, to] = [act.from ?? at, act.to ?? NEVER];
  const earliest = yearStart(register, revenue.firstYear);
  const latest = yearStart(register, revenue.firstYear + revenue.years);
  // A price is charged at least once: one unit alone never goes beyond what may be taken, and a volume that was smaller makes no room.
  const least = Math.max(1, lastVolume(register, authorisation, act, at) ?? 1);
  return [
    ...when(volume < least, () =>
      breach(rule, ["volume", volume], ["least", least]),
    ),
    ...when(from < earliest, () =>
      breach(rule, ["from", from], ["earliest", earliest]),
    ),
    ...when(to > latest && act.to !== undefined, () =>
      breach(rule, ["to", to], ["latest", latest]),
    ),
    ...beyondIn(register, revenue, { act, from, to, entry: 0, at }),
  ];
}

/**
 * What a product came to in a year: as was stated last, or as closed logs show of the year that is over, whichever is more. What is stated is of
 * all units of a product and counts for each; closed logs tell them apart, and that some are still open only makes it less.
 */
function lastVolume(
  register: ReadRegister,
  authorisation: string,
  { product, unit }: FeeCeiling,
  at: number,
): number | undefined {
  const stated = volumeStated(register, authorisation, product);
  const counted = register.chargedUnits.get(
    unitsKey(product, unit, localYear(register, at) - 1),
  );
  return stated === undefined || counted === undefined
    ? (stated ?? counted)
    : Math.max(stated, counted);
}

/** That a volume rests on nothing but the word of whoever signs is seen. */
export function flagVolume(
  register: ReadRegister,
  act: FeeCeiling,
  at: number,
): readonly Finding[] {
  const authorisation = authorisationOf(register, act.product);
  if (
    authorisation === undefined ||
    act.volume === undefined ||
    adoptedRule(register, "CN-PRC-03-REVENUE") === undefined
  )
    return [];
  return when(lastVolume(register, authorisation, act, at) === undefined, () =>
    missing(
      "CN-PRC-03-REVENUE",
      ["volume-of", act.product],
      ["volume", act.volume ?? 0],
    ),
  );
}

/** The first year in which all ceilings together, this one among them, let an operator take more than was permitted for it. */
function beyondIn(
  register: ReadRegister,
  { authorisation, firstYear, years }: Revenue,
  news: Standing<FeeCeiling>,
): readonly Finding[] {
  for (let year = firstYear; year < firstYear + years; year++) {
    const from = Math.max(news.from, yearStart(register, year));
    const to = Math.min(news.to, yearStart(register, year + 1));
    if (from >= to) continue;
    const { currency } = news.act;
    const most = mostUnder(
      register,
      authorisation,
      { currency, from, to },
      news,
    );
    const permitted = revenueIn(register, authorisation, year)?.total ?? 0;
    if (most > permitted)
      return [
        breach(
          "CN-PRC-03-REVENUE",
          ["year", year],
          ["ceilings", most],
          ["revenue", permitted],
        ),
      ];
  }
  return [];
}

/** CN-PRC-03: the ceiling above a price stands under a permitted revenue, so that all three are there before the first charge. */
export function decideChain(
  register: ReadRegister,
  { ceiling, product, revenue }: FeeCeiling,
): readonly Finding[] {
  return when(
    revenue === undefined &&
      authorisationOf(register, product) !== undefined &&
      adoptedRule(register, "CN-PRC-03-REVENUE") !== undefined,
    () =>
      missing(
        "CN-PRC-03-REVENUE",
        ["ceiling", ceiling],
        ["revenue", "none"],
        ["next-step", "feeCeiling"],
      ),
  );
}

/** CN-PRC-04: until a whole year of operation is over a price is a trial. */
export function decideTrial(
  register: ReadRegister,
  act: ActOf<"feeStandard">,
  at: number,
): readonly Finding[] {
  const authorisation = authorisationOf(register, act.product);
  const months = adoptedRule(register, "CN-PRC-04")?.number;
  if (
    authorisation === undefined ||
    months === undefined ||
    act.trial === true ||
    act.amount === 0
  )
    return [];
  const since = operatingSince(register, authorisation);
  if (since === undefined)
    return [
      missing("CN-PRC-04", ["operating-since", "none"], ["next-step", "trial"]),
    ];
  const from = act.from ?? at;
  const earliest = addMonths(since, months, register.offsetMinutes);
  return when(from < earliest, () =>
    breach(
      "CN-PRC-04",
      ["from", from],
      ["earliest", earliest],
      ["next-step", "trial"],
    ),
  );
}

/**
 * When an operator began: with the first price that came into force, or, where a right from before the office was confirmed, on the latest day
 * that what was reported of its beginning can mean.
 */
export function operatingSince(
  register: ReadRegister,
  authorisation: string,
): number | undefined {
  const reported = register.reported.get(
    register.authorisations.get(authorisation)?.act.confirms ?? "",
  )?.act;
  const begins = (register.feesUnder.get(authorisation) ?? []).flatMap((id) => {
    const fee = register.fees.get(id);
    return fee === undefined || (fee.ended?.at ?? NEVER) <= fee.from
      ? []
      : [fee.from];
  });
  if (reported?.kind === "reportedAuthorisation")
    begins.push(latestDay(reported.from, register.offsetMinutes));
  return begins.length === 0 ? undefined : Math.min(...begins);
}

/** CN-DEP-01 and -02: what a public body charges stands in a statute or a regulation of the State Council, and on the published catalogue. */
export function decideBodyGround(
  register: ReadRegister,
  { ground, level, catalogue }: Ground,
): readonly Finding[] {
  const byLaw = level === "statute" || level === "administrativeRegulation";
  return [
    ...when(!byLaw && adoptedRule(register, "CN-DEP-01") !== undefined, () =>
      level === undefined
        ? missing("CN-DEP-01", ["ground", ground], ["fact", "level"])
        : breach("CN-DEP-01", ["ground", ground], ["level", level]),
    ),
    ...when(
      catalogue === undefined &&
        adoptedRule(register, "CN-DEP-02") !== undefined,
      () => missing("CN-DEP-02", ["ground", ground], ["fact", "catalogue"]),
    ),
  ];
}
type Ground = Rulebook["grounds"][number];
