import { contributionOf } from "../register/payees.ts";
import {
  inForce,
  type ReadRegister,
  type StandingPermit,
} from "../register/register.ts";
import { perMinute } from "./per-minute.ts";

const NEWEST_MAX = 30;

/** The permits that can be used, by their ids, and the newest of them. */
export const permitsInForce = perMinute((register, now) => {
  const newest: StandingPermit[] = [];
  const all = new Set<string>();
  for (const permit of register.permits.values()) {
    // Most of an old office's permits are over, and of those no product need be looked at.
    if (!inForce(permit, now) || !isUsable(register, permit, now)) continue;
    all.add(permit.act.permit);
    newest.push(permit);
    if (newest.length > 2 * NEWEST_MAX) newest.splice(0, NEWEST_MAX);
  }
  return { all, newest: newest.slice(-NEWEST_MAX) };
});

/** A permit stands on its product; that on the authorisation of its operator and the contribution of who lent its data, if any. */
function isUsable(
  register: ReadRegister,
  permit: StandingPermit,
  now: number,
): boolean {
  const product = register.products.get(permit.act.product);
  const authorisation = product?.act.authorisation;
  const lent = contributionOf(register, permit.act.product);
  return (
    (lent === undefined || inForce(lent, now)) &&
    inForce(permit, now) &&
    inForce(product, now) &&
    (authorisation === undefined ||
      inForce(register.authorisations.get(authorisation), now))
  );
}
