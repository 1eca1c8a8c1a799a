import { isOpen } from "./fields.ts";
import { contributionOf } from "./payees.ts";
import {
  type Authorisation,
  type Contribution,
  type Dataset,
  inForce,
  type ReadRegister,
  type Standing,
  type StandingProduct,
} from "./register.ts";

/** What a product stands on beyond itself: the authorisation of its operator, or the terms on which its data were lent. */
export type Footing =
  | {
      readonly kind: "authorisation";
      readonly id: string;
      readonly standing: Standing<Authorisation> | undefined;
    }
  | {
      readonly kind: "contribution";
      readonly id: string;
      readonly standing: Standing<Contribution>;
    };

/** The first of a product's footings that is not in force: an act that nobody ended answers nobody without it. */
export function lostFooting(
  register: ReadRegister,
  { act }: StandingProduct,
  at: number,
): Footing | undefined {
  const id = act.authorisation;
  const standing = register.authorisations.get(id ?? "");
  if (id !== undefined && !inForce(standing, at))
    return { kind: "authorisation", id, standing };
  const lent = contributionOf(register, act.product);
  return lent === undefined || inForce(lent, at)
    ? undefined
    : { kind: "contribution", id: lent.act.contribution, standing: lent };
}

/** Offered at an instant: in force, and with it whatever it stands on. */
export function isOffered(
  register: ReadRegister,
  product: StandingProduct | undefined,
  at: number,
): boolean {
  return (
    product !== undefined &&
    inForce(product, at) &&
    lostFooting(register, product, at) === undefined
  );
}

/** A dataset is served when it has rows or is asked in place, whoever lent it lends it, and it is open or a product of it is offered. */
export function isServed(
  register: ReadRegister,
  act: Dataset,
  /** Asked only where it matters. */
  isOfferedOf: (dataset: string) => boolean,
  at: number,
): boolean {
  return (
    (register.vintages.has(act.dataset) || act.live !== undefined) &&
    (act.contribution === undefined ||
      inForce(register.contributions.get(act.contribution), at)) &&
    (isOpen(act) || isOfferedOf(act.dataset))
  );
}
