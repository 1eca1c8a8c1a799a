import { execFile } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { expect, onTestFinished, test, vi } from "vitest";
import { decideRange, type ServedFile, serveFile } from "./ranges.ts";

const run = promisify(execFile);
const ETAG = '"0123456789abcdef"';
const WHOLE = { status: 200 };
const part = (first: number, last: number) => ({ status: 206, first, last });

test.each([
  ["bytes=0-0", part(0, 0)],
  ["bytes=0-99", part(0, 99)],
  ["bytes=0-100", part(0, 99)],
  ["bytes=90-", part(90, 99)],
  ["bytes=99-99999999999999999999999999", part(99, 99)],
  ["bytes=-1", part(99, 99)],
  ["bytes=-100", part(0, 99)],
  ["bytes=-99999999999999999999999999", part(0, 99)],
  ["BYTES=5-6", part(5, 6)],
  ["bytes=100-", { status: 416 }],
  ["bytes=100-200", { status: 416 }],
  ["bytes=99999999999999999999999999-", { status: 416 }],
  ["bytes=-0", { status: 416 }],
  ["bytes=6-5", WHOLE],
  ["bytes=99999999999999999999999999-5", WHOLE],
  ["bytes=", WHOLE],
  ["bytes=-", WHOLE],
  ["bytes=a-b", WHOLE],
  ["bytes=1.5-2", WHOLE],
  ["bytes=+1-2", WHOLE],
  ["bytes 0-1", WHOLE],
  ["bytes=0-1,3-4", WHOLE],
  ["lines=0-1", WHOLE],
  ["", WHOLE],
])("Range: %s of 100 bytes", (range, decision) => {
  const headers = new Headers({ Range: range });
  expect(decideRange({ method: "GET", headers }, 100, ETAG)).toEqual(decision);
  expect(decideRange({ method: "HEAD", headers }, 100, ETAG)).toEqual(WHOLE);
});

test("a file without bytes has no parts, and one of 2^53 − 1 has its last byte", () => {
  const ask = (range: string, size: number) =>
    decideRange(
      { method: "GET", headers: new Headers({ Range: range }) },
      size,
      ETAG,
    );
  expect(ask("bytes=0-", 0)).toEqual(WHOLE);
  expect(ask("bytes=-5", 0)).toEqual(WHOLE);
  const size = Number.MAX_SAFE_INTEGER;
  expect(ask("bytes=-1", size)).toEqual(part(size - 1, size - 1));
  expect(ask(`bytes=${size}-`, size)).toEqual({ status: 416 });
});

test.each([
  [{ "If-None-Match": ETAG }, 304],
  [{ "If-None-Match": `W/${ETAG}` }, 304],
  [{ "If-None-Match": `"a,b", ${ETAG}` }, 304],
  [{ "If-None-Match": "*" }, 304],
  [{ "If-None-Match": '"another"' }, 206],
  [{ "If-None-Match": "0123456789abcdef" }, 206],
  [{ "If-Match": ETAG }, 206],
  [{ "If-Match": `"another",${ETAG}` }, 206],
  [{ "If-Match": "*" }, 206],
  [{ "If-Match": `W/${ETAG}` }, 412],
  [{ "If-Match": '"another"' }, 412],
  [{ "If-Match": "" }, 412],
  [{ "If-Match": '"another"', "If-None-Match": ETAG }, 412],
  [{ "If-Match": ETAG, "If-None-Match": ETAG }, 304],
  [{ "If-Range": ETAG }, 206],
  [{ "If-Range": `W/${ETAG}` }, 200],
  [{ "If-Range": '"another"' }, 200],
  [{ "If-Range": "Sat, 28 Nov 2026 08:00:00 GMT" }, 200],
  [{ "If-Modified-Since": "Sat, 28 Nov 2026 08:00:00 GMT" }, 206],
  [{ "If-Unmodified-Since": "Sat, 28 Nov 2020 08:00:00 GMT" }, 206],
])("the conditions of a request for a range: %j", (conditions, status) => {
  const headers = new Headers({ Range: "bytes=1-2", ...conditions });
  const { status: found } = decideRange({ method: "GET", headers }, 100, ETAG);
  expect(found).toBe(status);
  const head = decideRange({ method: "HEAD", headers }, 100, ETAG);
  expect(head.status).toBe(status === 206 ? 200 : status);
});

/** A file behind a server that listens, and what was handed on of it each time. */
async function serving(bytes: Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-ranges-"));
  const path = join(folder, "a.parquet");
  writeFileSync(path, bytes);
  const file: ServedFile = {
    ...{ path, size: bytes.length, etag: ETAG },
    mediaType: "application/vnd.apache.parquet",
    filename: "vehicles.parquet",
  };
  const state = { file, handedOn: [] as number[] };
  const app = new Hono();
  app.get("/a.parquet", (c) =>
    serveFile(c.req.raw, state.file, {
      headers: { "Cache-Control": "private, no-cache, no-transform" },
      onDone: (count) => void state.handedOn.push(count),
    }),
  );
  const port = await new Promise<number>((resolve) => {
    const server = serve(
      { fetch: app.fetch, hostname: "127.0.0.1", port: 0 },
      (info) => resolve(info.port),
    );
    onTestFinished(async () => {
      await new Promise((closed) => server.close(closed));
      rmSync(folder, { recursive: true });
    });
  });
  const address = `http://127.0.0.1:${port}/a.parquet`;
  return { address, port, folder, path, state, file };
}

const THREE_MEGABYTES = Buffer.from(
  Uint32Array.from({ length: 750_000 }, (_, i) => i * 2_654_435_761).buffer,
);

test("curl gets the whole, a range, the head and nothing of what it has", async () => {
  const { address, state } = await serving(THREE_MEGABYTES);
  const curl = async (...args: string[]) => {
    const { stdout } = await run("curl", ["-sS", ...args, address], {
      encoding: "buffer",
      maxBuffer: 10_000_000,
    });
    return stdout;
  };
  expect((await curl()).equals(THREE_MEGABYTES)).toBe(true);
  const range = await curl("--range", "1000-1000999");
  expect(range.equals(THREE_MEGABYTES.subarray(1_000, 1_001_000))).toBe(true);
  const end = await curl("--range", "-5");
  expect(end.equals(THREE_MEGABYTES.subarray(-5))).toBe(true);
  const head = (await curl("-I")).toString().toLowerCase();
  for (const line of [
    "http/1.1 200 ok",
    "accept-ranges: bytes",
    "content-length: 3000000",
    `etag: ${ETAG}`,
    "content-type: application/vnd.apache.parquet",
    'content-disposition: attachment; filename="vehicles.parquet"',
    "cache-control: private, no-cache, no-transform",
  ])
    expect(head).toContain(`${line}\r\n`);
  expect(head).not.toContain("last-modified");
  expect((await curl("-i", "--range", "3000000-")).toString()).toMatch(
    /^HTTP\/1.1 416 [^]*content-range: bytes \*\/3000000\r\n[^]*"rangeNotSatisfiable"/i,
  );
  const known = await curl("-i", "-H", `If-None-Match: ${ETAG}`);
  expect(known.toString()).toMatch(/^HTTP\/1.1 304 [^]*\r\n\r\n$/);
  expect(state.handedOn).toEqual([3_000_000, 1_000_000, 5, 0, 0, 0]);
});

test("curl -C - goes on where a download was cut, and begins anew where the file is another", async () => {
  const { address, folder, state } = await serving(THREE_MEGABYTES);
  const saved = join(folder, "saved");
  const resume = (...args: string[]) =>
    run("curl", ["-sS", "-f", "-C", "-", "-o", saved, ...args, address]);
  await resume();
  truncateSync(saved, 1_234_567);
  await resume("-H", `If-Range: ${ETAG}`);
  expect(readFileSync(saved).equals(THREE_MEGABYTES)).toBe(true);
  expect(state.handedOn).toEqual([3_000_000, 3_000_000 - 1_234_567]);
  truncateSync(saved, 1_000);
  // curl does not glue two files together: it was given the whole of the new one, says so and fails.
  await expect(resume("-H", 'If-Range: "of before"')).rejects.toThrow(/range/i);
});

test("a client that goes away in the middle is noticed: the file is closed, and little was read for nobody", async () => {
  const { port, state } = await serving(Buffer.alloc(64_000_000, 7));
  const socket = connect(port, "127.0.0.1");
  socket.write("GET /a.parquet HTTP/1.1\r\nHost: a\r\n\r\n");
  await new Promise((resolve) => socket.once("data", resolve));
  socket.pause();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(state.handedOn).toEqual([]);
  socket.destroy();
  await vi.waitFor(() => expect(state.handedOn).toHaveLength(1), 20_000);
  // What the sockets of both sides hold, and not the 64 MB.
  expect(state.handedOn[0]).toBeLessThan(32_000_000);
});

test
  .runIf(existsSync("/proc/self/fd"))
  .each(["read", "cancelled", "left by a client who is gone"])(
  "the file is closed when its body was %s",
  async (how) => {
    const { file } = await serving(Buffer.alloc(1_000_000));
    const gone = new AbortController();
    const done = vi.fn<(bytes: number) => void>();
    const request = new Request("http://a/", { signal: gone.signal });
    const response = await serveFile(request, file, { onDone: done });
    expect(openFiles()).toContain(file.path);
    expect(done).not.toHaveBeenCalled();
    if (how === "read") await response.arrayBuffer();
    else if (how === "cancelled") await response.body?.cancel();
    else gone.abort();
    expect(done.mock.calls).toEqual([[how === "read" ? 1_000_000 : 0]]);
    await vi.waitFor(() => expect(openFiles()).not.toContain(file.path), 200);
  },
);

/** Of this process, where the system lists them. */
function openFiles(): readonly string[] {
  return readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return [];
    }
  });
}

test("ranges beyond 4 GB are those bytes", async () => {
  const { address, path, state } = await serving(Buffer.alloc(1));
  const size = 5_000_000_011;
  const handle = await open(path, "r+");
  await handle.write("marks", 4_500_000_000);
  await handle.truncate(size);
  await handle.close();
  // The file has holes: it takes next to nothing on the disk.
  expect(statSync(path).blocks).toBeLessThan(1_000);
  state.file = { ...state.file, size };
  const response = await fetch(address, {
    headers: { Range: "bytes=4499999999-4500000005" },
  });
  expect(response.status).toBe(206);
  expect(response.headers.get("Content-Range")).toBe(
    `bytes 4499999999-4500000005/${size}`,
  );
  expect(await response.text()).toBe("\0marks\0");
  const head = await fetch(address, { method: "HEAD" });
  expect(head.headers.get("Content-Length")).toBe(String(size));
});

test("a file that is gone, or has another size than it should, is an error before anything is answered", async () => {
  const { file } = await serving(Buffer.alloc(10));
  const done = vi.fn<(bytes: number) => void>();
  const ask = (of: ServedFile) =>
    serveFile(new Request("http://a/"), of, { onDone: done });
  await expect(ask({ ...file, size: 11 })).rejects.toThrow(
    "it has 10 bytes, want 11",
  );
  await expect(ask({ ...file, path: `${file.path}.gone` })).rejects.toThrow(
    "ENOENT",
  );
  await expect(ask({ ...file, filename: 'a".exe' })).rejects.toThrow(
    "want letters, digits, dots, hyphens and underscores",
  );
  expect(done.mock.calls).toEqual([[0], [0], [0]]);
});

test("a file that loses its end while it is read ends the answer broken, not short", async () => {
  const { address, path, state } = await serving(Buffer.alloc(30_000_000, 1));
  const response = await fetch(address);
  truncateSync(path, 1_000_000);
  await expect(response.arrayBuffer()).rejects.toThrow("terminated");
  expect(state.handedOn[0]).toBeLessThan(30_000_000);
});
