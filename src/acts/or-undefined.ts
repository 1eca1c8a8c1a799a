import { Malformed } from "./canonical.ts";

/** What may come from anybody: what is read of it, or nothing where it is malformed, which is said elsewhere. */
export function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}
