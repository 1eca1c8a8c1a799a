import { constants, type Dirent, promises as fs } from "node:fs";
import { dirname, join } from "node:path";
import { randomBytes } from "node:crypto";

/** The state of a log cannot be known any more, or contradicts itself: the writer stops and says how to go on. */
export class LogHalted extends Error {
  override readonly name = "LogHalted";
}

/**
 * Writes a whole file so that after a crash it is there with these bytes or not there: temporary file, sync, rename,
 * sync of the folder. `immutable` refuses other bytes under a name that exists (sunlight's rule: never two contents).
 */
export async function writeWhole(
  path: string,
  bytes: Uint8Array | string,
  options: { immutable?: boolean; mode?: number } = {},
): Promise<void> {
  if (options.immutable === true) {
    const there = await readIfThere(path);
    if (there !== undefined) {
      // The process that wrote it may have ended before its name was durable.
      if (Buffer.compare(there, Buffer.from(bytes)) === 0)
        return syncFolder(dirname(path));
      throw new LogHalted(
        `Cannot write ${path}: it exists with other bytes; compare it with a mirror before anything else`,
      );
    }
  }
  await makeFolder(dirname(path));
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  const file = await fs.open(temporary, "w", options.mode ?? 0o644);
  try {
    await file.writeFile(bytes);
    await synced(path, () => file.sync());
  } finally {
    await file.close();
  }
  await fs.rename(temporary, path);
  await syncFolder(dirname(path));
}

/**
 * Makes a folder and those above it that are missing: after a power cut they are there. One after the other, since Node's own
 * `recursive` never ends where a folder can be neither found nor made.
 */
export async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) return;
  const above = dirname(path);
  if (above !== path) await makeFolder(above);
  try {
    await fs.mkdir(path);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (!(await isFolder(path))) throw error;
  }
  await syncFolder(above);
}

async function isFolder(path: string): Promise<boolean> {
  const found = await fs.stat(path).catch(() => undefined);
  return found?.isDirectory() === true;
}

/** What was done to the names in a folder is durable. Where that cannot be said they may go again, so nobody goes on. */
export async function syncFolder(path: string): Promise<void> {
  await synced(path, async () => {
    const folder = await fs.open(path, constants.O_RDONLY);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  });
}

/**
 * A sync that failed is never asked for again: the system may have thrown away what it could not write and say the next
 * time that all is well. Whoever hears of it ends the process, and the next one reads what is on the disk.
 */
async function synced(path: string, sync: () => Promise<void>): Promise<void> {
  try {
    await sync();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : "unknown error";
    throw new LogHalted(
      `Cannot make ${path} durable: ${why}; look after the disk, then start again`,
      { cause },
    );
  }
}

export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await fs.readFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/**
 * What a process that ended left half-way: temporary files go away, and every folder is durable in the one above it, which the
 * process may have made and not synced.
 */
export async function tidyUp(folder: string): Promise<void> {
  await removeTemporary(folder);
  for (let above = folder; ; above = dirname(above)) {
    // The last of them may not be there yet, and what may not be read was not made here.
    await syncFolder(above).catch((error: unknown) => {
      const cause = error instanceof LogHalted ? error.cause : error;
      if (!isForbidden(cause) && !isMissing(cause)) throw error;
    });
    if (above === dirname(above)) return;
  }
}

/** Removes temporary files that a crash left behind, and makes the names of the folders durable. */
export async function removeTemporary(folder: string): Promise<void> {
  let found: Dirent[];
  try {
    found = await fs.readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  const folders = found.filter((one) => one.isDirectory());
  for (const { name } of folders) await removeTemporary(join(folder, name));
  if (folders.length > 0) await syncFolder(folder);
  for (const { name } of found)
    if (name.endsWith(".tmp")) await fs.rm(join(folder, name), { force: true });
}

function isForbidden(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EACCES";
}
