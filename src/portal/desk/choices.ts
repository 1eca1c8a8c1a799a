import { meaningIn, titleIn, titleOf, type Titled } from "../lang/title-in.ts";
import { sayWord } from "../lang/words.ts";
import type { ActKind } from "../../acts/act.ts";
import { inForce, type ReadRegister } from "../../register/register.ts";
import { law } from "../../rules/law.ts";
import { postsOf } from "../account/around-request.ts";
import { say } from "../lang/say.ts";
import { textAt, type Typed } from "./typed.ts";
import { titled } from "./titled.ts";
import { citesIn } from "../lang/law-in.ts";

export type Choice = { readonly value: string; readonly says: string };

/** Beyond so many a list is no help: the id is typed, and the hint says so. */
const CHOICES_MAX = 400;

/** By kind: the member that names what the act makes, which therefore is in no register yet. */
export const NEW: Readonly<Partial<Record<ActKind, string>>> = {
  localRulebookAdopted: "rulebook",
  gatewayOpened: "gateway",
  body: "body",
  system: "system",
  person: "person",
  post: "post",
  dataset: "dataset",
  product: "product",
  feeCeiling: "ceiling",
  feeStandard: "fee",
  organisation: "organisation",
  authorisation: "authorisation",
  permit: "permit",
  reportedAuthorisation: "reported",
  reportedDecision: "reported",
  confirmed: "authorisation",
  contribution: "contribution",
  questionReceived: "question",
  withheld: "withholding",
  applicationReceived: "application",
  procedureOpened: "procedure",
  objectionReceived: "objection",
  attested: "attestation",
  registrationApplied: "registration",
  registrationCoded: "code",
  appealLodged: "appeal",
  orderReceived: "order",
  override: "override",
  tieDeclared: "tie",
  promised: "promise",
  permittedRevenue: "revenue",
  refunded: "refund",
};

type From = {
  readonly register: ReadRegister;
  readonly now: number;
  readonly kind: ActKind;
  readonly typed: Typed;
};

/** What a field can say, from the register as it is now; undefined where it is typed freely. */
export function choicesOf(
  path: string,
  from: From,
): readonly Choice[] | undefined {
  const name = path.split(".").findLast((one) => !/^[0-9]+$/.test(one)) ?? "";
  if (NEW[from.kind] === path) return undefined;
  const source =
    SOURCES[`${from.kind}.${path}`] ?? SOURCES_IN[path] ?? SOURCES[name];
  const found = source?.(from, path);
  return found === undefined || found.length === 0 || found.length > CHOICES_MAX
    ? undefined
    : found;
}

type Source = (from: From, path: string) => readonly Choice[];

const fromTitled =
  (
    map: (
      register: ReadRegister,
    ) => ReadonlyMap<string, { readonly act: Titled }>,
  ): Source =>
  ({ register }) => {
    const all = map(register);
    return all.size > CHOICES_MAX
      ? []
      : [...all].map(([value, { act }]) => ({
          value,
          says: titled(titleIn(act), value),
        }));
  };

const fromIds =
  (map: (register: ReadRegister) => ReadonlyMap<string, unknown>): Source =>
  ({ register }) => {
    const all = map(register);
    return all.size > CHOICES_MAX
      ? []
      : [...all.keys()].map((value) => ({ value, says: value }));
  };

const organisations = fromTitled((register) => register.organisations);
const bodies = fromTitled((register) => register.bodies);
const posts = fromTitled((register) => register.posts);
const datasets = fromTitled((register) => register.datasets);

const purposes: Source = ({ register }) =>
  (register.rulebook?.act.purposes ?? []).map((one) => ({
    value: one.purpose,
    says: titled(titleIn(one), one.purpose),
  }));

/** A person is a number in public; the posts say who that is. */
const persons: Source = ({ register, now }) =>
  [...register.persons.keys()].map((person) => {
    const held = postsOf(register, person, now).map((post) =>
      titleOf(register.posts.get(post), post),
    );
    return {
      value: String(person),
      says:
        held.length === 0
          ? say("person {person}, who holds no post", { person })
          : `${person}: ${held.join(say(", "))}`,
    };
  });

function productOf(
  { products }: ReadRegister,
  { product }: { readonly product: string },
): string {
  return titleOf(products.get(product), product);
}

function whoAndWhat(
  register: ReadRegister,
  act: { readonly organisation: string; readonly product: string },
): string {
  const { organisation: who } = act;
  return `${titleOf(register.organisations.get(who), who)}${say(", ")}${productOf(register, act)}`;
}

const permitsInForce: Source = ({ register, now }) => {
  const found: Choice[] = [];
  for (const [value, standing] of register.permits) {
    if (!inForce(standing, now)) continue;
    const says = `${value}: ${whoAndWhat(register, standing.act)}`;
    found.push({ value, says });
    // An old office has very many, and of too many none is shown.
    if (found.length > CHOICES_MAX) break;
  }
  return found;
};

const feesInForce: Source = ({ register, now }) =>
  [...register.fees].flatMap(([value, standing]) =>
    inForce(standing, now)
      ? [{ value, says: `${value}: ${productOf(register, standing.act)}` }]
      : [],
  );

const applications: Source = ({ register }) =>
  [...register.applications].flatMap(([value, { act, decided }]) =>
    decided === undefined
      ? [{ value, says: `${value}: ${whoAndWhat(register, act)}` }]
      : [],
  );

const questions: Source = ({ register }) =>
  [...register.questions].flatMap(([value, { answered }]) =>
    answered === undefined ? [{ value, says: value }] : [],
  );

const grounds: Source = ({ register }) =>
  (register.rulebook?.act.grounds ?? []).map(({ ground, rule }) => ({
    value: ground,
    says: `${ground} (${rule})`,
  }));

const adoptedRules: Source = () =>
  Object.entries(law).map(([value, { cites }]) => ({
    value,
    says: say("{rule} ({cites})", { rule: value, cites: citesIn(cites) }),
  }));

/** The columns of the product, or of the dataset, that the same form names. */
const productFields: Source = ({ register, typed }) => {
  const product = register.products.get(textAt(typed, "product"));
  const { content = [] } = product?.act ?? {};
  return content.flatMap(({ dataset, fields }) =>
    fields.map((value) => ({
      value,
      says: fieldSays(register, dataset, value),
    })),
  );
};

const conditionFields: Source = (from, path) => {
  const product = from.register.products.get(textAt(from.typed, "product"));
  const key = product?.act.key;
  return key === undefined
    ? productFields(from, path)
    : key.map((value) => ({
        value,
        says: fieldSays(
          from.register,
          product?.act.content[0]?.dataset ?? "",
          value,
        ),
      }));
};

const datasetFields: Source = ({ register, typed }, path) => {
  const dataset = textAt(typed, path.replace(/fields$/, "dataset"));
  return (register.datasets.get(dataset)?.act.fields ?? []).map(({ name }) => ({
    value: name,
    says: fieldSays(register, dataset, name),
  }));
};

function fieldSays(
  { datasets: all }: ReadRegister,
  dataset: string,
  name: string,
): string {
  const field = all.get(dataset)?.act.fields.find((one) => one.name === name);
  return field === undefined
    ? name
    : say("{field}: {meaning} ({classification})", {
        ...{ field: name, meaning: meaningIn(field) },
        classification: sayWord(field.classification),
      });
}

const SOURCES_IN: Readonly<Record<string, Source>> = {
  "content.0.fields": datasetFields,
};

const SOURCES: Readonly<Record<string, Source>> = {
  organisation: organisations,
  operator: organisations,
  contributor: organisations,
  bidder: organisations,
  bidders: organisations,
  body: bodies,
  registry: bodies,
  successors: bodies,
  parent: bodies,
  "localRulebookAdopted.parent": fromTitled((one) => one.localRulebooks),
  post: posts,
  superior: posts,
  auditor: posts,
  person: persons,
  delegator: persons,
  system: fromTitled((register) => register.systems),
  dataset: datasets,
  datasets,
  product: fromTitled((register) => register.products),
  purpose: purposes,
  purposes,
  "permit.fields": productFields,
  "permit.where": conditionFields,
  "feeStandard.ground": grounds,
  "override.act.ground": grounds,
  rule: adoptedRules,
  against: adoptedRules,
  "appealLodged.against": () => [],
  applies: adoptedRules,
  permit: permitsInForce,
  fee: feesInForce,
  ceiling: fromIds((one) => one.ceilings),
  revenue: fromIds((one) => one.revenues),
  authorisation: fromIds((one) => one.authorisations),
  contribution: fromTitled((one) => one.contributions),
  application: applications,
  decides: applications,
  question: questions,
  procedure: fromIds((one) => one.procedures),
  procedureOf: fromIds((one) => one.procedures),
  registration: fromIds((one) => one.registrations),
  "organisation.registration": () => [],
  withholding: fromIds((one) => one.withholdings),
  reported: fromIds((one) => one.reported),
  gateway: fromTitled((one) => one.gateways),
  rulebook: fromTitled((one) => one.localRulebooks),
  override: fromIds((one) => one.overrides),
  promise: fromTitled((one) => one.promises),
  duty: fromIds((one) => one.duties),
  tie: fromIds((one) => one.ties),
  appeal: fromIds((one) => one.appeals),
  "keyRevoked.key": ({ register }) =>
    [...register.keys].flatMap(([value, { person, revoked }]) =>
      revoked === undefined ? [{ value, says: `${value} (${person})` }] : [],
    ),
};
