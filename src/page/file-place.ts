import { sha256 } from "@noble/hashes/sha2.js";
import { CouldNot } from "../cli/exit.ts";
import type { Digest, Place } from "../cli/verify/place.ts";

/** A file of a folder that was picked, by its path below that folder's own name. */
export type PickedFile = { readonly path: string; readonly file: Blob };

/** A copy of an office's logs that the user picked: the folder that holds `log/`, or an office's own. */
export function filePlace(picked: readonly PickedFile[]): Place {
  const files = new Map<string, Blob>();
  for (const { path, file } of picked) {
    const below = /(?:^|\/)((?:log|paper)\/.+)$/.exec(path)?.[1];
    if (below !== undefined) files.set(below, file);
  }
  if (!files.has("log/register/checkpoint"))
    throw new CouldNot(
      "Cannot read the folder: want one with log/register/checkpoint in it",
    );
  const read = async (path: string): Promise<Uint8Array | undefined> => {
    const file = files.get(path);
    return file === undefined
      ? undefined
      : new Uint8Array(await file.arrayBuffer());
  };
  return {
    name: "the folder",
    read,
    digest: async (path) => {
      const bytes = await read(path);
      return bytes === undefined
        ? undefined
        : { size: bytes.length, sha256: sha256(bytes) };
    },
  };
}

/** As a server sends it, piece by piece. */
export async function digestOf(
  parts: AsyncIterable<Uint8Array>,
  bytesMax: number,
): Promise<Digest> {
  const hash = sha256.create();
  let size = 0;
  for await (const part of parts) {
    size += part.length;
    if (size > bytesMax) break;
    hash.update(part);
  }
  return { size, sha256: hash.digest() };
}
