import {
  aCeiling,
  aFee,
  aConfirmation,
  aProduct,
  aReport,
  aRulebook,
  aWithdrawal,
  offered,
} from "../../test/story-acts.ts";
import {
  day,
  posts,
  theGenesis,
  theRulebook,
  without,
} from "../../test/story-founding.ts";
import {
  aHearing,
  anIncome,
  aRevenue,
  guessed,
  USED,
} from "../../test/story-revenue.ts";
import {
  begins,
  founded,
  scene,
  trial,
  under,
} from "../../test/story-guided.ts";
import { expect, test } from "vitest";
import {
  act,
  approved,
  check,
  given,
  play,
  record,
  said,
} from "../../test/story.ts";

/** Ceilings inside what may be taken, prices under them, trials until a year is over; and what a public body may charge at all. */

check(
  "a county sets no price",
  [
    day(0),
    theGenesis({
      rulebook: { ...theRulebook, rules: [{ rule: "CN-PRC-02" }] },
      bodies: theGenesis().bodies.map((one) => ({
        ...one,
        ...(one.body === "price-authority" ? { level: "county" } : {}),
      })),
    }),
    "granted",
  ],
  ...given(day(1), ...offered),
  [day(2), aRevenue(), "CN-PRC-02 breach body price-authority, level county"],
  [day(2), aCeiling(), "CN-PRC-02 breach body price-authority, level county"],
);
check(
  "whoever sets ceilings does not set what may be taken",
  [day(0), theGenesis({ posts: posts("head", "setCeilings") }), "granted"],
  ...given(day(1), ...offered),
  [
    day(2),
    aRevenue(),
    approved("head"),
    "I4 breach post head, lacks-power setRevenue",
  ],
  [day(2), aCeiling(), approved("head"), "granted"],
);

check(
  "first what may be taken, then a ceiling inside it, then a price under that",
  ...scene,
  [
    day(2),
    without(under(), "revenue"),
    "CN-PRC-03-REVENUE missing revenue none, next-step permittedRevenue",
  ],
  [
    day(2),
    under(),
    "V-REF missing revenue vehicles-2026; CN-PRC-03-REVENUE missing revenue vehicles-2026, next-step permittedRevenue",
  ],
  [day(2), trial(), "CN-PRC-03 missing ceiling none"],
  ...given(day(3), aRevenue()),
  [day(4), without(under(), "volume"), "CN-PRC-03-REVENUE missing fact volume"],
  [day(4), without(under(), "hearing"), "CN-PRC-17 missing fact hearing"],
  [
    day(4),
    under(aHearing("2026-03-07")),
    "CN-PRC-17 breach fact hearing.on, after entry",
  ],
  [
    day(4),
    under({ volume: 11 }),
    "CN-PRC-03-REVENUE breach year 2026, ceilings 990, revenue 900",
  ],
  [
    day(4),
    under({ currency: "EUR" }),
    "CN-PRC-03-REVENUE breach currency EUR, wanted CNY",
  ],
  [day(4), under(), guessed(under())],
  [day(5), trial(), "granted"],
);
check(
  "a ceiling stands in the years of its revenue",
  ...scene,
  ...given(day(2), aRevenue({ firstYear: 2027, years: 2 })),
  [
    day(3),
    under(),
    `CN-PRC-03-REVENUE breach from ${day(3)}, earliest ${begins(2027)}`,
  ],
  [
    day(3),
    under({ from: begins(2027), to: begins(2029) + 3_600_000 }),
    `CN-PRC-03-REVENUE breach to ${begins(2029) + 3_600_000}, latest ${begins(2029)}`,
  ],
  [
    day(3),
    under({ from: begins(2027), to: begins(2029) }),
    guessed(under({ from: begins(2027), to: begins(2029) })),
  ],
);
check(
  "several products share what may be taken; a lower ceiling makes room, and so does a withdrawal",
  ...scene,
  ...given(day(2), aProduct({ product: "second" }), aRevenue()),
  ...given(day(3), under({ amount: 60 })),
  [
    day(4),
    under({ ceiling: "other", product: "second", amount: 31 }),
    "CN-PRC-03-REVENUE breach year 2026, ceilings 910, revenue 900",
  ],
  [
    day(4),
    under({ ceiling: "by-call", unit: "call", amount: 31 }),
    "CN-PRC-03-REVENUE breach year 2026, ceilings 910, revenue 900",
  ],
  ...given(day(5), under({ ceiling: "lower", amount: 50, to: day(300) })),
  // Until the lower one ends there is room, and behind it the higher one shows.
  [
    day(6),
    under({ ceiling: "other", product: "second", amount: 31, to: day(301) }),
    "CN-PRC-03-REVENUE breach year 2026, ceilings 910, revenue 900",
  ],
  [
    day(6),
    under({ ceiling: "other", product: "second", amount: 31, to: day(300) }),
    guessed(
      under({ ceiling: "other", product: "second", amount: 31, to: day(300) }),
    ),
  ],
  [day(7), aWithdrawal({ product: "second" }), "granted"],
  [
    day(8),
    under({ ceiling: "whole", amount: 90 }),
    guessed(under({ ceiling: "whole", amount: 90 })),
  ],
);
check(
  "what may be taken is not lowered beneath the ceilings that stand: those come first",
  ...scene,
  ...given(day(2), aRevenue()),
  ...given(day(3), under()),
  [
    day(4),
    aRevenue({ revenue: "less", firstYear: 2027, subsidy: 900, total: 44 }),
    "CN-PRC-03-REVENUE breach ceilings 900, revenue 44, next-step feeCeiling",
  ],
  ...given(
    day(5),
    under({ ceiling: "low", amount: 4, from: begins(2027), to: begins(2029) }),
  ),
  [
    day(6),
    aRevenue({ revenue: "less", firstYear: 2027, subsidy: 900, total: 44 }),
    "granted",
  ],
  [
    day(7),
    under({ ceiling: "more", from: begins(2027), amount: 5 }),
    "CN-PRC-03-REVENUE breach year 2027, ceilings 50, revenue 44",
  ],
);
check(
  "a ceiling of before the rule was adopted carries no new price; what stands goes on",
  ...given(day(1), ...offered, aCeiling(), aFee()),
  ...given(day(2), aRulebook({ rules: [{ rule: "CN-PRC-03-REVENUE" }] })),
  [
    day(3),
    aFee({ fee: "another" }),
    "CN-PRC-03-REVENUE missing ceiling vehicles-max, revenue none, next-step feeCeiling",
  ],
  ...given(day(4), aRevenue(), without(under({ ceiling: "new" }), "hearing")),
  [day(5), aFee({ fee: "another" }), "granted"],
);

check(
  "until a year of operation is over a price is a trial",
  ...scene,
  ...given(day(2), aRevenue(), under()),
  [day(3), aFee(), "CN-PRC-04 missing operating-since none, next-step trial"],
  [day(3), trial({ to: day(380) }), "granted"],
  [
    day(4),
    aFee({ fee: "actual", from: day(367), to: day(500) }),
    `CN-PRC-04 breach from ${day(367)}, earliest ${day(368)}, next-step trial`,
  ],
  // A price of nothing asks nobody for anything.
  [day(4), aFee({ fee: "free", amount: 0 }), "granted"],
  [day(4), aFee({ fee: "actual", from: day(368), to: day(500) }), "granted"],
);
check(
  "whose right is older than the office has operated since what was reported",
  founded,
  ...given(day(1), ...offered, aReport({ from: "2025-03" })),
  [
    day(1),
    aConfirmation(),
    "granted, V-CONFIRMED breach reported franchise-2019",
  ],
  ...given(
    day(1),
    aProduct({ product: "old", authorisation: "sanhe-old" }),
    aRevenue({ authorisation: "sanhe-old" }),
    under({ product: "old" }),
  ),
  // At the latest it began on 31 March.
  [
    day(2),
    aFee({ product: "old", to: day(60) }),
    `CN-PRC-04 breach from ${day(2)}, earliest ${Date.UTC(2026, 2, 30, 16)}, next-step trial`,
  ],
  [
    day(2),
    aFee({ product: "old", from: Date.UTC(2026, 2, 30, 16), to: day(60) }),
    "granted",
  ],
);

check(
  "a public body charges by a statute or a regulation, from a published catalogue, and by nothing less",
  [
    day(0),
    theGenesis({
      posts: posts("head", "priceBodies"),
      rulebook: {
        ...theRulebook,
        rules: [{ rule: "CN-DEP-01" }, { rule: "CN-DEP-02" }],
        grounds: [
          ...theRulebook.grounds,
          ...(
            [
              ["letter", {}],
              ["notice", { level: "document" }],
              [
                "law",
                {
                  level: "administrativeRegulation",
                  catalogue: aRevenue().bond.source,
                },
              ],
            ] as const
          ).map(([ground, more]) => ({
            ...{ ground, rule: "CN-DEP-04", payee: "body" as const },
            ...{ purposes: ["industry" as const], ...more },
          })),
        ],
      },
    }),
    "granted",
  ],
  ...given(day(1), ...offered, aCeiling()),
  [
    day(2),
    aFee({ payee: { body: "transport" }, ground: "letter" }),
    "CN-DEP-01 missing ground letter, fact level; CN-DEP-02 missing ground letter, fact catalogue",
  ],
  [
    day(2),
    aFee({ payee: { body: "transport" }, ground: "notice" }),
    "CN-DEP-01 breach ground notice, level document; CN-DEP-02 missing ground notice, fact catalogue",
  ],
  [day(2), aFee({ payee: { body: "transport" }, ground: "law" }), "granted"],
);

check(
  "a volume of nothing makes no room for a price: one unit alone stays within what may be taken",
  ...scene,
  ...given(day(2), aRevenue()),
  [
    day(2),
    under({ amount: 100_000_000, volume: 0 }),
    "CN-PRC-03-REVENUE breach volume 0, least 1",
  ],
  [
    day(2),
    under({ amount: 901, volume: 1 }),
    "CN-PRC-03-REVENUE breach year 2026, ceilings 901, revenue 900",
  ],
  [
    day(2),
    under({ amount: 900, volume: 1 }),
    guessed(under({ amount: 900, volume: 1 })),
  ],
);
check(
  "the volume under a ceiling is no smaller than what was stated of the newest year",
  ...scene,
  ...given(day(2), aRevenue(), under()),
  ...given(
    begins(2027),
    anIncome({
      year: 2026,
      products: [{ product: "vehicle-records", volume: 12, income: 900 }],
    }),
    anIncome({
      year: 2025,
      products: [{ product: "vehicle-records", volume: 50, income: 900 }],
    }),
  ),
  [
    begins(2027) + 1,
    under({ ceiling: "new", amount: 70, volume: 11, to: begins(2028) }),
    "CN-PRC-03-REVENUE breach volume 11, least 12",
  ],
  [
    begins(2027) + 1,
    under({ ceiling: "new", amount: 70, volume: 12, to: begins(2028) }),
    "granted",
  ],
);

test("nor smaller than what closed logs show of the year before", () => {
  const house = play([
    ...scene,
    ...given(day(2), aRevenue(), under()),
    ...given(day(3), trial()),
  ]);
  const row = { permit: "a", fee: "vehicles-fee", uses: 1, charged: 0 };
  record(
    house,
    day(200),
    {
      ...{ kind: "totals", log: USED },
      rows: [
        { ...row, month: "2026-03", calls: 1, steps: 9 },
        { ...row, month: "2026-04", calls: 1, steps: 4 },
        { ...row, month: "2025-04", calls: 1, steps: 99 },
      ],
    },
    "gate",
  );
  const after = (volume: number) =>
    said(
      act(
        house,
        begins(2027),
        under({ ceiling: "new", amount: 60, volume, to: begins(2028) }),
      ),
    );
  expect(after(12)).toBe("CN-PRC-03-REVENUE breach volume 12, least 13");
  expect(after(13)).toBe("granted");
});
