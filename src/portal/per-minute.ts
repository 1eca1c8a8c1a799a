import type { ReadRegister } from "../register/register.ts";

const MINUTE_MS = 60_000;

/**
 * What is worked out from the whole register, once for each of its states and minutes: in an office of a million acts it takes longer than a
 * page may. Nothing can change between two entries but by time, and of that the pages show minutes.
 */
export function perMinute<T>(
  make: (register: ReadRegister, now: number) => T,
): (register: ReadRegister, now: number) => T {
  const made = new WeakMap<
    ReadRegister,
    { readonly size: number; readonly minute: number; readonly value: T }
  >();
  return (register, now) => {
    const { size } = register;
    const minute = Math.floor(now / MINUTE_MS);
    const before = made.get(register);
    if (before?.size === size && before.minute === minute) return before.value;
    const value = make(register, now);
    made.set(register, { size, minute, value });
    return value;
  };
}
