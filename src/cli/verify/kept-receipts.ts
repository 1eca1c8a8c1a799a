import { promises as fs } from "node:fs";
import { basename, join } from "node:path";
import { encodeBytes, Malformed } from "../../acts/canonical.ts";
import { parseReceipt, type Receipt } from "../../uses/receipt.ts";
import { CouldNot } from "../exit.ts";
import { given } from "../given.ts";

/** A receipt file, or every receipt in a folder; what else lies there is told, and a folder without any is an error. */
export async function readReceipts(
  path: string,
): Promise<{ file: string; receipt: Receipt }[]> {
  const stat = await fs.stat(path).catch(() => undefined);
  if (stat === undefined)
    throw new CouldNot(`Cannot read receipt ${path}: nothing is there`);
  if (!stat.isDirectory()) {
    const receipt = receiptIn(await given(path, "receipt"), path);
    return [{ file: path, receipt }];
  }
  const receipts: { file: string; receipt: Receipt }[] = [];
  const passed: string[] = [];
  for (const file of await filesIn(path)) {
    const text = await given(file, "receipt");
    try {
      receipts.push({ file, receipt: receiptIn(text, file) });
    } catch (error) {
      if (!(error instanceof CouldNot)) throw error;
      // One that says that it is one and cannot be read may be the evidence.
      if (file.endsWith(".json") || file.endsWith(".receipt")) throw error;
      passed.push(basename(file));
    }
  }
  if (receipts.length === 0)
    throw new CouldNot(
      `Cannot read receipts ${path}: of ${passed.length} files in it none is a receipt`,
    );
  if (passed.length > 0)
    console.error(
      `passed over   ${passed.length} files of ${path} that are no receipts: ${passed.slice(0, 5).join(", ")}${passed.length > 5 ? " …" : ""}`,
    );
  return receipts;
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    const names = await fs.readdir(folder, { withFileTypes: true });
    return names
      .filter(
        (one) =>
          (one.isFile() && !one.name.startsWith(".")) ||
          // What calls itself a receipt is read, and named where it is none.
          one.name.endsWith(".json"),
      )
      .map(({ name }) => join(folder, name))
      .toSorted();
  } catch (cause) {
    throw new CouldNot(
      `Cannot read receipts ${folder}: it is no folder to read`,
      { cause },
    );
  }
}

/**
 * Receipts are kept as they came: as JSON in whatever form a program wrote it, inside the whole answer, or as the text of
 * the header that open data comes with. What was signed are its values, so its form does not matter.
 */
export function receiptIn(text: string, file: string): Receipt {
  const trimmed = text.trim();
  const json = /^[A-Za-z0-9_-]+$/.test(trimmed)
    ? Buffer.from(trimmed, "base64url").toString("utf8")
    : trimmed;
  try {
    const value: unknown = JSON.parse(json);
    return parseReceipt(encodeBytes(innerOf(value)));
  } catch (error) {
    if (!(error instanceof Malformed) && !(error instanceof SyntaxError))
      throw error;
    throw new CouldNot(
      `Cannot read receipt ${file}: want the receipt as JSON, the answer that holds it, or the header Vitrine-Receipt (${error.message})`,
      { cause: error },
    );
  }
}

function innerOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "receipt" in value
    ? value.receipt
    : value;
}
