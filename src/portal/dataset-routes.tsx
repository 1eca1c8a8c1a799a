import type { Context, Hono } from "hono";
import type { ReadRegister } from "../register/register.ts";
import { wantsHtml } from "./accepts.ts";
import type { AppOptions } from "./app.tsx";
import { idIn } from "./canonical-id.ts";
import { examplesOf } from "./dataset-examples.ts";
import { datasetFacts } from "./dataset-facts.ts";
import { ALLOWED, allowedFor } from "../gateway/allowed.ts";
import { DatasetPage } from "./dataset-page.tsx";
import { showPage } from "./show-page.ts";
import { pricesFor } from "./things/class-prices.ts";
import { DatasetMore } from "./things/dataset-more.tsx";
import { datasetView } from "./things/datasets.ts";
import { SampleRows } from "./things/sample-rows.tsx";
import { type Ask, type Sample, Samples } from "./things/samples.ts";
import { nothing } from "./things/routes.tsx";
import { whenIn } from "./things/show.ts";
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
  const samples = new Samples(() => options.gateway()?.register, options.now);
  app.get("/datasets/:dataset", (c) => {
    // By the door that the reader would come by, at the reader's rate, and as nobody in particular.
    const forwarded = c.req.header("x-forwarded-for");
    const headers: Record<string, string> =
      forwarded === undefined ? {} : { "X-Forwarded-For": forwarded };
    const ask: Ask = (path) =>
      app.request(new URL(path, c.req.url).href, { headers }, c.env);
    return dataset(c, options, world(), hasFiles(), (id) =>
      samples.of(id, ask),
    );
  });
}

/** As numbers, by class of payer and purpose; the page says the same in words. */
function pricesOf(register: ReadRegister, product: string, now: number) {
  const found = register.products.get(product);
  return found === undefined ? [] : pricesFor(register, found, now);
}

async function dataset(
  c: Context,
  { office: { register }, now, allowed = ALLOWED }: AppOptions,
  world: World,
  hasFiles: boolean,
  sampleOf: (id: string) => Promise<Sample | undefined>,
): Promise<Response> {
  const given = idIn(c, "dataset");
  // An id may end so itself.
  const isTwin = !register.datasets.has(given) && given.endsWith(JSON_SUFFIX);
  const id = isTwin ? given.slice(0, -JSON_SUFFIX.length) : given;
  const found = register.datasets.get(id);
  if (found === undefined) return nothing(c, "dataset", id);
  c.header("Vary", "Accept");
  const itself = {
    dataset: found.act,
    entry: found.entry,
    vintage: register.vintages.get(id)?.vintage,
  };
  // A program that asks at the same address is told what it is, and no more: it may ask often.
  if (!isTwin && !wantsHtml(c)) return c.json(itself);
  const facts = datasetFacts(register, id, now());
  const view = await datasetView(world, id);
  if (facts === undefined || view === undefined)
    return nothing(c, "dataset", id, isTwin);
  const sample = await sampleOf(id);
  const { origin } = new URL(c.req.url);
  const examples = examplesOf(
    ...([found.act, facts.products, origin, hasFiles] as const),
  );
  const limits = allowedFor(allowed, found.act.live);
  if (isTwin)
    return c.json({
      ...itself,
      about: view,
      prices: facts.products.map(({ product }) => ({
        product,
        by: pricesOf(register, product, now()),
      })),
      permits: facts.users,
      ...{ limits, examples, sample },
    });
  return showPage(
    c,
    <DatasetPage
      {...{ facts, examples, allowed: limits }}
      sample={
        sample !== undefined && (
          <SampleRows
            {...{ dataset: found.act, sample }}
            when={whenIn(view.offsetMinutes)}
          />
        )
      }
    >
      <DatasetMore {...{ id, view, hasSample: sample !== undefined }} />
    </DatasetPage>,
  );
}
