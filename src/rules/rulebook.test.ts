import {
  aPermit,
  aProduct,
  aRulebook,
  offered,
} from "../../test/story-acts.ts";
import { day, theRulebook } from "../../test/story-founding.ts";
import { approved, check, given } from "../../test/story.ts";

const { limits } = theRulebook;
check(
  "a rulebook may tighten every number",
  [
    day(1),
    aRulebook({
      limits: {
        keyDelayHours: 25,
        authorisationMonthsMax: 59,
        permitMonthsMax: 35,
        feeMonthsMax: 35,
      },
    }),
    "granted",
  ],
  [
    day(2),
    aRulebook({
      limits: {
        keyDelayHours: 25,
        authorisationMonthsMax: 59,
        permitMonthsMax: 35,
        feeMonthsMax: 35,
      },
    }),
    "granted",
  ],
);
check(
  "no rulebook loosens a number, not by one",
  [
    day(1),
    aRulebook({ limits: { ...limits, authorisationMonthsMax: 61 } }),
    "I13 breach limit authorisationMonthsMax, number 61, parent 60",
  ],
  [
    day(1),
    aRulebook({ limits: { ...limits, permitMonthsMax: 37 } }),
    "I13 breach limit permitMonthsMax, number 37, parent 36",
  ],
  [
    day(1),
    aRulebook({ limits: { ...limits, feeMonthsMax: 37 } }),
    "I13 breach limit feeMonthsMax, number 37, parent 36",
  ],
  [
    day(1),
    aRulebook({ limits: { ...limits, keyDelayHours: 23 } }),
    "I13 breach limit keyDelayHours, number 23, parent 24",
  ],
);
check(
  "no rulebook keeps uses or openings for a shorter time, and one that names none names 60 and 36 months",
  [
    day(1),
    aRulebook({ limits: { ...limits, usesKeptMonths: 59 } }),
    "I13 breach limit usesKeptMonths, number 59, parent 60",
  ],
  [
    day(1),
    aRulebook({ limits: { ...limits, openingsKeptMonths: 35 } }),
    "I13 breach limit openingsKeptMonths, number 35, parent 36",
  ],
  [
    day(2),
    aRulebook({
      limits: { ...limits, usesKeptMonths: 61, openingsKeptMonths: 37 },
    }),
    "granted",
  ],
  [
    day(3),
    aRulebook(),
    "I13 breach limit usesKeptMonths, number 60, parent 61; I13 breach limit openingsKeptMonths, number 36, parent 37",
  ],
);
check(
  "no rulebook goes back behind what was tightened before",
  [
    day(1),
    aRulebook({ limits: { ...limits, permitMonthsMax: 12 } }),
    "granted",
  ],
  [
    day(2),
    aRulebook(),
    "I13 breach limit permitMonthsMax, number 36, parent 12",
  ],
);
check(
  "no rulebook invents a purpose, moves one to another class, or adds a ground to charge",
  [
    day(1),
    aRulebook({
      purposes: [
        ...theRulebook.purposes,
        { purpose: "reputation-ranking", title: "Ranking", class: "industry" },
      ],
    }),
    "I13 breach purpose reputation-ranking",
  ],
  [
    day(1),
    aRulebook({
      purposes: [{ purpose: "research", title: "Research", class: "industry" }],
    }),
    "I13 breach purpose research",
  ],
  [
    day(1),
    aRulebook({
      grounds: [
        ...theRulebook.grounds,
        {
          ground: "letter",
          rule: "CN-PRC-02",
          payee: "operator",
          purposes: ["industry"],
        },
      ],
    }),
    "I13 breach ground letter",
  ],
  [
    day(1),
    aRulebook({
      grounds: [
        {
          ground: "operation-service-fee",
          rule: "CN-PRC-02",
          payee: "body",
          purposes: ["industry"],
        },
      ],
    }),
    "I13 breach ground operation-service-fee",
  ],
  [
    day(1),
    aRulebook({
      grounds: [
        {
          ground: "operation-service-fee",
          rule: "CN-PRC-99",
          payee: "operator",
          purposes: ["industry"],
        },
      ],
    }),
    "I13 breach ground operation-service-fee",
  ],
  [
    day(1),
    aRulebook({
      grounds: [
        {
          ground: "operation-service-fee",
          rule: "CN-PRC-02",
          payee: "operator",
          purposes: ["industry", "publicWelfare"],
        },
      ],
    }),
    "I13 breach ground operation-service-fee",
  ],
  [
    day(1),
    aRulebook({ grounds: [], purposes: theRulebook.purposes.slice(0, 1) }),
    "granted",
  ],
);
check(
  "no rulebook lets one person do what two had to do",
  [
    day(1),
    aRulebook({
      separated: theRulebook.separated.filter((kind) => kind !== "permit"),
    }),
    "I13 breach separated permit",
  ],
  [
    day(1),
    aRulebook({ separated: [...theRulebook.separated, "feeCeiling"] }),
    "granted",
  ],
);
check(
  "a rulebook has an end that lies ahead, and is adopted by who may adopt",
  [day(1), aRulebook({ until: day(1) }), `I5 breach rulebook-until ${day(1)}`],
  [day(1), aRulebook({ until: day(1, 1) }), "granted"],
  [
    day(2),
    aRulebook({ until: day(900) }),
    approved("registrar"),
    "I4 breach post registrar, lacks-power adopt",
  ],
);
check(
  "under a rulebook that no longer lists a purpose there are no new permits and products for it",
  ...given(day(1), ...offered),
  ...given(
    day(2),
    aRulebook({
      purposes: theRulebook.purposes.filter(
        (one) => one.purpose !== "insurance",
      ),
    }),
  ),
  [day(3), aPermit({ purpose: "insurance" }), "V-PUR breach purpose insurance"],
  [day(3), aProduct({ product: "second" }), "V-PUR breach purpose insurance"],
  [day(3), aPermit(), "granted"],
);

const conflict = (rule: string, against: string, applies: string) =>
  aRulebook({ conflicts: [{ rule, against, applies }] });
check(
  "where two rules say different things a rulebook says which of the two applies, once",
  [day(1), conflict("CN-LIC-02", "I5", "CN-LIC-02"), "granted"],
  [
    day(2),
    conflict("CN-LIC-02", "I5", "CN-LIC-01"),
    "V-FORM breach rule CN-LIC-02, applies CN-LIC-01",
  ],
  [day(2), conflict("I5", "I5", "I5"), "V-FORM breach rule I5, against I5"],
  [
    day(2),
    aRulebook({
      conflicts: [
        { rule: "CN-LIC-02", against: "I5", applies: "I5" },
        { rule: "I5", against: "CN-LIC-02", applies: "CN-LIC-02" },
      ],
    }),
    "V-NEW breach rule I5, against CN-LIC-02",
  ],
  // Another answer is another state of the rulebook, in public with its entry.
  [day(3), conflict("CN-LIC-02", "I5", "I5"), "granted"],
);
