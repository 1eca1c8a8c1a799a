import type { Context } from "hono";
import { Malformed } from "../acts/canonical.ts";
import { slug } from "../acts/shapes.ts";
import { quote } from "../log/format-error.ts";
import { pathOfTarget, sentTarget } from "./sent-target.ts";

const WANT =
  "want the id as it is registered, of a-z, 0-9, dots and hyphens, with nothing encoded";

/** An id in the one spelling that it has: no other is taken for it, and none is sent on to it. Throws Malformed. */
export function canonicalId(text: string): string {
  if (!slug.safeParse(text).success)
    throw new Malformed(`Cannot read id ${quote(text)}: ${WANT}`);
  return text;
}

/** The path must have been sent as it is: `%76ehicles`, `./vehicles` and `//vehicles` would be read as another spelling of the same. */
export function mustBePlain(c: Context): void {
  const path = pathOfTarget(sentTarget(c)).replace(/[?#].*$/s, "");
  const isPlain =
    /^(?:\/[A-Za-z0-9._-]+)+$/.test(path) && !/\/\.\.?(?:\/|$)/.test(path);
  if (!isPlain) throw new Malformed(`Cannot read path ${quote(path)}: ${WANT}`);
}

/** The id that stands in the path of a request under this name. An `ending` of the address is no part of the id. */
export function idIn(c: Context, name: string, ending = ""): string {
  mustBePlain(c);
  const text = c.req.param(name) ?? "";
  return canonicalId(
    text.endsWith(ending) ? text.slice(0, text.length - ending.length) : text,
  );
}
