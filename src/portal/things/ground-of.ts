import type { ReadRegister } from "../../register/register.ts";

/** A ground, and the rule that the rulebook in force names for it: none where it has lost it. */
export function groundOf(
  register: ReadRegister,
  ground: string | undefined,
): { readonly ground?: string; readonly rule?: string } {
  if (ground === undefined) return {};
  const rule = register.rulebook?.act.grounds.find(
    (one) => one.ground === ground,
  )?.rule;
  return rule === undefined ? { ground } : { ground, rule };
}
