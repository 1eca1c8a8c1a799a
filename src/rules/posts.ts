import type { Power } from "../acts/shapes.ts";
import type { ReadRegister } from "../register/register.ts";

/** Every post that has a power. */
export function postsWith(
  register: ReadRegister,
  power: Power,
): readonly string[] {
  return [...register.posts.values()]
    .filter(({ act }) => act.powers.includes(power))
    .map(({ act }) => act.post);
}
