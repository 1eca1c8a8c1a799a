import { sha256 } from "@noble/hashes/sha2.js";
import { sameBytes } from "../acts/bytes.ts";
import { CouldNot } from "../cli/exit.ts";
import {
  FETCHING,
  MIRROR_NOTE,
  parseMirrorNote,
  PLACING,
  unfinished,
} from "../cli/mirror/note-text.ts";
import type { Copy, Digest, Place } from "../cli/verify/place.ts";
import { webPlace } from "../cli/verify/web-place.ts";

/** A file of a folder that was picked, by its path below that folder's own name. */
export type PickedFile = { readonly path: string; readonly file: Blob };

const NAME = "the folder";
const REGISTER = "log/register/checkpoint";

/** A copy of an office's logs that the user picked: the folder that holds `log/`, or an office's own. */
export async function filePlace(picked: readonly PickedFile[]): Promise<Place> {
  const base = baseOf(picked);
  const files = new Map<string, Blob>();
  for (const { path, file } of picked)
    if (path.startsWith(base)) files.set(path.slice(base.length), file);
  const read = async (path: string): Promise<Uint8Array | undefined> => {
    const file = files.get(path);
    return file === undefined
      ? undefined
      : new Uint8Array(await file.arrayBuffer());
  };
  const note = await read(MIRROR_NOTE);
  if (note !== undefined && files.has(`${FETCHING}/${PLACING}`))
    throw unfinished(NAME);
  return {
    name: NAME,
    ...(note === undefined
      ? {}
      : { copy: copyOf(note, () => read(MIRROR_NOTE)) }),
    read,
    digest: async (path) => {
      const bytes = await read(path);
      return bytes === undefined
        ? undefined
        : { size: bytes.length, sha256: sha256(bytes) };
    },
  };
}

/** The shallowest folder with a register: a mirror keeps other histories, and what it fetches, in folders laid out the same. */
function baseOf(picked: readonly PickedFile[]): string {
  const bases = picked.flatMap(({ path }) =>
    path === REGISTER || path.endsWith(`/${REGISTER}`)
      ? [path.slice(0, -REGISTER.length)]
      : [],
  );
  const depth = (base: string): number => base.split("/").length;
  const least = Math.min(...bases.map(depth));
  const [base, ...more] = bases.filter((one) => depth(one) === least);
  if (base === undefined)
    throw new CouldNot(
      `Cannot read the folder: want one with ${REGISTER} in it`,
    );
  if (more.length > 0)
    throw new CouldNot(
      `Cannot read the folder: it holds ${more.length + 1} copies side by side, want one of them`,
    );
  return base;
}

function copyOf(
  bytes: Uint8Array,
  again: () => Promise<Uint8Array | undefined>,
): Copy {
  const { url, copiedAt } = parseMirrorNote(bytes, MIRROR_NOTE);
  return {
    of: url,
    copiedAt,
    original: async () => {
      if (/^https?:\/\//.test(url)) return webPlace(url, digestOf);
      throw new CouldNot(`Cannot read ${url}: a page reads addresses alone`);
    },
    // A browser does not read a picked file that was changed since.
    isAsItWas: () =>
      again().then(
        (now) => now !== undefined && sameBytes(now, bytes),
        () => false,
      ),
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
