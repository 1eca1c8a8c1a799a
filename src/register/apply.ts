import type { Act, ActOf } from "../acts/act.ts";
import type { ActEntry, Entry, RecordEntry } from "../acts/entry.ts";
import type { Primitives } from "../acts/primitives.ts";
import { HOUR, type PersonKey } from "../acts/shapes.ts";
import { personKeyId } from "../acts/statement.ts";
import { applyApplication } from "./apply-applications.ts";
import { applyBody, applyLocalLaw, applySuccession } from "./apply-local.ts";
import { adopt, adoptRulebook, applyOffice } from "./apply-office.ts";
import { applyProcedure } from "./apply-procedures.ts";
import { applyRegistration } from "./apply-registrations.ts";
import { applyBeyond } from "./apply-beyond.ts";
import { addCharged, applyRevenue } from "./apply-revenue.ts";
import { applyRight } from "./apply-rights.ts";
import { applyDisowned, delay, endBefore } from "./delays.ts";
import { papersOf } from "./papers.ts";
import type { Entered, Register } from "./register.ts";
import { rememberPurposes } from "./refused-purposes.ts";
import { push, standing } from "./standing.ts";

/**
 * Adds one entry to the register. Entries were decided before they were entered: nothing is checked here, and a
 * refused act changes nothing but the counts and the ids that may not come again.
 */
export function apply(p: Primitives, register: Register, entry: Entry): void {
  const where: Entered = { entry: register.size, at: entry.at };
  register.size += 1;
  register.at = entry.at;
  if (entry.type === "record") applyRecord(register, entry, where);
  else applyEntry(p, register, entry, where);
}

function applyEntry(
  p: Primitives,
  register: Register,
  entry: ActEntry,
  where: Entered,
): void {
  register.counts.acts += 1;
  rememberStatement(register, entry);
  if (entry.ruling.outcome === "refused") {
    register.counts.refused += 1;
    rememberPurposes(register, entry.ruling.findings, where);
    return;
  }
  register.counts.granted += 1;
  rememberSigners(register, entry, where);
  const { act } = entry.statement;
  const before = endBefore(register, act);
  applyAct(p, register, entry, act, where);
  delay(p, register, entry, where, before);
}

/** An id is free again once the time of the statement that bore it is over: the statement itself can no longer come. */
function rememberStatement(register: Register, entry: ActEntry): void {
  register.statements.set(entry.statement.id, entry.statement.until);
  if (register.counts.acts % 1024 !== 0) return;
  for (const [id, until] of register.statements)
    if (until < entry.at) register.statements.delete(id);
}

function rememberSigners(
  register: Register,
  { signatures }: ActEntry,
  { entry, at }: Entered,
): void {
  for (const { key } of signatures) {
    const known = register.signed.get(key);
    // One key may sign in two roles.
    if (known?.entries.at(-1) === entry) continue;
    if (known === undefined)
      register.signed.set(key, { entries: [entry], times: [at] });
    else {
      known.entries.push(entry);
      known.times.push(at);
    }
  }
}

function applyRecord(
  register: Register,
  { record, at }: RecordEntry,
  where: Entered,
): void {
  register.counts.records += 1;
  if (record.kind === "head")
    register.heads.set(record.log, { ...where, head: record });
  // A long list stands in several records.
  if (record.kind === "totals") {
    register.closedTotals.set(record.log, [
      ...(register.closedTotals.get(record.log) ?? []),
      ...record.rows,
    ]);
    addCharged(register, record.rows);
  }
  if (record.kind === "vintage")
    register.vintages.set(record.dataset, { ...where, at, vintage: record });
  if (record.kind === "dropped" && !register.dropped.has(record.log))
    register.dropped.set(record.log, { ...where, record });
  if (record.kind === "erased") register.erased.push({ ...where, record });
  if (record.kind === "dropped" || record.kind === "erased")
    register.papers.set(record.policy.paper, record.policy.size);
}

function applyAct(
  p: Primitives,
  register: Register,
  entry: ActEntry,
  act: Act,
  where: Entered,
): void {
  for (const { paper, size } of papersOf(act)) register.papers.set(paper, size);
  switch (act.kind) {
    case "genesis":
      return applyGenesis(p, register, act, where);
    case "rulebookAdopted":
    case "calendarAdopted":
    case "witnessPolicyAdopted":
    case "logKeyChanged":
    case "logEnded":
    case "machineKeyEnrolled":
    case "gatewayOpened":
    case "gatewayClosed":
      return applyOffice(p, register, act, where);
    case "localRulebookAdopted":
    case "pilotPromoted":
    case "localRulebookEnded":
      return applyLocalLaw(register, act, where);
    case "body":
      return applyBody(register, act, where);
    case "bodySucceeded":
      return applySuccession(register, act);
    case "system":
      register.systems.set(act.system, { act, ...where });
      return;
    case "dataset":
      register.datasets.set(act.dataset, { act, ...where });
      return;
    case "organisation":
      register.organisations.set(act.organisation, { act, ...where });
      return;
    case "questionReceived":
      register.questions.set(act.question, { act, ...where });
      return;
    case "questionAnswered": {
      const asked = register.questions.get(act.question);
      if (asked !== undefined)
        register.questions.set(act.question, { ...asked, answered: where });
      return;
    }
    case "applicationReceived":
    case "completionAsked":
    case "completionReceived":
    case "applicationExtended":
    case "applicationRefused":
    case "applicationWithdrawn":
      return applyApplication(register, act, where);
    case "procedureOpened":
    case "procedureStep":
    case "procedureAwarded":
    case "procedureWithdrawn":
    case "objectionReceived":
    case "objectionAnswered":
    case "attested":
      return applyProcedure(
        register,
        act,
        entry.statement.signers.map(({ person }) => person),
        where,
      );
    case "registrationApplied":
    case "registrationAsked":
    case "registrationCompleted":
    case "registrationAccepted":
    case "registrationRefused":
    case "registrationReviewed":
    case "registrationNoticed":
    case "registrationObjected":
    case "objectionDecided":
    case "registrationCoded":
    case "registrationRenewed":
    case "registrationChanged":
    case "registrationCorrected":
    case "cancellationAccepted":
    case "registrationCancelled":
    case "registrationRevoked":
      return applyRegistration(register, act, where);
    case "permittedRevenue":
    case "incomeStated":
    case "reportSent":
    case "refunded":
      return applyRevenue(register, act, where);
    case "person":
    case "post":
    case "tenure":
    case "tenureEnded":
    case "reportedTenure":
    case "keyEnrolled":
    case "keyRevoked":
      return applyPeople(p, register, entry, act, where);
    case "disowned":
      return applyDisowned(p, register, act, where);
    case "override":
      register.overrides.set(act.override, {
        ...{ act, ...where },
        deciders: entry.statement.signers.map(({ person }) => person),
      });
      return applyRight(register, act.act, where);
    case "appealLodged":
    case "appealExtended":
    case "appealDecided":
    case "orderReceived":
    case "dutyDone":
    case "overrideReviewed":
    case "tieDeclared":
    case "tieEnded":
    case "recused":
    case "promised":
    case "promiseKept":
    case "promiseEnded":
    case "renewalAsked":
    case "renewalGranted":
    case "renewalRefused":
      return applyBeyond(register, act, where);
    default:
      return applyRight(register, act, where);
  }
}

type People = ActOf<
  | "person"
  | "post"
  | "tenure"
  | "tenureEnded"
  | "reportedTenure"
  | "keyEnrolled"
  | "keyRevoked"
>;

function applyPeople(
  p: Primitives,
  register: Register,
  entry: ActEntry,
  act: People,
  where: Entered,
): void {
  switch (act.kind) {
    case "person":
      register.persons.set(act.person, where);
      return;
    case "post":
      register.posts.set(act.post, { act, ...where });
      return;
    case "tenure":
      push(register.tenures, act.post, standing(act, where));
      return;
    case "tenureEnded": {
      const list = register.tenures.get(act.post) ?? [];
      register.tenures.set(
        act.post,
        list.map((t) =>
          t.act.person === act.person && t.ended === undefined
            ? { ...t, ended: where }
            : t,
        ),
      );
      return;
    }
    case "reportedTenure":
      register.reported.set(`tenure ${act.post} ${act.person} ${act.from}`, {
        act,
        ...where,
      });
      return;
    case "keyEnrolled": {
      const enrolledBy = entry.statement.signers
        .filter((s) => s.role !== "holder")
        .map((s) => s.person);
      const delay = (register.rulebook?.act.limits.keyDelayHours ?? 24) * HOUR;
      enrol(
        p,
        register,
        { person: act.person, key: act.key },
        enrolledBy,
        where,
        where.at + delay,
      );
      return;
    }
    case "keyRevoked": {
      const key = register.keys.get(act.key);
      const doubt =
        act.doubtfulSince === undefined
          ? {}
          : { doubtfulSince: act.doubtfulSince };
      if (key !== undefined)
        register.keys.set(act.key, { ...key, revoked: { ...where, ...doubt } });
      return;
    }
  }
}

function applyGenesis(
  p: Primitives,
  register: Register,
  act: ActOf<"genesis">,
  where: Entered,
): void {
  register.origin = act.origin;
  register.title = act.title;
  register.titles = act.titles ?? [];
  register.logKey = act.logKey;
  register.logKeys.set(act.logKey, where);
  register.predecessor = act.predecessor;
  register.offsetMinutes = act.timeZone.offsetMinutes;
  register.edition = act.edition.number;
  register.editionDigest = act.edition.digest;
  adoptRulebook(register, act.rulebook, where);
  if (act.witnessPolicy !== undefined)
    adopt(register, act.witnessPolicy, where);
  for (const body of act.bodies)
    register.bodies.set(body.body, { act: body, ...where });
  for (const post of act.posts)
    register.posts.set(post.post, { act: post, ...where });
  for (const { person } of act.persons) register.persons.set(person, where);
  for (const tenure of act.tenures)
    push(register.tenures, tenure.post, standing(tenure, where));
  const everybody = act.persons.map((one) => one.person);
  for (const key of act.keys)
    enrol(
      p,
      register,
      key,
      everybody.filter((one) => one !== key.person),
      where,
      where.at,
    );
}

function enrol(
  p: Primitives,
  register: Register,
  { person, key }: { person: number; key: PersonKey },
  enrolledBy: readonly number[],
  where: Entered,
  activeFrom: number,
): void {
  register.keys.set(personKeyId(p, key), {
    person,
    key,
    enrolledBy,
    activeFrom,
    ...where,
  });
}
