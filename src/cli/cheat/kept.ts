import { promises as fs } from "node:fs";
import { join } from "node:path";
import { noteOf } from "./rebuild.ts";
import type { Stage } from "./stage.ts";

/** A checkpoint of the honest history, as anybody could have kept it who once looked at the office. */
export async function keptCheckpoint(stage: Stage): Promise<string> {
  const path = join(stage.dir, "kept.checkpoint");
  await fs.writeFile(path, noteOf(stage.built, stage.keys));
  return path;
}
