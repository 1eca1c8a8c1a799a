import { type Entered, NEVER, type Standing } from "./register.ts";

/** In force from its own date or from its entry on. */
export function standing<
  A extends { readonly from?: number; readonly to?: number } | object,
>(act: A, where: Entered): Standing<A> {
  const { from, to } = act as { from?: number; to?: number };
  return span(act, from, to, where);
}

export function span<A>(
  act: A,
  from: number | undefined,
  to: number | undefined,
  where: Entered,
): Standing<A> {
  // Nothing works backwards (I14): a right without a date of its own begins with its entry.
  return { act, from: from ?? where.at, to: to ?? NEVER, ...where };
}

/** Ends what stands; what has ended stays as it ended. */
export function end<S extends Standing<unknown>>(
  map: Map<string, S>,
  id: string,
  where: Entered,
): void {
  const found = map.get(id);
  if (found !== undefined && found.ended === undefined)
    map.set(id, { ...found, ended: where });
}

export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
