import { earliest, latestDay } from "../acts/dates.ts";
import type { ReadRegister } from "../register/register.ts";
import type { Resource } from "../register/registrations.ts";
import { endOfTerm } from "./clocks.ts";
import { lawOfRegistration, registrationTerm } from "./registration-terms.ts";

/** In force from that day; what was operated then had a term of its own. */
const MEASURES_FROM = "2025-03-01";

/**
 * By when a resource is applied for the first time: so many working days after its operation has begun and something of it is offered, which is
 * the earliest that anything can have been delivered.
 */
export function firstTerm(
  register: ReadRegister,
  resource: Resource,
): { readonly rule: string; readonly by: number } | undefined {
  if ("dataset" in resource) {
    const from = earliest(MEASURES_FROM, register.offsetMinutes);
    if (isOlder(register, resource.dataset, from))
      return inTerm(register, "CN-REG-07", from);
    const since = register.suppliedSince.get(resource.dataset);
    return since === undefined
      ? undefined
      : inTerm(register, "CN-REG-06", since);
  }
  // The products of an operator are registered where that rule counts.
  if (lawOfRegistration(register, "CN-REG-02") === undefined) return undefined;
  const product = register.products.get(resource.product);
  const right = register.authorisations.get(product?.act.authorisation ?? "");
  return product === undefined || right === undefined
    ? undefined
    : inTerm(register, "CN-REG-06", Math.max(right.from, product.from));
}

function inTerm(register: ReadRegister, rule: string, since: number) {
  const term = registrationTerm(register, rule);
  return term === undefined
    ? undefined
    : { rule, by: endOfTerm(register, term, since) };
}

/** An operation from before the measures, as its source tells it, that was confirmed here. */
function isOlder(
  register: ReadRegister,
  dataset: string,
  from: number,
): boolean {
  return (register.authorisationsOf.get(dataset) ?? []).some((id) => {
    const { confirms } = register.authorisations.get(id)?.act ?? {};
    const reported = register.reported.get(confirms ?? "")?.act;
    return (
      reported?.kind === "reportedAuthorisation" &&
      latestDay(reported.from, register.offsetMinutes) <= from
    );
  });
}
