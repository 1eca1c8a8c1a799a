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

export function jurisdictionOf(
  rulebook: Pick<Rulebook, "jurisdiction"> | undefined,
): Jurisdiction {
  return rulebook?.jurisdiction ?? "CN";
}

/**
 * Whether a rule is of another jurisdiction than this one, as its id begins: of two laws side by side each could be a way out of the other.
 * House rules are of none.
 */
export function isForeign(rule: string, jurisdiction: Jurisdiction): boolean {
  return Object.keys(always).some(
    (other) => other !== jurisdiction && rule.startsWith(`${other}-`),
  );
}

export function alwaysIn(rulebook: Rulebook | undefined): Always {
  return always[jurisdictionOf(rulebook)];
}
