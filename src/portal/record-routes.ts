import type { Hono, MiddlewareHandler } from "hono";
import { Malformed } from "../acts/canonical.ts";
import { parseEntry } from "../acts/entry.ts";
import type { Office } from "../office/office.ts";
import { bytesOf, typed } from "./body-guards.ts";
import { errorBody } from "./errors.ts";

/** For gateways that run elsewhere: the newest checkpoint, which is none while it should be a newer one, and their records. */
export function recordRoutes(
  app: Hono,
  office: Office,
  sure: MiddlewareHandler,
  limited: MiddlewareHandler,
): void {
  app.get("/records/checkpoint", sure, (c) =>
    c.text(office.newestCheckpoint(), 200, { "Cache-Control": "no-store" }),
  );
  app.post("/records", sure, typed, limited, async (c) => {
    const entry = parseEntry(await bytesOf(c));
    if (entry.type !== "record")
      throw new Malformed(`Cannot take ${entry.type}: want a signed record`);
    const taken = await office.take(entry);
    if (typeof taken === "number") return c.json({ index: taken }, 201);
    if (taken.code === "entered") return c.json({ index: null }, 200);
    const body = errorBody(taken.code, taken.why);
    return taken.at === undefined
      ? c.json(body, 403)
      : c.json({ ...body, at: taken.at }, 409);
  });
}
