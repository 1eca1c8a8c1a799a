import type { Entry } from "../acts/entry.ts";
import type { ReadRegister } from "../register/register.ts";
import { touchedBy } from "./touched.ts";

/** What an entry can be about. A person is none of these: nobody is followed, and nothing is looked for by person. */
export const thingKinds = [
  ...["dataset", "product", "system", "body", "organisation"],
  ...["post", "rule", "permit", "fee", "ceiling", "authorisation"],
  ...["application", "procedure", "registration", "objection", "appeal"],
  ...["order", "duty", "override", "promise", "contribution", "question"],
  ...["withholding", "reported", "purpose", "rulebook", "gateway"],
  ...["revenue", "refund", "calendar", "log"],
] as const;
export type ThingKind = (typeof thingKinds)[number];
/** `dataset:vehicles`. An id has no colon, so that a key is read in one way only. */
export type ThingKey = `${string}:${string}`;

export function thingKey(kind: string, id: string): ThingKey {
  return `${kind}:${id}`;
}

/** Members of acts and records that hold the id of a thing, by what it is. */
const members: ReadonlyMap<string, ThingKind> = new Map([
  ...thingKinds.map((kind) => [kind, kind] as const),
  ...([
    ["datasets", "dataset"],
    ["operator", "organisation"],
    ["bidder", "organisation"],
    ["bidders", "organisation"],
    ["contributor", "organisation"],
    ["decides", "application"],
    ["procedureOf", "procedure"],
    ["superior", "post"],
    ["auditor", "post"],
    ["successors", "body"],
    ["purposes", "purpose"],
    ["against", "rule"],
  ] as const),
]);

/** A member of that name that holds something else: the number that the registry of companies gave. */
const foreign: ReadonlySet<string> = new Set(["organisation registration"]);

export type About = {
  /** What the entry names itself. */
  readonly named: readonly ThingKey[];
  /** Those, and what they belong to: the datasets of a product, the system and the bodies of a dataset, whose permit it is. */
  readonly all: readonly ThingKey[];
};

/** What an entry is about, as the register knows what hangs together. Posts that signed it are among `all`, and the rules that a ruling names. */
export function aboutOf(register: ReadRegister, entry: Entry): About {
  const named = new Set<ThingKey>();
  if (entry.type === "record") {
    collect(entry.record, entry.record.kind, named);
    return { named: [...named], all: reached(register, named) };
  }
  const { act } = entry.statement;
  collect(act, act.kind, named);
  const all = new Set(reached(register, named));
  for (const organisation of touchedBy(register, act).organisations)
    all.add(thingKey("organisation", organisation));
  for (const { post } of entry.statement.signers)
    if (post !== undefined) all.add(thingKey("post", post));
  const { ruling } = entry;
  for (const { rule } of ruling.outcome === "granted"
    ? ruling.flags
    : ruling.findings)
    all.add(thingKey("rule", rule));
  return { named: [...named], all: [...all] };
}

/** Ids stand at any depth: in the content of a product, the posts of a founding act, the act inside an override. */
function collect(value: object, kind: string, found: Set<ThingKey>): void {
  const inner: unknown = Reflect.get(value, "kind");
  const of = typeof inner === "string" ? inner : kind;
  const all: readonly (readonly [string, unknown])[] = Object.entries(value);
  for (const [name, one] of all) {
    if (typeof one === "object" && one !== null) {
      if (Array.isArray(one)) collectList(name, one, of, found);
      else collect(one, of, found);
    } else if (typeof one === "string" && !foreign.has(`${of} ${name}`)) {
      const thing = members.get(name);
      if (thing !== undefined) found.add(thingKey(thing, one));
    }
  }
  // Of an order and of a decision on an appeal: `{what, id}`.
  const what: unknown = Reflect.get(value, "what");
  const id: unknown = Reflect.get(value, "id");
  if (typeof what === "string" && typeof id === "string" && members.has(what))
    found.add(thingKey(what, id));
}

function collectList(
  name: string,
  list: readonly unknown[],
  kind: string,
  found: Set<ThingKey>,
): void {
  const thing = members.get(name);
  for (const one of list)
    if (typeof one === "string") {
      if (thing !== undefined) found.add(thingKey(thing, one));
    } else if (typeof one === "object" && one !== null)
      collect(one, kind, found);
}

/** One step from a thing to what it belongs to. What is not registered leads nowhere. */
const steps: {
  readonly [kind: string]: (
    register: ReadRegister,
    id: string,
  ) => readonly (readonly [ThingKind, string | undefined])[];
} = {
  fee: ({ fees }, id) => [["product", fees.get(id)?.act.product]],
  ceiling: ({ ceilings }, id) => [["product", ceilings.get(id)?.act.product]],
  permit: ({ permits }, id) => [
    ["organisation", permits.get(id)?.act.organisation],
    ["product", permits.get(id)?.act.product],
  ],
  application: ({ applications }, id) => [
    ["organisation", applications.get(id)?.act.organisation],
    ["product", applications.get(id)?.act.product],
  ],
  product: ({ products }, id) => [
    ["authorisation", products.get(id)?.act.authorisation],
    ...(products.get(id)?.act.content ?? []).map(
      ({ dataset }) => ["dataset", dataset] as const,
    ),
  ],
  authorisation: ({ authorisations }, id) =>
    (authorisations.get(id)?.act.datasets ?? []).map(
      (dataset) => ["dataset", dataset] as const,
    ),
  procedure: ({ procedures }, id) =>
    (procedures.get(id)?.act.datasets ?? []).map(
      (dataset) => ["dataset", dataset] as const,
    ),
  registration: ({ registrations }, id) => {
    const resource = registrations.get(id)?.act.resource;
    if (resource === undefined) return [];
    return "dataset" in resource
      ? [["dataset", resource.dataset]]
      : [["product", resource.product]];
  },
  withholding: ({ withholdings }, id) => [
    ["dataset", withholdings.get(id)?.act.dataset],
  ],
  promise: ({ promises }, id) => [["post", promises.get(id)?.act.post]],
  post: ({ posts }, id) => [["body", posts.get(id)?.act.body]],
  dataset: ({ datasets }, id) => [["system", datasets.get(id)?.act.system]],
  system: ({ systems }, id) => [["body", systems.get(id)?.act.body]],
  body: ({ bodies }, id) => [["body", bodies.get(id)?.act.parent]],
};

function reached(
  register: ReadRegister,
  named: ReadonlySet<ThingKey>,
): readonly ThingKey[] {
  // A set hands out what was put into it while it is walked, each once: a circle of parents ends.
  const all = new Set(named);
  for (const key of all) {
    const { kind, id } = readThing(key);
    // Whoever operates a product may operate hundreds of datasets: what is about the product is not about those that it does not hold.
    if (kind === "authorisation" && !named.has(key)) continue;
    for (const [next, found] of steps[kind]?.(register, id) ?? [])
      if (found !== undefined) all.add(thingKey(next, found));
  }
  return [...all];
}

export function readThing(key: ThingKey): {
  readonly kind: string;
  readonly id: string;
} {
  const at = key.indexOf(":");
  return { kind: key.slice(0, at), id: key.slice(at + 1) };
}
