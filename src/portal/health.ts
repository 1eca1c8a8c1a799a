import type { Context, MiddlewareHandler } from "hono";
import { showLine } from "../audit/says.ts";
import { Unavailable } from "../gateway/unavailable.ts";
import type { AppOptions } from "./app.tsx";

/** A database that answers is heard every second. */
const SILENT_MS_MAX = 3_000;
/** A writer that has not known for so long that it is the only one answers nobody (I10). */
export const UNSURE_MS_MAX = 10_000;

/** For whoever watches the office from outside: 503 and a reason while something keeps it from its work. */
export function health(c: Context, options: AppOptions): Response {
  const { office, unsureMs, gateway } = options;
  const { size } = office.published;
  const silent = unsureMs?.() ?? 0;
  const reason =
    silent > SILENT_MS_MAX
      ? `the database has not answered for ${Math.floor(silent / 1000)} seconds`
      : office.failure;
  if (reason === undefined)
    return c.json({ ok: gateway() !== undefined, size });
  return c.json({ ok: false, size, reason: showLine(reason, 500) }, 503);
}

/** I10: without its database an office cannot know whether another one has taken its place. */
export function whenSure({
  unsureMs,
}: Pick<AppOptions, "unsureMs">): MiddlewareHandler {
  return (_, next) => {
    if ((unsureMs?.() ?? 0) <= UNSURE_MS_MAX) return next();
    throw new Unavailable(
      "Cannot answer: the database, which knows whether this office is the only writer of its log, has not answered for 10 seconds",
    );
  };
}
