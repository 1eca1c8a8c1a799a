import { IncomingMessage } from "node:http";
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { Malformed } from "../acts/canonical.ts";
import { quote } from "../log/format-error.ts";
import { showError } from "./error-page.tsx";
import { errorBody, SlowBody } from "./errors.ts";

/** How long a body may take, and how long nothing of it may come. */
export type BodyTimes = { readonly idleMs: number; readonly totalMs: number };

/** Addresses whose queries are about data. */
export const DATA = /^\/(?:data|files|query)(?:\/|$)/;
const IDLE_MS_MAX = 10_000;
const TOTAL_MS_MAX = 30_000;
/** A long body may take as long as it would at this pace. */
const BYTES_PER_MS_MIN = 64;

/** Refuses bodies that are longer than that many bytes, or that come too slowly to whoever reads them as an array buffer. */
export function upTo(
  maxSize: number,
  times: BodyTimes = timesFor(maxSize),
): MiddlewareHandler {
  const refuse = (c: Context) =>
    showError(
      c,
      errorBody(
        "tooLarge",
        `Cannot read the body: it is over ${maxSize} bytes`,
      ),
      413,
    );
  const counted = bodyLimit({ maxSize, onError: refuse });
  return async (c, next) => {
    const length = c.req.header("content-length");
    const isStated =
      length !== undefined && c.req.header("transfer-encoding") === undefined;
    // Node holds a body to the length that it states. Only one that states none has to be counted, which costs a stream.
    if (isStated && Number(length) > maxSize) return refuse(c);
    if (!isStated) {
      const refused = await inTime(
        c,
        counted(c, () => Promise.resolve()),
        times,
      );
      return refused instanceof Response ? refused : next();
    }
    const { req } = c;
    const read = req.arrayBuffer.bind(req);
    // Whoever never reads it is not kept waiting for it.
    req.arrayBuffer = () => inTime(c, read(), times);
    return next();
  };
}

function timesFor(maxSize: number): BodyTimes {
  return {
    idleMs: IDLE_MS_MAX,
    totalMs: Math.max(TOTAL_MS_MAX, maxSize / BYTES_PER_MS_MIN),
  };
}

/**
 * What a reading gives while it goes on. What comes after it was given up is read by nobody: whoever waits for this promise
 * has been told, and the connection ends.
 */
async function inTime<T>(
  { env }: Context,
  reading: Promise<T>,
  { idleMs, totalMs }: BodyTimes,
): Promise<T> {
  const incoming = incomingOf(env);
  const begun = performance.now();
  let at = begun;
  let bytes = incoming?.socket.bytesRead;
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<never>((_, reject) => {
    const give = (why: string): void =>
      reject(new SlowBody(`Cannot read the body: ${why}`));
    const look = (): void => {
      const now = performance.now();
      const read = incoming?.socket.bytesRead;
      if (read !== bytes) [at, bytes] = [now, read];
      if (now - begun >= totalMs)
        return give(`it took over ${totalMs / 1000} seconds`);
      if (incoming !== undefined && now - at >= idleMs)
        return give(`nothing of it came for ${idleMs / 1000} seconds`);
      timer = setTimeout(look, Math.min(1_000, idleMs / 4));
    };
    timer = setTimeout(look, Math.min(1_000, idleMs / 4));
  });
  reading.catch(() => undefined);
  try {
    return await Promise.race([reading, slow]);
  } catch (cause) {
    if (incoming === undefined || !incoming.readableAborted) throw cause;
    throw new Malformed("Cannot read the body: it ended early", { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** The request of Node's own server; a request that is handed in by a test has none, and comes whole. */
function incomingOf(env: unknown): IncomingMessage | undefined {
  return typeof env === "object" &&
    env !== null &&
    "incoming" in env &&
    env.incoming instanceof IncomingMessage
    ? env.incoming
    : undefined;
}

/** Refuses bodies that do not say that they are JSON. */
export const typed: MiddlewareHandler = async (c, next) => {
  const type = c.req.header("content-type") ?? "";
  if (/^application\/json *(?:;|$)/i.test(type)) return next();
  return showError(
    c,
    errorBody(
      "unsupportedType",
      `Cannot read the body: its Content-Type is ${quote(type)}, want application/json`,
    ),
    415,
  );
};

/** No id and no word holds NUL, which no database keeps. Data have rules of their own for what they are compared with. */
export const withoutNul: MiddlewareHandler = (c, next) => {
  const { pathname, search } = new URL(c.req.url);
  if (
    pathname.includes("%00") ||
    (search.includes("%00") && !DATA.test(pathname))
  )
    throw new Malformed("Cannot read the address: it holds the sign NUL");
  return next();
};

/** The router takes the name of a parameter for an address of its own, with no parameter in it; nothing of the office is named so. */
export const withoutPatterns: MiddlewareHandler = async (c, next) =>
  /\/:/.test(c.req.path) ? c.notFound() : next();

/** As they came: whoever reads them as JSON may not lose a doubled member. */
export async function bytesOf(c: Context): Promise<Uint8Array> {
  return new Uint8Array(await c.req.arrayBuffer());
}
