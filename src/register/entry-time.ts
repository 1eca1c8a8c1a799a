import type { ReadRegister } from "./register.ts";

/** When a granted act was entered; undefined where that entry is none, or was refused. */
export function timeOfEntry(
  { signed }: Pick<ReadRegister, "signed">,
  entry: number,
): number | undefined {
  for (const { entries, times } of signed.values()) {
    let [low, high] = [0, entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((entries[middle] ?? Infinity) < entry) low = middle + 1;
      else high = middle;
    }
    if (entries[low] === entry) return times[low];
  }
  return undefined;
}
