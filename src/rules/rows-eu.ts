import type { Look, Row } from "./rows.ts";

const presence = (of: string): Look => ({ form: "presence", of });
const items = (of: string, ...all: readonly string[]): Look => ({
  ...{ form: "items", of, all },
});
/** So many months at most from the beginning of a right. */
const months = (next: string, number: number): Look => ({
  ...{ form: "term", of: "begins", next, direction: "max", number, bound: 1 },
});
/** Two months at least between the day of publication and the beginning. */
const twoMonthsAhead: Look = {
  ...{ form: "term", of: "exclusivity.published", next: "begins" },
  ...{ direction: "min", number: 2, bound: 12 },
};

const ofExclusive = (rule: string, ...looks: readonly Look[]): Row => ({
  ...{ rule, looks, kind: "authorisation" },
  only: { of: "exclusive", in: [true] },
});
const onGround = (
  rule: string,
  ground: string,
  ...looks: readonly Look[]
): Row => ({
  ...{ rule, looks, kind: "authorisation" },
  only: { of: "exclusivity.ground", in: [ground] },
});
const ofFee = (rule: string, ...looks: readonly Look[]): Row => ({
  ...{ rule, looks, kind: "feeStandard" },
});
const ofPermit = (rule: string, ...looks: readonly Look[]): Row => ({
  ...{ rule, looks, kind: "permit" },
});

/** Rules of the European Union that are rows; those that look at the register are in `costs.ts` and `permit-law.ts`. */
export const european: readonly Row[] = [
  ofExclusive("EU-DGA-03", presence("exclusivity.ground")),
  ofExclusive("EU-DGA-04", presence("procedure"), {
    ...{ form: "set", of: "exclusivity.ground", in: ["generalInterest"] },
  }),
  ofExclusive("EU-DGA-05", months("to", 12)),
  ofExclusive("EU-DGA-06", presence("exclusivity.reasons")),
  ofPermit(
    "EU-DGA-11",
    items(
      "terms.items",
      ...["confidentiality", "noReidentification"],
      "breachNotice",
    ),
  ),
  ofFee("EU-DGA-18", presence("costs.heads"), presence("costs.method")),
  {
    ...{ rule: "EU-DGA-21", kind: "applicationRefused" },
    looks: [items("redress", "impartialBody")],
  },
  ofFee("EU-ODD-04", presence("costs.method")),
  onGround(
    "EU-ODD-06",
    "generalInterest",
    months("exclusivity.review", 36),
    twoMonthsAhead,
  ),
  onGround("EU-ODD-07", "culturalDigitisation", months("to", 120)),
  {
    ...onGround("EU-ODD-08", "restrictive", twoMonthsAhead),
    flags: true,
  },
  ofPermit(
    "EU-EHDS-08",
    items(
      "terms.items",
      ...["noThirdParties", "noReidentification"],
      ...["publishResults", "acknowledgeSource"],
    ),
  ),
  ofPermit(
    "EU-EHDS-18",
    presence("to"),
    items(
      "terms.items",
      "deliveredForm",
      "optOut",
      "namedPersons",
      "tools",
      "fees",
    ),
  ),
  ofPermit("EU-EHDS-19", months("to", 120)),
];
