import type { FaultCode } from "../../audit/report.ts";
import type { Stage } from "./stage.ts";

export const REFUSED = "refused by the witness";
/** How a stranger asks: with nothing but what the office itself shows. */
export const FILES_ALONE = "with the office's files alone";
export const WITHOUT_WITNESS = "without a witness";

/** What was asked after a betrayal, what came of it, and whether that is what the betrayal's file says. */
export type Check = {
  /** What the one who asks has beside the office's files: "without a witness", "with the receipt" … */
  readonly having: string;
  /** What was run; and about the witness, where one was asked, which it is. */
  readonly command: string;
  readonly about?: string;
  /** Contradictions that must be found; none, where the file says that nothing can be found. */
  readonly expected: readonly FaultCode[] | typeof REFUSED;
  readonly found: readonly string[];
  /** The lines that answer it, as they were printed. */
  readonly lines: readonly string[];
  readonly exit: number;
  /** For a reader, where nothing is found: why. */
  readonly because?: string;
};

/** One way to go about it, and what a stranger then sees. */
export type Attempt = {
  readonly done: string;
  readonly checks: readonly Check[];
};

/** Something a dishonest office could do. */
export type Betrayal = {
  readonly name: string;
  readonly title: string;
  readonly does: string;
  readonly who: string;
  readonly finds: string;
  readonly needs: string;
  readonly run: (stage: Stage) => Promise<readonly Attempt[]>;
};

/** Found where the file says so, and not found where it says that it cannot be. */
export function isAsSaid({ expected, found, exit }: Check): boolean {
  if (expected === REFUSED) return found.includes(expected);
  if (expected.length === 0) return found.length === 0 && exit === 0;
  return exit === 1 && expected.every((code) => found.includes(code));
}
