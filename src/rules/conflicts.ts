import type { Finding } from "../acts/entry.ts";
import type { Rulebook } from "../register/register.ts";
import { breach, when } from "./findings.ts";

/** Two rules that say different things: each pair once, and one of the two applies. */
export function decideConflicts({
  conflicts = [],
}: Rulebook): readonly Finding[] {
  const pairs = conflicts.map(({ rule, against }) =>
    [rule, against].toSorted().join(" "),
  );
  return conflicts.flatMap(({ rule, against, applies }, place) => [
    ...when(rule === against, () =>
      breach("V-FORM", ["rule", rule], ["against", against]),
    ),
    ...when(applies !== rule && applies !== against, () =>
      breach("V-FORM", ["rule", rule], ["applies", applies]),
    ),
    ...when(pairs.indexOf(pairs[place] ?? "") !== place, () =>
      breach("V-NEW", ["rule", rule], ["against", against]),
    ),
  ]);
}
