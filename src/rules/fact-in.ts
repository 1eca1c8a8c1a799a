import { dayOf } from "../register/calendar.ts";

/** What stands where the members of a path lead; undefined where they lead nowhere. */
export function factIn(value: unknown, path: string): unknown {
  let found = value;
  for (const member of path.split(".")) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Reflect.get(found, member);
  }
  return found;
}

export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function dayIn(value: unknown): number | undefined {
  return typeof value === "string" ? dayOf(value) : undefined;
}
