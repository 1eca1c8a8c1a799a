import type { Act, ActOf } from "../acts/act.ts";
import type { Finding } from "../acts/entry.ts";
import { effectFrom } from "../register/delays.ts";
import type { ReadRegister } from "../register/register.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import type { Signed } from "./signing.ts";

/** What is granted ends after it takes effect, and of one thing one longer term waits at a time. */
export function decideDelay(
  register: ReadRegister,
  act: Act,
  at: number,
): readonly Finding[] {
  const from = effectFrom(register, act, at);
  if (from === undefined) return [];
  const to = "to" in act && typeof act.to === "number" ? act.to : undefined;
  const waiting = longerOf(register, act);
  return [
    ...when(to !== undefined && to <= from, () =>
      breach("V-DELAY", ["in-force-from", from], ["to", to ?? 0]),
    ),
    ...when(waiting !== undefined && at < waiting.until, () =>
      breach(
        "V-DELAY",
        ["by-entry", waiting?.entry ?? 0],
        ["in-force-from", waiting?.until ?? 0],
      ),
    ),
  ];
}

function longerOf(register: ReadRegister, act: Act) {
  if (act.kind === "renewalGranted")
    return register.permits.get(act.permit)?.longer;
  return act.kind === "agreementChanged"
    ? register.authorisations.get(act.authorisation)?.longer
    : undefined;
}

/**
 * By whoever signed it, with any key of theirs, before it takes effect. That the signers had seen the entry ties its number to its content:
 * the root that they had seen was looked at before.
 */
export function decideDisowned(
  register: ReadRegister,
  { statement }: Signed,
  { entry }: ActOf<"disowned">,
  at: number,
): Verdict {
  const found = register.delayed.get(entry);
  if (found === undefined)
    return { findings: [missing("V-DISOWN", ["delayed-entry", entry])] };
  const { until, disowned, signers } = found;
  return {
    findings: [
      ...when(statement.seen.size <= entry, () =>
        breach("V-DISOWN", ["entry", entry], ["seen", statement.seen.size]),
      ),
      ...when(disowned !== undefined, () =>
        breach(
          "V-DISOWN",
          ["entry", entry],
          ["by-entry", disowned?.entry ?? 0],
        ),
      ),
      ...when(disowned === undefined && until <= at, () =>
        breach("V-DISOWN", ["entry", entry], ["in-force-from", until]),
      ),
      ...statement.signers
        .filter(({ person }) => !signers.includes(person))
        .map(({ person }) =>
          breach("V-DISOWN", ["entry", entry], ["not-signed-by", person]),
        ),
    ],
  };
}
