import { createHash } from "node:crypto";
import { createReadStream, promises as fs } from "node:fs";
import { join } from "node:path";
import { CouldNot } from "../exit.ts";
import { readMirrorNote } from "../mirror/note.ts";
import { unfinished } from "../mirror/note-text.ts";
import { isAddress, webPlace } from "./web-place.ts";

/** Where an office's files are read from: an address or a folder, laid out the same. */
export type Place = {
  readonly name: string;
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
  /** Length and SHA-256 of a file of any kind, which is not held; it is read until it has more than `bytesMax`. */
  readonly digest: (
    path: string,
    bytesMax: number,
  ) => Promise<Digest | undefined>;
  readonly copy?: Copy;
};
/** A copy shows what there was when it was made, and is judged as of then. */
export type Copy = {
  readonly of: string;
  readonly copiedAt: number;
  readonly original: () => Promise<Place>;
  /** Whether it is still the copy that was opened: not brought up to date since, nor now. */
  readonly isAsItWas: () => Promise<boolean>;
};
export type Digest = { readonly size: number; readonly sha256: Uint8Array };

export async function openPlace(where: string): Promise<Place> {
  return isAddress({ name: where })
    ? webPlace(where.replace(/\/+$/, ""), digestOf)
    : folderPlace(where);
}

export async function digestOf(
  parts: AsyncIterable<unknown> | Iterable<unknown>,
  bytesMax: number,
): Promise<Digest> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const part of parts) {
    if (!(part instanceof Uint8Array)) continue;
    size += part.length;
    if (size > bytesMax) break;
    hash.update(part);
  }
  return { size, sha256: hash.digest() };
}

/** A copy of the logs: the folder that holds `log/`, or an office's own folder. */
async function folderPlace(folder: string): Promise<Place> {
  for (const base of [folder, join(folder, "public")]) {
    if (await isFolder(join(base, "log", "register"))) {
      const copy = await copyIn(base);
      return {
        name: folder,
        ...(copy === undefined ? {} : { copy }),
        read: (path) => fs.readFile(join(base, path)).catch(missingIsUndefined),
        digest: (path, bytesMax) =>
          digestOf(createReadStream(join(base, path)), bytesMax).catch(
            missingIsUndefined,
          ),
      };
    }
  }
  throw new CouldNot(
    `Cannot read ${folder}: want an address, or a folder with log/register in it`,
  );
}

/** What `vitrine mirror` says of a folder that it keeps. */
async function copyIn(folder: string): Promise<Copy | undefined> {
  const note = await readMirrorNote(folder);
  if (note === undefined) return undefined;
  if (note.isUnfinished) throw unfinished(folder);
  const { url: of, copiedAt } = note;
  return {
    of,
    copiedAt,
    original: () => openPlace(of),
    isAsItWas: async () => {
      const then = await readMirrorNote(folder);
      return then?.copiedAt === copiedAt && !then.isUnfinished;
    },
  };
}

async function isFolder(path: string): Promise<boolean> {
  return fs.stat(path).then(
    (stat) => stat.isDirectory(),
    () => false,
  );
}

function missingIsUndefined(error: unknown): undefined {
  if (
    error instanceof Error &&
    "code" in error &&
    (error.code === "ENOENT" ||
      error.code === "ENOTDIR" ||
      error.code === "EISDIR")
  )
    return undefined;
  throw error;
}
