import type { Finding } from "../acts/entry.ts";
import { breach, missing, when } from "./findings.ts";
import type { Rulebook } from "../register/register.ts";

/** What is forbidden by name is refused by the rule that forbids it, whoever asks; anything else that is not on the list by V-PUR. */
export function decidePurpose(
  law: Rulebook | undefined,
  purpose: string,
): readonly Finding[] {
  const { purposes = [], forbidden = [] } = law ?? {};
  const by = forbidden.find((one) => one.purpose === purpose)?.rule;
  if (by !== undefined) return [breach(by, ["purpose", purpose])];
  return when(!purposes.some((one) => one.purpose === purpose), () =>
    breach("V-PUR", ["purpose", purpose]),
  );
}

/** A purpose is forbidden by a rule that this office has adopted, and is not on its list. */
export function decideForbidden({
  forbidden = [],
  purposes,
  rules = [],
}: Rulebook): readonly Finding[] {
  return forbidden.flatMap(({ purpose, rule }) => [
    ...when(!rules.some((one) => one.rule === rule), () =>
      missing("V-REF", ["rule", rule]),
    ),
    ...when(
      purposes.some((one) => one.purpose === purpose),
      () => breach("V-NEW", ["purpose", purpose]),
    ),
  ]);
}

/** What was forbidden stays so. */
export function looserForbidden(
  now: Rulebook,
  next: Rulebook,
): readonly Finding[] {
  return (now.forbidden ?? [])
    .filter(
      ({ purpose, rule }) =>
        !(next.forbidden ?? []).some(
          (one) => one.purpose === purpose && one.rule === rule,
        ),
    )
    .map(({ purpose }) => breach("I13", ["forbidden", purpose]));
}
