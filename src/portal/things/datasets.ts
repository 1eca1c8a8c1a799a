import { isOpen } from "../../register/fields.ts";
import type { ReadRegister } from "../../register/register.ts";
import { isOffered } from "../../register/offered.ts";
import { registrationsOf } from "../../register/registrations.ts";
import { contributionsOfLine } from "./contribution-lines.ts";
import { idsIn, lookUp } from "./look-up.ts";
import { usesByMonth } from "./month-of-use.ts";
import { permitsInForce } from "../permits-in-force.ts";
import { productLine } from "./products.ts";
import { refTo } from "./ref.ts";
import { whyServed, withheldBy } from "./systems.ts";
import { classificationOf } from "./classification.ts";
import { baseOf, historyOf, pageOf, spanOf, type World } from "./world.ts";

type Queries = Readonly<Record<string, string | undefined>>;
export const DATASET_QUERIES = [
  "body",
  "system",
  "classification",
  "form",
] as const;

/** Choices that fit on a page: of more of them the id is typed. */
const CHOICES_MAX = 60;

export function datasetsView(world: World, page: number, given: Queries) {
  const { register, now } = world;
  const { body = "", system = "", classification = "", form = "" } = given;
  const narrowed = { body, system, classification, form };
  const found = datasetsFor(register, narrowed, now);
  return {
    ...baseOf(world),
    narrowed,
    choices: choicesIn(register, body),
    ...pageOf(found, page, (id) => datasetLine(register, id, now)),
  };
}
export type DatasetsView = ReturnType<typeof datasetsView>;

type Narrowed = Readonly<Record<(typeof DATASET_QUERIES)[number], string>>;

/** Of what it is narrowed by, the first that is a list of its own is walked, and not all datasets. */
function datasetsFor(
  register: ReadRegister,
  { body, system, classification, form }: Narrowed,
  now: number,
): readonly string[] {
  const systems = body === "" ? undefined : systemsIn(register, body);
  const forms = form === "" ? undefined : datasetsIn(register, form, now);
  const walked =
    system !== ""
      ? lookUp(register, "datasetsOfSystem", system)
      : systems !== undefined
        ? inOrder(
            register,
            [...systems].flatMap((one) =>
              lookUp(register, "datasetsOfSystem", one),
            ),
          )
        : forms !== undefined
          ? inOrder(register, [...forms])
          : classification !== ""
            ? lookUp(register, "datasetsOfClassification", classification)
            : idsIn(register, register.datasets);
  if (systems === undefined && forms === undefined) {
    if (system === "" || classification === "") return walked;
  }
  return walked.filter((id) => {
    const act = register.datasets.get(id)?.act;
    return (
      act !== undefined &&
      (systems === undefined || systems.has(act.system)) &&
      (forms === undefined || forms.has(id)) &&
      (classification === "" || classificationOf(act) === classification)
    );
  });
}

function inOrder(
  register: ReadRegister,
  ids: readonly string[],
): readonly string[] {
  const entry = (id: string): number => register.datasets.get(id)?.entry ?? 0;
  return ids.toSorted((a, b) => entry(a) - entry(b));
}

function datasetLine(register: ReadRegister, id: string, now: number) {
  const act = register.datasets.get(id)?.act;
  const system = act?.system ?? "";
  const products = lookUp(register, "productsOfDataset", id).filter((one) =>
    isOffered(register, register.products.get(one), now),
  );
  return {
    dataset: refTo(register, "dataset", id),
    system: refTo(register, "system", system),
    body: refTo(register, "body", register.systems.get(system)?.act.body ?? ""),
    classification: act === undefined ? "restricted" : classificationOf(act),
    forms: [
      ...new Set(
        products.flatMap((one) => register.products.get(one)?.act.form ?? []),
      ),
    ],
    ...whyServed(register, id, now),
  };
}

/** Datasets of which a product in that form is offered. */
function datasetsIn(
  register: ReadRegister,
  form: string,
  now: number,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const product of register.products.values())
    if (product.act.form === form && isOffered(register, product, now))
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

function systemsIn(register: ReadRegister, body: string): ReadonlySet<string> {
  return new Set(
    [...withUnits(register, body)].flatMap((one) =>
      lookUp(register, "systemsOfBody", one),
    ),
  );
}

/** Bodies that run a system and systems that hold a dataset, where they are few enough to choose from. */
function choicesIn(register: ReadRegister, body: string) {
  const bodies = fewOf(register.bodies.keys(), (id) => isHolding(register, id));
  const systems = fewOf(
    body === "" ? register.systems.keys() : systemsIn(register, body),
    () => true,
  );
  return {
    ...(bodies === undefined
      ? {}
      : { bodies: bodies.map((id) => refTo(register, "body", id)) }),
    ...(systems === undefined
      ? {}
      : { systems: systems.map((id) => refTo(register, "system", id)) }),
  };
}

const isHolding = (register: ReadRegister, body: string): boolean =>
  lookUp(register, "systemsOfBody", body).length > 0;

/** Nothing where there are more than can be chosen from. */
function fewOf(
  ids: Iterable<string>,
  wanted: (id: string) => boolean,
): readonly string[] | undefined {
  const few: string[] = [];
  for (const id of ids) {
    if (!wanted(id)) continue;
    few.push(id);
    if (few.length > CHOICES_MAX) return undefined;
  }
  return few;
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
    uses: usesByMonth(
      world.totals(),
      products.flatMap((one) => lookUp(register, "permitsOfProduct", one)),
    ),
    uncounted: world.uncounted(),
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
  const found = withheldBy(register, dataset, now);
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

/** Organisations with a permit that can be used, each once: never a person. */
function usersOf({ register, now }: World, products: readonly string[]) {
  const found = new Set<string>();
  const usable = permitsInForce(register, now).all;
  for (const product of products)
    for (const id of lookUp(register, "permitsOfProduct", product)) {
      const permit = register.permits.get(id);
      if (permit !== undefined && usable.has(id))
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

async function vintagesOf({ acts, log }: World, dataset: string) {
  const { entries } = await acts.vintagesOf(dataset);
  const lines = [];
  for (const index of entries.slice(-VINTAGES_SHOWN).toReversed()) {
    const entry = await log.entry(index);
    if (entry?.type !== "record" || entry.record.kind !== "vintage") continue;
    const { vintage, rows, digest } = entry.record;
    lines.push({ vintage, rows, digest, entry: index, at: entry.at });
  }
  return { inAll: entries.length, lines };
}
