import { createReadStream } from "node:fs";
import { createServer, type Server } from "node:http";
import { serve } from "@hono/node-server";
import type { Hono, MiddlewareHandler } from "hono";
import { Door } from "../../gateway/asking/door.ts";
import { TokenCache } from "../../gateway/asking/token-cache.ts";
import { type Form, FORMS, writeRows } from "../../gateway/forms/form.ts";
import type { Place } from "../../engine/source.ts";
import { createApp } from "../../portal/app.tsx";
import { realSurroundings } from "../../store/surroundings.ts";
import { mustBeWhole, readRequest } from "../../uses/plan.ts";
import type { House } from "../house.ts";
import { appOf } from "../running.ts";

const UNLIMITED = { perSecond: 1e6, burst: 1e6 };

/** Where a page of the bare engine begins; the gate's own begins at its cursor. */
export type Bare = { after: Place | undefined };

/** The gate, and the same engine on the same web server without it. Ticks once a second, as an office does. */
export async function serveGate(
  house: House,
  folder: string,
  bare: Bare,
  watch?: MiddlewareHandler,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const app = createApp({
    ...appOf(house, folder),
    // Nobody is limited: what is measured is the gate itself.
    door: new Door({
      tokens: new TokenCache(house.sql, realSurroundings.now),
      organisationRate: UNLIMITED,
      addressRate: UNLIMITED,
    }),
    demonstration: false,
    ...(watch === undefined ? {} : { watch }),
    lastCheck: () => undefined,
    now: realSurroundings.now,
    onHalt: (error) => console.error(error),
    onBug: (error) => console.error(error),
  });
  bareRoutes(app, house, bare);
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  let ticking = Promise.resolve();
  const timer = setInterval(() => {
    ticking = ticking
      .then(() => house.tick())
      .catch((error: unknown) => console.error(error));
  }, 1_000);
  const stop = async (): Promise<void> => {
    clearInterval(timer);
    await ticking;
    await closed(server);
  };
  return { url: urlOf(server), stop };
}

/** A request is read, run and answered: nobody is asked who asks, and nothing is entered. */
function bareRoutes(app: Hono, house: House, bare: Bare): void {
  app.post("/bare", async (c) => {
    const { plan } = readRequest(await c.req.json());
    mustBeWhole(plan);
    return c.json(await house.engine.run(plan));
  });
  app.post("/bare-page", async (c) => {
    const { plan } = readRequest(await c.req.json());
    mustBeWhole(plan);
    const { after } = bare;
    return c.json(
      await house.engine.run(plan, after === undefined ? {} : { after }),
    );
  });
  app.post("/bare-stream/:form", async (c) => {
    const { plan } = readRequest(await c.req.json());
    const form = FORMS.find((one) => one === c.req.param("form"));
    if (plan.form !== "records" || form === undefined)
      return c.text("want records in a known form", 400);
    return c.body(bareStream(house, plan, form));
  });
}

function bareStream(
  house: House,
  plan: Parameters<House["engine"]["stream"]>[0],
  form: Form,
): ReadableStream<Uint8Array> {
  const fields = house.office.register.datasets.get(plan.dataset)?.act.fields;
  const columns = plan.fields.map((name) => ({
    name,
    type: fields?.find((one) => one.name === name)?.type ?? "text",
  }));
  const bytes = writeRows(form, columns, house.engine.stream(plan));
  const from = bytes[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await from.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
    },
    { highWaterMark: 0 },
  );
}

/** A file, as a web server without any thought gives it. */
export async function serveFile(
  path: string,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const server = createServer((_, response) =>
    createReadStream(path).pipe(response),
  );
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return { url: urlOf(server), stop: () => closed(server) };
}

function urlOf(server: Pick<Server, "address">): string {
  const address = server.address();
  const port =
    typeof address === "object" && address !== null ? address.port : 0;
  return `http://127.0.0.1:${port}`;
}

function closed(server: ReturnType<typeof serve>): Promise<void> {
  return new Promise<void>((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}
