import type { Context, Hono } from "hono";
import { wantsHtml } from "./accepts.ts";
import type { AppOptions } from "./app.tsx";
import { idIn } from "./canonical-id.ts";
import { examplesOf } from "./dataset-examples.ts";
import { datasetFacts } from "./dataset-facts.ts";
import { ALLOWED, allowedFor } from "../gateway/allowed.ts";
import { DatasetPage } from "./dataset-page.tsx";
import { errorBody } from "./errors.ts";
import { showPage } from "./show-page.ts";

const JSON_SUFFIX = ".json";

/** A dataset as JSON, and as a page for browsers. */
export function datasetRoutes(app: Hono, options: AppOptions): void {
  const hasFiles = () =>
    app.routes.some(({ path }) => path.startsWith("/files/"));
  app.get("/datasets/:dataset", (c) => dataset(c, options, hasFiles()));
}

function dataset(
  c: Context,
  { office: { register }, now, allowed = ALLOWED }: AppOptions,
  hasFiles: boolean,
): Response | Promise<Response> {
  const given = idIn(c, "dataset");
  // An id may end so itself.
  const isTwin = !register.datasets.has(given) && given.endsWith(JSON_SUFFIX);
  const id = isTwin ? given.slice(0, -JSON_SUFFIX.length) : given;
  const found = register.datasets.get(id);
  if (found === undefined)
    return c.json(
      errorBody("notFound", `No dataset ${id} is registered`, "I1"),
      404,
    );
  c.header("Vary", "Accept");
  const facts =
    !isTwin && wantsHtml(c) ? datasetFacts(register, id, now()) : undefined;
  if (facts === undefined)
    return c.json({
      dataset: found.act,
      entry: found.entry,
      vintage: register.vintages.get(id)?.vintage,
    });
  const { origin } = new URL(c.req.url);
  const examples = examplesOf(
    ...([found.act, facts.products, origin, hasFiles] as const),
  );
  const here = allowedFor(allowed, found.act.live);
  const page = <DatasetPage {...{ facts, examples, allowed: here }} />;
  return showPage(c, page);
}
