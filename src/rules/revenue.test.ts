import { expect, test } from "vitest";
import { anAuthorisation, aRulebook, offered } from "../../test/story-acts.ts";
import { day, must, without } from "../../test/story-founding.ts";
import { anIncome, aRevenue, aSending } from "../../test/story-revenue.ts";
import {
  begins,
  founded,
  RULES,
  scene,
  trial,
  under,
} from "../../test/story-guided.ts";
import { check, given, play, type Step } from "../../test/story.ts";
import { deadlinesOf, dueOf } from "./due.ts";

/** What an operator may take: cost, profit and tax; what it took; what was too much off the next; and what of it is due. */

check(
  "what may be taken is the sum of cost, profit and tax, and a wrong sum is refused with the right one",
  ...scene,
  [day(2), aRevenue({ total: 901 }), "CN-PRC-05 breach total 901, wanted 900"],
  [
    day(2),
    aRevenue({ deduction: 901, total: 0 }),
    "CN-PRC-05 breach deduction 901, most 900",
  ],
  // 7.77 % of 800 are 62.16: what is in doubt is the payer's.
  [
    day(2),
    aRevenue({ rate: 777, total: 907 }),
    "CN-PRC-05 breach total 907, wanted 906",
  ],
  [day(2), aRevenue({ rate: 777, total: 906 }), "granted"],
  [day(2), aRevenue(), "V-NEW breach revenue vehicles-2026"],
);
check(
  "a subsidy beyond the cost leaves nothing on which a profit could be taken",
  ...scene,
  [
    day(2),
    aRevenue({ subsidy: 1_000 }),
    "CN-PRC-05 breach total 900, wanted 44",
  ],
  [day(2), aRevenue({ subsidy: 1_000, total: 44 }), "granted"],
);
check(
  "the profit is at most six points above the bond yield of the year before the survey",
  ...scene,
  [
    day(2),
    aRevenue({ rate: 781, total: 906 }),
    "CN-PRC-07 breach rate 781, most 780",
  ],
  [
    day(2),
    aRevenue({ bond: { ...aRevenue().bond, year: 2025 } }),
    "CN-PRC-07 breach bond-year 2025, survey-year 2025",
  ],
  [
    day(2),
    without(without(aRevenue(), "survey"), "subsidy"),
    "CN-PRC-05 breach total 900, wanted 1007; CN-PRC-07 missing fact survey.year; CN-PRC-06 missing fact survey; CN-PRC-06 missing fact subsidy",
  ],
  [day(2), aRevenue({ rate: 780, total: 906 }), "granted"],
);
check(
  "a rulebook may let the profit be less, and never more",
  founded,
  [
    day(1),
    aRulebook({
      rules: RULES.map((rule) =>
        rule === "CN-PRC-07" ? { rule, number: 601 } : { rule },
      ),
    }),
    "I13 breach rule CN-PRC-07, number 601, parent 600; I13 breach rule CN-PRC-07, number 601, parent 600",
  ],
  ...given(
    day(1),
    aRulebook({
      rules: RULES.map((rule) =>
        rule === "CN-PRC-07" ? { rule, number: 400 } : { rule },
      ),
    }),
    ...offered,
  ),
  [day(2), aRevenue(), "CN-PRC-07 breach rate 700, most 580"],
);
check(
  "it is looked at again after three years, and set while its years can still be kept",
  ...scene,
  [
    day(2),
    aRevenue({ years: 4 }),
    "CN-PRC-09 breach fact years, number 4, wanted 3",
  ],
  [
    day(2),
    aRevenue({ firstYear: 2025 }),
    `I14 breach year 2025, entered ${day(2)}`,
  ],
  [
    day(2),
    aRevenue({ authorisation: "nobody" }),
    "V-REF missing authorisation nobody",
  ],
  [day(2), aRevenue({ firstYear: 2027 }), "granted"],
);
/** A trial in 2026, of which 1,200 were taken and 900 permitted. */
const beyond = [
  ...scene,
  ...given(day(2), aRevenue({ years: 1 }), under({ to: begins(2027) })),
  ...given(day(3), trial({ to: begins(2027) })),
];
const taken = (income: number, year = 2026) =>
  anIncome({
    year,
    products: [{ product: "vehicle-records", volume: 120, income }],
  });
const next = (change: Parameters<typeof aRevenue>[0] = {}) =>
  aRevenue({ revenue: "vehicles-2027", firstYear: 2027, years: 2, ...change });

check(
  "income is stated of a year that is over, of the operator's own products, from accounts of their own",
  ...beyond,
  [day(3), taken(1_200), `V-ORDER breach year 2026, earliest ${begins(2027)}`],
  [
    begins(2027),
    without(taken(1_200), "accounts"),
    "CN-PRC-12 missing fact accounts",
  ],
  [
    begins(2027),
    { ...taken(1_200), authorisation: "other", currency: "EUR" },
    "V-REF missing authorisation other; V-SCOPE breach product vehicle-records, authorisation other",
  ],
  [
    begins(2027),
    { ...taken(1_200), currency: "EUR" },
    "V-FORM breach currency EUR, wanted CNY",
  ],
  [
    begins(2027),
    anIncome({
      year: 2026,
      products: [...taken(1).products, ...taken(2).products],
    }),
    "V-NEW breach product vehicle-records",
  ],
  [begins(2027), taken(1_200), "granted"],
);
check(
  "what was taken beyond it goes off the next, at once or spread, and the number is told",
  ...beyond,
  ...given(begins(2027), taken(1_200)),
  [
    begins(2027) + 1,
    next(),
    "CN-PRC-10 breach owed 300, deduction 0, wanted 150",
  ],
  [
    begins(2027) + 1,
    next({ deduction: 149, total: 751 }),
    "CN-PRC-10 breach owed 300, deduction 149, wanted 150",
  ],
  // Spread over two periods of two years each, half of it now.
  [
    begins(2027) + 1,
    next({ deduction: 74, total: 826, spread: 2 }),
    "CN-PRC-10 breach owed 300, deduction 74, wanted 75",
  ],
  [begins(2027) + 1, next({ deduction: 75, total: 825, spread: 2 }), "granted"],
  // What was put off once is not put off again, and 825 were permitted.
  ...given(begins(2029), taken(825, 2027), taken(825, 2028)),
  [
    begins(2029) + 1,
    next({
      ...{ revenue: "third", firstYear: 2029, years: 1 },
      ...{ deduction: 75, total: 825, spread: 2 },
    }),
    "CN-PRC-10 breach spread 2, most 1",
  ],
  [
    begins(2029) + 1,
    next({
      ...{ revenue: "third", firstYear: 2029, years: 1 },
      ...{ deduction: 150, total: 750 },
    }),
    "granted",
  ],
);
check(
  "a lean year makes good a rich one of the same period, and silence is not taken for an answer",
  ...scene,
  ...given(day(2), aRevenue({ years: 2 }), under({ to: begins(2028) })),
  ...given(begins(2027), taken(1_200)),
  [
    begins(2028),
    aRevenue({ revenue: "next", firstYear: 2028 }),
    "CN-PRC-10 breach owed 300, deduction 0, wanted 100",
  ],
  // The report of the second year is not due yet, and then it is.
  [
    begins(2028, 4),
    aRevenue({ revenue: "next", firstYear: 2028 }),
    "CN-PRC-10 missing income-of 2027, next-step incomeStated; CN-PRC-10 breach owed 300, deduction 0, wanted 100",
  ],
  ...given(begins(2028, 4), taken(600, 2027)),
  [
    begins(2028, 4) + 1,
    aRevenue({ revenue: "next", firstYear: 2028 }),
    "granted",
  ],
);

test("what waits on prices is due: the report, the ceiling that is far off, the trial that is over", () => {
  const names = (steps: readonly Step[], at: number) => {
    const { register } = play(steps);
    const { missed } = deadlinesOf(register, at);
    return [dueOf(register, at), missed].map((list) =>
      list
        .filter(({ rule }) => rule.startsWith("CN-PRC"))
        .map(({ what, id, posts: by }) => `${what} ${id} by ${by.join()}`),
    );
  };
  expect(names(beyond, day(200))).toEqual([
    ["trialPrice vehicles-fee by head"],
    [],
  ]);
  const report = "priceReport sanhe-vehicles 2026 by";
  expect(names(beyond, begins(2027))).toEqual([[`${report} head`], []]);
  expect(names(beyond, begins(2027, 4))).toEqual([
    [`${report} head`],
    [`${report} head`],
  ]);
  // A tenth of 900 may pass.
  const near = [...beyond, ...given(begins(2027), taken(990))];
  expect(names(near, begins(2027, 2))).toEqual([[`${report} registrar`], []]);
  const far = [...beyond, ...given(begins(2027), taken(991))];
  expect(names(far, begins(2027, 2))[0]).toEqual([
    `${report} registrar`,
    "ceiling sanhe-vehicles 2026 by price-officer",
  ]);
  const sent = [...far, ...given(begins(2027, 3), aSending({ year: 2026 }))];
  expect(names(sent, begins(2027, 5))).toEqual([
    ["ceiling sanhe-vehicles 2026 by price-officer"],
    [],
  ]);
  const late = [...far, ...given(begins(2027, 4), aSending({ year: 2026 }))];
  expect(names(late, begins(2027, 5))[1]).toEqual([`${report} registrar`]);
});

check(
  "a report on prices rests on the income of its year",
  ...beyond,
  [
    begins(2027),
    aSending({ year: 2026 }),
    "CN-PRC-13 missing income-of 2026, next-step incomeStated",
  ],
  [
    begins(2027),
    without(aSending({ year: 2026 }), "about"),
    "CN-PRC-13 missing fact about",
  ],
  // The yearly disclosure is of the office as a whole.
  [
    begins(2027),
    without(aSending({ year: 2026, report: "disclosure" }), "about"),
    "granted",
  ],
  ...given(begins(2027), taken(900)),
  [begins(2027) + 1, aSending({ year: 2026 }), "granted"],
);

check(
  "what was taken too much is not left behind by another authorisation of the same operator over the same data",
  ...beyond,
  ...given(begins(2027), taken(1_200)),
  ...given(begins(2027), anAuthorisation({ authorisation: "again" })),
  [
    begins(2027) + 1,
    next({ authorisation: "again" }),
    "CN-PRC-10 breach owed 300, deduction 0, wanted 150",
  ],
  [
    begins(2027) + 1,
    next({ authorisation: "again", deduction: 150, total: 750 }),
    "granted",
  ],
  // It was given back under one of them, and is not owed twice.
  [begins(2027) + 2, next({ revenue: "first-again" }), "granted"],
);
check(
  "a survey, a yield and a tax are what they can be",
  ...scene,
  [
    day(2),
    aRevenue({
      survey: { ...must(aRevenue().survey), year: 2022 },
      bond: { ...aRevenue().bond, year: 2021, yield: 2_001 },
    }),
    "CN-PRC-07 breach yield 2001, most 2000; CN-PRC-07 breach bond-year 2021, earliest-year 2023; CN-PRC-07 breach survey-year 2022, earliest-year 2023",
  ],
  // 900 of cost and 56 of profit.
  [
    day(2),
    aRevenue({ tax: 957, total: 1_813 }),
    "CN-PRC-05 breach tax 957, most 956",
  ],
  [day(2), aRevenue({ tax: 956, total: 1_812 }), "granted"],
);
