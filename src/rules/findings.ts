import type { Finding } from "../acts/entry.ts";

type Fact = readonly [string, string | number];

/** A rule is broken; the facts say by what. */
export function breach(rule: string, ...facts: readonly Fact[]): Finding {
  return {
    rule,
    result: "breach",
    facts: facts.map(([name, value]) => [name, value]),
  };
}

/** A fact that the rule needs is not there. */
export function missing(rule: string, ...facts: readonly Fact[]): Finding {
  return {
    rule,
    result: "missing",
    facts: facts.map(([name, value]) => [name, value]),
  };
}

/** What the rules of one subject say of an act: what stands in its way, and what is flagged though it may pass. */
export type Verdict = {
  readonly findings: readonly Finding[];
  readonly flags?: readonly Finding[];
};

export function when(
  condition: boolean,
  finding: () => Finding,
): readonly Finding[] {
  return condition ? [finding()] : [];
}

/** An act with more faults than this is refused by the first of them; the schema of an entry takes no more. */
export const FINDINGS_MAX = 64;
