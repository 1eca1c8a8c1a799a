import { promises as fs, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { toBase64url, utf8ToBytes } from "../../acts/bytes.ts";
import { formatCheckpoint } from "../../log/checkpoint.ts";
import { emptyRoot, leafHash } from "../../log/hash.ts";
import { formatNote, signNote } from "../../log/note.ts";
import { bundlePath, tilePath } from "../../log/tiles.ts";
import { ED25519, verifierKey } from "../../log/verifier-key.ts";
import { logRoutes, type PublicFiles } from "../../portal/log-routes.ts";
import { proofRoutes } from "../../portal/proof-routes.ts";
import { generateKey, primitives, signingKey } from "../../store/crypto.ts";
import { LogFiles } from "../../store/log-files.ts";
import { dice, type Figure, milli, thousands } from "./figures.ts";
import { orderLoad } from "./load.ts";

const ENTRIES = 1_000_000;
const PER_ROUND = 16_384;
const ENTRY_BYTES = 300;
const PATHS = 5_000;
const SECONDS = 6;
const ORIGIN = "bench.example/register";

/** Proofs and tiles of a log of a million entries over HTTP, asked for from another process on the same cores. */
export async function benchServing(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-bench-"));
  try {
    await layLog(join(folder, "log", "register"));
    return await measured(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function entry(index: number): Uint8Array {
  return utf8ToBytes(`entry ${index} `.padEnd(ENTRY_BYTES, "."));
}

async function layLog(folder: string): Promise<void> {
  const files = await LogFiles.open(folder, 0, emptyRoot(primitives));
  for (let from = 0; from < ENTRIES; from += PER_ROUND) {
    const count = Math.min(PER_ROUND, ENTRIES - from);
    await files.extend(
      Array.from({ length: count }, (_, i) => entry(from + i)),
    );
  }
  const root = files.root();
  const text = formatCheckpoint({
    origin: ORIGIN,
    size: ENTRIES,
    root,
    extensions: [],
  });
  const { publicKey, sign } = signingKey(generateKey());
  const key = verifierKey(primitives, ORIGIN, ED25519, publicKey);
  await files.writeCheckpoint(formatNote(text, [signNote(key, text, sign)]));
}

async function measured(folder: string): Promise<Figure[]> {
  const files: PublicFiles = {
    read: (path) => fs.readFile(join(folder, path)).catch(() => undefined),
    keepPaper: () => Promise.resolve(),
  };
  const app = new Hono();
  const nothingGone = (): undefined => undefined;
  logRoutes(app, files, nothingGone);
  proofRoutes(app, primitives, files, nothingGone);
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const throwDice = dice(7);
  const some = (path: (index: number) => string): readonly string[] =>
    Array.from({ length: PATHS }, () => path(throwDice(ENTRIES)));
  const leaf = (index: number): string =>
    toBase64url(leafHash(primitives, entry(index)));
  const asked: readonly (readonly [string, readonly string[]])[] = [
    ["proofs by index", some((i) => `/proof/register/${i}`)],
    ["proofs by leaf hash", some((i) => `/proof/register/${leaf(i)}`)],
    [
      "hash tiles",
      some((i) => `/log/register/${tilePath(0, Math.floor(i / 256))}`),
    ],
    [
      `entry bundles of ${ENTRY_BYTES} bytes an entry`,
      some((i) => `/log/register/${bundlePath(Math.floor(i / 256))}`),
    ],
  ];
  const began = performance.now();
  const first = await fetch(`${url}/proof/register/${leaf(12_345)}`);
  if (!first.ok) throw new Error(`Cannot measure: ${await first.text()}`);
  const figures: Figure[] = [
    {
      what: `the first proof by leaf hash of a log of ${thousands(ENTRIES)} entries: its leaves are read into a table`,
      figure: milli(performance.now() - began),
      against: "",
    },
  ];
  for (const [what, gets] of asked)
    for (const inFlight of [1, 64]) {
      const order = { url, path: "", tokens: [], inFlight, gets: [...gets] };
      await orderLoad({ ...order, seconds: 1 });
      const got = await orderLoad({ ...order, seconds: SECONDS });
      const broken = got.failed === 0 ? "" : `, ${got.failed} failed`;
      figures.push({
        what: `${what} of a log of ${thousands(ENTRIES)} entries, ${inFlight} in flight`,
        figure: `${thousands(Math.round(got.perSecond))}/s, median ${milli(got.median)}, 99th percentile ${milli(got.p99)}${broken}`,
        against: "",
      });
    }
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
  return figures;
}
