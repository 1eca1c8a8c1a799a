import type { Act, ActKind, ActOf } from "../acts/act.ts";
import type { ActEntry } from "../acts/entry.ts";
import type { Primitives } from "../acts/primitives.ts";
import { HOUR } from "../acts/shapes.ts";
import { personKeyId } from "../acts/statement.ts";
import { reopenApplication } from "./apply-applications.ts";
import { reopenProcedure } from "./apply-procedures.ts";
import type {
  Delayed,
  Entered,
  ReadRegister,
  Register,
  Standing,
  StandingPermit,
  Tenure,
} from "./register.ts";

type Grant<K extends ActKind> = {
  /** Not in force before `until`. */
  hold(register: Register, act: ActOf<K>, by: Delayed, p: Primitives): void;
  /** Never in force. */
  takeBack(
    register: Register,
    act: ActOf<K>,
    by: Delayed,
    where: Entered,
    p: Primitives,
  ): void;
};
/**
 * Why an act takes effect at once. `ends`: it takes away. `tells`: it says what is so, or is a step, and gives nobody a right, a price, a
 * post or a person's key. `binds`: rules, which can only be made stricter. `others`: it carries out what another body decided.
 */
type AtOnce = "ends" | "tells" | "binds" | "others";

/** Of every kind of act: how what it grants is held back and taken back, or why it takes effect at once. */
const effects: { readonly [K in ActKind]: Grant<K> | AtOnce } = {
  genesis: "tells",
  rulebookAdopted: "binds",
  localRulebookAdopted: "binds",
  pilotPromoted: "binds",
  localRulebookEnded: "ends",
  calendarAdopted: "tells",
  witnessPolicyAdopted: "binds",
  logKeyChanged: "tells",
  logEnded: "ends",
  machineKeyEnrolled: "tells",
  gatewayOpened: "tells",
  gatewayClosed: "ends",
  body: "tells",
  bodySucceeded: "tells",
  system: "tells",
  person: "tells",
  // Nobody holds it yet.
  post: "tells",
  tenure: {
    hold: (register, act, by) =>
      tenureOf(register, act, by, (one) => held(one, by)),
    takeBack: (register, act, by, where) =>
      tenureOf(register, act, by, (one) => takenBack(one, where)),
  },
  tenureEnded: "ends",
  reportedTenure: "tells",
  keyEnrolled: {
    hold: (register, act, { until }, p) =>
      change(register.keys, personKeyId(p, act.key), (key) => ({
        ...key,
        activeFrom: Math.max(key.activeFrom, until),
      })),
    takeBack: (register, act, _, where, p) =>
      change(register.keys, personKeyId(p, act.key), (key) => ({
        ...key,
        revoked: key.revoked ?? where,
      })),
  },
  keyRevoked: "ends",
  dataset: "tells",
  // It is offered, and nobody has it without a permit, or pays without a price.
  product: "tells",
  productWithdrawn: "ends",
  feeCeiling: inMap(
    ({ ceilings }) => ceilings,
    ({ ceiling }) => ceiling,
  ),
  feeStandard: inMap(
    ({ fees }) => fees,
    ({ fee }) => fee,
  ),
  feeEnded: "ends",
  organisation: "tells",
  authorisation: inMap(
    ({ authorisations }) => authorisations,
    ({ authorisation }) => authorisation,
    ({ procedureOf }, register, by, where) =>
      reopenProcedure(register, procedureOf, by.entry, where),
  ),
  authorisationEnded: "ends",
  agreementChanged: longer(
    ({ authorisations }) => authorisations,
    ({ authorisation }) => authorisation,
    (one, by) => ({
      ...one,
      act: {
        ...one.act,
        changes: (one.act.changes ?? []).filter(
          ({ entry }) => entry !== by.entry,
        ),
      },
    }),
  ),
  permit: inMap(
    ({ permits }) => permits,
    ({ permit }) => permit,
    ({ decides }, register, by) =>
      reopenApplication(register, decides, by.entry),
  ),
  permitRevoked: "ends",
  reportedAuthorisation: "tells",
  reportedDecision: "tells",
  confirmed: inMap(
    ({ authorisations }) => authorisations,
    ({ authorisation }) => authorisation,
  ),
  contribution: inMap(
    ({ contributions }) => contributions,
    ({ contribution }) => contribution,
  ),
  contributionNotice: "ends",
  questionReceived: "tells",
  questionAnswered: "tells",
  withheld: "ends",
  // What is withheld no longer is still offered by nobody.
  withheldEnded: "tells",
  applicationReceived: "tells",
  completionAsked: "tells",
  completionReceived: "tells",
  applicationExtended: "tells",
  applicationRefused: "ends",
  applicationWithdrawn: "tells",
  procedureOpened: "tells",
  procedureStep: "tells",
  // The right is the authorisation that follows.
  procedureAwarded: "tells",
  procedureWithdrawn: "ends",
  objectionReceived: "tells",
  objectionAnswered: "tells",
  attested: "tells",
  // A code lets nobody have data: that is the permit's, and the authorisation's.
  registrationApplied: "tells",
  registrationAsked: "tells",
  registrationCompleted: "tells",
  registrationAccepted: "tells",
  registrationRefused: "ends",
  registrationReviewed: "tells",
  registrationNoticed: "tells",
  registrationObjected: "tells",
  objectionDecided: "tells",
  registrationCoded: "tells",
  registrationRenewed: "tells",
  registrationChanged: "tells",
  registrationCorrected: "tells",
  cancellationAccepted: "tells",
  registrationCancelled: "ends",
  registrationRevoked: "ends",
  appealLodged: "tells",
  appealExtended: "tells",
  appealDecided: "others",
  orderReceived: "others",
  dutyDone: "tells",
  override: {
    hold: (register, { act }, by, p) => holdBack(register, act, by, p),
    takeBack: (register, { act }, by, where, p) =>
      takeBack(register, act, by, where, p),
  },
  overrideReviewed: "ends",
  tieDeclared: "tells",
  tieEnded: "tells",
  recused: "ends",
  promised: "tells",
  promiseKept: "tells",
  promiseEnded: "ends",
  renewalAsked: "tells",
  renewalGranted: longer(
    ({ permits }) => permits,
    ({ permit }) => permit,
    withoutDecision,
  ),
  renewalRefused: "ends",
  // The prices under it are delayed themselves.
  permittedRevenue: "tells",
  incomeStated: "tells",
  reportSent: "tells",
  refunded: "ends",
  disowned: "ends",
};

/** When a granted act of that time takes effect, where it does not at once: a number of the rulebook, and a whole hour. */
export function effectFrom(
  register: ReadRegister,
  act: Act,
  at: number,
): number | undefined {
  const hours = register.rulebook?.act.limits.effectDelayHours;
  if (hours === undefined || !grants(act)) return undefined;
  return Math.ceil((at + hours * HOUR) / HOUR) * HOUR;
}

/** An agreement is made longer, or only changed. */
function grants(act: Act): boolean {
  return act.kind === "agreementChanged"
    ? act.how === "renewed"
    : typeof effects[act.kind] !== "string";
}

/** The end of what an act makes longer, as long as it is not applied. */
export function endBefore(register: Register, act: Act): number | undefined {
  if (act.kind === "renewalGranted")
    return register.permits.get(act.permit)?.to;
  return act.kind === "agreementChanged"
    ? register.authorisations.get(act.authorisation)?.to
    : undefined;
}

/** Holds back what a granted act has just brought into the register, where the rulebook sets a delay. */
export function delay(
  p: Primitives,
  register: Register,
  { statement }: ActEntry,
  where: Entered,
  before: number | undefined,
): void {
  const { act, signers } = statement;
  const until = effectFrom(register, act, where.at);
  if (until === undefined) return;
  const delayed: Delayed = {
    ...{ act, until, ...where },
    signers: signers.map(({ person }) => person),
    ...(before === undefined ? {} : { before }),
  };
  register.delayed.set(where.entry, delayed);
  holdBack(register, act, delayed, p);
}

/** Whoever signed it says in time that it is not theirs, or takes it back. */
export function applyDisowned(
  p: Primitives,
  register: Register,
  { entry }: ActOf<"disowned">,
  where: Entered,
): void {
  const found = register.delayed.get(entry);
  if (found === undefined) return;
  register.delayed.set(entry, { ...found, disowned: where });
  takeBack(register, found.act, found, where, p);
}

/** Acts that were disowned, in the order in which they had been entered. */
export function disownedActs({
  delayed,
}: Pick<ReadRegister, "delayed">): readonly Delayed[] {
  return [...delayed.values()].filter((one) => one.disowned !== undefined);
}

function holdBack<K extends ActKind>(
  register: Register,
  act: ActOf<K> & { readonly kind: K },
  by: Delayed,
  p: Primitives,
): void {
  const effect: Grant<K> | AtOnce = effects[act.kind];
  if (typeof effect !== "string") effect.hold(register, act, by, p);
}

function takeBack<K extends ActKind>(
  register: Register,
  act: ActOf<K> & { readonly kind: K },
  by: Delayed,
  where: Entered,
  p: Primitives,
): void {
  const effect: Grant<K> | AtOnce = effects[act.kind];
  if (typeof effect !== "string") effect.takeBack(register, act, by, where, p);
}

function inMap<K extends ActKind, S extends Standing<unknown>>(
  mapOf: (register: Register) => Map<string, S>,
  idOf: (act: ActOf<K>) => string,
  reopen?: (
    act: ActOf<K>,
    register: Register,
    by: Delayed,
    where: Entered,
  ) => void,
): Grant<K> {
  return {
    hold: (register, act, by) =>
      change(mapOf(register), idOf(act), (one) => held(one, by)),
    takeBack: (register, act, by, where) => {
      change(mapOf(register), idOf(act), (one) => takenBack(one, where));
      reopen?.(act, register, by, where);
    },
  };
}

function held<S extends Standing<unknown>>(one: S, { until }: Delayed): S {
  return { ...one, from: Math.max(one.from, until) };
}

/** Ended, and without an instant at which it would have been in force: no later question finds that it ever stood. */
function takenBack<S extends Standing<unknown>>(one: S, where: Entered): S {
  return {
    ...one,
    ...{ to: one.from, ended: one.ended ?? where, disowned: where },
  };
}

/** A longer term: what stands runs to the end that it had, and beyond that only from the time of effect on. */
function longer<K extends ActKind, S extends Standing<unknown>>(
  mapOf: (register: Register) => Map<string, S>,
  idOf: (act: ActOf<K>) => string,
  without: (one: S, by: Delayed) => S,
): Grant<K> {
  return {
    hold: (register, act, { entry, until, before }) =>
      change(mapOf(register), idOf(act), (one) =>
        before === undefined
          ? one
          : { ...one, longer: { entry, from: before, until } },
      ),
    takeBack: (register, act, by) =>
      change(mapOf(register), idOf(act), (one) =>
        by.before === undefined
          ? one
          : { ...without(one, by), to: by.before, longer: undefined },
      ),
  };
}

/** What was asked for since, on the end that it would have had, is asked for again. */
function withoutDecision(one: StandingPermit, by: Delayed): StandingPermit {
  const { renewal, ...rest } = one;
  if (renewal?.decided?.entry !== by.entry) return rest;
  const { decided: _, ...asked } = renewal;
  return { ...rest, renewal: asked };
}

function tenureOf(
  register: Register,
  { post }: ActOf<"tenure">,
  { entry }: Delayed,
  to: (one: Standing<Tenure>) => Standing<Tenure>,
): void {
  register.tenures.set(
    post,
    (register.tenures.get(post) ?? []).map((one) =>
      one.entry === entry ? to(one) : one,
    ),
  );
}

function change<K, V>(map: Map<K, V>, id: K, to: (one: V) => V): void {
  const found = map.get(id);
  if (found !== undefined) map.set(id, to(found));
}
