/** The best of many, the best first; of equals the one that came earlier. A heap: sorting all of a million would take a second. */
export function topOf(
  docs: ArrayLike<number>,
  most: number,
  scores: ArrayLike<number>,
): readonly number[] {
  const heap: number[] = [];
  const isWorse = (a: number, b: number): boolean => {
    const m = scores[a] ?? 0;
    const n = scores[b] ?? 0;
    return m < n || (m === n && a > b);
  };
  const at = (place: number): number => heap[place] ?? 0;
  const swap = (a: number, b: number): void => {
    const kept = at(a);
    heap[a] = at(b);
    heap[b] = kept;
  };
  const sink = (): void => {
    for (let place = 0; ;) {
      let worst = place;
      for (const child of [2 * place + 1, 2 * place + 2])
        if (child < heap.length && isWorse(at(child), at(worst))) worst = child;
      if (worst === place) return;
      swap(place, worst);
      place = worst;
    }
  };
  // They come the newest first. From the other end a later one of an equal score changes nothing, and the heap stays as it is.
  for (let turn = docs.length - 1; turn >= 0; turn--) {
    const doc = docs[turn] ?? 0;
    if (heap.length < most) {
      heap.push(doc);
      for (let place = heap.length - 1; place > 0;) {
        const parent = (place - 1) >> 1;
        if (!isWorse(at(place), at(parent))) break;
        swap(place, parent);
        place = parent;
      }
    } else if (isWorse(at(0), doc)) {
      heap[0] = doc;
      sink();
    }
  }
  return heap.toSorted((a, b) => (isWorse(a, b) ? 1 : -1));
}
