/** Somebody outside signed this size of the register log at that POSIX second; `by` says who, where that is known. */
export type Cosigned = {
  readonly size: number;
  readonly time: number;
  readonly by?: string;
  /**
   * The office did not publish it so: anybody may have an old checkpoint cosigned again. It says that what it covers was there,
   * and nothing of what it does not cover.
   */
  readonly isFromElsewhere?: boolean;
};

/**
 * What cosignatures say of the time of every entry. `covers` has, by rising size, the earliest of that size or a larger
 * one; `before` the latest of that size or a smaller one.
 */
export type Times = {
  readonly sizes: readonly number[];
  readonly covers: readonly Cosigned[];
  readonly before: readonly (Cosigned | undefined)[];
};

/** Entries [from, to) whose time is known to lie between two cosignatures and no closer. */
export type Span = {
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
};

export function timesOf(cosigned: readonly Cosigned[]): Times {
  const earliest = new Map<number, Cosigned>();
  const latest = new Map<number, Cosigned>();
  for (const one of cosigned) {
    if (one.time < (earliest.get(one.size)?.time ?? Infinity))
      earliest.set(one.size, one);
    if (one.isFromElsewhere === true) continue;
    if (one.time > (latest.get(one.size)?.time ?? -Infinity))
      latest.set(one.size, one);
  }
  const sizes = [...earliest.keys()].sort((a, b) => a - b);
  return {
    sizes,
    // Every size has one that covers it.
    covers: best(sizes.toReversed(), earliest, -1)
      .toReversed()
      .filter((one) => one !== undefined),
    before: best(sizes, latest, 1),
  };
}

/** Of each size the best so far: `sign` 1 wants the latest time, -1 the earliest. */
function best(
  sizes: readonly number[],
  ofSize: ReadonlyMap<number, Cosigned>,
  sign: 1 | -1,
): (Cosigned | undefined)[] {
  let held: Cosigned | undefined;
  return sizes.map((size) => {
    const one = ofSize.get(size);
    if (
      one !== undefined &&
      (held === undefined || (one.time - held.time) * sign > 0)
    )
      held = one;
    return held;
  });
}

/** The earliest cosignature that covers the entry at `index`: it was there by then. */
export function coveredAt(times: Times, index: number): Cosigned | undefined {
  return times.covers[countUpTo(times.sizes, index)];
}

/** The latest cosignature that does not cover the entry at `index`: it was not there yet. */
export function notCoveredAt(
  times: Times,
  index: number,
): Cosigned | undefined {
  return times.before[countUpTo(times.sizes, index) - 1];
}

/** The widest span between two cosignatures that entries lie in; undefined where there are no two such. */
export function widestSpan({ sizes, covers, before }: Times): Span | undefined {
  let widest: Span | undefined;
  for (const [rank, to] of sizes.entries()) {
    const from = sizes[rank - 1];
    const since = before[rank - 1];
    if (since === undefined) continue;
    const seconds = (covers[rank]?.time ?? 0) - since.time;
    if (from === undefined || seconds <= (widest?.seconds ?? -1)) continue;
    widest = { from, to, seconds };
  }
  return widest;
}

/** How many of the rising sizes are at most `index`. */
function countUpTo(sizes: readonly number[], index: number): number {
  let low = 0;
  let high = sizes.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((sizes[middle] ?? Infinity) <= index) low = middle + 1;
    else high = middle;
  }
  return low;
}
