import type { ReadRegister } from "../../register/register.ts";
import {
  readThing,
  thingKey,
  type ThingKey,
  type ThingKind,
} from "../../rules/about.ts";
import { lawOf } from "../../rules/law.ts";
import { around } from "../around.ts";
import { type Message, say } from "../lang/say.ts";
import { type Titled, titleIn } from "../lang/title-in.ts";
import { PLACES } from "../things/ref.ts";

/** What a thing is called, by its kind. */
const NAMES = {
  dataset: "Dataset",
  product: "Product",
  system: "System",
  body: "Public body",
  organisation: "Organisation",
  post: "Post",
  rule: "Rule",
  permit: "Permit",
  fee: "Fee standard",
  ceiling: "Price ceiling",
  authorisation: "Authorisation",
  application: "Application",
  procedure: "Procedure",
  registration: "Registration",
  objection: "Objection",
  appeal: "Appeal",
  order: "Order",
  duty: "Duty",
  override: "Decision against a rule",
  promise: "Promise",
  contribution: "Loan of data",
  question: "Question",
  withholding: "Withholding",
  reported: "Earlier decision",
  purpose: "Purpose",
  rulebook: "Rulebook",
  gateway: "Gateway",
  revenue: "Permitted revenue",
  refund: "Refund",
  calendar: "Calendar",
  log: "Log",
} as const satisfies Readonly<Record<ThingKind, Message>>;

export function isThingKind(kind: string): kind is ThingKind {
  return Object.hasOwn(NAMES, kind);
}

export function sayThingKind(kind: string): string {
  return isThingKind(kind) ? say(NAMES[kind]) : kind;
}

/** Kinds of things that have a page of their own, and where it is. */
const PAGES: Readonly<Partial<Record<ThingKind, string>>> = {
  ...PLACES,
  rule: "/law",
};

/** Where a thing is shown: at its page where its kind has one and it stands in the register, else by the acts about it. */
export function thingHref(register: ReadRegister, key: ThingKey): string {
  const { kind, id } = readThing(key);
  const page = isThingKind(kind) ? PAGES[kind] : undefined;
  const isThere = kind === "rule" || thingsOf(register, kind)?.has(id) === true;
  return page === undefined || !isThere ? actsAbout(key) : `${page}/${id}`;
}

export function actsAbout(key: ThingKey): string {
  return `/acts?thing=${encodeURIComponent(key)}`;
}

type Kept = ReadonlyMap<string, { readonly act: object }>;

/** The things of a kind that stand in the register under their ids; undefined where there is no such map. */
export function thingsOf(
  register: ReadRegister,
  kind: string,
): Kept | undefined {
  const maps: Readonly<Partial<Record<string, Kept>>> = {
    dataset: register.datasets,
    product: register.products,
    system: register.systems,
    body: register.bodies,
    organisation: register.organisations,
    post: register.posts,
    permit: register.permits,
    fee: register.fees,
    ceiling: register.ceilings,
    authorisation: register.authorisations,
    application: register.applications,
    procedure: register.procedures,
    registration: register.registrations,
    appeal: register.appeals,
    order: register.orders,
    override: register.overrides,
    promise: register.promises,
    contribution: register.contributions,
    question: register.questions,
    withholding: register.withholdings,
    reported: register.reported,
    gateway: register.gateways,
    revenue: register.revenues,
    refund: register.refunds,
  };
  return maps[kind];
}

/** What a thing is called: its title where it has one, the sentence of a rule, else its id. */
export function thingTitle(register: ReadRegister, key: ThingKey): string {
  const { kind, id } = readThing(key);
  if (kind === "rule")
    return around().lang === "zh" ? lawOf(id).zh : lawOf(id).says;
  const act = thingsOf(register, kind)?.get(id)?.act;
  if (act !== undefined && isTitled(act)) return titleIn(act);
  const purpose = register.rulebook?.act.purposes.find(
    (one) => kind === "purpose" && one.purpose === id,
  );
  return purpose === undefined ? id : titleIn(purpose);
}

/** As an act is told of: whoever acts by name, everything else that has a title in quotation marks. */
export function calledIn(
  register: ReadRegister,
): (kind: ThingKind, id: string) => string {
  return (kind, id) => {
    const title = thingTitle(register, thingKey(kind, id));
    return title === id || kind === "organisation" || kind === "body"
      ? title
      : say("“{title}”", { title });
  };
}

function isTitled(act: object): act is Titled {
  return "title" in act && typeof act.title === "string";
}
