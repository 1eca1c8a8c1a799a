/**
 * How far a rule was read: T in the text of the rule itself, T-x in an official excerpt of it, X in another binding text that repeats it, S in
 * secondary sources only, M from general knowledge; house for Vitrine's own invariants and conventions. S and M flag and never refuse.
 */
export type ReadMark = "T" | "T-x" | "X" | "S" | "M" | "house";

export type Law = {
  readonly jurisdiction: "CN" | "EU" | "house";
  /** Apart from the rule, so that it can be cited anew without being rewritten. */
  readonly cites: string;
  readonly mark: ReadMark;
  /** One sentence that a citizen understands. */
  readonly says: string;
  /** The same in Chinese, its legal terms those of the statutes (`docs/glossary.md`). */
  readonly zh?: string;
  /** The next lawful step for whoever was refused by it. */
  readonly next: string;
  /** The days from and until which the text is in force, as the text says. */
  readonly from?: string;
  readonly until?: string;
  /** Who loses what when it is broken. */
  readonly harm?: string;
  /** Where to go against a decision that rests on it. */
  readonly appeal?: string;
};

export function house(id: string, says: string, next: string): Law {
  return {
    ...{ jurisdiction: "house", cites: `Vitrine ${id}`, mark: "house" },
    ...{ says, next },
  };
}
