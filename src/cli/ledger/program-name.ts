import { promises as fs } from "node:fs";
import * as z from "zod/mini";

const manifestSchema = z.object({ version: z.string() });

/** What made a report, as the package beside the built program calls itself: "vitrine 0.1.0". */
export async function programName(): Promise<string> {
  const manifest = new URL("../package.json", import.meta.url);
  const text = await fs.readFile(manifest, "utf8");
  return `vitrine ${manifestSchema.parse(JSON.parse(text)).version}`;
}
