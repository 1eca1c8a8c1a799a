import type { Hono } from "hono";
import { FormatError } from "../log/format-error.ts";
import { parseTilePath } from "../log/tiles.ts";
import { showError } from "./error-page.tsx";
import { errorBody } from "./errors.ts";
import type { Gone } from "./retention.ts";

/** What the office shows of itself as files; `path` is below its public folder. Undefined when nothing is there. */
export type PublicFiles = {
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
  readonly keepPaper: (hex: string, bytes: Uint8Array) => Promise<void>;
};

const PREFLIGHT = {
  "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
  "Access-Control-Allow-Headers": "*",
  "Access-Control-Max-Age": "86400",
};
const IMMUTABLE = "public, max-age=604800, immutable";

/** The logs and papers as they lie on disk, with the headers that the C2SP formats want. */
export function logRoutes(
  app: Hono,
  files: PublicFiles,
  goneAt: (path: string) => Gone | undefined = () => undefined,
): void {
  for (const place of ["/log/*", "/paper/*"]) {
    // A verifier in a browser must be able to tell what is not there from what it may not read.
    app.use(place, async (c, next) => {
      // Such a pattern takes the address without the stroke as well, and there are pages.
      if (!c.req.path.startsWith(place.slice(0, -1))) return next();
      c.header("Access-Control-Allow-Origin", "*");
      if (c.req.method === "OPTIONS") return c.body(null, 204, PREFLIGHT);
      return next();
    });
  }
  app.get("/log/register/cosigned/:day", async (c) => {
    const day = c.req.param("day");
    const bytes = /^(?:days|[0-9]{4}-[0-9]{2}-[0-9]{2})$/.test(day)
      ? await files.read(`log/register/cosigned/${day}`)
      : undefined;
    if (bytes === undefined)
      return showError(c, errorBody("notFound", `No day ${day} is here`), 404);
    // The file of a day grows, and the list of days with it.
    c.header("Cache-Control", "no-cache");
    c.header("Content-Type", "text/plain; charset=utf-8");
    return c.body(new Uint8Array(bytes));
  });
  app.get("/log/*", async (c) => {
    const path = c.req.path.slice(1);
    const place =
      /^log\/((?:[a-z0-9][a-z0-9.-]{0,63}\/){1,3})(checkpoint|tile\/.+)$/.exec(
        path,
      );
    const isTile = place?.[2]?.startsWith("tile/") ?? false;
    const nothing = () => {
      const gone = goneAt(path);
      if (gone !== undefined)
        return showError(c, gone, 410, { "Cache-Control": "max-age=300" });
      return showError(c, errorBody("notFound", `Nothing is at /${path}`), 404);
    };
    if (place === null || (isTile && !isTilePath(place[2] ?? "")))
      return nothing();
    const bytes = await files.read(path);
    if (bytes === undefined) return nothing();
    c.header("Cache-Control", isTile ? IMMUTABLE : "no-store");
    c.header(
      "Content-Type",
      isTile ? "application/octet-stream" : "text/plain; charset=utf-8",
    );
    return c.body(new Uint8Array(bytes));
  });
  app.get("/paper/:hex", async (c) => {
    const hex = c.req.param("hex");
    const bytes = /^[0-9a-f]{64}$/.test(hex)
      ? await files.read(`paper/${hex}`)
      : undefined;
    if (bytes === undefined)
      return showError(
        c,
        errorBody("notFound", `No paper ${hex} is here`),
        404,
      );
    // A paper may be anything that somebody handed in: it is given as a file, never shown as a page.
    return c.body(new Uint8Array(bytes), 200, {
      "Content-Type": "application/octet-stream",
      "Content-Disposition": "attachment",
      "Cache-Control": IMMUTABLE,
    });
  });
}

function isTilePath(path: string): boolean {
  try {
    parseTilePath(path);
    return true;
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}
