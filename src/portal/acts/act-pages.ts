import type { Hono } from "hono";
import type { AppOptions } from "../app.tsx";
import { explorerRoutes } from "../explorer/explorer-routes.tsx";
import { followRoutes } from "../follow/follow-routes.tsx";
import type { FindEntry } from "../proof-routes.ts";
import { searchRoutes } from "../search/search-routes.tsx";
import { sinceRoutes } from "../since/since-routes.tsx";
import type { Proofs } from "../things/proof.ts";
import type { ActLog } from "./act-log.ts";
import { actsRoutes } from "./acts-routes.tsx";

/** Everything that is read from the log as a whole. It stands before the files of the logs, whose pattern takes every address below /log/. */
export function actPages(
  app: Hono,
  log: ActLog,
  proofs: Proofs,
  options: AppOptions,
  find: () => FindEntry,
): void {
  actsRoutes(app, log, proofs, options);
  explorerRoutes(app, options, find);
  sinceRoutes(app, log, options);
  followRoutes(app, log, options);
  searchRoutes(app, log, options);
}
