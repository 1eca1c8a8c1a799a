import type { Act, ActKind, ActOf } from "../acts/act.ts";
import { paperId, type Procedure } from "../register/procedures.ts";
import type { ReadRegister } from "../register/register.ts";

/** Whose interest an act touches, for good or ill. */
export type Touched = {
  readonly organisations: readonly string[];
  readonly persons: readonly number[];
  readonly applications: readonly string[];
};

type Found = {
  readonly organisations?: readonly (string | undefined)[];
  readonly persons?: readonly (number | undefined)[];
  readonly applications?: readonly (string | undefined)[];
};
type Touching<K extends ActKind> = (
  act: ActOf<K>,
  register: ReadRegister,
) => Found;

const of = (...organisations: readonly (string | undefined)[]): Found => ({
  organisations,
});
const about = (...persons: readonly (number | undefined)[]): Found => ({
  persons,
});

const operatorOf = (
  { authorisations }: ReadRegister,
  id: string | undefined,
): string | undefined => authorisations.get(id ?? "")?.act.operator;
const offererOf = (
  register: ReadRegister,
  product: string | undefined,
): string | undefined =>
  operatorOf(register, register.products.get(product ?? "")?.act.authorisation);
const payeeIn = (
  fee: { readonly payee: ActOf<"feeStandard">["payee"] } | undefined,
): string | undefined =>
  fee !== undefined && "organisation" in fee.payee
    ? fee.payee.organisation
    : undefined;
const ofFee = (register: ReadRegister, id: string): Found => {
  const fee = register.fees.get(id)?.act;
  return of(payeeIn(fee), offererOf(register, fee?.product));
};
const ofPermit = (
  { permit }: { readonly permit: string },
  { permits }: ReadRegister,
): Found => of(permits.get(permit)?.act.organisation);
const ofApplication = (
  { application }: { readonly application: string },
  { applications }: ReadRegister,
): Found => ({
  organisations: [applications.get(application)?.act.organisation],
  applications: [application],
});
const ofAuthorisation = (
  { authorisation }: { readonly authorisation: string },
  register: ReadRegister,
): Found => of(operatorOf(register, authorisation));
const ofProduct = (
  { product }: { readonly product: string },
  register: ReadRegister,
): Found => of(offererOf(register, product));

/** Everybody who bid: a step does good to one of them and ill to the others. */
const bidders = (
  register: ReadRegister,
  procedure: string | undefined,
): readonly string[] =>
  register.procedures.get(procedure ?? "")?.made.bidsClosed?.bidders ?? [];
const ofProcedure = (
  { procedure }: { readonly procedure: string },
  register: ReadRegister,
): Found => of(...bidders(register, procedure));
const restsOn = (
  { act, made }: Procedure,
  papers: ReadonlySet<string>,
): boolean =>
  [
    ...[act.plan, made.signed?.agreement].map((one) => one?.paper.paper ?? ""),
    ...(made.bidsClosed?.committee ?? []).map(({ declaration }) =>
      paperId(declaration),
    ),
  ].some((id) => papers.has(id));

type Applied = Pick<ActOf<"registrationApplied">, "registrant" | "resource">;
const ofApplied = (
  { registrant, resource }: Applied,
  register: ReadRegister,
): Found =>
  of(
    "organisation" in registrant ? registrant.organisation : undefined,
    "product" in resource ? offererOf(register, resource.product) : undefined,
  );
const ofRegistration = (
  { registration }: { readonly registration: string },
  register: ReadRegister,
): Found => {
  const found = register.registrations.get(registration)?.act;
  return found === undefined ? {} : ofApplied(found, register);
};

/** Whose it is that an authority ends, suspends or has decided anew. */
const ofThing = (
  register: ReadRegister,
  { what, id }: { readonly what: string; readonly id: string },
): readonly (string | undefined)[] => {
  switch (what) {
    case "permit":
      return [register.permits.get(id)?.act.organisation];
    case "authorisation":
      return [operatorOf(register, id)];
    case "fee":
      return ofFee(register, id).organisations ?? [];
    case "product":
      return [offererOf(register, id)];
    case "application":
      return [register.applications.get(id)?.act.organisation];
    default:
      return [];
  }
};
const ofEffects = (
  register: ReadRegister,
  effects: ActOf<"orderReceived">["effects"],
  appeal: string | undefined,
): Found =>
  of(
    register.appeals.get(appeal ?? "")?.act.organisation,
    ...effects.flatMap((one) => ofThing(register, one)),
  );
const ofReported = (register: ReadRegister, id: string): Found => {
  const found = register.reported.get(id)?.act;
  return found?.kind === "reportedAuthorisation" ? of(found.operator) : {};
};

/**
 * Who is touched by each kind of act, or that nobody is. That somebody objects, or is tied, or stays out, is entered by whoever receives
 * it: to keep anybody from that would serve only those who hold it back.
 */
const touching = {
  genesis: "nobody",
  rulebookAdopted: "nobody",
  localRulebookAdopted: "nobody",
  pilotPromoted: "nobody",
  localRulebookEnded: "nobody",
  calendarAdopted: "nobody",
  witnessPolicyAdopted: "nobody",
  logKeyChanged: "nobody",
  logEnded: "nobody",
  machineKeyEnrolled: "nobody",
  gatewayOpened: "nobody",
  gatewayClosed: "nobody",
  body: "nobody",
  bodySucceeded: "nobody",
  system: "nobody",
  person: "nobody",
  post: "nobody",
  tenure: ({ person }) => about(person),
  tenureEnded: ({ person }) => about(person),
  reportedTenure: "nobody",
  keyEnrolled: ({ person }) => about(person),
  keyRevoked: ({ key }, { keys }) => about(keys.get(key)?.person),
  dataset: "nobody",
  product: ({ authorisation }, register) =>
    of(operatorOf(register, authorisation)),
  productWithdrawn: ofProduct,
  feeCeiling: ofProduct,
  feeStandard: (act, register) =>
    of(payeeIn(act), offererOf(register, act.product)),
  feeEnded: ({ fee }, register) => ofFee(register, fee),
  organisation: ({ organisation }) => of(organisation),
  authorisation: ({ operator, procedureOf }, register) =>
    of(operator, ...bidders(register, procedureOf)),
  authorisationEnded: ofAuthorisation,
  agreementChanged: ofAuthorisation,
  permit: ({ organisation, decides }) => ({
    ...of(organisation),
    applications: [decides],
  }),
  permitRevoked: ofPermit,
  reportedAuthorisation: ({ operator }) => of(operator),
  reportedDecision: "nobody",
  confirmed: ({ reported }, register) => ofReported(register, reported),
  contribution: ({ contributor }) => of(contributor),
  contributionNotice: ({ contribution }, { contributions }) =>
    of(contributions.get(contribution)?.act.contributor),
  questionReceived: "nobody",
  questionAnswered: "nobody",
  withheld: "nobody",
  withheldEnded: "nobody",
  applicationReceived: ({ organisation }) => of(organisation),
  completionAsked: ofApplication,
  completionReceived: ofApplication,
  applicationExtended: ofApplication,
  applicationRefused: ofApplication,
  applicationWithdrawn: ofApplication,
  procedureOpened: "nobody",
  procedureStep: ({ procedure, step }, register) =>
    of(
      ...bidders(register, procedure),
      ...(step.name === "bidsClosed" ? step.bidders : []),
    ),
  procedureAwarded: ofProcedure,
  procedureWithdrawn: ofProcedure,
  objectionReceived: "nobody",
  objectionAnswered: ofProcedure,
  attested: ({ papers }, register) => {
    const ids = new Set(papers.map(paperId));
    return of(
      ...[...register.procedures.values()]
        .filter((one) => restsOn(one, ids))
        .flatMap(({ act }) => bidders(register, act.procedure)),
    );
  },
  appealLodged: ({ organisation }) => of(organisation),
  appealExtended: ({ appeal }, register) => ofEffects(register, [], appeal),
  appealDecided: ({ appeal, effects }, register) =>
    ofEffects(register, effects, appeal),
  orderReceived: ({ appeal, effects }, register) =>
    ofEffects(register, effects, appeal),
  dutyDone: ({ duty }, register) => {
    const found = register.duties.get(duty);
    return found === undefined ? {} : of(...ofThing(register, found));
  },
  override: ({ act }, register) => found(register, act),
  overrideReviewed: ({ override }, register) => {
    const inside = register.overrides.get(override)?.act.act;
    return inside === undefined ? {} : found(register, inside);
  },
  disowned: ({ entry }, register) => {
    const delayed = register.delayed.get(entry)?.act;
    return delayed === undefined ? {} : found(register, delayed);
  },
  tieDeclared: "nobody",
  // Nobody frees themselves, or a relative.
  tieEnded: ({ tie }, { ties }) => {
    const { to, person } = ties.get(tie)?.act ?? {};
    return to === undefined
      ? {}
      : "organisation" in to
        ? { ...of(to.organisation), ...about(person) }
        : about(person, to.person);
  },
  recused: "nobody",
  promised: "nobody",
  promiseKept: "nobody",
  promiseEnded: "nobody",
  renewalAsked: ofPermit,
  renewalGranted: ofPermit,
  renewalRefused: ofPermit,
  permittedRevenue: ofAuthorisation,
  incomeStated: ofAuthorisation,
  reportSent: ({ about: authorisation }, register) =>
    of(operatorOf(register, authorisation)),
  refunded: ({ organisation, fee }, register) =>
    of(organisation, ...(ofFee(register, fee).organisations ?? [])),
  registrationApplied: ofApplied,
  registrationAsked: ofRegistration,
  registrationCompleted: ofRegistration,
  registrationAccepted: ofRegistration,
  registrationRefused: ofRegistration,
  registrationReviewed: ofRegistration,
  registrationNoticed: ofRegistration,
  registrationObjected: "nobody",
  objectionDecided: ofRegistration,
  registrationCoded: ofRegistration,
  registrationRenewed: ofRegistration,
  registrationChanged: ofRegistration,
  registrationCorrected: ofRegistration,
  cancellationAccepted: ofRegistration,
  registrationCancelled: ofRegistration,
  registrationRevoked: ofRegistration,
} as const satisfies { readonly [K in ActKind]: Touching<K> | "nobody" };

export function touchedBy(register: ReadRegister, act: Act): Touched {
  const { organisations, persons, applications } = found(register, act);
  return {
    organisations: known(organisations),
    persons: known(persons),
    applications: known(applications),
  };
}

function found<K extends ActKind>(
  register: ReadRegister,
  act: ActOf<K> & { readonly kind: K },
): Found {
  const table: { readonly [A in ActKind]: Touching<A> | "nobody" } = touching;
  const one: Touching<K> | "nobody" = table[act.kind];
  return one === "nobody" ? {} : one(act, register);
}

function known<T>(all: readonly (T | undefined)[] = []): readonly T[] {
  return all.filter((one) => one !== undefined);
}
