import { isUtf8 } from "node:buffer";
import { open } from "node:fs/promises";
import { ImportError } from "./import-error.ts";

/** The longest row or object of a file: what is cut out of pieces is looked at again with every piece. */
export const PART_CHARACTERS_MAX = 16_777_216;

/** What came of a piece is garbage before the next: twice as fast as pieces of a megabyte. */
const PIECE_BYTES = 65_536;

/** The text of a file piece by piece, without a byte order mark; the last piece says so. */
export async function* textOf(
  file: string,
): AsyncGenerator<{ readonly text: string; readonly ended: boolean }> {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const piece of piecesOf(file)) {
      yield { text: utf8.decode(piece, { stream: true }), ended: false };
    }
    yield { text: utf8.decode(), ended: true };
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new ImportError(
      file,
      `line ${await firstLineNotUtf8(file)} is not UTF-8`,
      { cause },
    );
  }
}

/** The bytes of a file, piece by piece. */
export async function* piecesOf(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file);
  try {
    for (;;) {
      const { buffer, bytesRead } = await handle.read(
        new Uint8Array(PIECE_BYTES),
      );
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

async function firstLineNotUtf8(file: string): Promise<number> {
  let line = 1;
  let rest = Buffer.alloc(0);
  for await (const piece of piecesOf(file)) {
    rest = Buffer.concat([rest, piece]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      if (!isUtf8(rest.subarray(0, end))) return line;
      rest = rest.subarray(end + 1);
      line++;
    }
  }
  return line;
}
