import { expect, test } from "vitest";
import {
  aProduct,
  aWithdrawal,
  offered,
  registered,
} from "../../test/story-acts.ts";
import {
  day,
  theGenesis,
  theRulebook,
  without,
} from "../../test/story-founding.ts";
import { approved, check, given, play, type Step } from "../../test/story.ts";
import { aWithholding, aWithholdingEnd } from "../../test/story-withholding.ts";
import { dueOf } from "./due.ts";

/** "Because it is secret" is no reason: who made it so, of which level, until when, for whom, and when is it looked at again? */

const rules = ["CN-SSL-02", "CN-SSL-03", "CN-SSL-04"].map((rule) => ({ rule }));
const founded: readonly Step[] = [
  [day(0), theGenesis({ rulebook: { ...theRulebook, rules } }), "granted"],
  ...given(day(1), ...registered),
];
/** Ten years, and twelve months, after 4 March 2026. */
const tenYears = Date.UTC(2036, 2, 3, 16);
const oneYear = Date.UTC(2027, 2, 3, 16);

check(
  "a secret with level, term, circle, proposal and review is withheld, by the officer whose role it is",
  ...founded,
  [day(2), aWithholding(), "granted"],
  [
    day(3),
    aWithholding({ withholding: "second" }),
    approved("registrar"),
    "V-WITHHELD breach dataset vehicles, withholding camp-roads; I4 breach post registrar, lacks-power withhold",
  ],
);
check(
  "a dataset is not withheld because it is said to be secret",
  ...founded,
  [day(2), without(aWithholding(), "level"), "CN-SSL-03 missing fact level"],
  [day(2), without(aWithholding(), "circle"), "CN-SSL-03 missing fact circle"],
  [
    day(2),
    without(aWithholding(), "proposal"),
    "CN-SSL-02 missing fact proposal",
  ],
  [day(2), without(aWithholding(), "to"), "CN-SSL-03 missing fact to"],
  [day(2), without(aWithholding(), "review"), "CN-SSL-04 missing fact review"],
  [
    day(2),
    without(without(aWithholding(), "to"), "review"),
    "I5 missing end none; CN-SSL-03 missing fact to; CN-SSL-04 missing fact review",
  ],
);
check(
  "each level has its years, and a secret is looked at again within one, to the hour",
  ...founded,
  [
    day(2),
    aWithholding({ to: tenYears + 3_600_000 }),
    `CN-SSL-03 breach fact to, until ${tenYears + 3_600_000}, latest ${tenYears}`,
  ],
  [
    day(2),
    aWithholding({ review: oneYear + 3_600_000 }),
    [
      `I5 breach review ${oneYear + 3_600_000}, latest ${oneYear}`,
      `CN-SSL-04 breach fact review, until ${oneYear + 3_600_000}, latest ${oneYear}`,
    ].join("; "),
  ],
  [day(2), aWithholding({ to: tenYears, review: oneYear }), "granted"],
  [
    day(2),
    aWithholding({ withholding: "second" }),
    "V-WITHHELD breach dataset vehicles, withholding camp-roads",
  ],
  [day(2), aWithholdingEnd(), "granted"],
  [
    day(2),
    aWithholding({
      ...{ withholding: "longer", level: "confidential" },
      to: tenYears + 3_600_000,
    }),
    "granted",
  ],
);
check(
  "a county makes nothing top secret",
  [
    day(0),
    theGenesis({
      rulebook: { ...theRulebook, rules },
      bodies: theGenesis().bodies.map((body) => ({ ...body, level: "county" })),
    }),
    "granted",
  ],
  ...given(day(1), ...registered),
  [
    day(2),
    aWithholding({ level: "topSecret" }),
    "CN-SSL-02 breach body data-office, level topSecret",
  ],
  [day(2), aWithholding({ level: "confidential" }), "granted"],
);
const forBusiness = {
  ...without(without(aWithholding(), "level"), "circle"),
  ground: "businessSecret" as const,
};
check(
  "on another ground there is no level, and still an end or a day within a year on which it is looked at again",
  ...founded,
  [
    day(2),
    without(without(forBusiness, "to"), "review"),
    "I5 missing end none",
  ],
  [
    day(2),
    { ...forBusiness, level: "secret" },
    "V-FORM breach ground businessSecret, level secret",
  ],
  [
    day(2),
    { ...without(forBusiness, "to"), review: oneYear + 3_600_000 },
    `I5 breach review ${oneYear + 3_600_000}, latest ${oneYear}`,
  ],
  [
    day(2),
    { ...forBusiness, review: day(2) },
    `V-ORDER breach from ${day(2)}, to ${day(2)}`,
  ],
  [day(2), forBusiness, "granted"],
);
check(
  "what is offered is withdrawn first, what is withheld is not offered, and what is open stays open",
  ...given(day(1), ...offered),
  [day(2), aWithholding(), "V-WITHHELD breach product vehicle-records"],
  [
    day(2),
    aWithholding({ dataset: "stations" }),
    "V-WITHHELD breach open stations",
  ],
  [day(3), aWithdrawal(), "granted"],
  [day(4), aWithholding(), "granted"],
  [
    day(5),
    aProduct({ product: "second" }),
    "V-WITHHELD breach dataset vehicles, withholding camp-roads",
  ],
  [day(6), aWithholdingEnd(), "granted"],
  [day(6), aWithholdingEnd(), "V-ENDED breach withholding camp-roads"],
  [day(7), aProduct({ product: "second" }), "granted"],
);

test("what is withheld is due to be looked at again, until it ends by itself", () => {
  const { register } = play([...founded, ...given(day(2), aWithholding())]);
  const due = (at: number) => dueOf(register, at).map(({ id, by }) => [id, by]);
  expect(due(day(3))).toEqual([["camp-roads", day(300)]]);
  expect(due(day(999))).toContainEqual(["camp-roads", day(300)]);
  expect(due(day(1_000)).map(([id]) => id)).not.toContain("camp-roads");
});
