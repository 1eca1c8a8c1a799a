import fc from "fast-check";
import type { Act, ActOf } from "../src/acts/act.ts";
import { day, HOUR, secretOf } from "./story-founding.ts";

export const aWithholding = (
  change: Partial<ActOf<"withheld">> = {},
): ActOf<"withheld"> => ({
  ...{ kind: "withheld", withholding: "camp-roads", dataset: "vehicles" },
  ...{ ground: "stateSecret", rule: "CN-SSL-03", level: "secret" },
  ...{ proposal: secretOf("proposal"), circle: secretOf("circle") },
  ...{ to: day(1_000), review: day(300) },
  ...change,
});
export const aWithholdingEnd = (
  change: Partial<ActOf<"withheldEnded">> = {},
): ActOf<"withheldEnded"> => ({
  ...{ kind: "withheldEnded", withholding: "camp-roads", reason: "request" },
  ...change,
});

const id = fc.constantFrom("camp-roads", "other");
/** What is withheld, with ends and reviews that lie before and behind. */
export const withholding = {
  withheld: fc
    .tuple(
      id,
      fc.constantFrom("vehicles", "owners", "stations", "nothing"),
      fc.constantFrom(-1, 24, 24 * 300, 24 * 4_000),
      fc.boolean(),
    )
    .map(([name, dataset, hours, hasReview]) => (hour: number): Act => {
      const { review: _, ...rest } = aWithholding({
        ...{ withholding: name, dataset, to: hour + hours * HOUR },
      });
      return hasReview ? { ...rest, review: hour + 24 * HOUR } : rest;
    }),
  withheldEnded: id.map(
    (name) => (): Act => aWithholdingEnd({ withholding: name }),
  ),
};
