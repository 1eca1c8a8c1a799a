import { createServer, type Server } from "node:http";
import { promises as fs } from "node:fs";
import { join } from "node:path";
import { closeServer } from "../closing.ts";
import type { RunSettings } from "../office-config.ts";
import { cannotListen } from "../ports.ts";
import { Metrics, type Watched } from "./metrics.ts";

const TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Figures for Prometheus; the file `metrics-address` says where, since any free port may be the one. */
export async function startMetrics(
  folder: string,
  { on, host, port }: RunSettings["metrics"],
  watched: Watched,
): Promise<
  { readonly address: string; readonly stop: () => Promise<void> } | undefined
> {
  if (!on) return undefined;
  const metrics = new Metrics(watched);
  const { server, address } = await serveMetrics(() => metrics.text(), {
    host,
    port,
  });
  const file = join(folder, "metrics-address");
  await fs.writeFile(file, `${address}\n`);
  return {
    address,
    stop: async () => {
      metrics.stop();
      await closeServer(server);
      await fs.rm(file, { force: true });
    },
  };
}

/** Serves what is measured on a port of its own, so that no public address shows it. */
export async function serveMetrics(
  text: () => Promise<string>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<{ readonly server: Server; readonly address: string }> {
  const server = createServer((request, response) => {
    const isAsked = request.url === "/metrics" && request.method === "GET";
    if (!isAsked) return void response.writeHead(404).end();
    text().then(
      (body) => response.writeHead(200, { "Content-Type": TYPE }).end(body),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: Error) =>
      reject(cannotListen(port, "metrics.port", error)),
    );
    server.listen(port, host, resolve);
  });
  // Whoever stops the office does not wait for whoever reads its figures.
  server.unref();
  const at = server.address();
  const taken = typeof at === "object" && at !== null ? at.port : port;
  const shown = host.includes(":") ? `[${host}]` : host;
  return { server, address: `http://${shown}:${taken}/metrics` };
}
