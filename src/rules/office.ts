import type { ActOf } from "../acts/act.ts";
import type { Finding } from "../acts/entry.ts";
import type { Primitives } from "../acts/primitives.ts";
import { personKeyId, type Statement } from "../acts/statement.ts";
import { machineKeyId } from "../register/apply-office.ts";
import {
  NEVER,
  type ReadRegister,
  type Rulebook,
} from "../register/register.ts";
import { decideRules, looserRules } from "./adopted.ts";
import { decideConflicts } from "./conflicts.ts";
import { decideTerms, looserTerms } from "./terms.ts";
import { jurisdictionOf } from "./jurisdictions.ts";
import { decideForbidden, looserForbidden } from "./purposes.ts";
import { keptMonths } from "./retention.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import { decidePersonKey } from "./passkeys.ts";
import { decideLapse } from "./registration-lapse.ts";
import { taken } from "./registration.ts";
import type { Signed } from "./signing.ts";
import { decideEnd, decideSpan } from "./spans.ts";

/** The founding act stands alone at the beginning and is signed by every key it enrols, by two persons in different posts. */
export function decideGenesis(
  p: Primitives,
  register: ReadRegister,
  { statement, keys }: Signed,
  act: ActOf<"genesis">,
  at: number,
): Verdict {
  const signers = statement.signers.map((s) => s.person);
  const keyIds = act.keys.map((key) => personKeyId(p, key.key));
  const posts = new Set(statement.signers.map((s) => s.post));
  const bodies = new Set(act.bodies.map((b) => b.body));
  const postIds = new Set(act.posts.map((one) => one.post));
  const persons = new Set(act.persons.map((one) => one.person));
  const lapse = decideLapse(act.rulebook, act.timeZone.offsetMinutes, at);
  return {
    findings: [
      ...when(register.size > 0, () => breach("I17", ["entry", register.size])),
      ...when(new Set(signers).size < 2 || posts.size < 2, () =>
        missing("I17", ["founders", new Set(signers).size]),
      ),
      ...act.keys.flatMap((key) =>
        when(!signers.includes(key.person), () =>
          missing("I17", ["signature-of", key.person]),
        ),
      ),
      ...keyIds.flatMap((id) =>
        when(keys.length > 0 && !keys.includes(id), () =>
          missing("I17", ["signature-by", id]),
        ),
      ),
      ...twice(keyIds, "key"),
      ...twice(
        act.persons.map((one) => one.person),
        "person",
      ),
      ...twice(
        act.posts.map((one) => one.post),
        "post",
      ),
      ...twice(
        act.bodies.map((one) => one.body),
        "body",
      ),
      ...statement.signers.flatMap((s) =>
        when(s.role !== "approved", () => breach("I4", ["role", s.role])),
      ),
      ...when(!act.origin.endsWith("/register"), () =>
        breach("V-FORM", ["origin", act.origin]),
      ),
      ...when(act.predecessor?.origin === act.origin, () =>
        breach("V-FORM", ["predecessor", act.origin]),
      ),
      ...act.tenures.flatMap((t) =>
        when((t.from ?? at) > at || (t.to ?? NEVER) <= at, () =>
          breach("V-ORDER", ["tenure-of", t.post]),
        ),
      ),
      ...act.posts.flatMap((one) =>
        [one.superior, one.auditor].flatMap((id) =>
          when(id !== undefined && (!postIds.has(id) || id === one.post), () =>
            missing("V-REF", ["post", id ?? ""]),
          ),
        ),
      ),
      ...statement.signers.flatMap((s) =>
        when(
          !act.tenures.some((t) => t.person === s.person && t.post === s.post),
          () => breach("I4", ["not-held-by-signer", s.post ?? "none"]),
        ),
      ),
      ...act.posts.flatMap((one) =>
        when(!bodies.has(one.body), () => missing("V-REF", ["body", one.body])),
      ),
      // A parent stands before its units, so that no body is above itself.
      ...act.bodies.flatMap(({ parent }, index) =>
        when(
          parent !== undefined &&
            !act.bodies.slice(0, index).some((one) => one.body === parent),
          () => missing("V-REF", ["parent", parent ?? ""]),
        ),
      ),
      ...act.tenures.flatMap((t) =>
        when(!postIds.has(t.post) || !persons.has(t.person), () =>
          missing("V-REF", ["tenure-of", t.post]),
        ),
      ),
      ...act.keys.flatMap((key) =>
        when(!persons.has(key.person), () =>
          missing("V-REF", ["person", key.person]),
        ),
      ),
      ...act.keys.flatMap(({ key }) => decidePersonKey(key)),
      ...when(act.rulebook.until <= at, () =>
        breach("I5", ["rulebook-until", act.rulebook.until]),
      ),
      ...decideTerms(act.rulebook),
      ...decideRules(act.rulebook),
      ...decideConflicts(act.rulebook),
      ...lapse.findings,
      ...decideForbidden(act.rulebook),
    ],
    flags: lapse.flags ?? [],
  };
}

function twice(
  ids: readonly (string | number)[],
  what: string,
): readonly Finding[] {
  const found = ids.find((id, index) => ids.indexOf(id) !== index);
  return found === undefined ? [] : [breach("V-NEW", [what, found])];
}

/** I13: edition 1 has one rulebook, and a new state of it may only tighten. */
export function decideRulebook(
  register: ReadRegister,
  { rulebook }: ActOf<"rulebookAdopted">,
  at: number,
): Verdict {
  const now = register.rulebook?.act;
  const lapse = decideLapse(rulebook, register.offsetMinutes, at);
  return {
    findings: [
      ...when(rulebook.until <= at, () =>
        breach("I5", ["rulebook-until", rulebook.until]),
      ),
      ...decideTerms(rulebook),
      ...decideRules(rulebook),
      ...decideConflicts(rulebook),
      // A local one has this name.
      ...taken(register.localRulebooks, "rulebook", rulebook.rulebook),
      ...lapse.findings,
      ...decideForbidden(rulebook),
      ...(now === undefined ? [] : looser(now, rulebook)),
    ],
    flags: lapse.flags ?? [],
  };
}

export function looser(now: Rulebook, next: Rulebook): readonly Finding[] {
  const longer = (
    ["authorisationMonthsMax", "permitMonthsMax", "feeMonthsMax"] as const
  ).filter((name) => next.limits[name] > now.limits[name]);
  const shorter = [
    ...(["keyDelayHours"] as const).map((name) => ({
      name,
      number: next.limits[name],
      parent: now.limits[name],
    })),
    {
      name: "effectDelayHours" as const,
      number: next.limits.effectDelayHours ?? 0,
      parent: now.limits.effectDelayHours ?? 0,
    },
    ...(["usesKeptMonths", "openingsKeptMonths"] as const).map((name) => ({
      name,
      number: keptMonths(next, name),
      parent: keptMonths(now, name),
    })),
  ].filter(({ number, parent }) => number < parent);
  return [
    ...longer.map((name) =>
      breach(
        "I13",
        ["limit", name],
        ["number", next.limits[name]],
        ["parent", now.limits[name]],
      ),
    ),
    ...shorter.map(({ name, number, parent }) =>
      breach("I13", ["limit", name], ["number", number], ["parent", parent]),
    ),
    ...looserSeals(now, next),
    ...looserTerms(now, next),
    ...looserRules(now, next),
    ...looserForbidden(now, next),
    ...when(jurisdictionOf(now) !== jurisdictionOf(next), () =>
      breach(
        "I13",
        ["jurisdiction", jurisdictionOf(next)],
        ["parent", jurisdictionOf(now)],
      ),
    ),
    ...now.separated
      .filter((kind) => !next.separated.includes(kind))
      .map((kind) => breach("I13", ["separated", kind])),
    ...next.purposes
      .filter(
        (one) =>
          !now.purposes.some(
            (p) =>
              p.purpose === one.purpose &&
              p.class === one.class &&
              p.ground === one.ground &&
              (p.case !== true || one.case === true),
          ),
      )
      .map((one) => breach("I13", ["purpose", one.purpose])),
    ...next.grounds
      .filter(
        (one) =>
          !now.grounds.some(
            (g) =>
              g.ground === one.ground &&
              g.payee === one.payee &&
              g.rule === one.rule &&
              // What a provision is does not change, and what is on a catalogue stays on one.
              (g.level === undefined || g.level === one.level) &&
              (g.catalogue === undefined || one.catalogue !== undefined) &&
              one.purposes.every((c) => g.purposes.includes(c)),
          ),
      )
      .map((one) => breach("I13", ["ground", one.ground])),
  ];
}

/** A seal keeps something from the person it is about: none is added, lengthened or widened. */
function looserSeals(now: Rulebook, next: Rulebook): readonly Finding[] {
  return (next.seals ?? [])
    .filter(
      (one) =>
        !(now.seals ?? []).some(
          (s) =>
            s.seal === one.seal &&
            one.days <= s.days &&
            one.purposes.every((id) => s.purposes.includes(id)),
        ),
    )
    .map(({ seal }) => breach("I13", ["seal", seal]));
}

/** The log's own key is in no single hand: two persons name the next one, and it was never another key of this office. */
export function decideLogKey(
  p: Primitives,
  register: ReadRegister,
  { statement }: Signed,
  { logKey }: ActOf<"logKeyChanged">,
): Verdict {
  const id = machineKeyId(p, logKey);
  return {
    findings: [
      ...byTwo(statement),
      ...when(register.logKeys.has(logKey), () => breach("V-NEW", ["key", id])),
      ...taken(register.machineKeys, "key", id),
      ...taken(register.keys, "key", id),
    ],
  };
}

export function decideLogEnded(
  register: ReadRegister,
  { statement }: Signed,
  { successor }: ActOf<"logEnded">,
): Verdict {
  return {
    findings: [
      ...byTwo(statement),
      ...when(
        successor !== undefined &&
          (successor === register.origin || !successor.endsWith("/register")),
        () => breach("V-FORM", ["successor", successor ?? ""]),
      ),
    ],
  };
}

function byTwo({ signers }: Statement): readonly Finding[] {
  const approvers = new Set(
    signers.filter((s) => s.role === "approved").map((s) => s.person),
  );
  return when(approvers.size < 2, () =>
    breach("I4", ["approved-by", approvers.size], ["wanted", 2]),
  );
}

export function decideMachineKey(
  p: Primitives,
  register: ReadRegister,
  act: ActOf<"machineKeyEnrolled">,
  at: number,
): Verdict {
  return {
    findings: [
      ...taken(register.machineKeys, "key", machineKeyId(p, act.publicKey)),
      ...decideSpan(act.until === undefined ? {} : { to: act.until }, at),
      ...decideEnd(
        register,
        act.until === undefined ? {} : { to: act.until },
        at,
        "I5",
        undefined,
      ),
      // What a usage log comes to is said by the gateway that keeps it, and by nobody else.
      ...act.records
        .filter((kind) => kind === "head" || kind === "totals")
        .map((kind) => breach("V-SCOPE", ["record", kind])),
    ],
  };
}

export function decideGateway(
  p: Primitives,
  register: ReadRegister,
  act: ActOf<"gatewayOpened">,
): Verdict {
  return {
    findings: [
      ...taken(register.gateways, "gateway", act.gateway),
      ...taken(register.machineKeys, "key", machineKeyId(p, act.publicKey)),
    ],
  };
}
