import type { ActKind, ActOf } from "../src/acts/act.ts";
import { toBase64url, utf8ToBytes } from "../src/acts/bytes.ts";
import { keyIdOf } from "../src/acts/statement.ts";
import {
  keyFromSeed,
  primitives,
  type SigningKey,
  signingKey,
} from "../src/store/crypto.ts";

export const p = primitives;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** Monday, 2 March 2026, 00:00 in the office's own time, eight hours east of UTC. */
export const FOUNDED = 1_772_380_800_000;
export const OFFSET = 480;
export const ORIGIN = "story.example/register";
export const OFFICE = "story.example";
const EDITION_DIGEST = toBase64url(p.sha256(utf8ToBytes("story-edition")));
export const editions: ReadonlyMap<number, string> = new Map([
  [1, EDITION_DIGEST],
]);

/** So many days and hours after the founding. */
export function day(days: number, hours = 0): number {
  return FOUNDED + days * DAY + hours * HOUR;
}

/** A real Ed25519 key, the same for the same name. */
export function keyOf(name: string): SigningKey {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const made = signingKey(keyFromSeed(p.sha256(utf8ToBytes(name))));
  keys.set(name, made);
  return made;
}
const keys = new Map<string, SigningKey>();
export const publicKeyOf = (name: string): string =>
  toBase64url(keyOf(name).publicKey);
export const keyIdNamed = (name: string): string =>
  keyIdOf(p, keyOf(name).publicKey);

/** The founders' posts and the persons who hold them. */
export const founders = {
  head: 1,
  registrar: 2,
  administrator: 3,
  personnel: 4,
  "price-officer": 5,
} as const;

/** An act without one of its members. */
export function without<A extends object, K extends keyof A>(
  act: A,
  member: K,
): Omit<A, K> {
  const { [member]: _, ...rest } = act;
  return rest;
}

export const paperOf = (name: string) => ({
  kind: "record",
  paper: toBase64url(p.sha256(utf8ToBytes(name))),
  size: name.length,
});
export const secretOf = (name: string) => ({
  kind: "name",
  commitment: toBase64url(p.sha256(utf8ToBytes(`secret ${name}`))),
});

export type Rulebook = ActOf<"genesis">["rulebook"];
export const theRulebook: Rulebook = {
  rulebook: "lanan-2025",
  title: "Rulebook of Lanan Province (invented)",
  until: day(1150),
  purposes: [
    {
      purpose: "traffic-safety",
      title: "Traffic safety",
      class: "publicGovernance",
    },
    {
      purpose: "research",
      title: "Research in the public interest",
      class: "publicWelfare",
    },
    {
      purpose: "vehicle-trade",
      title: "Trade in used vehicles",
      class: "industry",
    },
    { purpose: "insurance", title: "Insurance of vehicles", class: "industry" },
  ],
  grounds: [
    {
      ground: "operation-service-fee",
      rule: "CN-PRC-02",
      payee: "operator",
      purposes: ["industry"],
    },
  ],
  limits: {
    keyDelayHours: 24,
    authorisationMonthsMax: 60,
    permitMonthsMax: 36,
    feeMonthsMax: 36,
  },
  separated: [
    "product",
    "feeStandard",
    "authorisation",
    "permit",
    "tenure",
    "post",
  ],
};

type Post = ActOf<"genesis">["posts"][number];
const thePosts: Post[] = [
  {
    post: "head",
    title: "Head",
    body: "data-office",
    powers: [
      "authorise",
      "approveProducts",
      "approveFees",
      "priceOperators",
      "adopt",
      "confirm",
      "permit",
    ],
    auditor: "registrar",
  },
  {
    post: "registrar",
    title: "Registrar",
    body: "data-office",
    powers: [
      "register",
      "report",
      "prepareProducts",
      "prepareFees",
      "prepareAuthorisations",
      "preparePermits",
      "enrol",
    ],
    superior: "head",
  },
  {
    post: "administrator",
    title: "Administrator of machines and keys",
    body: "data-office",
    powers: ["administer", "enrol"],
    superior: "head",
  },
  {
    post: "personnel",
    title: "Personnel officer",
    body: "personnel-office",
    powers: ["appoint"],
    auditor: "price-officer",
  },
  {
    post: "price-officer",
    title: "Price officer",
    body: "price-authority",
    powers: ["setCeilings"],
  },
];

export function theGenesis(
  change: Partial<ActOf<"genesis">> = {},
): ActOf<"genesis"> {
  const people = Object.entries(founders);
  return {
    kind: "genesis",
    title: "Public data office of a story",
    origin: ORIGIN,
    logKey: publicKeyOf("register"),
    timeZone: { name: "Asia/Shanghai", offsetMinutes: OFFSET },
    edition: { number: 1, digest: EDITION_DIGEST },
    rulebook: theRulebook,
    bodies: [
      { body: "data-office", title: "Data office", level: "province" },
      {
        body: "personnel-office",
        title: "Personnel office",
        level: "province",
      },
      { body: "price-authority", title: "Price authority", level: "province" },
    ],
    posts: thePosts,
    persons: people.map(([post, person]) => ({ person, name: secretOf(post) })),
    tenures: people.map(([post, person]) => ({ person, post, mode: "full" })),
    keys: people.map(([, person]) => ({
      person,
      key: { form: "ed25519", publicKey: publicKeyOf(`person-${person}`) },
    })),
    ...change,
  };
}

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
