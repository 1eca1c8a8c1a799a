import type {
  BodyLevel,
  PayerClass,
  Power,
  PurposeClass,
} from "../../acts/shapes.ts";
import type { ActOf } from "../../acts/act.ts";
import { type Message, say } from "../lang/say.ts";
import type { Price } from "../../uses/price.ts";

/** Names of the vocabulary as pages say them; a value that is new does not compile. */
export const FORMS = {
  answer: "answer (yes, no or not on record)",
  records: "records",
  aggregate: "aggregate",
  file: "file",
} as const satisfies Record<ActOf<"product">["form"], Message>;

export const CLASSIFICATIONS = {
  open: "open",
  restricted: "restricted",
  personal: "personal",
  sensitive: "sensitive",
} as const satisfies Record<
  ActOf<"dataset">["fields"][number]["classification"],
  Message
>;
export type Classification = keyof typeof CLASSIFICATIONS;

export const PAYERS = {
  publicBody: "public body",
  welfare: "public welfare",
  research: "research",
  smallEnterprise: "small enterprise",
  enterprise: "enterprise",
} as const satisfies Record<PayerClass, Message>;

/** A class of payers as an entry has it; an organisation that is not known has none. */
export function sayPayer(value: string): string {
  return isIn(PAYERS, value) ? say(PAYERS[value]) : value;
}

/** Why nothing is charged, or that something is. */
export const FREE = {
  "open data": "open data are free of charge",
  "CN-PRC-01": "free of charge for this purpose",
  "no fee in force for this class":
    "free of charge: no price is in force for this class",
  fee: "a price in force",
} as const satisfies Record<Price["because"], Message>;

/** The same with its rule behind it, for where nothing else names that. */
export function sayFree(because: string): string {
  if (!isIn(FREE, because)) return because;
  const said = say(FREE[because]);
  return because === "CN-PRC-01"
    ? `${said}${say(" ({state})", { state: because })}`
    : said;
}

/** Grounds of prices that drafted rulebooks have; another stands by its id. */
const GROUNDS = {
  "operation-service-fee": "service fee of an operator",
  "contribution-fee": "price of lent data",
} as const satisfies Record<string, Message>;

export function sayGround(ground: string): string {
  return isIn(GROUNDS, ground) ? say(GROUNDS[ground]) : ground;
}

function isIn<K extends string>(
  terms: Readonly<Record<K, Message>>,
  value: string,
): value is K {
  return Object.hasOwn(terms, value);
}

export const PURPOSE_CLASSES = {
  publicGovernance: "public governance",
  publicWelfare: "public welfare",
  industry: "industry",
} as const satisfies Record<PurposeClass, Message>;

export const LEVELS = {
  national: "national",
  province: "province",
  prefecture: "prefecture",
  county: "county",
} as const satisfies Record<BodyLevel, Message>;

export const POWERS = {
  register: "register bodies, systems and datasets",
  appoint: "appoint to posts",
  enrol: "enrol keys",
  adopt: "adopt the rulebook",
  adoptLocal: "adopt a local rulebook",
  administer: "administer machines, gateways and witnesses",
  report: "report what was before the office",
  confirm: "confirm what was reported",
  prepareProducts: "prepare products",
  approveProducts: "approve products",
  setCeilings: "set ceilings",
  prepareFees: "prepare prices",
  approveFees: "approve prices",
  priceOperators: "approve prices of operators",
  priceBodies: "approve prices of public bodies",
  prepareAuthorisations: "prepare authorisations",
  authorise: "authorise operators",
  preparePermits: "prepare permits",
  permit: "grant and revoke permits",
  contribute: "take in what is lent",
  receiveQuestions: "receive questions",
  withhold: "withhold data",
  attest: "attest what stands in papers",
  applyRegistrations: "apply for registrations",
  registerResources: "register data resources",
  override: "decide against a rule",
  receiveOrders: "enter orders of authorities and courts",
  promise: "promise",
  setRevenue: "set permitted revenue",
} as const satisfies Record<Power, Message>;

export const REASONS = {
  expired: "expired",
  breach: "breach of its terms",
  request: "at the holder's request",
  mistake: "granted by mistake",
  order: "by an order",
  replaced: "replaced by another",
  closed: "closed",
} as const satisfies Record<ActOf<"permitRevoked">["reason"], Message>;

export const MODES = {
  full: "full holder",
  acting: "acting",
  delegated: "by delegation",
} as const satisfies Record<ActOf<"tenure">["mode"], Message>;

export const NATURES = {
  family: "family",
  ownership: "ownership",
  employment: "employment",
  hospitality: "hospitality",
  gift: "gift",
} as const satisfies Record<ActOf<"tieDeclared">["nature"], Message>;

export const FORUMS = {
  reviewOrdinary: "administrative review",
  reviewSummary: "administrative review",
  court: "a court",
  supervisor: "the supervising authority",
} as const satisfies Record<ActOf<"appealLodged">["forum"], Message>;

export const UNITS = { call: "call", step: "step" } as const satisfies Record<
  ActOf<"feeStandard">["unit"],
  Message
>;

export const METHODS = {
  openTender: "open tender",
  invitedTender: "invited tender",
  negotiation: "negotiation",
  otherCompetitive: "another competitive way",
} as const satisfies Record<ActOf<"procedureOpened">["method"], Message>;

export const STATES = {
  inForce: "in force",
  toCome: "to come",
  over: "over",
  suspended: "suspended by an order",
} as const satisfies Record<string, Message>;
export type State = keyof typeof STATES;

/** A word of the vocabulary in the language of the page. */
export function termOf<K extends string>(
  terms: Readonly<Record<K, Message>>,
  value: K,
): string {
  return say(terms[value]);
}
