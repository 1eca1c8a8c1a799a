import { promises as fs } from "node:fs";
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
