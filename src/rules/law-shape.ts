/**
 * How far a rule was read: T in the text of the rule itself, T-x in an official excerpt of it, X in another binding text that repeats it, S in
 * secondary sources only, M from general knowledge; house for Vitrine's own invariants and conventions. S and M flag and never refuse.
 */
export type ReadMark = "T" | "T-x" | "X" | "S" | "M" | "house";

/** By what a rule is decided: dates, numbers and the register; what a signed act states; that a paper stands beside the act. */
export type Evidence = "computed" | "by act" | "by attested paper";

export type Law = {
  readonly jurisdiction: "CN" | "EU" | "house";
  /** Apart from the rule, so that it can be cited anew without being rewritten. */
  readonly cites: string;
  readonly mark: ReadMark;
  /** One sentence that a citizen understands. */
  readonly says: string;
  /** The same in Chinese, its legal terms those of the statutes (`docs/glossary.md`). */
  readonly zh: string;
  /** The next lawful step for whoever was refused by it. */
  readonly next: string;
  /** What decides it, where that does not follow from its row or its function. */
  readonly evidence?: Evidence;
  /** The days from and until which the text is in force, as the text says. */
  readonly from?: string;
  readonly until?: string;
  /** Who loses what when it is broken. */
  readonly harm?: string;
  /** Where to go against a decision that rests on it. */
  readonly appeal?: string;
};

export function house(id: string, says: string, next: string, zh: string): Law {
  return {
    ...{ jurisdiction: "house", cites: `Vitrine ${id}`, mark: "house" },
    ...{ says, next, zh },
  };
}
