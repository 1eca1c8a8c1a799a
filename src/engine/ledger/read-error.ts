import { basename } from "node:path";
import { showLine } from "../../audit/says.ts";

const WHY_CHARACTERS_MAX = 4_000;

/** A ledger or a list of fees that cannot be read, or cannot without a word of a person: which file, where, what is wanted. */
export class ReadError extends Error {
  override readonly name = "ReadError";

  constructor(file: string, why: string, options?: ErrorOptions) {
    super(
      `Cannot read ${showLine(basename(file), 200)}: ${why.slice(0, WHY_CHARACTERS_MAX)}`,
      options,
    );
  }
}
