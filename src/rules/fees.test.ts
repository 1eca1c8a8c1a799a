import {
  aCeiling,
  aFee,
  anAuthorisation,
  aProduct,
  aWithdrawal,
  offered,
  registered,
} from "../../test/story-acts.ts";
import { day, HOUR, without } from "../../test/story-founding.ts";
import { check, given } from "../../test/story.ts";

/** I3: product, price inside its ceiling, power over the price, ground, publication before the first charge. */

const scene = given(day(1), ...offered);
const under = [...scene, ...given(day(2), aCeiling())];

check(
  "a fee with product, ceiling, power, ground and publication may be charged",
  ...under,
  [day(3), aFee(), "granted"],
);

check(
  "no fee for what was never offered",
  ...given(day(1), ...registered, anAuthorisation()),
  [day(2), aCeiling(), "I3 missing product vehicle-records"],
  [
    day(3),
    aFee(),
    "I3 missing product vehicle-records; CN-PRC-03 missing ceiling none; I3 missing authorisation-of sanhe, product vehicle-records",
  ],
);

check(
  "no new fee and no new ceiling for a product that was withdrawn",
  ...under,
  [day(3), aWithdrawal(), "granted"],
  [day(4), aFee(), "I3 missing product vehicle-records"],
  [
    day(4),
    aCeiling({ ceiling: "another" }),
    "I3 missing product vehicle-records",
  ],
);

check(
  "a price without a ceiling stays on paper: units sold thirteen systems with no approved price",
  ...scene,
  [day(3), aFee(), "CN-PRC-03 missing ceiling none"],
  [day(3), aFee({ amount: 0 }), "CN-PRC-03 missing ceiling none"],
);

check(
  "a price may reach its ceiling and not one fen more",
  ...under,
  [day(3), aFee({ amount: 101 }), "CN-PRC-03 breach amount 101, ceiling 100"],
  [day(3), aFee({ amount: 100 }), "granted"],
);

check(
  "a ceiling in another unit, another currency or for another product is none",
  ...scene,
  ...given(
    day(2),
    aCeiling({ ceiling: "by-call", unit: "call" }),
    aCeiling({ ceiling: "in-euro", currency: "EUR" }),
    aProduct({ product: "other", rowsPerStep: 5 }),
    aCeiling({ ceiling: "of-other", product: "other" }),
  ),
  [day(3), aFee(), "CN-PRC-03 missing ceiling none"],
  [day(3), aFee({ unit: "call" }), "granted"],
);

check(
  "the ceiling stands above the price for all the time the price is in force",
  ...scene,
  ...given(day(2), aCeiling({ from: day(10), to: day(100) })),
  [day(3), aFee({ to: day(100) }), "CN-PRC-03 missing ceiling none"],
  [
    day(3),
    aFee({ from: day(10) - HOUR, to: day(100) }),
    "CN-PRC-03 missing ceiling none",
  ],
  [
    day(3),
    aFee({ from: day(10), to: day(100) + HOUR }),
    "CN-PRC-03 missing ceiling none",
  ],
  [day(3), aFee({ from: day(10), to: day(100) }), "granted"],
);

check(
  "of two ceilings the one entered last counts, also when it is the lower one",
  ...under,
  ...given(day(3), aCeiling({ ceiling: "lower", amount: 50 })),
  [day(4), aFee({ amount: 51 }), "CN-PRC-03 breach amount 51, ceiling 50"],
  [day(4), aFee({ amount: 50 }), "granted"],
);

check(
  "nobody may be charged for yesterday: a price begins no earlier than its entry",
  ...under,
  [
    day(3) + 1,
    aFee({ from: day(3) }),
    `CN-PRC-14 breach from ${day(3)}, entered ${day(3) + 1}`,
  ],
  [day(4), aFee({ from: day(4) }), "granted"],
);

check(
  "a ceiling does not work backwards either",
  ...scene,
  [
    day(3) + 1,
    aCeiling({ from: day(3) }),
    `I14 breach from ${day(3)}, entered ${day(3) + 1}`,
  ],
  [day(4), aCeiling({ from: day(4) }), "granted"],
);

check(
  "a price and a ceiling have an end",
  ...scene,
  [day(2), without(aCeiling(), "to"), "I5 missing end none"],
  ...given(day(2), aCeiling()),
  [day(3), without(aFee(), "to"), "I5 missing end none"],
);

/** 36 months after 6 March 2026 (three days after the founding is 5 March, in office time). */
const thirtySixMonths = Date.UTC(2029, 2, 4, 16);

check(
  "no price outlives the months of the rulebook, to the hour",
  ...scene,
  [
    day(3),
    aCeiling({ to: thirtySixMonths + HOUR }),
    `I5 breach to ${thirtySixMonths + HOUR}, latest ${thirtySixMonths}`,
  ],
  [day(3), aCeiling({ to: thirtySixMonths }), "granted"],
  [
    day(3),
    aFee({ to: thirtySixMonths + HOUR }),
    `CN-PRC-03 missing ceiling none; I5 breach to ${thirtySixMonths + HOUR}, latest ${thirtySixMonths}`,
  ],
  [day(3), aFee({ to: thirtySixMonths }), "granted"],
);

check(
  "the months of a price run from its beginning, not from its entry",
  ...scene,
  [
    day(3),
    aCeiling({ from: day(4), to: thirtySixMonths + 24 * HOUR }),
    "granted",
  ],
  [
    day(3),
    aCeiling({
      ceiling: "longer",
      from: day(4),
      to: thirtySixMonths + 25 * HOUR,
    }),
    `I5 breach to ${thirtySixMonths + 25 * HOUR}, latest ${thirtySixMonths + 24 * HOUR}`,
  ],
);

check(
  "a price and a ceiling end after they begin",
  ...under,
  [day(3), aFee({ to: day(3) }), `V-ORDER breach from ${day(3)}, to ${day(3)}`],
  [
    day(3),
    aCeiling({ ceiling: "back", from: day(5), to: day(4) }),
    `V-ORDER breach from ${day(5)}, to ${day(4)}`,
  ],
  [day(3), aFee({ to: day(3, 1) }), "granted"],
);

check("a price that begins in the future ends after it begins", ...under, [
  day(3),
  aFee({ from: day(6), to: day(5) }),
  `V-ORDER breach from ${day(6)}, to ${day(5)}`,
]);
