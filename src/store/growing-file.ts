import { constants, promises as fs } from "node:fs";
import { readIfThere } from "./durable.ts";

/** Cuts a file back to where its last whole part ends, as a kill may have left it, and gives what is left. */
export async function cutBack(
  path: string,
  endOf: (text: string) => number,
): Promise<string> {
  const text = (await readIfThere(path))?.toString("utf8") ?? "";
  const whole = text.slice(0, endOf(text));
  if (whole !== text) await fs.truncate(path, Buffer.byteLength(whole));
  return whole;
}

export async function appendSynced(path: string, text: string): Promise<void> {
  const file = await fs.open(
    path,
    constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT,
    0o644,
  );
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
