/** What somebody saw of one trial, as numbers, and what they want to know. */
export type Features = Readonly<Record<string, number>>;
export type Trial = { readonly features: Features; readonly bit: boolean };

/**
 * By which features somebody guesses who learned on the first half of the trials: for each the threshold and direction that
 * were best there. Told it is what is right in 85 of 100 trials of the other half, which chance is not once in 100,000 times.
 */
export function isGuessed(trials: readonly Trial[]): readonly string[] {
  const half = Math.floor(trials.length / 2);
  const [known, unknown] = [trials.slice(0, half), trials.slice(half)];
  const names = [
    ...new Set(trials.flatMap((one) => Object.keys(one.features))),
  ];
  return names.filter((name) => {
    const at = (one: Trial) => one.features[name] ?? -1;
    const rules = [...new Set(known.map(at))].flatMap((limit) =>
      [true, false].map((above) => (one: Trial) => at(one) >= limit === above),
    );
    const right = (rule: (one: Trial) => boolean, of: readonly Trial[]) =>
      of.filter((one) => rule(one) === one.bit).length;
    const best = rules.toSorted((a, b) => right(b, known) - right(a, known))[0];
    return best !== undefined && right(best, unknown) >= 0.85 * unknown.length;
  });
}

/** Numbers that look random and are the same each time. */
export function wordsOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 16;
  };
}
