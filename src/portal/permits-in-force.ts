import { isOffered } from "../register/offered.ts";
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
    if (!isUsable(register, permit, now)) continue;
    all.add(permit.act.permit);
    newest.push(permit);
    if (newest.length > 2 * NEWEST_MAX) newest.splice(0, NEWEST_MAX);
  }
  return { all, newest: newest.slice(-NEWEST_MAX) };
});

/** A permit stands on its product, and with that on whatever the product stands on. */
function isUsable(
  register: ReadRegister,
  permit: StandingPermit,
  now: number,
): boolean {
  const product = register.products.get(permit.act.product);
  return inForce(permit, now) && isOffered(register, product, now);
}
