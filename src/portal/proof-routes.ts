import type { Context, Hono } from "hono";
import { sameBytes, toBase64url } from "../acts/bytes.ts";
import { Malformed } from "../acts/canonical.ts";
import type { Primitives } from "../acts/primitives.ts";
import { parseCheckpoint } from "../log/checkpoint.ts";
import { quote } from "../log/format-error.ts";
import { HASH_BYTES } from "../log/hash.ts";
import {
  emptyLeafIndex,
  indexLeaves,
  INDEXED_LEAVES_MAX,
  type LeafIndex,
  placesOf,
} from "../log/leaf-index.ts";
import { parseNote } from "../log/note.ts";
import {
  entryAt,
  hashIn,
  type KnownNodes,
  proveEntry,
  type ReadFile,
  readTile,
  whichEntry,
} from "../log/prove.ts";
import { TILE_WIDTH, tileWidth } from "../log/tiles.ts";
import { formatTlogProof, PROOF_SUFFIX } from "../log/tlog-proof.ts";
import { showError } from "./error-page.tsx";
import { errorBody } from "./errors.ts";
import type { PublicFiles } from "./log-routes.ts";
import type { Gone } from "./retention.ts";
import { keepAtMost } from "./keep-at-most.ts";

/** Leaves of so many logs are kept by their hash. */
const INDEXES_MAX = 8;

/** The folder of a log under `log/`, and no way out of it. */
const LOG = /^(?:[a-z0-9][a-z0-9.-]{0,63}\/){0,2}[a-z0-9][a-z0-9.-]{0,63}$/;

type Indexes = Map<string, Promise<LeafIndex>>;

/**
 * `GET /proof/<log>/<index or leaf hash>`: a C2SP tlog-proof against the newest public checkpoint, made from what is public alone.
 * 404 where that entry is not public, 410 where its log was dropped under a policy, 400 where the address names none.
 */
export function proofRoutes(
  app: Hono,
  p: Primitives,
  files: PublicFiles,
  goneAt: (path: string) => Gone | undefined,
): FindEntry {
  const indexes: Indexes = new Map();
  const nodes = new Map<string, KnownNodes>();
  app.get("/proof/*", async (c) => {
    c.header("Access-Control-Allow-Origin", "*");
    c.header("Cache-Control", "no-store");
    const [, at, which] = /^\/proof\/(.*)\/([^/]*)$/.exec(c.req.path) ?? [];
    const log = at !== undefined && LOG.test(at) ? at : undefined;
    const read: ReadFile = (path) => files.read(`log/${log}/${path}`);
    const bytes = log === undefined ? undefined : await read("checkpoint");
    const gone = bytes === undefined ? goneAt(`log/${log}`) : undefined;
    if (gone !== undefined)
      return showError(c, gone, 410, { "Cache-Control": "max-age=300" });
    if (log === undefined || which === undefined || bytes === undefined)
      return nothing(c, `No log is at ${c.req.path}`);
    const note = Buffer.from(bytes).toString("utf8");
    const { size } = parseCheckpoint(parseNote(note).text);
    const wanted = readWhich(which);
    const index =
      typeof wanted === "number"
        ? wanted
        : await placeOf(indexes, log, read, size, wanted);
    if (index === undefined)
      return nothing(c, notThere(log, size, toBase64url(bytesOf(wanted))));
    if (index >= size)
      return nothing(
        c,
        `Entry ${index} of ${log} is not public: the newest checkpoint has ${size} entries`,
      );
    const known = nodes.get(log) ?? new Map<string, Uint8Array>();
    nodes.set(log, known);
    const proof = formatTlogProof(
      await proveEntry(p, read, note, index, known),
    );
    const name = `${log.replaceAll("/", "-")}-${index}${PROOF_SUFFIX}`;
    return c.body(proof, 200, {
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}"`,
    });
  });
  return async (log, leaf) => {
    if (!LOG.test(log)) return undefined;
    const read: ReadFile = (path) => files.read(`log/${log}/${path}`);
    const bytes = await read("checkpoint");
    if (bytes === undefined) return undefined;
    const note = Buffer.from(bytes).toString("utf8");
    const checkpoint = parseCheckpoint(parseNote(note).text);
    const index = await placeOf(indexes, log, read, checkpoint.size, leaf);
    if (index === undefined) return undefined;
    return { index, raw: await entryAt(read, checkpoint, index) };
  };
}

/** An entry of a log by its leaf hash, as it is public; undefined where it is not, or stands too far back to be looked through. */
export type FindEntry = (
  log: string,
  leaf: Uint8Array,
) => Promise<{ readonly index: number; readonly raw: Uint8Array } | undefined>;

function nothing(c: Context, message: string): Response | Promise<Response> {
  return showError(c, errorBody("notFound", message), 404);
}

function notThere(log: string, size: number, leaf: string): string {
  const beyond =
    size > INDEXED_LEAVES_MAX
      ? `; of ${size} entries only the newest are looked through here, an older one is proved by its index`
      : "; what was promised is there when its receipt says";
  return `No public entry of ${log} has the leaf hash ${leaf}${beyond}`;
}

function readWhich(text: string): number | Uint8Array {
  const which = whichEntry(text);
  if (which !== undefined) return which;
  throw new Malformed(
    `Cannot prove ${quote(text)}: want the index of an entry, or its leaf hash in base64url or hex`,
  );
}

function bytesOf(wanted: number | Uint8Array): Uint8Array {
  return typeof wanted === "number" ? new Uint8Array(0) : wanted;
}

async function placeOf(
  indexes: Indexes,
  log: string,
  read: ReadFile,
  size: number,
  leaf: Uint8Array,
): Promise<number | undefined> {
  const index = await grown(indexes, log, read, size);
  for (const place of placesOf(index, leaf)) {
    if (place >= size) continue;
    const at = Math.floor(place / TILE_WIDTH);
    const tile = await tileAt(read, at, size);
    if (sameBytes(hashIn(tile, place % TILE_WIDTH), leaf)) return place;
  }
  return undefined;
}

/** One after the other: whoever comes while the index of a log grows waits for it. */
function grown(
  indexes: Indexes,
  log: string,
  read: ReadFile,
  size: number,
): Promise<LeafIndex> {
  const before = indexes.get(log) ?? Promise.resolve(emptyLeafIndex());
  const growing = before
    .catch(() => emptyLeafIndex())
    .then((index) => grow(index, read, size));
  keepAtMost(indexes, log, growing, INDEXES_MAX);
  return growing;
}

/** Of a log that became too long the newest leaves are taken in anew. */
async function grow(
  before: LeafIndex,
  read: ReadFile,
  size: number,
): Promise<LeafIndex> {
  const first = Math.floor((size - INDEXED_LEAVES_MAX / 2) / TILE_WIDTH);
  const index =
    size - before.from > INDEXED_LEAVES_MAX
      ? emptyLeafIndex(first * TILE_WIDTH)
      : before;
  while (index.size < size) {
    const at = Math.floor(index.size / TILE_WIDTH);
    const tile = await tileAt(read, at, size);
    const from = index.size % TILE_WIDTH;
    const to = tileWidth(0, at, size);
    indexLeaves(index, tile.subarray(from * HASH_BYTES, to * HASH_BYTES));
  }
  return index;
}

async function tileAt(
  read: ReadFile,
  index: number,
  size: number,
): Promise<Uint8Array> {
  const width = tileWidth(0, index, size);
  const tile = await readTile(read, { level: 0, index, width });
  if (tile !== undefined && tile.length >= width * HASH_BYTES) return tile;
  throw new Error(`Cannot look a leaf up: tile ${index} is not whole`);
}
