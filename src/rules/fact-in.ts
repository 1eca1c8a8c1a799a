import { dayOf } from "../register/calendar.ts";

/** What stands where the members of a path lead; undefined where they lead nowhere. */
export function factIn(value: unknown, path: string): unknown {
  let found = value;
  for (const member of membersOf(path)) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Reflect.get(found, member);
  }
  return found;
}

/** The paths are those of the rows: few, and asked for with every act. */
const split = new Map<string, readonly string[]>();

function membersOf(path: string): readonly string[] {
  const known = split.get(path);
  if (known !== undefined) return known;
  const members = path.split(".");
  split.set(path, members);
  return members;
}

export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function dayIn(value: unknown): number | undefined {
  return typeof value === "string" ? dayOf(value) : undefined;
}
