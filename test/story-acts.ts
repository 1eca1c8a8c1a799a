import type { ActKind, ActOf } from "../src/acts/act.ts";
import {
  day,
  keyIdNamed,
  paperOf,
  publicKeyOf,
  type Rulebook,
  secretOf,
  theGenesis,
  theRulebook,
} from "./story-founding.ts";
import {
  aContribution,
  aNotice,
  aQuestion,
  aQuestionAnswer,
} from "./story-contributions.ts";
import { anAgreementChange } from "./story-agreements.ts";
import { oneOfEachLocal } from "./story-local-law.ts";
import { oneOfEachApplication } from "./story-applications.ts";
import { oneOfEachProcedureAct } from "./story-procedure-steps.ts";
import { oneOfEachRegistration } from "./story-registrations.ts";
import { oneOfEachBeyond } from "./story-beyond.ts";
import { oneOfEachRevenue } from "./story-revenue.ts";
import { aCalendar } from "./story-calendars.ts";
import { aWithholding, aWithholdingEnd } from "./story-withholding.ts";
import { aLogEnd, aLogKey } from "./story-log-keys.ts";

type Change<K extends ActKind> = Partial<ActOf<K>>;

export const aBody = (change: Change<"body"> = {}): ActOf<"body"> => ({
  kind: "body",
  body: "transport",
  title: "Transport department",
  level: "province",
  ...change,
});
export const aSuccession = (
  change: Change<"bodySucceeded"> = {},
): ActOf<"bodySucceeded"> => ({
  kind: "bodySucceeded",
  body: "transport",
  successors: ["mobility"],
  how: "renamed",
  ...change,
});
export const aSystem = (change: Change<"system"> = {}): ActOf<"system"> => ({
  kind: "system",
  system: "vehicle-register",
  title: "Vehicle register",
  body: "transport",
  description: "described",
  ...change,
});
export const aField = (
  name: string,
  change: Partial<ActOf<"dataset">["fields"][number]> = {},
): ActOf<"dataset">["fields"][number] => ({
  name,
  type: "text",
  meaning: `The ${name}`,
  classification: "restricted",
  identifier: false,
  ...change,
});
/** Not about persons: served under the minute. */
export const aDataset = (change: Change<"dataset"> = {}): ActOf<"dataset"> => ({
  kind: "dataset",
  dataset: "vehicles",
  title: "Vehicles",
  system: "vehicle-register",
  fields: [
    aField("plate", { identifier: true }),
    aField("make"),
    aField("year", { type: "integer" }),
  ],
  ...change,
});
/** About persons: served under the hour, in steps of at least a hundred rows. */
export const owners: ActOf<"dataset"> = aDataset({
  dataset: "owners",
  title: "Owners",
  subject: "owner",
  fields: [
    aField("owner", { classification: "personal", identifier: true }),
    aField("plate", { classification: "personal" }),
    aField("since", { type: "date" }),
  ],
});
/** Open to everybody. */
export const stations: ActOf<"dataset"> = aDataset({
  dataset: "stations",
  title: "Stations",
  licence: "CC BY 4.0",
  fields: [
    aField("station", { classification: "open" }),
    aField("town", { classification: "open" }),
  ],
});
export const anOrganisation = (
  change: Change<"organisation"> = {},
): ActOf<"organisation"> => ({
  kind: "organisation",
  organisation: "huaxing",
  title: "Huaxing Used Cars",
  class: "enterprise",
  ...change,
});
export const sanhe = anOrganisation({
  organisation: "sanhe",
  title: "Sanhe Data Operation",
});
export const anAuthorisation = (
  change: Change<"authorisation"> = {},
): ActOf<"authorisation"> => ({
  kind: "authorisation",
  authorisation: "sanhe-vehicles",
  operator: "sanhe",
  datasets: ["vehicles", "owners"],
  exclusive: false,
  procedure: { method: "openTender", record: paperOf("tender") },
  to: day(700),
  ...change,
});
export const aProduct = (change: Change<"product"> = {}): ActOf<"product"> => ({
  kind: "product",
  product: "vehicle-records",
  title: "Vehicle records",
  content: [{ dataset: "vehicles", fields: ["plate", "make", "year"] }],
  form: "records",
  purposes: ["vehicle-trade", "insurance", "traffic-safety"],
  rowsMax: 1000,
  rowsPerStep: 10,
  authorisation: "sanhe-vehicles",
  ...change,
});
export const ownerCheck = (
  change: Change<"product"> = {},
): ActOf<"product"> => ({
  kind: "product",
  product: "owner-check",
  title: "Owner check",
  content: [{ dataset: "owners", fields: ["owner", "plate"] }],
  form: "answer",
  key: ["plate"],
  limits: { perAskerPerDay: 100, perSubjectPerDay: 10 },
  purposes: ["vehicle-trade"],
  rowsMax: 1,
  rowsPerStep: 100,
  ...change,
});
export const aWithdrawal = (
  change: Change<"productWithdrawn"> = {},
): ActOf<"productWithdrawn"> => ({
  kind: "productWithdrawn",
  product: "vehicle-records",
  reason: "closed",
  ...change,
});
export const aCeiling = (
  change: Change<"feeCeiling"> = {},
): ActOf<"feeCeiling"> => ({
  kind: "feeCeiling",
  ceiling: "vehicles-max",
  product: "vehicle-records",
  amount: 100,
  currency: "CNY",
  unit: "step",
  to: day(600),
  ...change,
});
export const aFee = (
  change: Change<"feeStandard"> = {},
): ActOf<"feeStandard"> => ({
  kind: "feeStandard",
  fee: "vehicles-fee",
  product: "vehicle-records",
  payee: { organisation: "sanhe" },
  classes: ["enterprise", "smallEnterprise"],
  amount: 80,
  currency: "CNY",
  unit: "step",
  ground: "operation-service-fee",
  to: day(400),
  ...change,
});
export const aFeeEnded = (
  change: Change<"feeEnded"> = {},
): ActOf<"feeEnded"> => ({
  kind: "feeEnded",
  fee: "vehicles-fee",
  reason: "replaced",
  ...change,
});
export const aPermit = (change: Change<"permit"> = {}): ActOf<"permit"> => ({
  kind: "permit",
  permit: "huaxing-vehicles",
  organisation: "huaxing",
  product: "vehicle-records",
  purpose: "vehicle-trade",
  fields: ["plate", "make", "year"],
  where: ["plate", "year"],
  rowsMax: 100,
  quota: {},
  to: day(300),
  ...change,
});
export const aRevocation = (
  change: Change<"permitRevoked"> = {},
): ActOf<"permitRevoked"> => ({
  kind: "permitRevoked",
  permit: "huaxing-vehicles",
  reason: "breach",
  ...change,
});
export const anAuthorisationEnd = (
  change: Change<"authorisationEnded"> = {},
): ActOf<"authorisationEnded"> => ({
  kind: "authorisationEnded",
  authorisation: "sanhe-vehicles",
  reason: "breach",
  ...change,
});
export const aReport = (
  change: Change<"reportedAuthorisation"> = {},
): ActOf<"reportedAuthorisation"> => ({
  kind: "reportedAuthorisation",
  reported: "franchise-2019",
  operator: "sanhe",
  datasets: ["vehicles"],
  from: "2019",
  to: "2027-06",
  source: paperOf("franchise"),
  ...change,
});
export const aReportedDecision = (
  change: Change<"reportedDecision"> = {},
): ActOf<"reportedDecision"> => ({
  kind: "reportedDecision",
  reported: "fee-letter-2020",
  about: "fee",
  title: "Letter on fees",
  on: "2020-05",
  source: paperOf("letter"),
  ...change,
});
export const aConfirmation = (
  change: Change<"confirmed"> = {},
): ActOf<"confirmed"> => ({
  kind: "confirmed",
  reported: "franchise-2019",
  authorisation: "sanhe-old",
  ...change,
});
export const aPerson = (person: number): ActOf<"person"> => ({
  kind: "person",
  person,
  name: secretOf(`person ${person}`),
});
export const aPost = (change: Change<"post"> = {}): ActOf<"post"> => ({
  kind: "post",
  post: "clerk",
  title: "Clerk",
  body: "data-office",
  powers: ["prepareFees"],
  superior: "head",
  ...change,
});
export const aTenure = (change: Change<"tenure"> = {}): ActOf<"tenure"> => ({
  kind: "tenure",
  person: 7,
  post: "clerk",
  mode: "full",
  ...change,
});
export const aTenureEnd = (
  change: Change<"tenureEnded"> = {},
): ActOf<"tenureEnded"> => ({
  kind: "tenureEnded",
  person: 7,
  post: "clerk",
  reason: "request",
  ...change,
});
export const aReportedTenure = (
  change: Change<"reportedTenure"> = {},
): ActOf<"reportedTenure"> => ({
  kind: "reportedTenure",
  person: 1,
  post: "head",
  mode: "full",
  from: "2021",
  source: paperOf("appointment"),
  ...change,
});
export const aKey = (
  person: number,
  name = `person-${person}`,
): ActOf<"keyEnrolled"> => ({
  kind: "keyEnrolled",
  person,
  key: { form: "ed25519", publicKey: publicKeyOf(name) },
});
export const aKeyEnd = (
  name: string,
  change: Change<"keyRevoked"> = {},
): ActOf<"keyRevoked"> => ({
  kind: "keyRevoked",
  key: keyIdNamed(name),
  reason: "breach",
  ...change,
});
export const aMachineKey = (
  change: Change<"machineKeyEnrolled"> = {},
): ActOf<"machineKeyEnrolled"> => ({
  kind: "machineKeyEnrolled",
  title: "Importer",
  publicKey: publicKeyOf("importer"),
  records: ["vintage"],
  until: day(365),
  ...change,
});
export const aGateway = (
  change: Change<"gatewayOpened"> = {},
): ActOf<"gatewayOpened"> => ({
  kind: "gatewayOpened",
  gateway: "gate",
  title: "Gateway",
  publicKey: publicKeyOf("gate"),
  ...change,
});
export const aGatewayEnd = (
  change: Change<"gatewayClosed"> = {},
): ActOf<"gatewayClosed"> => ({
  kind: "gatewayClosed",
  gateway: "gate",
  reason: "closed",
  ...change,
});
export const aRulebook = (
  change: Partial<Rulebook> = {},
): ActOf<"rulebookAdopted"> => ({
  kind: "rulebookAdopted",
  rulebook: { ...theRulebook, ...change },
});

/** In the order in which they can be granted. */
export const registered = [
  aBody(),
  aSystem(),
  aDataset(),
  owners,
  stations,
  sanhe,
  anOrganisation(),
] as const;
export const offered = [...registered, anAuthorisation(), aProduct()] as const;
export const priced = [...offered, aCeiling(), aFee()] as const;

export const aWitnessPolicy: ActOf<"witnessPolicyAdopted"> = {
  kind: "witnessPolicyAdopted",
  policy: paperOf("policy"),
};

export const aDisowning = (entry: number): ActOf<"disowned"> => ({
  kind: "disowned",
  entry,
});

/** One act of every kind, in an order in which an office could grant them. */
export const oneOfEach: { readonly [K in ActKind]: ActOf<K> } = {
  ...{ genesis: theGenesis(), rulebookAdopted: aRulebook() },
  ...{ ...oneOfEachLocal, calendarAdopted: aCalendar() },
  ...{ witnessPolicyAdopted: aWitnessPolicy, body: aBody() },
  bodySucceeded: aSuccession({ successors: ["data-office"] }),
  system: aSystem(),
  disowned: aDisowning(1),
  person: aPerson(7),
  post: aPost(),
  ...{ tenure: aTenure(), reportedTenure: aReportedTenure() },
  keyEnrolled: aKey(7),
  keyRevoked: aKeyEnd("person-7"),
  tenureEnded: aTenureEnd(),
  dataset: aDataset(),
  organisation: sanhe,
  authorisation: anAuthorisation({ datasets: ["vehicles"] }),
  product: aProduct(),
  ...{ feeCeiling: aCeiling(), feeStandard: aFee() },
  permit: aPermit({ organisation: "sanhe" }),
  ...oneOfEachBeyond(anAuthorisation),
  ...{ machineKeyEnrolled: aMachineKey(), gatewayOpened: aGateway() },
  permitRevoked: aRevocation(),
  ...{ feeEnded: aFeeEnded(), productWithdrawn: aWithdrawal() },
  ...{ withheld: aWithholding(), withheldEnded: aWithholdingEnd() },
  agreementChanged: anAgreementChange(),
  ...{ authorisationEnded: anAuthorisationEnd(), gatewayClosed: aGatewayEnd() },
  ...{ ...oneOfEachApplication, ...oneOfEachRevenue },
  ...oneOfEachProcedureAct,
  ...{ reportedAuthorisation: aReport(), confirmed: aConfirmation() },
  reportedDecision: aReportedDecision(),
  ...{ contribution: aContribution(), contributionNotice: aNotice() },
  ...{ questionReceived: aQuestion(), questionAnswered: aQuestionAnswer() },
  ...oneOfEachRegistration,
  ...{ logKeyChanged: aLogKey("register-2"), logEnded: aLogEnd() },
};
