import { inForce, type ReadRegister, type StandingLocal } from "./register.ts";

const NONE: readonly StandingLocal[] = [];

/** The local rulebooks in force over the data of any of these bodies; over none of them those that hold everywhere. */
export function localsOver(
  register: ReadRegister,
  bodies: readonly string[],
  at: number,
): readonly StandingLocal[] {
  const { lawOver, lawEverywhere, localRulebooks } = register;
  // Most offices have none, and a ruling takes microseconds.
  if (localRulebooks.size === 0) return NONE;
  const ids = new Set(lawEverywhere);
  for (const body of bodies)
    for (const id of lawOver.get(body) ?? []) ids.add(id);
  const found: StandingLocal[] = [];
  for (const id of ids) {
    const local = localRulebooks.get(id);
    if (local !== undefined && inForce(local, at)) found.push(local);
  }
  return found;
}

/** A local rulebook holds where this body is. */
export function isOver(
  { lawOver, lawEverywhere }: ReadRegister,
  rulebook: string,
  body: string,
): boolean {
  return (
    lawEverywhere.includes(rulebook) ||
    (lawOver.get(body)?.includes(rulebook) ?? false)
  );
}

/**
 * A body, those that it is a unit of, and those to which the work of any of them went; but a unit that takes over what stood above it is not
 * above that by it, on whichever way the work came there.
 */
export function bodiesAbove(
  register: ReadRegister,
  body: string,
): ReadonlySet<string> {
  /** Each with those that lie on the way to it. */
  const found = new Map<string, readonly string[]>([[body, [body]]]);
  const add = (id: string, way: readonly string[]): void => {
    if (!found.has(id)) found.set(id, [...way, id]);
  };
  // What is added on the way is walked as well.
  for (const [id, way] of found) {
    const one = register.bodies.get(id);
    if (one?.act.parent !== undefined) add(one.act.parent, way);
    for (const successor of one?.successors ?? []) {
      const units = unitsAbove(register, successor);
      if (!way.some((before) => units.has(before))) add(successor, way);
    }
  }
  return new Set(found.keys());
}

/** What a body is a unit of, near or far. */
function unitsAbove(
  { bodies }: ReadRegister,
  body: string,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (
    let id = bodies.get(body)?.act.parent;
    id !== undefined && !found.has(id);
    id = bodies.get(id)?.act.parent
  )
    found.add(id);
  return found;
}

/** A body, its units, and those to which the work of any of them went. */
export function bodiesBelow(
  { bodies }: Pick<ReadRegister, "bodies">,
  roots: readonly string[],
): ReadonlySet<string> {
  const found = new Set(roots);
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const [id, { act, successors = [] }] of bodies) {
      if (act.parent !== undefined && found.has(act.parent)) found.add(id);
      if (found.has(id)) for (const one of successors) found.add(one);
    }
  }
  return found;
}
