import fc from "fast-check";
import { expect, test } from "vitest";
import type { ActOf } from "../acts/act.ts";
import { all, type Granted } from "../../test/story-model.ts";
import {
  aCeiling,
  aFee,
  anAuthorisation,
  aProduct,
  registered,
} from "../../test/story-acts.ts";
import {
  day,
  HOUR,
  must,
  theGenesis,
  theRulebook,
} from "../../test/story-founding.ts";
import { aHearing, aRevenue } from "../../test/story-revenue.ts";
import {
  begins,
  draft,
  type Priced,
  yearOf,
} from "../../test/story-price-drafts.ts";
import { actUnsigned } from "../../test/story-moves.ts";
import { given, type House, play, usual } from "../../test/story.ts";

/**
 * Prices by people who know the law and by people who do not. What the law wants of each act is written here a second time, from the text and from
 * the list of what was granted before it, day by day, without the register: every broken rule is found, and no other.
 */
const RULES = [
  ...["CN-PRC-02", "CN-PRC-03-REVENUE", "CN-PRC-04", "CN-PRC-06"],
  ...["CN-PRC-07", "CN-PRC-09", "CN-PRC-10", "CN-PRC-12", "CN-PRC-17"],
];
const DAY = 24 * HOUR;
const governs = (history: readonly Granted[], year: number) =>
  all(history, "permittedRevenue").findLast(
    ({ act }) => act.firstYear <= year && year < act.firstYear + act.years,
  )?.act;
const incomeOf = (history: readonly Granted[], year: number) =>
  all(history, "incomeStated")
    .findLast(({ act }) => act.year === year)
    ?.act.products.reduce((sum, one) => sum + one.income, 0);

/** How much of a product was used in the newest year of which it was stated. */
function stated(history: readonly Granted[], product: string): number {
  const found = all(history, "incomeStated").flatMap(({ act }) =>
    act.products
      .filter((one) => one.product === product)
      .map(({ volume }) => ({ year: act.year, volume })),
  );
  const newest = Math.max(...found.map(({ year }) => year));
  return found.findLast(({ year }) => year === newest)?.volume ?? 0;
}

/** What all ceilings let an operator take, on one day: by product and unit the last that stands. */
function onDay(history: readonly Granted[], at: number): number {
  const counted = new Map<string, number>();
  for (const { at: entered, act } of all(history, "feeCeiling")) {
    const gone = all(history, "productWithdrawn").some(
      (one) => one.act.product === act.product,
    );
    if (!gone && (act.from ?? entered) <= at && at < (act.to ?? Infinity))
      counted.set(`${act.product}/${act.unit}`, act.amount * (act.volume ?? 0));
  }
  return [...counted.values()].reduce((a, b) => a + b, 0);
}

/** Whether on some day of a span the ceilings go beyond what `most` says of its year. */
function isBeyond(
  history: readonly Granted[],
  from: number,
  to: number,
  most: (year: number) => number,
): boolean {
  for (let at = from; at < to; at += DAY)
    if (onDay(history, at) > most(yearOf(at))) return true;
  return false;
}

function brokenByRevenue(
  history: readonly Granted[],
  act: ActOf<"permittedRevenue">,
  at: number,
): readonly string[] {
  const sum = Object.values(act.costs).reduce((a, b) => a + b, 0);
  const net = Math.max(0, sum - (act.subsidy ?? 0));
  const gross = net + Math.floor((net * act.rate) / 10_000) + act.tax;
  const [from, to] = [begins(act.firstYear), begins(act.firstYear + act.years)];
  const periods = all(history, "permittedRevenue").map((one) => one.act);
  const span = (one: (typeof periods)[number]) =>
    Array.from({ length: one.years }, (_, i) => one.firstYear + i);
  let owed = 0;
  for (const one of periods) {
    const own = span(one).filter(
      (y) => governs(history, y)?.revenue === one.revenue,
    );
    const more = own
      .map((y) => incomeOf(history, y))
      .reduce<number>((a, b) => a + (b === undefined ? 0 : b - one.total), 0);
    owed += Math.max(0, more) - own.length * (one.deduction ?? 0);
  }
  owed = Math.max(0, owed);
  const { deduction = 0, spread = 1 } = act;
  const lag = must(periods.at(-1) ?? { spread: 1 }).spread ?? 1;
  const silent = periods
    .flatMap(span)
    .some(
      (y) =>
        y < act.firstYear &&
        incomeOf(history, y) === undefined &&
        Date.UTC(y + 1, 3, 1) - 8 * HOUR <= at,
    );
  return [
    ...(act.firstYear < yearOf(at) ? ["I14"] : []),
    ...(act.total === gross - deduction &&
    act.tax <= sum + gross - net - act.tax
      ? []
      : ["CN-PRC-05"]),
    ...(act.survey === undefined || act.subsidy === undefined
      ? ["CN-PRC-06"]
      : []),
    ...(act.rate > act.bond.yield + 600 ||
    act.survey === undefined ||
    act.bond.year !== act.survey.year - 1 ||
    act.bond.yield > 2_000 ||
    Math.min(act.bond.year, act.survey.year) < act.firstYear - 3
      ? ["CN-PRC-07"]
      : []),
    ...(act.years > 3 ? ["CN-PRC-09"] : []),
    ...(silent ||
    deduction * act.years * spread < owed ||
    (lag > 1 && owed > 0 && spread >= lag)
      ? ["CN-PRC-10"]
      : []),
    ...(isBeyond(history, from, to, () => act.total)
      ? ["CN-PRC-03-REVENUE"]
      : []),
  ];
}

function brokenByCeiling(
  history: readonly Granted[],
  act: ActOf<"feeCeiling">,
  at: number,
): readonly string[] {
  const revenue = all(history, "permittedRevenue").find(
    (one) => one.act.revenue === act.revenue,
  )?.act;
  const [from, to] = [act.from ?? at, act.to ?? Infinity];
  const rule = "CN-PRC-03-REVENUE";
  const first = begins(revenue?.firstYear ?? 0);
  const over = begins((revenue?.firstYear ?? 0) + (revenue?.years ?? 0));
  const chain =
    revenue === undefined ||
    act.volume === undefined ||
    act.volume < Math.max(1, stated(history, act.product)) ||
    from < first ||
    to > over ||
    isBeyond(
      [...history, { at, act }],
      Math.max(from, first),
      Math.min(to, over),
      (year) => governs(history, year)?.total ?? 0,
    );
  return [
    ...(act.hearing === undefined || act.hearing.on > "2030"
      ? ["CN-PRC-17"]
      : []),
    ...(chain ? [rule] : []),
    ...(isGone(history, act.product) ? ["I3"] : []),
    ...(to <= from ? ["V-ORDER"] : []),
    ...(to > monthsLater(from, 36) ? ["I5"] : []),
  ];
}

const isGone = (history: readonly Granted[], id: string): boolean =>
  all(history, "productWithdrawn").some(({ act }) => act.product === id);
const monthsLater = (at: number, months: number): number => {
  const local = new Date(at + 8 * HOUR);
  const day = local.getUTCDate();
  const next = new Date(local);
  next.setUTCDate(1);
  next.setUTCMonth(next.getUTCMonth() + months);
  const last = new Date(
    Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 1, 0),
  ).getUTCDate();
  next.setUTCDate(Math.min(day, last));
  return next.getTime() - 8 * HOUR;
};

/** I3 and the chain a → b → c, and a trial before a year of operation. */
function brokenByFee(
  history: readonly Granted[],
  act: ActOf<"feeStandard">,
  at: number,
): readonly string[] {
  const [from, to] = [act.from ?? at, act.to ?? Infinity];
  const over = all(history, "feeCeiling").filter(
    (one) => one.act.product === act.product && one.act.unit === act.unit,
  );
  // From the newest back: one that it meets and exceeds, or one that holds all of it.
  const met = over
    .toReversed()
    .find(
      (one) =>
        (one.act.from ?? 0) < to &&
        from < (one.act.to ?? 0) &&
        (act.amount > one.act.amount ||
          ((one.act.from ?? 0) <= from && to <= (one.act.to ?? 0))),
    )?.act;
  const since = all(history, "feeStandard").map(
    (one) => one.act.from ?? one.at,
  );
  const early =
    since.length === 0 || from < monthsLater(Math.min(...since), 12);
  return [
    ...(met === undefined || act.amount > met.amount ? ["CN-PRC-03"] : []),
    ...(act.trial !== true && act.amount > 0 && early ? ["CN-PRC-04"] : []),
    ...(isGone(history, act.product) ? ["I3"] : []),
  ];
}

function broken(
  history: readonly Granted[],
  act: Priced,
  at: number,
): readonly string[] {
  switch (act.kind) {
    case "permittedRevenue":
      return brokenByRevenue(history, act, at);
    case "feeCeiling":
      return brokenByCeiling(history, act, at);
    case "feeStandard":
      return brokenByFee(history, act, at);
    case "incomeStated":
      return [
        ...(act.year < yearOf(at) ? [] : ["V-ORDER"]),
        ...(act.accounts === undefined ? ["CN-PRC-12"] : []),
      ];
    case "productWithdrawn":
      return isGone(history, act.product) ? ["V-ENDED"] : [];
  }
}

const rulebook = {
  ...{ ...theRulebook, until: day(5_000) },
  rules: RULES.map((rule) => ({ rule })),
};
/** The scene once more, for each history. */
function again(): House {
  return play([
    [day(0), theGenesis({ rulebook }), "granted"],
    ...given(
      day(1),
      ...registered,
      anAuthorisation({ to: day(1_500) }),
      aProduct(),
      aProduct({ product: "second" }),
    ),
  ]);
}

test("of prices in random order every broken rule is found and no other, and no ceiling goes beyond what was permitted", () => {
  const seen = new Map<string, number>();
  const kept = new Map<string, number>();
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(0, 1, 30, 200), draft), {
        minLength: 4,
        maxLength: 24,
        size: "max",
      }),
      (moves) => {
        const house = again();
        const history: Granted[] = [];
        let at = day(2);
        const good = [
          aRevenue({ revenue: "revenue-0", years: 1 }),
          aCeiling({
            ...{ ceiling: "ceiling-0", revenue: "revenue-0", amount: 50 },
            ...{ volume: 10, to: day(300), ...aHearing() },
          }),
          aFee({ fee: "fee-0", amount: 10, to: day(90), trial: true }),
        ];
        const drafts = [
          ...good.map((act) => [0, () => act] as const),
          ...moves,
        ];
        for (const [n, [after, make]] of drafts.entries()) {
          // Without its authorisation nothing of a price is left, and that is for another test.
          if (at + after * DAY > day(1_400)) break;
          at += after * DAY;
          const act = must(make(n, at, history));
          const ruling = actUnsigned(house, at, act, usual[act.kind]);
          const found =
            ruling.outcome === "granted"
              ? []
              : [...new Set(ruling.findings.map(({ rule }) => rule))];
          expect(found.toSorted(), `${n}: ${JSON.stringify(act)}`).toEqual(
            [...broken(history, act, at)].toSorted(),
          );
          for (const rule of found) seen.set(rule, (seen.get(rule) ?? 0) + 1);
          if (ruling.outcome !== "granted") continue;
          kept.set(act.kind, (kept.get(act.kind) ?? 0) + 1);
          history.push({ at, act });
        }
        expect(
          isBeyond(
            history,
            day(0),
            day(2_600),
            (year) => governs(history, year)?.total ?? 0,
          ),
        ).toBe(false);
      },
    ),
    { numRuns: process.env["SOAK"] === "1" ? 4_000 : 200 },
  );
  for (const kind of ["permittedRevenue", "feeCeiling", "feeStandard"])
    expect([kind, (kept.get(kind) ?? 0) > 220]).toEqual([kind, true]);
  for (const rule of [...RULES.filter((id) => id !== "CN-PRC-02"), "CN-PRC-05"])
    expect([rule, (seen.get(rule) ?? 0) > 0]).toEqual([rule, true]);
}, 300_000);
