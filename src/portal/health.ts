import type { Context, MiddlewareHandler } from "hono";
import type { Gateway } from "../gateway/gateway.ts";
import { Unavailable } from "../gateway/unavailable.ts";
import type { AppOptions } from "./app.tsx";

/** A database that answers is heard every second. */
const SILENT_MS_MAX = 3_000;
/** A writer that has not known for so long that it is the only one answers nobody (I10). */
export const UNSURE_MS_MAX = 10_000;

/** What the process knows of its own beginning and end. */
export type Standing = {
  readonly isStopping: boolean;
  /** States of datasets are still being loaded. */
  readonly isLoading: boolean;
  /** An act has opened a gateway for the key of this process. */
  readonly wantsGateway: boolean;
};

type Check = {
  readonly check: string;
  readonly ok: boolean;
  /** One constant sentence: no host, version, address or message of another program (design, section 9). */
  readonly reason?: string;
};

/** Whether the process is alive: 503 only where it must be started again, because its log has halted. */
export function health(c: Context, { office }: AppOptions): Response {
  const { size } = office.published;
  return office.isEnded
    ? c.json({ ok: false, size, reason: "the log has halted" }, 503)
    : c.json({ ok: true, size });
}

/** Whether it should be asked: 503 while something keeps it from its work, and what. */
export function ready(c: Context, options: AppOptions): Response {
  const checks = checksOf(options);
  const isReady = checks.every(({ ok }) => ok);
  c.header("Cache-Control", "no-store");
  return c.json({ ready: isReady, checks }, isReady ? 200 : 503);
}

function checksOf(options: AppOptions): readonly Check[] {
  const { office } = options;
  const unsureMs = options.unsureMs?.() ?? 0;
  const silent = Math.floor(unsureMs / 1000);
  const standing = options.standing?.();
  return [
    check("process", standing?.isStopping === true && "it is being stopped"),
    check(
      "database",
      unsureMs > SILENT_MS_MAX &&
        `the database has not answered for ${silent} seconds`,
    ),
    check(
      "writer",
      unsureMs > UNSURE_MS_MAX &&
        `for ${silent} seconds nobody could say that this process is the log's only writer`,
    ),
    check(
      "register",
      office.published.size === 0 && "the founding act is not entered yet",
    ),
    check("log", logTrouble(options)),
    check(
      "data",
      standing?.isLoading === true && "states of datasets are being loaded",
    ),
    check("gateway", gatewayTrouble(options.gateway(), standing)),
  ];
}

function check(name: string, trouble: string | false): Check {
  return trouble === false
    ? { check: name, ok: true }
    : { check: name, ok: false, reason: trouble };
}

function logTrouble({ office }: AppOptions): string | false {
  if (office.isEnded) return "the log has halted";
  return (
    office.failure !== undefined &&
    "nothing can be published: the office's own log says why"
  );
}

/** An office whose data leave elsewhere has no gateway, and is ready without one. */
function gatewayTrouble(
  gateway: Gateway | undefined,
  standing: Standing | undefined,
): string | false {
  if (gateway === undefined)
    return standing?.wantsGateway === true && "the gateway is not open yet";
  return whySilent(gateway) ?? false;
}

/** Why a gateway would answer nobody now. */
export function whySilent({ desk }: Gateway): string | undefined {
  try {
    desk.mustServe();
    return undefined;
  } catch (error) {
    if (error instanceof Unavailable) return error.message;
    throw error;
  }
}

/** I10: without its database an office cannot know whether another one has taken its place. */
export function whenSure({
  unsureMs,
}: Pick<AppOptions, "unsureMs">): MiddlewareHandler {
  return (_, next) => {
    if ((unsureMs?.() ?? 0) <= UNSURE_MS_MAX) return next();
    throw new Unavailable(
      "Cannot answer: the database, which knows whether this office is the only writer of its log, has not answered for 10 seconds",
    );
  };
}
