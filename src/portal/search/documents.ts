import type { Dataset, ReadRegister } from "../../register/register.ts";
import { readThing, type ThingKey, thingKey } from "../../rules/about.ts";
import { law } from "../../rules/law.ts";
import { thingsOf } from "../acts/thing.ts";
import { TITLE_WEIGHT, type Weighed } from "./text-index.ts";

/** Kinds of things that have a document of their own. Of persons there is none. */
export const foundKinds = [
  ...(["dataset", "product", "system", "body", "organisation"] as const),
  ...(["post", "rule", "purpose", "authorisation", "permit", "fee"] as const),
  "act",
] as const;
type FoundKind = (typeof foundKinds)[number];

export function isFoundKind(kind: string): kind is FoundKind {
  return foundKinds.some((known) => known === kind);
}

const LESS = 3;

/** What a thing is found by: titles in every language first, its id, and what belongs to it. Empty where it is not in the register. */
export function documentOf(register: ReadRegister, key: ThingKey): Weighed {
  const { kind, id } = readThing(key);
  if (kind === "rule") return ofRule(id);
  if (kind === "purpose") return ofPurpose(register, id);
  const act = thingsOf(register, kind)?.get(id)?.act;
  if (act === undefined) return [];
  const head: Weighed = [
    ...titlesIn(act).map((text) => [text, TITLE_WEIGHT] as const),
    [id, TITLE_WEIGHT],
  ];
  const titled = (of: string, which: unknown): Weighed =>
    typeof which === "string"
      ? [
          ...titlesAt(register, of, which).map((text) => [text, LESS] as const),
          [which, LESS],
        ]
      : [];
  const member = (name: string): unknown => Reflect.get(act, name);
  switch (kind) {
    case "dataset": {
      const dataset = register.datasets.get(id)?.act;
      const system = dataset?.system;
      return [
        ...head,
        ...(dataset === undefined ? [] : ofFields(dataset)),
        ...titled("system", system),
        ...titled("body", register.systems.get(system ?? "")?.act.body),
      ];
    }
    case "product": {
      const product = register.products.get(id)?.act;
      return [
        ...head,
        ...(product?.content ?? []).flatMap(({ dataset, fields }): Weighed => [
          ...titled("dataset", dataset),
          [fields.join(" "), 1],
        ]),
        ...(product?.purposes ?? []).flatMap((one) =>
          ofPurpose(register, one, 1),
        ),
      ];
    }
    case "permit":
      return [
        ...head,
        ...titled("organisation", member("organisation")),
        ...titled("product", member("product")),
        ...titledPurpose(register, member("purpose")),
      ];
    case "fee": {
      const fee = register.fees.get(id)?.act;
      const payee = fee?.payee;
      return [
        ...head,
        ...titled("product", fee?.product),
        ...(payee === undefined
          ? []
          : "body" in payee
            ? titled("body", payee.body)
            : titled("organisation", payee.organisation)),
      ];
    }
    case "authorisation":
      return [
        ...head,
        ...titled("organisation", member("operator")),
        ...(register.authorisations.get(id)?.act.datasets ?? [])
          .slice(0, 32)
          .flatMap((one) => titled("dataset", one)),
      ];
    default:
      return [
        ...head,
        ...titled("body", member("body")),
        ...titled("body", member("parent")),
      ];
  }
}

function ofFields(dataset: Dataset): Weighed {
  return [
    ...dataset.fields.flatMap((field): Weighed => [
      [field.name, LESS],
      ...textsIn(field).map((text) => [text, 1] as const),
    ]),
    ...[dataset.licence, dataset.source].flatMap((text) =>
      text === undefined ? [] : [[text, 1] as const],
    ),
  ];
}

function ofRule(id: string): Weighed {
  const known = law[id];
  return known === undefined
    ? []
    : [
        [id, TITLE_WEIGHT],
        [known.says, TITLE_WEIGHT],
        [known.zh, TITLE_WEIGHT],
        [known.cites, LESS],
        [known.next, 1],
      ];
}

function ofPurpose(
  register: ReadRegister,
  id: string,
  weight = TITLE_WEIGHT,
): Weighed {
  const found = register.rulebook?.act.purposes.find(
    ({ purpose }) => purpose === id,
  );
  return found === undefined
    ? []
    : [...titlesIn(found).map((text) => [text, weight] as const), [id, weight]];
}

function titledPurpose(register: ReadRegister, id: unknown): Weighed {
  return typeof id === "string" ? ofPurpose(register, id, LESS) : [];
}

function titlesAt(
  register: ReadRegister,
  kind: string,
  id: string,
): readonly string[] {
  const act = thingsOf(register, kind)?.get(id)?.act;
  return act === undefined ? [] : titlesIn(act);
}

/** `title`, and `titles` in other languages where an act has them. */
export function titlesIn(act: object): readonly string[] {
  const title: unknown = Reflect.get(act, "title");
  return [
    ...(typeof title === "string" ? [title] : []),
    ...textsIn(Reflect.get(act, "titles")),
  ];
}

/** Every text of a titled thing, in all its languages: what is neither an id nor a word of the vocabulary. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return Object.entries(value).flatMap(([name, one]: [string, unknown]) =>
    typeof one === "string" ? (TEXTS.has(name) ? [one] : []) : textsIn(one),
  );
}
const TEXTS: ReadonlySet<string> = new Set(["title", "meaning", "unit"]);

/** Things that stand in the register before any act names them again: the rules of the law, and the purposes. */
export function lawKeys(register: ReadRegister): readonly ThingKey[] {
  return [
    ...Object.keys(law).map((rule) => thingKey("rule", rule)),
    ...(register.rulebook?.act.purposes ?? []).map(({ purpose }) =>
      thingKey("purpose", purpose),
    ),
  ];
}
