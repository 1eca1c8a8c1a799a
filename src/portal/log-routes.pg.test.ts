import { readdirSync, readFileSync, statSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  isNamed,
  organisation,
  stations,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import {
  endsInOrder,
  refusedIn,
  type Web,
  webOf,
} from "../../test/web-office.ts";
import { toBase64 } from "../acts/bytes.ts";
import { parseCheckpoint } from "../log/checkpoint.ts";
import { leafHash } from "../log/hash.ts";
import { parseNote } from "../log/note.ts";
import { hashReader, rootAt } from "../log/proof.ts";
import {
  bundlePath,
  bundlesForSize,
  decodeBundle,
  tilePath,
  tilesForSize,
} from "../log/tiles.ts";
import { rootOfLeaves } from "../log/tree.ts";
import { primitives } from "../store/crypto.ts";

const IMMUTABLE = "public, max-age=604800, immutable";
const logs = ["register", "gate/hour/2026q4", "gate/minute/2026q4"];
let office: SmallOffice;
let web: Web;
beforeAll(async () => {
  // More entries than one bundle has: a full tile, and a partial one behind it.
  const more = Array.from({ length: 240 }, (_, i) => organisation(`org-${i}`));
  const { url } = await schemaFor("portal_logs");
  office = await SmallOffice.granted(url, { more });
  web = webOf(office);
  await office.answered(stations());
  await office.answered(vehicles(), "huaxing");
  await office.answered(isNamed("N1", "x"), "huaxing");
  await office.passHour();
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

async function bytesAt(path: string): Promise<Uint8Array> {
  const response = await web.ask(path);
  expect(response.status, path).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

async function checkpointOf(log: string) {
  const note = await bytesAt(`/log/${log}/checkpoint`);
  return parseCheckpoint(parseNote(note).text);
}

describe.each(logs)("the log %s, as the C2SP formats want it", (log) => {
  test("its checkpoint is text and is never kept by a cache", async () => {
    const { headers } = await web.ask(`/log/${log}/checkpoint`);
    expect(headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("access-control-allow-origin")).toBe("*");
  });

  test("every tile and bundle of its checkpoint is there, for ever and for every page", async () => {
    const { size } = await checkpointOf(log);
    expect(size).toBeGreaterThan(log === "register" ? 256 : 0);
    const paths = [
      ...[...tilesForSize(size)].map((t) =>
        tilePath(t.level, t.index, t.width),
      ),
      ...[...bundlesForSize(size)].map((b) => bundlePath(b.index, b.width)),
    ];
    for (const path of paths) {
      const { status, headers } = await web.ask(`/log/${log}/${path}`);
      expect(status, path).toBe(200);
      expect(headers.get("content-type")).toBe("application/octet-stream");
      expect(headers.get("cache-control")).toBe(IMMUTABLE);
      expect(headers.get("access-control-allow-origin")).toBe("*");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  test("they hash to the root that it states, by tiles and by entries", async () => {
    const { size, root } = await checkpointOf(log);
    const tiles = new Map<string, Uint8Array>();
    for (const { level, index, width } of tilesForSize(size)) {
      const path = tilePath(level, index, width);
      tiles.set(path, await bytesAt(`/log/${log}/${path}`));
    }
    const read = hashReader(
      primitives,
      size,
      (...tile) => tiles.get(tilePath(...tile)) ?? new Uint8Array(0),
    );
    expect(toBase64(rootAt(primitives, size, read))).toBe(toBase64(root));
    const leaves: Uint8Array[] = [];
    for (const { index, width } of bundlesForSize(size)) {
      const bundle = await bytesAt(`/log/${log}/${bundlePath(index, width)}`);
      leaves.push(
        ...decodeBundle(bundle).map((raw) => leafHash(primitives, raw)),
      );
    }
    expect(toBase64(rootOfLeaves(primitives, leaves))).toBe(toBase64(root));
  });

  test.each([
    ["a tile that no tree has yet", "tile/0/x001/000"],
    ["a bundle that no tree has yet", "tile/entries/x001/000"],
    ["a tile of a level that is not there yet", "tile/3/000.p/1"],
    ["a partial tile of a size that never was", "tile/entries/001.p/255"],
    ["an empty tile", "tile/0/000.p/0"],
    ["a tile wider than tiles are", "tile/0/000.p/256"],
    ["a level that no tree reaches", "tile/64/000"],
    ["a level written in two figures", "tile/00/000"],
    ["an index written short", "tile/0/0"],
    ["an index with a folder too many", "tile/entries/x000/000"],
    ["an index in other figures", "tile/entries/٠٠٠"],
    ["the folder of the tiles", "tile"],
    ["the folder of a level", "tile/0/"],
    ["a checkpoint below the checkpoint", "checkpoint/checkpoint"],
    ["a checkpoint below a tile", "tile/0/checkpoint"],
    ["a temporary file", "checkpoint.tmp"],
    ["the folder itself", ""],
    ["a name that no file may have", `${"a".repeat(300)}/checkpoint`],
  ])("what is not there is said without being kept: %s", async (_, path) => {
    const response = await web.ask(`/log/${log}/${path}`);
    expect(response.status).toBe(404);
    expect(response.headers.get("cache-control")).toBeNull();
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect((await refusedIn(response)).code).toBe("notFound");
  });
});

test.each(["checkpoint", "tile/0/000", "tile/entries/000", "tile/9/000"])(
  "a page from elsewhere may ask, and whoever asks for the head alone gets it without the bytes: %s",
  async (path) => {
    const address = `/log/register/${path}`;
    const got = await web.ask(address);
    const head = await web.ask(address, { method: "HEAD" });
    expect(head.status).toBe(got.status);
    for (const name of ["content-type", "cache-control"])
      expect(head.headers.get(name)).toBe(got.headers.get(name));
    expect((await head.arrayBuffer()).byteLength).toBe(0);
    const asked = await web.ask(address, {
      method: "OPTIONS",
      headers: {
        origin: "https://court.example",
        "access-control-request-method": "GET",
        "access-control-request-headers": "x-anything",
      },
    });
    expect(asked.status).toBe(204);
    const posted = await web.ask(address, { method: "POST" });
    expect(posted.status).toBe(405);
    expect(posted.headers.get("allow")).toBe("GET, HEAD");
    for (const { headers } of [head, asked, posted])
      expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(asked.headers.get("access-control-allow-methods")).toContain("GET");
    expect(asked.headers.get("access-control-allow-headers")).toBe("*");
  },
);

test("the addresses are those of the files in the office's public folder, and no other file has one", async () => {
  const files = readdirSync(office.folder, {
    recursive: true,
    encoding: "utf8",
  }).filter((name) => statSync(join(office.folder, name)).isFile());
  const shown = files.filter((name) => name.startsWith("public/log/"));
  expect(shown.length).toBeGreaterThan(15);
  for (const name of shown)
    expect(await bytesAt(`/${name.slice("public/".length)}`), name).toEqual(
      new Uint8Array(readFileSync(join(office.folder, name))),
    );
  const hidden = files.filter((name) => !name.startsWith("public/"));
  expect(hidden.join("\n")).toMatch(/^journal\/.*^keys\//ms);
  for (const name of hidden) {
    const up = [
      "..",
      "../..",
      "../../..",
      "%2e%2e/%2e%2e",
      "..%2f..",
      "..\\..",
    ];
    for (const way of [
      "",
      ...up.flatMap((u) => [
        `log/${u}/`,
        `log/register/${u}/`,
        `log/register/tile/${u}/`,
        `paper/${u}/`,
        `paper/${u}%2f`,
      ]),
    ]) {
      const response = await web.ask(`/${way}${name}`);
      expect(response.status, way + name).toBe(404);
      await refusedIn(response);
    }
  }
});

describe("over a real connection, where nothing tidies the address up", () => {
  let port: number;
  let server: ReturnType<typeof serve>;
  beforeAll(async () => {
    await new Promise<void>((resolve) => {
      const { fetch } = web.app;
      server = serve({ fetch, port: 0, hostname: "127.0.0.1" }, (info) => {
        ({ port } = info);
        resolve();
      });
    });
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  function raw(request: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1", () =>
        socket.write(`${request}\r\nHost: office\r\nConnection: close\r\n\r\n`),
      );
      let text = "";
      socket.setEncoding("latin1");
      socket.on("data", (part) => (text += String(part)));
      socket.on("end", () => resolve(text));
      socket.on("error", reject);
    });
  }

  test("a good address answers", async () => {
    expect(await raw("GET /log/register/checkpoint HTTP/1.1")).toMatch(
      /^HTTP\/1\.1 200 OK[^]*data\.small\.example\/register\n/,
    );
  });

  test.each([
    "/log/../../keys/log.json",
    "/log/register/../../../keys/log.json",
    "/log/register/..%2f..%2f..%2fkeys/log.json",
    "/log/register/..\\..\\..\\keys\\log.json",
    "/log/./register/tile/0/../../../../../keys/log.json",
    "/paper/../../keys/log.json",
    "/paper/..%00",
    "//keys/log.json",
    "http://office/../keys/log.json",
    "/../keys/log.json",
    "*",
    "/log/register/checkpoint\u0000.txt",
    `/${"a".repeat(15_000)}`,
    `/${"a".repeat(60_000)}`,
    "/%",
    "/\u00ff",
  ])("a bad one does not reach anything: %j", async (path) => {
    const answer = await raw(`GET ${path} HTTP/1.1`);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).not.toContain("privateKey");
  });
});
