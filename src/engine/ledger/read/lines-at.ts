import { piecesOf } from "./survey.ts";

/** The lines of a UTF-8 file that have these numbers, in their order, counted from 1. */
export async function* linesAt(
  file: string,
  lines: readonly number[],
): AsyncGenerator<{ readonly line: number; readonly text: string }> {
  let wanted = 0;
  let line = 1;
  let held: Buffer[] = [];
  for await (const piece of piecesOf(file)) {
    let at = 0;
    while (wanted < lines.length) {
      const end = piece.indexOf(10, at);
      const isWanted = lines[wanted] === line;
      if (isWanted)
        held.push(Buffer.from(piece.subarray(at, end < 0 ? undefined : end)));
      if (end < 0) break;
      if (isWanted) {
        yield { line, text: Buffer.concat(held).toString("utf8") };
        held = [];
        wanted++;
      }
      line++;
      at = end + 1;
    }
    if (wanted >= lines.length) return;
  }
  if (held.length > 0)
    yield { line, text: Buffer.concat(held).toString("utf8") };
}
