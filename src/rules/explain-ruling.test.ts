import { expect, test } from "vitest";
import {
  anApplication,
  anExtension,
  aRefusal,
} from "../../test/story-applications.ts";
import {
  aRenewal,
  aRenewalAsked,
  aRenewalRefused,
} from "../../test/story-beyond.ts";
import { anOrganisation, aPermit, priced } from "../../test/story-acts.ts";
import { day, must, p } from "../../test/story-founding.ts";
import {
  faultsOf,
  given,
  play,
  rootText,
  sign,
  signersOf,
  statementOf,
} from "../../test/story.ts";
import type { Act } from "../acts/act.ts";
import { explainRuling } from "./explain-ruling.ts";
import { isTurnedAway, turnAway } from "./turn-away.ts";

/** Dealers of huaxing's class, one ministry, one insurer's purpose: only the dealers' trade is a case like huaxing's. */
const permitOf = (organisation: string, change = {}) =>
  aPermit({ permit: `${organisation}-trade`, organisation, ...change });
const house = play([
  ...given(
    day(1),
    ...priced,
    ...["dealer-a", "dealer-b", "dealer-c"].map((organisation) =>
      anOrganisation({ organisation }),
    ),
    anOrganisation({ organisation: "ministry", class: "publicBody" }),
  ),
  ...given(
    day(2),
    aPermit(),
    ...["dealer-a", "dealer-b", "ministry"].map((one) => permitOf(one)),
    permitOf("dealer-c", { permit: "insured", purpose: "insurance" }),
    ...["huaxing", "dealer-a", "dealer-b", "ministry"].map((organisation) =>
      anApplication({ application: `of-${organisation}`, organisation }),
    ),
  ),
  ...given(
    day(3),
    ...["dealer-a", "ministry"].map((one) =>
      anExtension({ application: `of-${one}` }),
    ),
  ),
  [
    ...([day(3), aRefusal({ application: "of-dealer-b" })] as const),
    "granted, V-ALIKE breach permit huaxing-vehicles, organisation huaxing, class enterprise",
  ],
  ...given(
    day(200),
    ...["dealer-a-trade", "dealer-b-trade", "ministry-trade", "insured"].map(
      (permit) => aRenewalAsked({ permit }),
    ),
    aRenewalAsked(),
  ),
  ...given(
    day(210),
    ...["dealer-a-trade", "ministry-trade", "insured"].map((permit) =>
      aRenewal({ permit, to: day(500) }),
    ),
    aRenewalRefused({ permit: "dealer-b-trade" }),
  ),
]);
const at = day(220);

/** What stands beside a draft of the act as cases like it. */
function alikeTo(act: Act): readonly string[] {
  const { register } = house;
  const submission = sign(statementOf(house, at, act), signersOf(act.kind, []));
  const signed = turnAway(
    p,
    register,
    submission,
    at,
    rootText(house, register.size),
  );
  if (isTurnedAway(signed)) throw new Error(`Turned away: ${act.kind}`);
  return explainRuling(p, register, signed, at).alike.map(
    ({ outcome, id, isInForce }) =>
      `${outcome} ${id}${isInForce === true ? ", in force" : ""}`,
  );
}
const cases = [
  "granted dealer-a-trade, in force",
  "granted dealer-b-trade, in force",
];

test("the history is one that a checker finds right", async () => {
  expect(await faultsOf(house)).toEqual([]);
});

test("beside a permit and a refusal stands how others' cases were decided", () => {
  const decided = [...cases, "refused of-dealer-b"];
  expect(alikeTo(aPermit({ permit: "second" }))).toEqual(decided);
  expect(alikeTo(aRefusal({ application: "of-huaxing" }))).toEqual(decided);
});

test("beside a renewal, granted or refused, stands what others' renewals came to", () => {
  const renewed = [
    ...[...cases, "refused of-dealer-b", "renewed dealer-a-trade"],
    "renewalRefused dealer-b-trade",
  ];
  for (const act of [aRenewal(), aRenewalRefused(), aRenewalAsked()])
    expect(alikeTo(act)).toEqual(renewed);
});

test("beside a longer term stands whose term was made longer", () => {
  expect(alikeTo(anExtension({ application: "of-huaxing" }))).toEqual([
    ...[...cases, "extended of-dealer-a", "refused of-dealer-b"],
  ]);
});

test("what decides about no case has none like it", () => {
  expect(must(priced.map(alikeTo)).flat()).toEqual([]);
});
