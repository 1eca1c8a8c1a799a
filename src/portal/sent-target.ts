import { IncomingMessage } from "node:http";
import type { Context } from "hono";

/** What a request was sent to, before anybody resolved or decoded anything; one that a test hands in comes as its URL. */
export function sentTarget({ env, req }: Context): string {
  const bindings: unknown = env;
  return typeof bindings === "object" &&
    bindings !== null &&
    "incoming" in bindings &&
    bindings.incoming instanceof IncomingMessage
    ? (bindings.incoming.url ?? "")
    : req.url;
}

/** Path and query of a target, whether it was sent with its host or without. */
export function pathOfTarget(target: string): string {
  return target.replace(/^[a-z]+:\/\/[^/?#]*/i, "");
}
