import { Hono } from "hono";
import type { Gateway } from "../gateway/gateway.ts";
import type { AppOptions, GateOptions } from "./app.tsx";
import { upTo } from "./body-guards.ts";
import { dataRoutes } from "./data-routes.ts";
import { errorBody } from "./errors.ts";
import { handleError } from "./handle-error.ts";
import { whenSure, whySilent } from "./health.ts";
import { logRoutes, type PublicFiles } from "./log-routes.ts";

export type GateAppOptions = Omit<GateOptions, "office" | "gateway"> &
  Pick<AppOptions, "unsureMs" | "now" | "onHalt" | "onBug" | "watch"> & {
    readonly gateway: Gateway;
    /** Where the office is, whose pages and acts are not here. */
    readonly officeAddress: string;
    readonly files: PublicFiles;
  };

const BODY_BYTES_MAX = 256 * 1024;

/** The exit for data alone, for a gateway that is a process of its own. */
export function createGateApp(options: GateAppOptions): Hono {
  const { gateway, officeAddress, now } = options;
  const app = new Hono();
  app.onError((error, c) =>
    handleError(error, c, options.onHalt, options.onBug),
  );
  if (options.watch !== undefined) app.use(options.watch);
  app.use(async (c, next) => {
    await next();
    c.header("X-Content-Type-Options", "nosniff");
    c.header("Referrer-Policy", "no-referrer");
    c.header("Content-Security-Policy", "default-src 'none'");
  });
  const sure = whenSure(options);
  const gate: GateOptions = {
    ...options,
    office: {
      get register() {
        return gateway.register;
      },
    },
    gateway: () => gateway,
  };
  dataRoutes(app, gate, sure, upTo(BODY_BYTES_MAX));
  logRoutes(app, options.files);
  const body = () => {
    const { desk } = gateway;
    return {
      gateway: desk.options.name,
      size: desk.follower.followed.size,
      checkpointAgeMs: now() - desk.follower.verifiedAt,
    };
  };
  app.get("/health", (c) => c.json({ ok: true, ...body() }));
  app.get("/ready", (c) => {
    const reason = whySilent(gateway);
    return reason === undefined
      ? c.json({ ok: true, ...body() })
      : c.json({ ok: false, ...body(), reason }, 503);
  });
  app.notFound((c) =>
    c.req.method === "GET" || c.req.method === "HEAD"
      ? c.redirect(
          `${officeAddress}${c.req.path}${new URL(c.req.url).search}`,
          307,
        )
      : c.json(
          errorBody(
            "notFound",
            `Nothing is at ${c.req.path} of this gateway; its office is at ${officeAddress}`,
          ),
          404,
        ),
  );
  return app;
}
