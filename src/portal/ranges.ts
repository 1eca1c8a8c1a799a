import { type FileHandle, open } from "node:fs/promises";
import { errorBody } from "./errors.ts";
import { whenIdle } from "./idle.ts";

/** A file that never changes under its ETag. */
export type ServedFile = {
  readonly path: string;
  readonly size: number;
  /** A strong one, with its quotes. */
  readonly etag: string;
  readonly mediaType: string;
  /** As it is offered to be saved: letters, digits, dots, hyphens and underscores. */
  readonly filename: string;
};

/** What is answered; `first` and `last` are the bytes that leave, both included. */
export type Decision =
  | { readonly status: 200 | 304 | 412 | 416 }
  | { readonly status: 206; readonly first: number; readonly last: number };

type Asked = { readonly method: string; readonly headers: Headers };

/**
 * RFC 9110, sections 13.2.2 and 14.2: first the conditions, then the range. Only GET knows ranges. A range that cannot be read, and
 * several ranges at once, are answered with the whole, which a server may always do. There is no Last-Modified, so no date matches.
 */
export function decideRange(
  { method, headers }: Asked,
  size: number,
  etag: string,
): Decision {
  const mustMatch = headers.get("If-Match");
  if (mustMatch !== null && !names(mustMatch, etag, "strong"))
    return { status: 412 };
  const mustNotMatch = headers.get("If-None-Match");
  if (mustNotMatch !== null && names(mustNotMatch, etag, "weak"))
    return { status: 304 };
  const range = headers.get("Range");
  if (method !== "GET" || range === null) return { status: 200 };
  const ifRange = headers.get("If-Range");
  if (ifRange !== null && ifRange.trim() !== etag) return { status: 200 };
  return ofRange(range, BigInt(size));
}

const RANGE = /^bytes=\s*(?:([0-9]+)-([0-9]*)|-([0-9]+))\s*$/i;

function ofRange(range: string, size: bigint): Decision {
  const [, from, to, suffix] = RANGE.exec(range) ?? [];
  if (suffix !== undefined) return ofLast(BigInt(suffix), size);
  if (from === undefined || size === 0n) return { status: 200 };
  const first = BigInt(from);
  const last = to === undefined || to === "" ? size - 1n : BigInt(to);
  if (to !== "" && last < first) return { status: 200 };
  if (first >= size) return { status: 416 };
  return part(first, last < size ? last : size - 1n);
}

function ofLast(count: bigint, size: bigint): Decision {
  if (count === 0n) return { status: 416 };
  if (size === 0n) return { status: 200 };
  return part(count < size ? size - count : 0n, size - 1n);
}

const part = (first: bigint, last: bigint): Decision => ({
  ...{ status: 206, first: Number(first), last: Number(last) },
});

/** Whether a list of ETags names this one, which is strong. Inside the quotes a comma separates nothing. */
function names(list: string, etag: string, how: "strong" | "weak"): boolean {
  if (list.trim() === "*") return true;
  return [...list.matchAll(/(W\/)?("[^"]*")/g)].some(
    ([, weak, tag]) => tag === etag && (weak === undefined || how === "weak"),
  );
}

/**
 * Answers GET and HEAD with a file or a part of it, from disk and only as fast as the client takes it. `onDone` is called once, whatever
 * happens: with the bytes that were handed on, when the file is not read any more.
 */
export async function serveFile(
  request: Request,
  file: ServedFile,
  options: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly onDone?: (bytes: number) => void;
    /** Asked before each piece; throws when no more may leave. */
    readonly mayGoOn?: () => void | Promise<void>;
  } = {},
): Promise<Response> {
  const done = once(options.onDone ?? (() => undefined));
  const leaving = { done, mayGoOn: options.mayGoOn ?? (() => undefined) };
  try {
    const decision = decideRange(request, file.size, file.etag);
    const { status } = decision;
    const headers = {
      ...options.headers,
      ...{ "Accept-Ranges": "bytes", ETag: file.etag },
    };
    switch (status) {
      case 200:
        return await partOf(request, file, status, headers, leaving, {
          ...{ first: 0, last: file.size - 1 },
        });
      case 206:
        return await partOf(
          ...([request, file, status, headers, leaving, decision] as const),
        );
      default:
        done(0);
        return refusal(status, file.size, headers);
    }
  } catch (error) {
    done(0);
    throw error;
  }
}

function once(done: (bytes: number) => void): (bytes: number) => void {
  let isDone = false;
  return (bytes) => {
    if (isDone) return;
    isDone = true;
    done(bytes);
  };
}

type Headed = Readonly<Record<string, string>>;
/** Asked before each piece, and told once how much was handed on. */
type Leaving = {
  readonly done: (bytes: number) => void;
  readonly mayGoOn: () => void | Promise<void>;
};

function refusal(status: 304 | 412 | 416, size: number, headers: Headed) {
  switch (status) {
    case 304:
      return new Response(null, { status, headers });
    case 412: {
      const said =
        "The file is another one than the request's If-Match names: ask again without it";
      return Response.json(errorBody("changed", said), { status, headers });
    }
    case 416: {
      const said = `The range holds no byte of the file: want one that begins before ${size}`;
      return Response.json(errorBody("rangeNotSatisfiable", said), {
        status,
        headers: { ...headers, "Content-Range": `bytes */${size}` },
      });
    }
  }
}

async function partOf(
  request: Request,
  file: ServedFile,
  status: 200 | 206,
  common: Headed,
  leaving: Leaving,
  { first, last }: { readonly first: number; readonly last: number },
): Promise<Response> {
  const headers = {
    ...common,
    "Content-Type": file.mediaType,
    "Content-Length": String(last - first + 1),
    "Content-Disposition": `attachment; filename="${safe(file.filename)}"`,
    ...(status === 206 && {
      "Content-Range": `bytes ${first}-${last}/${file.size}`,
    }),
  };
  if (request.method === "HEAD") {
    leaving.done(0);
    return new Response(null, { status, headers });
  }
  const body = await bodyOf(request, file, first, last, leaving);
  return new Response(body, { status, headers });
}

function safe(filename: string): string {
  if (/^[A-Za-z0-9._-]+$/.test(filename)) return filename;
  throw new TypeError(
    `Cannot offer a file named ${JSON.stringify(filename)}: want letters, digits, dots, hyphens and underscores`,
  );
}

const PIECE_BYTES = 256 * 1024;

/** The handle is open before the answer begins: a file that is not there is an error and no broken answer. */
async function bodyOf(
  request: Request,
  { path, size }: ServedFile,
  first: number,
  last: number,
  leaving: Leaving,
): Promise<ReadableStream<Uint8Array>> {
  const handle = await openWhole(path, size);
  let at = first;
  const done = async () => {
    idle.stop();
    request.signal.removeEventListener("abort", whenGone);
    leaving.done(at - first);
    // A handle may be closed twice.
    await handle.close();
  };
  // A client may go before anybody reads the body, and then nobody cancels it.
  const whenGone = () => void done().catch(() => undefined);
  request.signal.addEventListener("abort", whenGone);
  let broken: (error: Error) => void = () => undefined;
  const idle = whenIdle(() => {
    broken(new Error("nobody took the next bytes for 30 seconds"));
    whenGone();
  });
  idle.wait();
  if (request.signal.aborted) await done();
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        broken = (error) => controller.error(error);
      },
      async pull(controller) {
        idle.wait();
        try {
          if (at <= last) {
            await leaving.mayGoOn();
            const piece = await readAt(handle, path, at, last);
            at += piece.length;
            controller.enqueue(piece);
          }
          if (at <= last) return;
          await done();
          controller.close();
        } catch (error) {
          await done();
          throw error;
        }
      },
      cancel: done,
    },
    { highWaterMark: 0 },
  );
}

async function openWhole(path: string, size: number): Promise<FileHandle> {
  const handle = await open(path, "r");
  const found = await handle.stat();
  if (found.size === size) return handle;
  await handle.close();
  throw new Error(
    `Cannot serve ${path}: it has ${found.size} bytes, want ${size}`,
  );
}

async function readAt(
  handle: FileHandle,
  path: string,
  at: number,
  last: number,
): Promise<Uint8Array> {
  const length = Math.min(PIECE_BYTES, last - at + 1);
  const { bytesRead, buffer } = await handle.read(
    Buffer.allocUnsafe(length),
    ...([0, length, at] as const),
  );
  if (bytesRead > 0) return buffer.subarray(0, bytesRead);
  throw new Error(`Cannot serve ${path}: it ended at byte ${at}`);
}
