import { base64 } from "@scure/base";
import { decodeDecimal, decodeHash, decodeText } from "./encoding.ts";
import { FormatError, quote } from "./format-error.ts";
import { HASH_BYTES } from "./hash.ts";

const WHAT = "checkpoint";

/** What a log says about itself: the text of the note that it signs. */
export type Checkpoint = {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly extensions: readonly string[];
};

/** C2SP tlog-checkpoint "Note text"; throws `FormatError`. `formatCheckpoint` gives back the same text. */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = decodeText(text, WHAT).split("\n");
  if (lines.pop() !== "") {
    throw new FormatError(WHAT, "its last line does not end in a line feed");
  }
  const empty = lines.indexOf("");
  if (empty >= 0) throw new FormatError(WHAT, `line ${empty + 1} is empty`);
  const [origin, sizeLine, rootLine, ...extensions] = lines;
  if (
    origin === undefined ||
    sizeLine === undefined ||
    rootLine === undefined
  ) {
    throw new FormatError(WHAT, `it has ${lines.length} lines, want 3`);
  }
  const size = decodeDecimal(sizeLine);
  if (size === undefined) {
    throw new FormatError(
      WHAT,
      `line 2 ${quote(sizeLine)} is not a decimal size without leading zeroes`,
    );
  }
  const root = decodeHash(rootLine);
  if (root === undefined) {
    throw new FormatError(
      WHAT,
      `line 3 ${quote(rootLine)} is not a hash of 32 bytes in base64`,
    );
  }
  return { origin, size, root, extensions };
}

/** The text to sign. What is formatted is our own: an impossible line is a bug and throws `Error`. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  const { origin, size, root, extensions } = checkpoint;
  const names = [origin, ...extensions];
  if (
    names.some((name) => name === "" || name.includes("\n")) ||
    !Number.isSafeInteger(size) ||
    size < 0 ||
    root.length !== HASH_BYTES
  ) {
    throw new Error(
      `Cannot format checkpoint of ${quote(origin)} at size ${size} with a root of ${root.length} bytes`,
    );
  }
  const lines = [origin, String(size), base64.encode(root), ...extensions];
  return lines.map((line) => `${line}\n`).join("");
}
