import { FormatError } from "../log/format-error.ts";
import { CouldNot } from "./exit.ts";

/** Whatever cannot be read in a file that the user named is said with its name. */
export function inFile<T>(what: string, file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new CouldNot(`Cannot read ${what} ${file}: ${error.problem}`, {
      cause: error,
    });
  }
}
