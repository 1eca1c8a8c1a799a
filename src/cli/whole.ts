import * as z from "zod/mini";

export function whole(min: number, max: number, says: string) {
  const wants = `a whole number from ${min} to ${max}`;
  return z
    .int(wants)
    .check(z.minimum(min, wants), z.maximum(max, wants), z.describe(says));
}

/** A setting that stays as it is where nothing is said. */
export function optional(min: number, max: number, says: string) {
  return z.exactOptional(whole(min, max, says));
}
