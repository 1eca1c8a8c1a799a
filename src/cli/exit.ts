import type { Fault } from "../audit/report.ts";
import { Malformed } from "../acts/canonical.ts";
import { showLine } from "../audit/says.ts";

/** Every command: 0 done or granted, 1 refused or contradicted, 2 could not. */
export const EXIT = { done: 0, refused: 1, could_not: 2 } as const;

/** What a command could not do, said in one line. */
export class CouldNot extends Error {
  override readonly name = "CouldNot";
}

/** What was found before anything else could be looked at: a log that does not begin, or is not signed, as it must. */
export class Contradicted extends Error {
  override readonly name = "Contradicted";
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.says);
    this.fault = fault;
  }
}

/** The one catcher of the command line. Errors that name a place or a wanted value are shown as one line; bugs in full. */
export async function runCommand(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    process.exitCode = EXIT.could_not;
    if (
      error instanceof Malformed ||
      error instanceof CouldNot ||
      isPlain(error)
    )
      console.error(oneLine(error));
    else console.error(error);
  }
}

const plain = new Set([
  "Malformed",
  "CouldNot",
  "ImportError",
  "ReadError",
  "CannotCount",
  "FormatError",
  "LogHalted",
  "QuorumMissing",
  "InUse",
  "MemoryLost",
  "DatabaseAway",
]);

function isPlain(error: unknown): error is Error {
  return error instanceof Error && (plain.has(error.name) || "code" in error);
}

function oneLine(error: Error): string {
  return showLine(error.message.replace(/\s*\n\s*/g, " "));
}
