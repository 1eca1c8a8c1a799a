import type { Finding } from "../acts/entry.ts";
import type { Product, ReadRegister, Standing } from "../register/register.ts";
import { inForceDuring } from "../register/register.ts";
import {
  type Code,
  isInScope,
  isRegistered,
  nextStep,
  registrationsOf,
  registrationState,
  type Resource,
} from "../register/registrations.ts";
import { missing } from "./findings.ts";
import { lawOfRegistration } from "./registration-terms.ts";

/** CN-REG-01: of what is in the scope of an authorisation nothing is permitted before it is registered. */
export function decideDatasetsRegistered(
  register: ReadRegister,
  product: Product | undefined,
  at: number,
): readonly Finding[] {
  return (product?.content ?? [])
    .filter(({ dataset }) => isInScope(register, dataset, at))
    .flatMap(({ dataset }) =>
      lacks(register, "CN-REG-01", { dataset }, ["dataset", dataset], at),
    );
}

/** CN-REG-02: an operator sells no product that is not registered. */
export function decideProductRegistered(
  register: ReadRegister,
  product: string,
  at: number,
): readonly Finding[] {
  return lacks(register, "CN-REG-02", { product }, ["product", product], at);
}

function lacks(
  register: ReadRegister,
  rule: string,
  resource: Resource,
  fact: readonly [string, string],
  at: number,
): readonly Finding[] {
  if (
    lawOfRegistration(register, rule) === undefined ||
    isRegistered(register, resource, at)
  )
    return [];
  const last = registrationsOf(register, resource).at(-1);
  return [
    missing(rule, fact, [
      "next-step",
      last === undefined
        ? "registrationApplied"
        : nextStep(registrationState(last, at)),
    ]),
  ];
}

/**
 * Whether the registration behind a use has run out. Who had a permit before the rule was adopted keeps it: only what was registered once can
 * run out, and while a code is in force nothing else is looked at.
 */
export function isNoLongerRegistered(
  register: ReadRegister,
  dataset: string,
  code: Standing<Code>,
  slot: number,
  length: number,
): boolean {
  return (
    !inForceDuring(code, slot, length) &&
    lawOfRegistration(register, "CN-REG-01") !== undefined &&
    isInScope(register, dataset, slot, length)
  );
}

/** The same of a product that was registered once. */
export function isNoLongerSold(
  register: ReadRegister,
  code: Standing<Code>,
  slot: number,
  length: number,
): boolean {
  return (
    !inForceDuring(code, slot, length) &&
    lawOfRegistration(register, "CN-REG-02") !== undefined
  );
}
