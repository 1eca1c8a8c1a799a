/** Leaf hashes, fingerprints and tokens are base64url: one in 64 begins with a hyphen, as an option does. No option has a capital. */
export const BEGINS_WITH_HYPHEN = /^-(?!-[a-z0-9_-]*$)[A-Za-z0-9_-]{42}$/;

function isOption(word: string | undefined): boolean {
  return (
    word?.startsWith("-") === true &&
    !word.includes("=") &&
    !BEGINS_WITH_HYPHEN.test(word)
  );
}

/** The words of a command line with such hashes behind `--`, at the end, where they are no options; what follows an option is its value. */
export function hashesLast(words: readonly string[]): readonly string[] {
  const isHash = (word: string, at: number): boolean =>
    BEGINS_WITH_HYPHEN.test(word) && !isOption(words[at - 1]);
  const hashes = words.filter(isHash);
  return hashes.length === 0
    ? words
    : [...words.filter((word, at) => !isHash(word, at)), "--", ...hashes];
}
