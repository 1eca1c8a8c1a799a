import { promises as fs } from "node:fs";
import { FormatError } from "../log/format-error.ts";
import { isMissing } from "../store/durable.ts";
import { CouldNot } from "./exit.ts";

/** A file that the user named. */
export async function givenBytes(
  file: string,
  what: string,
): Promise<Uint8Array> {
  try {
    return await fs.readFile(file);
  } catch (cause) {
    const why = isMissing(cause) ? "nothing is there" : "it is no file to read";
    throw new CouldNot(`Cannot read ${what} ${file}: ${why}`, { cause });
  }
}

export async function given(file: string, what: string): Promise<string> {
  return Buffer.from(await givenBytes(file, what)).toString("utf8");
}

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
