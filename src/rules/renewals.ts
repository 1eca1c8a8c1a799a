import type { ActOf } from "../acts/act.ts";
import { addMonths, civilAt } from "../acts/dates.ts";
import type { Finding } from "../acts/entry.ts";
import { HOUR } from "../acts/shapes.ts";
import { lastTermFrom } from "../register/apply-beyond.ts";
import {
  type ReadRegister,
  type StandingPermit,
} from "../register/register.ts";
import { adoptedRule, decideAdopted } from "./adopted.ts";
import { decideRedress } from "./applications.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import { decideEnding, decidePermitted } from "./rights.ts";

const DAY = 24 * HOUR;

export function decideRenewal(
  register: ReadRegister,
  act: ActOf<"renewalAsked" | "renewalGranted" | "renewalRefused">,
  at: number,
): Verdict {
  const found = register.permits.get(act.permit);
  if (found === undefined)
    return { findings: [missing("V-REF", ["permit", act.permit])] };
  switch (act.kind) {
    case "renewalAsked":
      return decideAsked(register, found, act, at);
    case "renewalGranted":
      return decideRenewed(register, found, act, at);
    case "renewalRefused":
      return {
        findings: [...decidePending(found, at), ...decideRedress(act, at)],
      };
  }
}

/** Until when silence renews is stated, and is what the law gives: no more, no less. */
function decideAsked(
  register: ReadRegister,
  found: StandingPermit,
  { permit, silentTo }: ActOf<"renewalAsked">,
  at: number,
): Verdict {
  const { renewal } = found;
  const isPending =
    renewal !== undefined && renewal.decided === undefined && at < renewal.end;
  const lawful = isPending ? undefined : silentEnd(register, found, at);
  return {
    findings: [
      ...decideEnding(register.permits, "permit", permit, at).findings,
      ...when(isPending, () =>
        breach("V-ONCE", ["permit", permit], ["step", "asked"]),
      ),
      ...when(
        !isPending && silentTo === undefined && lawful !== undefined,
        () =>
          missing("CN-LIC-02", ["fact", "silentTo"], ["wanted", lawful ?? 0]),
      ),
      ...when(!isPending && silentTo !== undefined && silentTo !== lawful, () =>
        breach(
          "CN-LIC-02",
          ["silent-to", silentTo ?? 0],
          ["wanted", lawful ?? "none"],
        ),
      ),
    ],
    flags: when(lawful !== undefined, () =>
      breach("CN-LIC-02", ["permit", permit], ["silent-to", lawful ?? 0]),
    ),
  };
}

/**
 * When a permit that the office says nothing about would end: a term as long as the one granted last, behind its own, once, where it is a
 * licence and was asked for in time; and no later than the office could grant it, nor than its rulebook ends. The two texts disagree, and both are kept: a right ends by itself (I5), and silence is a yes. Who adopts this rule
 * decides for the holder, and the entry is flagged.
 */
function silentEnd(
  register: ReadRegister,
  permit: StandingPermit,
  at: number,
): number | undefined {
  const { act, to, renewal } = permit;
  const { offsetMinutes, rulebook } = register;
  const rule = adoptedRule(register, "CN-LIC-02");
  if (
    rule === undefined ||
    rulebook === undefined ||
    rulebook.act.until <= to ||
    register.products.get(act.product)?.act.permitsAre !==
      "administrativeLicence" ||
    renewal?.wasSilent === true ||
    (renewal?.isSilent === true && renewal.decided === undefined) ||
    at + rule.number * DAY > to
  )
    return undefined;
  return Math.min(
    sameTermLater(lastTermFrom(permit), to, offsetMinutes),
    addMonths(to, rulebook.act.limits.permitMonthsMax, offsetMinutes),
    rulebook.act.until,
  );
}

/** In months where the term is so many months, else as long to the hour: what began within an hour began with it. */
function sameTermLater(
  began: number,
  to: number,
  offsetMinutes: number,
): number {
  const from = began - (began % HOUR);
  const [a, b] = [civilAt(from, offsetMinutes), civilAt(to, offsetMinutes)];
  const months = (b.year - a.year) * 12 + (b.month - a.month);
  return addMonths(from, months, offsetMinutes) === to
    ? addMonths(to, months, offsetMinutes)
    : to + (to - from);
}

/** As the permit that it continues, by what counts today. */
function decideRenewed(
  register: ReadRegister,
  found: StandingPermit,
  { permit, to }: ActOf<"renewalGranted">,
  at: number,
): Verdict {
  const end = found.renewal?.end ?? found.to;
  const until = register.rulebook?.act.until ?? 0;
  const renewed = { ...found.act, kind: "permit" as const, from: end, to };
  return {
    findings: [
      ...decidePending(found, at),
      ...when(found.ended !== undefined || end <= at, () =>
        breach("V-ENDED", ["permit", permit]),
      ),
      ...when(end >= until, () =>
        breach("I5", ["from", end], ["rulebook-until", until]),
      ),
      ...when(to <= end, () => breach("V-ORDER", ["from", end], ["to", to])),
      ...decidePermitted(register, renewed, at),
      ...decideAdopted(register, renewed, at),
    ],
  };
}

/** What silence has renewed is not decided any more: it runs, or is revoked. */
function decidePending(
  { act: { permit }, renewal }: StandingPermit,
  at: number,
): readonly Finding[] {
  if (renewal === undefined) return [missing("V-REF", ["renewal-of", permit])];
  return [
    ...when(renewal.decided !== undefined, () =>
      breach("V-ENDED", ["renewal-of", permit]),
    ),
    ...when(
      renewal.isSilent && renewal.decided === undefined && renewal.end <= at,
      () =>
        breach("CN-LIC-02", ["permit", permit], ["renewed-since", renewal.end]),
    ),
  ];
}
