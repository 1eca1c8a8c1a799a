import { TextDecoder } from "node:util";
import type { Encoding } from "../../../audit/ledger/mapping.ts";
import { piecesOf } from "./survey.ts";

/** What came of a piece is garbage before the next. */
const PIECE_BYTES = 65_536;

/** The text of a file, piece by piece, without its mark. What is not of the encoding becomes U+FFFD. */
export async function* textIn(
  file: string,
  encoding: Encoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of piecesOf(file, PIECE_BYTES)) {
    const text = decoder.decode(piece, { stream: true });
    if (text !== "") yield text;
  }
  const last = decoder.decode();
  if (last !== "") yield last;
}
