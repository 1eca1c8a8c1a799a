import type { Finding } from "../acts/entry.ts";
import type { Entered, Register } from "./register.ts";

/** What was refused for a purpose that is on no list is told in public, by purpose. */
export function rememberPurposes(
  register: Register,
  findings: readonly Finding[],
  where: Entered,
): void {
  const purposes = findings
    .filter(({ rule }) => rule === "V-PUR")
    .flatMap(({ facts }) => facts)
    .filter(([name]) => name === "purpose")
    .map(([, value]) => String(value));
  for (const one of new Set(purposes)) rememberPurpose(register, one, where);
}

export function rememberPurpose(
  { purposesRefused }: Register,
  purpose: string,
  where: Entered,
): void {
  const count = (purposesRefused.get(purpose)?.count ?? 0) + 1;
  purposesRefused.set(purpose, { ...where, count });
}
