import { promises as fs } from "node:fs";
import { join } from "node:path";
import { encodeBytes, Malformed } from "../../acts/canonical.ts";
import { parseReceipt, type Receipt } from "../../uses/receipt.ts";
import { CouldNot } from "../exit.ts";
import { given } from "../given.ts";

/** A receipt file, or every *.json in a folder. */
export async function readReceipts(
  path: string,
): Promise<{ file: string; receipt: Receipt }[]> {
  const stat = await fs.stat(path).catch(() => undefined);
  if (stat === undefined)
    throw new CouldNot(`Cannot read receipt ${path}: nothing is there`);
  const files = stat.isDirectory() ? await receiptsOf(path) : [path];
  const receipts = [];
  for (const file of files) {
    const receipt = receiptIn(await given(file, "receipt"), file);
    receipts.push({ file, receipt });
  }
  return receipts;
}

async function receiptsOf(folder: string): Promise<readonly string[]> {
  try {
    const names = await fs.readdir(folder);
    return names
      .filter((name) => name.endsWith(".json"))
      .map((name) => join(folder, name));
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
