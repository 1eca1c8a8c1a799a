import { promises as fs } from "node:fs";
import { join } from "node:path";
import type { Hono } from "hono";
import { FormatError } from "../log/format-error.ts";
import { parseTilePath } from "../log/tiles.ts";
import { isMissing, readIfThere } from "../store/durable.ts";
import { errorBody } from "./errors.ts";

const IMMUTABLE = "public, max-age=604800, immutable";

/** The logs and papers as they lie on disk, with the headers that the C2SP formats want. */
export function logRoutes(app: Hono, folder: string): void {
  const base = join(folder, "public");
  app.get("/log/*", async (c) => {
    const path = c.req.path.slice(1);
    const place =
      /^log\/((?:[a-z0-9][a-z0-9.-]*\/){1,3})(checkpoint|tile\/.+)$/.exec(path);
    const isTile = place?.[2]?.startsWith("tile/") ?? false;
    if (place === null || (isTile && !isTilePath(place[2] ?? "")))
      return c.json(errorBody("notFound", `Nothing is at /${path}`), 404);
    const bytes = await readPublic(join(base, path), isTile);
    c.header("Access-Control-Allow-Origin", "*");
    if (bytes === undefined)
      return c.json(errorBody("notFound", `Nothing is at /${path}`), 404);
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
      ? await readIfThere(join(base, "paper", hex))
      : undefined;
    if (bytes === undefined)
      return c.json(errorBody("notFound", `No paper ${hex} is here`), 404);
    // A paper may be anything that somebody handed in: it is given as a file, never shown as a page.
    return c.body(new Uint8Array(bytes), 200, {
      "Content-Type": "application/octet-stream",
      "Content-Disposition": "attachment",
      "Cache-Control": IMMUTABLE,
      "Access-Control-Allow-Origin": "*",
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

/** A partial tile goes away once the full one exists; clients then take the full one. */
async function readPublic(
  path: string,
  isTile: boolean,
): Promise<Buffer | undefined> {
  try {
    return await fs.readFile(path);
  } catch (error) {
    if (
      isMissing(error) ||
      (isTile &&
        error instanceof Error &&
        "code" in error &&
        error.code === "ENOTDIR")
    )
      return undefined;
    throw error;
  }
}
