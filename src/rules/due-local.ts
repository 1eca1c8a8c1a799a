import { inForce, type ReadRegister } from "../register/register.ts";
import type { Due } from "./due-shape.ts";
import { postsWith } from "./posts.ts";

/** Local rulebooks that end before an instant: each is followed by another, and a pilot is promoted, or it simply ends. */
export function localEnds(
  register: ReadRegister,
  now: number,
  before: number,
): readonly Due[] {
  const posts = postsWith(register, "adoptLocal");
  return [...register.localRulebooks]
    .filter(([, local]) => inForce(local, now) && local.to <= before)
    .map(([id, { act, promoted, to }]) => ({
      ...{ id, by: to, rule: "V-LOCAL", posts },
      what:
        act.pilot === true && promoted === undefined
          ? "pilot"
          : "localRulebook",
    }));
}
