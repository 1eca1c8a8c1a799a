import type { Override } from "./beyond.ts";
import { inForce, type ReadRegister, type Standing } from "./register.ts";

/** What an override entered, as it stands. */
export function overriddenBy(
  register: ReadRegister,
  { act: { act } }: Override,
): Standing<unknown> | undefined {
  switch (act.kind) {
    case "authorisation":
    case "confirmed":
      return register.authorisations.get(act.authorisation);
    case "feeCeiling":
      return register.ceilings.get(act.ceiling);
    case "feeStandard":
      return register.fees.get(act.fee);
  }
}

/** Decisions against a rule whose effect has not ended. */
export function overridesInForce(
  register: ReadRegister,
  at: number,
): readonly Override[] {
  return [...register.overrides.values()].filter((one) => {
    const standing = overriddenBy(register, one);
    // What begins later is decided, and counts.
    return (
      standing !== undefined &&
      (inForce(standing, at) ||
        (at < standing.from && standing.ended === undefined))
    );
  });
}
