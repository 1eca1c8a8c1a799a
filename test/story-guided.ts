import { aCeiling, aFee, offered } from "./story-acts.ts";
import { day, theGenesis, theRulebook } from "./story-founding.ts";
import { aHearing } from "./story-revenue.ts";
import { given, type Step } from "./story.ts";

/** An office that adopted the rules of prices under guidance, with a product that is offered. */
export const RULES = [
  ...["CN-PRC-02", "CN-PRC-03-REVENUE", "CN-PRC-04", "CN-PRC-06", "CN-PRC-07"],
  ...["CN-PRC-09", "CN-PRC-10", "CN-PRC-11", "CN-PRC-12", "CN-PRC-13"],
  ...["CN-PRC-17", "CN-DEP-01", "CN-DEP-02"],
];
export const founded: Step = [
  day(0),
  theGenesis({
    rulebook: { ...theRulebook, rules: RULES.map((rule) => ({ rule })) },
  }),
  "granted",
];
export const scene = [founded, ...given(day(1), ...offered)];
/** 1 January and 1 April of the years to come, in office time. */
export const begins = (year: number, month = 1): number =>
  Date.UTC(year, month - 1, 1) - 8 * 3_600_000;

/** 90 of 900 permitted: nine times its price of ten. */
export const under = (change: Parameters<typeof aCeiling>[0] = {}) =>
  aCeiling({
    ...{ amount: 90, volume: 10, revenue: "vehicles-2026" },
    ...{ ...aHearing(), ...change },
  });
export const trial = (change: Parameters<typeof aFee>[0] = {}) =>
  aFee({ trial: true, ...change });
