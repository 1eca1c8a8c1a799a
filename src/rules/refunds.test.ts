import {
  aGateway,
  anOrganisation,
  aPermit,
  priced,
} from "../../test/story-acts.ts";
import { day, HOUR } from "../../test/story-founding.ts";
import { aRefund, USED } from "../../test/story-revenue.ts";
import { asked, asks, closes, heads, logAt } from "../../test/story-uses.ts";
import { check, given } from "../../test/story.ts";

/** What was charged beyond the law goes back, and no more than that: the charge is in a usage log, and what of it was too much is stated. */

const LOG = logAt("minute", day(3));
const back = (change: Parameters<typeof aRefund>[0] = {}) =>
  aRefund({ ...{ log: LOG, charged: 160, excess: 60, amount: 60 }, ...change });
const charged = [
  ...given(day(1), ...priced, aPermit(), aGateway()),
  asks(day(3), "huaxing", asked(), "by huaxing-vehicles, vehicles-fee 80"),
  asks(day(3, 1), "huaxing", asked(), "by huaxing-vehicles, vehicles-fee 80"),
];

check(
  "what goes back rests on a fee, a payer with a permit and a usage log that was anchored",
  ...charged,
  [
    day(4),
    back({ log: USED, fee: "none", organisation: "nobody" }),
    `V-REF missing organisation nobody; V-REF missing fee none; V-REF missing log ${USED}`,
  ],
  ...given(day(4), anOrganisation({ organisation: "other" })),
  [
    day(4),
    back({ organisation: "other" }),
    "V-REF missing permit-of other, product vehicle-records",
  ],
  [
    day(4),
    back({ excess: 161, amount: 161 }),
    "CN-PRC-16 breach excess 161, charged 160",
  ],
  [day(4), back({ amount: 0 }), "CN-PRC-16 breach amount 0"],
  [day(4), back(), "granted"],
  [
    day(5),
    back({ refund: "refund-2", amount: 1 }),
    "CN-PRC-16 breach amount 1, most 0",
  ],
  [
    day(5),
    back(),
    "V-NEW breach refund refund-1; CN-PRC-16 breach amount 60, most 0",
  ],
);
check(
  "in parts it is no more than the whole, and the whole is said the same each time",
  ...charged,
  ...given(day(4), back({ amount: 40 })),
  [
    day(5),
    back({ refund: "refund-2", amount: 21 }),
    "CN-PRC-16 breach amount 21, most 20",
  ],
  [
    day(5),
    back({ refund: "refund-2", amount: 40, excess: 80 }),
    "CN-PRC-16 breach excess 80, stated 60, charged 160, charged-stated 160",
  ],
  [day(5), back({ refund: "refund-2", amount: 20 }), "granted"],
  // Of one use, and of another month, it is another charge.
  [
    day(6),
    back({ refund: "refund-3", of: { leaf: "A".repeat(43) }, amount: 5 }),
    "granted",
  ],
  [
    day(6),
    back({
      refund: "refund-4",
      of: { leaf: "A".repeat(43) },
      fee: "vehicles-fee",
      charged: 80,
      amount: 5,
    }),
    "CN-PRC-16 breach excess 60, stated 60, charged 80, charged-stated 160",
  ],
);
check(
  "when the log is closed its totals say what was charged",
  ...charged,
  heads(day(4)),
  closes(day(4, 1)),
  [
    day(4, 1) + HOUR,
    back({ charged: 161 }),
    "CN-PRC-16 breach charged 161, in-log 160",
  ],
  [
    day(4, 1) + HOUR,
    back({ of: { month: "2026-04" } }),
    "CN-PRC-16 breach charged 160, in-log 0",
  ],
  [day(4, 1) + HOUR, back(), "granted"],
);
