import type { Titles } from "../../acts/shapes.ts";
import type { ReadRegister } from "../../register/register.ts";
import { titleIn } from "../lang/title-in.ts";

/** Kinds of things that have a page of their own, and where these are. */
export const PLACES = {
  dataset: "/datasets",
  product: "/products",
  body: "/bodies",
  system: "/systems",
  organisation: "/organisations",
  authorisation: "/authorisations",
  permit: "/permits",
  fee: "/fees",
  post: "/posts",
  contribution: "/contributions",
} as const;
export type ThingKind = keyof typeof PLACES;

/** A thing as another page names it; without an address where nothing of that id is registered. */
export type Ref = {
  readonly id: string;
  readonly title: string;
  readonly href?: string;
};

export function refTo(
  register: ReadRegister,
  kind: ThingKind,
  id: string,
): Ref {
  const found = mapOf(register, kind).get(id);
  if (found === undefined) return { id, title: id };
  return { id, title: titleOf(found.act, id), href: pathOf(kind, id) };
}

export function refsTo(
  register: ReadRegister,
  kind: ThingKind,
  ids: readonly string[],
): readonly Ref[] {
  return ids.map((id) => refTo(register, kind, id));
}

export function pathOf(kind: ThingKind, id: string): string {
  return `${PLACES[kind]}/${id}`;
}

/** What a thing is called; its id where no act gives it a name. */
function titleOf(act: Named, id: string): string {
  return "title" in act ? titleIn(act) : id;
}

/** Whoever is paid, or applies: a body or an organisation. */
export function payeeRef(
  register: ReadRegister,
  payee: { readonly organisation: string } | { readonly body: string },
): Ref {
  return "body" in payee
    ? refTo(register, "body", payee.body)
    : refTo(register, "organisation", payee.organisation);
}

/** Acts of rights and fees have no title. */
type Named = { readonly title: string; readonly titles?: Titles } | object;
type Things = ReadonlyMap<string, { readonly act: Named }>;

export function mapOf(register: ReadRegister, kind: ThingKind): Things {
  switch (kind) {
    case "dataset":
      return register.datasets;
    case "product":
      return register.products;
    case "body":
      return register.bodies;
    case "system":
      return register.systems;
    case "organisation":
      return register.organisations;
    case "authorisation":
      return register.authorisations;
    case "permit":
      return register.permits;
    case "fee":
      return register.fees;
    case "post":
      return register.posts;
    case "contribution":
      return register.contributions;
  }
}
