import { ReadError } from "./read-error.ts";
import { survey } from "./read/survey.ts";
import { textIn } from "./read/text.ts";

/** A small file whole, in whatever encoding a spreadsheet saved it; as receipts are read. Throws `ReadError`. */
export async function readSmallText(file: string): Promise<string> {
  const { encoding, kind } = await survey(file);
  if (kind === "zip")
    throw new ReadError(file, "it is a workbook, want it saved as CSV");
  let text = "";
  for await (const piece of textIn(file, encoding)) text += piece;
  return text;
}
