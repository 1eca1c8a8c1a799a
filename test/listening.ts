import type { Hono } from "hono";
import { listen } from "../src/cli/listening.ts";

/** Routes behind a server that really listens, as under `vitrine serve`. */
export type Listening = {
  readonly address: string;
  readonly port: number;
  readonly close: () => Promise<void>;
};

export async function listening({
  app,
}: {
  readonly app: Hono;
}): Promise<Listening> {
  const { server, address } = await listen(app.fetch, 0);
  return {
    address,
    port: Number(new URL(address).port),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
