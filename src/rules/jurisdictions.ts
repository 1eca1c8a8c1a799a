import type { Jurisdiction } from "../acts/shapes.ts";
import type { Rulebook } from "../register/register.ts";

/** What is wanted of every office of a jurisdiction without being adopted, by the rule that says it there. */
type Always = {
  readonly authorisationEnd: string;
  readonly shownFirst: string;
  readonly pricePower: string;
  readonly bodyGround: string;
  readonly applicationTerm: "CN-LIC-01" | "EU-DGA-20";
  /** Absent where no rule of that law says it: there a price may stand without a ceiling, and public use may cost. */
  readonly ceiling?: "CN-PRC-03";
  readonly publicUseFree?: "CN-PRC-01";
};

const always: Readonly<Record<Jurisdiction, Always>> = {
  CN: {
    ...{ authorisationEnd: "CN-OPS-10", shownFirst: "CN-PRC-14" },
    ...{ pricePower: "CN-PRC-18", bodyGround: "CN-DEP-04" },
    ...{ ceiling: "CN-PRC-03", publicUseFree: "CN-PRC-01" },
    applicationTerm: "CN-LIC-01",
  },
  EU: {
    ...{ authorisationEnd: "I5", shownFirst: "I3" },
    ...{ pricePower: "I3", bodyGround: "I3" },
    applicationTerm: "EU-DGA-20",
  },
};

export function jurisdictionOf(rulebook: Rulebook | undefined): Jurisdiction {
  return rulebook?.jurisdiction ?? "CN";
}

export function alwaysIn(rulebook: Rulebook | undefined): Always {
  return always[jurisdictionOf(rulebook)];
}
