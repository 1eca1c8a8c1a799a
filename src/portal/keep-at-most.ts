/** Puts it last in a map that holds so many; of too many the first goes, which was put there longest ago. */
export function keepAtMost<K, V>(
  map: Map<K, V>,
  key: K,
  value: V,
  most: number,
): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
