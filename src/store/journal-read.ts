import { promises as fs } from "node:fs";
import { join } from "node:path";
import { isMissing, LogHalted } from "./durable.ts";
import { type Chain, type JournalGroup, readGroups } from "./journal-format.ts";

export type JournalFile = { readonly path: string; readonly first: number };

export type JournalRead = {
  readonly groups: JournalGroup[];
  readonly chain: Chain;
  /** The file that was written last, as far as it is whole, and where it is torn. */
  readonly last:
    | {
        readonly path: string;
        readonly bytes: Buffer;
        readonly torn: number | undefined;
      }
    | undefined;
};

/** How many bytes a log's journal has; undefined where it has none. */
export async function journalBytes(
  folder: string,
): Promise<number | undefined> {
  const files = await filesIn(folder);
  if (files.length === 0) return undefined;
  let bytes = 0;
  for (const { path } of files) bytes += (await fs.stat(path)).size;
  return bytes;
}

export async function filesIn(folder: string): Promise<JournalFile[]> {
  const names = await fs.readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return names
    .filter((name) => /^[0-9]{15}\.journal$/.test(name))
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => ({
      path: join(folder, name),
      first: Number(name.slice(0, 15)),
    }));
}

/** Reads all files, and writes nothing. Throws `LogHalted` where nobody knows what was lost. */
export async function readFiles(
  files: readonly JournalFile[],
): Promise<JournalRead> {
  const groups: JournalGroup[] = [];
  let chain: Chain = { last: undefined, next: files[0]?.first ?? 0 };
  let last: JournalRead["last"];
  for (const [position, { path, first }] of files.entries()) {
    const bytes = await readOrEmpty(path);
    if (first !== chain.next)
      throw new LogHalted(
        `Cannot open journal ${path}: the file before it ends at ${chain.next}, so one between them is missing; bring it back, or restore the log from a mirror`,
      );
    const read = readGroups(bytes, path, chain);
    if (read.torn !== undefined && !(await isLastWrite(files, position)))
      throw new LogHalted(
        `Cannot open journal ${path}: it is damaged at byte ${read.torn} and a later file follows; bring back a whole copy, or restore the log from a mirror`,
      );
    if (bytes.length > 0)
      last = { path, bytes: bytes.subarray(0, read.torn), torn: read.torn };
    if (read.groups.at(-1)?.goesOn === true && position === files.length - 1)
      throw new LogHalted(
        `Cannot open journal ${path}: it says that another file follows, and none does; bring it back, or restore the log from a mirror`,
      );
    for (const group of read.groups)
      if (group.goesOn !== true) groups.push(group);
    chain = read.chain;
  }
  return { groups, chain, last };
}

/** What was being written when the process ended stands at the end of the last file, or before one in which nothing stands yet. */
async function isLastWrite(
  files: readonly JournalFile[],
  position: number,
): Promise<boolean> {
  const [next, ...later] = files.slice(position + 1);
  if (next === undefined) return true;
  return later.length === 0 && (await fs.stat(next.path)).size === 0;
}

/** The first file of a new journal is made when it is opened for writing. */
async function readOrEmpty(path: string): Promise<Buffer> {
  try {
    return await fs.readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return Buffer.alloc(0);
    throw error;
  }
}
