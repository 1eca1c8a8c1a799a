import type { Context } from "hono";
import type { AppOptions } from "../app.tsx";

const HERE = ["127.0.0.1", "[::1]", "localhost"];

/**
 * Where browsers reach the office, as its operator says; on the machine itself `localhost`, because passkeys and cookies belong to a host name.
 * Never what a request says of itself, which anybody writes.
 */
export function publicAddress({ address }: AppOptions): URL | undefined {
  const said = address?.();
  if (said === undefined) return undefined;
  const url = new URL(said);
  if (HERE.includes(url.hostname)) url.hostname = "localhost";
  return url;
}

/** The same page at the name of this machine, for whoever came by its number. */
export function byName(c: Context, options: AppOptions): string | undefined {
  const asked = new URL(c.req.url);
  const address = publicAddress(options);
  if (address?.hostname !== "localhost") return undefined;
  if (asked.hostname === "localhost" || !HERE.includes(asked.hostname))
    return undefined;
  return new URL(`${asked.pathname}${asked.search}`, address).href;
}
