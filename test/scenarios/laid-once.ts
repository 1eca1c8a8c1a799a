import { existsSync, writeFileSync } from "node:fs";
import { mkdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inject } from "vitest";

/**
 * The folder of an office that many stories begin with: the first that wants it lays it, in whichever worker, and the others
 * wait for it. Nobody may work in it, only in a copy.
 */
export async function laidOnce(
  name: string,
  lay: (folder: string) => Promise<void>,
): Promise<string> {
  const done = join(inject("runFolder"), `laid${name}`);
  const failed = `${done}.failed`;
  if (await isFirst(`${done}.lock`)) {
    try {
      await lay(`${done}.part`);
      await rename(`${done}.part`, done);
    } catch (error) {
      writeFileSync(failed, String(error));
      throw error;
    }
  }
  while (!existsSync(done)) {
    if (existsSync(failed))
      throw new Error(
        `Cannot lay ${name}, as another file found: ${await readFile(failed, "utf8")}`,
      );
    await sleep(100);
  }
  return done;
}

/** Making a folder is atomic: one of many makes it. */
async function isFirst(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST")
      return false;
    throw error;
  }
}
