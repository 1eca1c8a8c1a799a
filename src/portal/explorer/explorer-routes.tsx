import type { Context, Hono } from "hono";
import { Malformed } from "../../acts/canonical.ts";
import { quote } from "../../log/format-error.ts";
import { whichEntry } from "../../log/prove.ts";
import { entryNumber } from "../acts/filter.ts";
import type { AppOptions } from "../app.tsx";
import { showError } from "../error-page.tsx";
import { errorBody } from "../errors.ts";
import type { FindEntry } from "../proof-routes.ts";
import { showPage } from "../show-page.ts";
import { leafView, logPart } from "./explorer.ts";
import { ExplorerPage, LeafPage } from "./explorer-page.tsx";

const LOG = /^(?:[a-z0-9][a-z0-9.-]{0,63}\/){0,2}[a-z0-9][a-z0-9.-]{0,63}$/;

/** The folders of logs and nothing else below them: bundles of entries lie at addresses that read alike. */
const LOGS = "/log/:log{register|[^/]+/[^/]+/[0-9]+q[1-4]}";

/**
 * `GET /log/<log>/entries?from=<index>` and `?find=<index or leaf hash>`, `GET /log/<log>/entries/<index>`, each with a twin in `.json`: a log entry by
 * entry, from what is public alone. 404 where no such log or entry is public, 400 where the address names none.
 */
export function explorerRoutes(
  app: Hono,
  options: AppOptions,
  find: () => FindEntry,
): void {
  const nothing = (c: Context, message: string) =>
    showError(c, errorBody("notFound", message), 404);
  const list = async (c: Context, isTwin: boolean) => {
    const log = logOf(c);
    const sought = c.req.query("find");
    if (sought !== undefined && sought !== "") {
      const index = await placeOf(find(), log, sought.trim());
      return index === undefined
        ? nothing(c, `No public entry of ${log} has the leaf hash ${sought}`)
        : c.redirect(`/log/${log}/entries/${index}`, 303);
    }
    const from = c.req.query("from");
    const part = await logPart(
      ...([options, log] as const),
      from === undefined || from === "" ? undefined : entryNumber(from),
    );
    if (part === undefined) return nothing(c, `No log ${log} is public`);
    return isTwin ? c.json(part) : showPage(c, <ExplorerPage part={part} />);
  };
  app.get(`${LOGS}/entries`, (c) => list(c, false));
  app.get(`${LOGS}/entries.json`, (c) => list(c, true));
  app.get(`${LOGS}/entries/:index`, async (c) => {
    const log = logOf(c);
    const given = c.req.param("index");
    const isTwin = given.endsWith(".json");
    const index = entryNumber(isTwin ? given.slice(0, -5) : given);
    const leaf = await leafView(options, log, index);
    if (leaf === undefined)
      return nothing(c, `No entry ${index} of log ${log} is public`);
    return isTwin ? c.json(leaf) : showPage(c, <LeafPage leaf={leaf} />);
  });
}

function logOf(c: Context): string {
  const log = c.req.param("log") ?? "";
  if (LOG.test(log)) return log;
  throw new Malformed(
    `Cannot read log ${quote(log)}: want its folder, such as register`,
  );
}

async function placeOf(
  find: FindEntry,
  log: string,
  text: string,
): Promise<number | undefined> {
  const which = whichEntry(text);
  if (typeof which === "number") return which;
  if (which !== undefined) return (await find(log, which))?.index;
  throw new Malformed(
    `Cannot find ${quote(text)}: want the number of an entry, or its leaf hash in base64url or hex`,
  );
}
