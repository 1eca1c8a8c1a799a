import type { Context, Hono } from "hono";
import { wantsHtml } from "./accepts.ts";
import type { AppOptions } from "./app.tsx";
import { idIn } from "./canonical-id.ts";
import { examplesOf } from "./dataset-examples.ts";
import { datasetFacts } from "./dataset-facts.ts";
import { ALLOWED, allowedFor } from "../gateway/allowed.ts";
import { DatasetPage } from "./dataset-page.tsx";
import { showPage } from "./show-page.ts";
import { DatasetMore } from "./things/dataset-more.tsx";
import { datasetView } from "./things/datasets.ts";
import { nothing } from "./things/routes.tsx";
import type { World } from "./things/world.ts";

const JSON_SUFFIX = ".json";

/** A dataset as JSON, and as a page for browsers; the twin of the page says what else the page does. */
export function datasetRoutes(
  app: Hono,
  options: AppOptions,
  world: () => World,
): void {
  const hasFiles = () =>
    app.routes.some(({ path }) => path.startsWith("/files/"));
  app.get("/datasets/:dataset", (c) =>
    dataset(c, options, world(), hasFiles()),
  );
}

async function dataset(
  c: Context,
  { office: { register }, now, allowed = ALLOWED }: AppOptions,
  world: World,
  hasFiles: boolean,
): Promise<Response> {
  const given = idIn(c, "dataset");
  // An id may end so itself.
  const isTwin = !register.datasets.has(given) && given.endsWith(JSON_SUFFIX);
  const id = isTwin ? given.slice(0, -JSON_SUFFIX.length) : given;
  const found = register.datasets.get(id);
  if (found === undefined) return nothing(c, "dataset", id);
  c.header("Vary", "Accept");
  const isPage = !isTwin && wantsHtml(c);
  const facts = isPage ? datasetFacts(register, id, now()) : undefined;
  const view = isPage || isTwin ? await datasetView(world, id) : undefined;
  if (facts === undefined || view === undefined)
    return c.json({
      dataset: found.act,
      entry: found.entry,
      vintage: register.vintages.get(id)?.vintage,
      ...(view === undefined ? {} : { about: view }),
    });
  const { origin } = new URL(c.req.url);
  const examples = examplesOf(
    ...([found.act, facts.products, origin, hasFiles] as const),
  );
  const here = allowedFor(allowed, found.act.live);
  return showPage(
    c,
    <DatasetPage {...{ facts, examples, allowed: here }}>
      <DatasetMore id={id} view={view} />
    </DatasetPage>,
  );
}
