import { createHash } from "node:crypto";
import { createReadStream, promises as fs } from "node:fs";
import { join } from "node:path";
import { concatBytes } from "../../acts/bytes.ts";
import { CouldNot } from "../exit.ts";
import { readMirrorNote } from "../mirror/note.ts";

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
export type Copy = { readonly of: string; readonly copiedAt: number };
export type Digest = { readonly size: number; readonly sha256: Uint8Array };

const TIMEOUT_MS = 30_000;
const TRIES_MAX = 3;
/** A bundle of 256 entries of 65,535 bytes has 17 million. */
const FILE_BYTES_MAX = 64 * 1024 * 1024;

export async function openPlace(where: string): Promise<Place> {
  return /^https?:\/\//.test(where)
    ? webPlace(where.replace(/\/+$/, ""))
    : folderPlace(where);
}

function webPlace(base: string): Place {
  return {
    name: base,
    read: (path) =>
      fetched(`${base}/${path}`, (response) =>
        bodyOf(response, `${base}/${path}`),
      ),
    digest: (path, bytesMax) =>
      fetched(`${base}/${path}`, (response) =>
        digestOf(response.body ?? [], bytesMax),
      ),
  };
}

/** What is made of an address's answer; undefined when nothing is there. */
async function fetched<T>(
  address: string,
  take: (response: Response) => Promise<T>,
): Promise<T | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(address, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.status === 404 || response.status === 410) return undefined;
      if (response.ok) return await take(response);
      if (response.status < 500 || attempt >= TRIES_MAX)
        throw new CouldNot(
          `Cannot read ${address}: it answered ${response.status}`,
        );
    } catch (error) {
      if (error instanceof CouldNot) throw error;
      const why =
        error instanceof Error
          ? error.cause instanceof Error
            ? error.cause.message
            : error.message
          : "unknown error";
      if (attempt >= TRIES_MAX)
        throw new CouldNot(`Cannot read ${address}: ${why}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200 * attempt));
  }
}

/** What a server sends, as far as it may be a file of a log: one that sends without end is not listened to. */
export async function bodyOf(
  response: Response,
  from: string,
  bytesMax = FILE_BYTES_MAX,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    if (!(part instanceof Uint8Array)) continue;
    length += part.length;
    if (length > bytesMax)
      throw new CouldNot(
        `Cannot read ${from}: it has more than ${bytesMax} bytes`,
      );
    parts.push(part);
  }
  return concatBytes(...parts);
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
  if (note.isUnfinished)
    throw new CouldNot(
      `Cannot read ${folder}: \`vitrine mirror\` was ended while it brought this copy up to date; run it again`,
    );
  return { of: note.url, copiedAt: note.copiedAt };
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
