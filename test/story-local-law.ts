import fc from "fast-check";
import type { Act, ActOf } from "../src/acts/act.ts";
import { day, HOUR } from "./story-founding.ts";

type Of<K extends Act["kind"]> = Partial<ActOf<K>>;

export const aLocalRulebook = (
  change: Of<"localRulebookAdopted"> = {},
): ActOf<"localRulebookAdopted"> => ({
  ...{ kind: "localRulebookAdopted", rulebook: "office-law" },
  ...{ title: "Rulebook of the data office (invented)" },
  ...{ parent: "lanan-2025", body: "data-office", until: day(365) },
  ...change,
});
export const aPilot = (
  change: Of<"localRulebookAdopted"> = {},
): ActOf<"localRulebookAdopted"> =>
  aLocalRulebook({ rulebook: "pilot-1", pilot: true, ...change });
export const aPromotion = (
  change: Of<"pilotPromoted"> = {},
): ActOf<"pilotPromoted"> => ({
  ...{ kind: "pilotPromoted", rulebook: "pilot-1" },
  ...change,
});
export const aLocalEnd = (
  change: Of<"localRulebookEnded"> = {},
): ActOf<"localRulebookEnded"> => ({
  ...{ kind: "localRulebookEnded", rulebook: "pilot-1", reason: "replaced" },
  ...change,
});

export const oneOfEachLocal = {
  localRulebookAdopted: aPilot({ rules: [{ rule: "CN-SSL-04", number: 6 }] }),
  pilotPromoted: aPromotion(),
  localRulebookEnded: aLocalEnd(),
};

const id = fc.constantFrom("office-law", "pilot-1", "rail-law", "pilot-2");
type Dated = (hour: number) => Act;

/** Local rulebooks over few bodies, and numbers on both sides of those above. */
const adopting: fc.Arbitrary<Dated> = fc
  .record({
    rulebook: id,
    parent: fc.oneof(
      { arbitrary: fc.constant("lanan-2025"), weight: 3 },
      { arbitrary: id, weight: 2 },
    ),
    body: fc.constantFrom(
      ...(["data-office", "transport", "mobility", "rail"] as const),
    ),
    hours: fc.constantFrom(-1, 24, 24 * 30, 24 * 300, 24 * 800),
    isPilot: fc.boolean(),
    review: fc.option(fc.constantFrom(3, 6, 9, 12, 13), { nil: undefined }),
    months: fc.option(fc.constantFrom(6, 12, 24, 36, 37), { nil: undefined }),
    term: fc.option(fc.constantFrom(5, 10, 20, 21), { nil: undefined }),
    purposes: fc.option(
      fc.subarray(
        ["traffic-safety", "research", "vehicle-trade", "curiosity"],
        {
          minLength: 1,
        },
      ),
      { nil: undefined },
    ),
    separated: fc.option(fc.constantFrom("withheld", "permitRevoked"), {
      nil: undefined,
    }),
  })
  .map((one) => (hour) => {
    const { rulebook, parent, body, review, months, term } = one;
    return aLocalRulebook({
      ...{ rulebook, parent, body, until: hour + one.hours * HOUR },
      ...(one.isPilot ? { pilot: true } : {}),
      ...(review === undefined
        ? {}
        : { rules: [{ rule: "CN-SSL-04", number: review }] }),
      limits: {
        ...(months === undefined ? {} : { permitMonthsMax: months }),
        ...(term === undefined ? {} : { applicationTerm: term }),
      },
      ...(one.purposes === undefined ? {} : { purposes: one.purposes }),
      ...(one.separated === undefined ? {} : { separated: [one.separated] }),
    });
  });

export const localLaw = {
  localRulebookAdopted: adopting,
  pilotPromoted: id.map(
    (rulebook): Dated =>
      () =>
        aPromotion({ rulebook }),
  ),
  localRulebookEnded: id.map(
    (rulebook): Dated =>
      () =>
        aLocalEnd({ rulebook }),
  ),
};
