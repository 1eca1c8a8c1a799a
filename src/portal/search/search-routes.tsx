import type { Context, Hono } from "hono";
import type { ActLog } from "../acts/act-log.ts";
import type { AppOptions } from "../app.tsx";
import { showPage } from "../show-page.ts";
import { SearchIndex } from "./search-index.ts";
import { SearchPage } from "./search-page.tsx";
import { readQuery, searchView } from "./search-view.ts";

/**
 * `GET /search?q=` and `/search.json`: full text over everything that is registered, and the acts. What was looked for is kept nowhere. 400 where a
 * query is too long or a choice is none.
 */
export function searchRoutes(
  app: Hono,
  log: ActLog,
  { now }: Pick<AppOptions, "now">,
): void {
  const index = new SearchIndex(log, now);
  const view = (c: Context) =>
    searchView(log, index, readQuery(new URL(c.req.url).searchParams));
  app.get("/search", async (c) =>
    showPage(c, <SearchPage view={await view(c)} />),
  );
  app.get("/search.json", async (c) => c.json(await view(c)));
}
