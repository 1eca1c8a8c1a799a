import { promises as fs } from "node:fs";
import { dirname } from "node:path";
import { encode } from "../acts/canonical.ts";
import { writeWhole } from "../store/durable.ts";
import { CouldNot } from "./exit.ts";

/** Before anything is asked: what is asked is charged and entered for ever, whether its receipt can be kept or not. */
export async function mustKeep(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  const isFolder = await fs.stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const why = isFolder
    ? "it is a folder"
    : await fs.access(dirname(path), fs.constants.W_OK).then(
        () => undefined,
        () => "its folder is not there or cannot be written",
      );
  if (why !== undefined)
    throw new CouldNot(
      `Cannot keep the receipt as ${path}: ${why}; nothing was asked`,
    );
}

/** Where the receipt of what a streamed answer came to is kept, beside that of its beginning. */
export const settledOf = (path: string): string => `${path}.settled`;

/** Keeps a receipt as it was signed, for `verify --receipt`. One that cannot be kept after all is shown: it was promised, and what it stands for is done. */
export async function keep(
  path: string,
  receipt: unknown,
  say: (line: string) => void = console.log,
): Promise<void> {
  const text = encode(receipt);
  try {
    await writeWhole(path, text);
    say(`receipt   ${path}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    say(`receipt   could not be kept as ${path} (${why}); this is it:`);
    say(text);
  }
}
