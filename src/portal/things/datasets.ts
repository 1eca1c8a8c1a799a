import { isOpen, isPersonal } from "../../register/fields.ts";
import type { Dataset, ReadRegister } from "../../register/register.ts";
import { registrationsOf } from "../../register/registrations.ts";
import { withholdingOf } from "../../register/withholding.ts";
import { contributionsOfLine } from "./contribution-lines.ts";
import { lookUp, oncePerVersion } from "./look-up.ts";
import { productLine } from "./products.ts";
import { refTo } from "./ref.ts";
import { whyServed } from "./systems.ts";
import type { Classification } from "./terms.ts";
import {
  baseOf,
  historyOf,
  pageOf,
  spanOf,
  stateOf,
  type World,
} from "./world.ts";

type Queries = Readonly<Record<string, string | undefined>>;
export const DATASET_QUERIES = [
  "body",
  "system",
  "classification",
  "form",
] as const;

/** What a list of many datasets is narrowed by, worked out once for each version of the register. */
type Narrowed = {
  readonly id: string;
  readonly system: string;
  readonly body: string;
  readonly classification: Classification;
};
const all = oncePerVersion((register): readonly Narrowed[] =>
  [...register.datasets.values()].map(({ act }) => ({
    id: act.dataset,
    system: act.system,
    body: register.systems.get(act.system)?.act.body ?? "",
    classification: classificationOf(act),
  })),
);

/** The strictest of its fields. */
export function classificationOf(dataset: Dataset): Classification {
  if (isOpen(dataset)) return "open";
  const has = (one: Classification) =>
    dataset.fields.some(({ classification }) => classification === one);
  if (has("sensitive")) return "sensitive";
  return isPersonal(dataset) ? "personal" : "restricted";
}

/** Choices that fit on a page: of more of them the id is typed. */
const CHOICES_MAX = 60;

export function datasetsView(world: World, page: number, given: Queries) {
  const { register, now } = world;
  const { body = "", system = "", classification = "", form = "" } = given;
  const bodies = body === "" ? undefined : withUnits(register, body);
  const forms = form === "" ? undefined : datasetsIn(register, form, now);
  const found = all(register).filter(
    (one) =>
      (bodies === undefined || bodies.has(one.body)) &&
      (system === "" || one.system === system) &&
      (classification === "" || one.classification === classification) &&
      (forms === undefined || forms.has(one.id)),
  );
  return {
    ...baseOf(world),
    narrowed: { body, system, classification, form },
    choices: choicesIn(register, body),
    ...pageOf(found, page, (one) => datasetLine(register, one, now)),
  };
}
export type DatasetsView = ReturnType<typeof datasetsView>;

function datasetLine(register: ReadRegister, one: Narrowed, now: number) {
  const products = lookUp(register, "productsOfDataset", one.id).filter((id) =>
    isOffered(register, id, now),
  );
  return {
    dataset: refTo(register, "dataset", one.id),
    system: refTo(register, "system", one.system),
    body: refTo(register, "body", one.body),
    classification: one.classification,
    forms: [
      ...new Set(
        products.flatMap((id) => register.products.get(id)?.act.form ?? []),
      ),
    ],
    ...whyServed(register, one.id, now),
  };
}

function isOffered(register: ReadRegister, id: string, now: number): boolean {
  const product = register.products.get(id);
  return product !== undefined && stateOf(product, now) === "inForce";
}

/** Datasets of which a product in that form is offered. */
function datasetsIn(
  register: ReadRegister,
  form: string,
  now: number,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const product of register.products.values())
    if (product.act.form === form && stateOf(product, now) === "inForce")
      for (const { dataset } of product.act.content) found.add(dataset);
  return found;
}

/** A body and everything below it. */
function withUnits(register: ReadRegister, body: string): ReadonlySet<string> {
  const found = new Set([body]);
  // What is added on the way is walked as well.
  for (const one of found)
    for (const unit of lookUp(register, "unitsOfBody", one)) found.add(unit);
  return found;
}

/** Bodies that run a system and systems that hold a dataset, where they are few enough to choose from. */
function choicesIn(register: ReadRegister, body: string) {
  const bodies = [...register.bodies.keys()].filter(
    (id) => lookUp(register, "systemsOfBody", id).length > 0,
  );
  const systems =
    body === ""
      ? [...register.systems.keys()]
      : [...withUnits(register, body)].flatMap((one) =>
          lookUp(register, "systemsOfBody", one),
        );
  return {
    ...(bodies.length > CHOICES_MAX
      ? {}
      : { bodies: bodies.map((id) => refTo(register, "body", id)) }),
    ...(systems.length > CHOICES_MAX
      ? {}
      : { systems: systems.map((id) => refTo(register, "system", id)) }),
  };
}

const SHOWN = 50;
const VINTAGES_SHOWN = 20;

/** What the page of a dataset says beyond its fields and prices: what it belongs to, what stands on it, and what happened to it. */
export async function datasetView(world: World, id: string) {
  const { register, now, acts, proofs } = world;
  const found = register.datasets.get(id);
  if (found === undefined) return undefined;
  const { act } = found;
  const products = lookUp(register, "productsOfDataset", id);
  const system = register.systems.get(act.system)?.act;
  const vintage = register.vintages.get(id);
  return {
    ...baseOf(world),
    system: refTo(register, "system", act.system),
    body: refTo(register, "body", system?.body ?? ""),
    classification: classificationOf(act),
    ...whyServed(register, id, now),
    isOpen: isOpen(act),
    ...(act.contribution === undefined
      ? {}
      : {
          lent: contributionsOfLine(register, [act.contribution], now),
        }),
    ...withheldNow(register, id, now),
    products: products
      .slice(-SHOWN)
      .toReversed()
      .flatMap((one) => productLine(register, one, now) ?? []),
    authorisations: (register.authorisationsOf.get(id) ?? [])
      .slice(-SHOWN)
      .toReversed()
      .flatMap((one) => {
        const right = register.authorisations.get(one);
        return right === undefined
          ? []
          : [
              {
                authorisation: refTo(register, "authorisation", one),
                operator: refTo(register, "organisation", right.act.operator),
                exclusive: right.act.exclusive,
                span: spanOf(right, now),
                entry: right.entry,
              },
            ];
      }),
    users: usersOf(world, products),
    registrations: registrationsOf(register, { dataset: id }).map((one) => ({
      registration: one.act.registration,
      ...(one.code === undefined ? {} : { code: one.code.act.code }),
      entry: one.entry,
    })),
    vintages: await vintagesOf(world, id),
    proof: await proofs.of(vintage === undefined ? [found] : [found, vintage]),
    history: await historyOf(world, [
      acts.about("dataset", id),
      ...products.map((one) => acts.about("product", one)),
    ]),
  };
}
export type DatasetView = NonNullable<Awaited<ReturnType<typeof datasetView>>>;

function withheldNow(register: ReadRegister, dataset: string, now: number) {
  const id = withholdingOf(register, dataset, now);
  const found = register.withholdings.get(id ?? "");
  if (found === undefined) return {};
  const { ground, rule, review } = found.act;
  return {
    withheld: {
      ...{ ground, rule, entry: found.entry },
      ...(review === undefined ? {} : { review }),
      span: spanOf(found, now),
    },
  };
}

/** Organisations with a permit in force, each once: never a person. */
function usersOf({ register, now }: World, products: readonly string[]) {
  const found = new Set<string>();
  for (const product of products)
    for (const id of lookUp(register, "permitsOfProduct", product)) {
      const permit = register.permits.get(id);
      if (permit !== undefined && stateOf(permit, now) === "inForce")
        found.add(permit.act.organisation);
    }
  const all = [...found];
  return {
    inAll: all.length,
    organisations: all
      .slice(0, SHOWN)
      .map((id) => refTo(register, "organisation", id)),
  };
}

async function vintagesOf({ acts }: World, dataset: string) {
  const { entries } = await acts.vintagesOf(dataset);
  const lines = [];
  for (const index of entries.slice(-VINTAGES_SHOWN).toReversed()) {
    const entry = await acts.entry(index);
    if (entry?.type !== "record" || entry.record.kind !== "vintage") continue;
    const { vintage, rows, digest } = entry.record;
    lines.push({ vintage, rows, digest, entry: index, at: entry.at });
  }
  return { inAll: entries.length, lines };
}
