import type { Act, ActKind, ActOf } from "../acts/act.ts";
import type { ReadRegister } from "../register/register.ts";

type About<K extends ActKind> = (
  act: ActOf<K>,
  register: ReadRegister,
) => readonly string[];

const ofProduct = (
  register: ReadRegister,
  id: string | undefined,
): readonly string[] =>
  register.products.get(id ?? "")?.act.content.map(({ dataset }) => dataset) ??
  [];
const ofPermit = (
  { permit }: { readonly permit: string },
  register: ReadRegister,
): readonly string[] =>
  ofProduct(register, register.permits.get(permit)?.act.product);
const ofApplication = (
  { application }: { readonly application: string },
  register: ReadRegister,
): readonly string[] =>
  ofProduct(register, register.applications.get(application)?.act.product);
const ofAuthorisation = (
  { authorisation }: { readonly authorisation: string },
  register: ReadRegister,
): readonly string[] =>
  register.authorisations.get(authorisation)?.act.datasets ?? [];
const ofProcedure = (
  { procedure }: { readonly procedure: string },
  register: ReadRegister,
): readonly string[] => register.procedures.get(procedure)?.act.datasets ?? [];
const ofResource = (
  register: ReadRegister,
  resource: ActOf<"registrationApplied">["resource"] | undefined,
): readonly string[] =>
  resource === undefined
    ? []
    : "dataset" in resource
      ? [resource.dataset]
      : ofProduct(register, resource.product);
const ofRegistration = (
  { registration }: { readonly registration: string },
  register: ReadRegister,
): readonly string[] =>
  ofResource(register, register.registrations.get(registration)?.act.resource);
const named = (
  { product }: { readonly product: string },
  register: ReadRegister,
): readonly string[] => ofProduct(register, product);

/** The datasets that an act is about, or that it is about the office as a whole. */
const aboutData: { readonly [K in ActKind]: About<K> | "office" } = {
  genesis: "office",
  rulebookAdopted: "office",
  localRulebookAdopted: "office",
  pilotPromoted: "office",
  localRulebookEnded: "office",
  calendarAdopted: "office",
  witnessPolicyAdopted: "office",
  logKeyChanged: "office",
  logEnded: "office",
  machineKeyEnrolled: "office",
  gatewayOpened: "office",
  gatewayClosed: "office",
  body: "office",
  bodySucceeded: "office",
  system: "office",
  person: "office",
  post: "office",
  tenure: "office",
  tenureEnded: "office",
  reportedTenure: "office",
  keyEnrolled: "office",
  keyRevoked: "office",
  dataset: ({ dataset }) => [dataset],
  product: ({ content }) => content.map(({ dataset }) => dataset),
  productWithdrawn: named,
  feeCeiling: named,
  feeStandard: named,
  feeEnded: ({ fee }, register) =>
    ofProduct(register, register.fees.get(fee)?.act.product),
  organisation: "office",
  authorisation: ({ datasets }) => datasets,
  authorisationEnded: ofAuthorisation,
  agreementChanged: ofAuthorisation,
  permit: named,
  permitRevoked: ofPermit,
  reportedAuthorisation: "office",
  reportedDecision: "office",
  confirmed: ({ reported }, register) => {
    const found = register.reported.get(reported)?.act;
    return found?.kind === "reportedAuthorisation" ? found.datasets : [];
  },
  contribution: "office",
  contributionNotice: "office",
  questionReceived: "office",
  questionAnswered: "office",
  withheld: ({ dataset }) => [dataset],
  withheldEnded: ({ withholding }, register) => {
    const found = register.withholdings.get(withholding);
    return found === undefined ? [] : [found.act.dataset];
  },
  applicationReceived: named,
  completionAsked: ofApplication,
  completionReceived: ofApplication,
  applicationExtended: ofApplication,
  applicationRefused: ofApplication,
  applicationWithdrawn: ofApplication,
  procedureOpened: ({ datasets }) => datasets,
  procedureStep: ofProcedure,
  procedureAwarded: ofProcedure,
  procedureWithdrawn: ofProcedure,
  objectionReceived: ofProcedure,
  objectionAnswered: ofProcedure,
  attested: "office",
  appealLodged: "office",
  appealExtended: "office",
  appealDecided: "office",
  orderReceived: "office",
  dutyDone: "office",
  override: "office",
  overrideReviewed: "office",
  disowned: "office",
  tieDeclared: "office",
  tieEnded: "office",
  recused: "office",
  promised: "office",
  promiseKept: "office",
  promiseEnded: "office",
  renewalAsked: ofPermit,
  renewalGranted: ofPermit,
  renewalRefused: ofPermit,
  permittedRevenue: ofAuthorisation,
  incomeStated: ofAuthorisation,
  reportSent: "office",
  refunded: ({ fee }, register) =>
    ofProduct(register, register.fees.get(fee)?.act.product),
  registrationApplied: ({ resource }, register) =>
    ofResource(register, resource),
  registrationAsked: ofRegistration,
  registrationCompleted: ofRegistration,
  registrationAccepted: ofRegistration,
  registrationRefused: ofRegistration,
  registrationReviewed: ofRegistration,
  registrationNoticed: ofRegistration,
  registrationObjected: ofRegistration,
  objectionDecided: ofRegistration,
  registrationCoded: ofRegistration,
  registrationRenewed: ofRegistration,
  registrationChanged: ofRegistration,
  registrationCorrected: ofRegistration,
  cancellationAccepted: ofRegistration,
  registrationCancelled: ofRegistration,
  registrationRevoked: ofRegistration,
};

/** Acts about data that a body holds. */
export function isPlaced(kind: string): boolean {
  return placed.has(kind);
}

const placed: ReadonlySet<string> = new Set(
  Object.entries(aboutData).flatMap(([kind, about]) =>
    about === "office" ? [] : [kind],
  ),
);

/** The bodies that hold what an act is about: the dataset's system is run by one. */
export function bodiesOf(register: ReadRegister, act: Act): readonly string[] {
  if (act.kind === "dataset") return holdersOf(register, [act.system]);
  return holdersOf(
    register,
    datasetsOf(register, act).map(
      (id) => register.datasets.get(id)?.act.system ?? "",
    ),
  );
}

function datasetsOf<K extends ActKind>(
  register: ReadRegister,
  act: ActOf<K> & { readonly kind: K },
): readonly string[] {
  const about: About<K> | "office" = aboutData[act.kind];
  return about === "office" ? [] : about(act, register);
}

function holdersOf(
  { systems }: Pick<ReadRegister, "systems">,
  ids: readonly string[],
): readonly string[] {
  const found = new Set<string>();
  for (const id of ids) {
    const body = systems.get(id)?.act.body;
    if (body !== undefined) found.add(body);
  }
  return [...found];
}
