import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { quote } from "../log/format-error.ts";
import { errorBody } from "./errors.ts";

/** Refuses bodies that are longer than that many bytes. */
export function upTo(maxSize: number): MiddlewareHandler {
  const refuse = (c: Context) =>
    c.json(
      errorBody(
        "tooLarge",
        `Cannot read the body: it is over ${maxSize} bytes`,
      ),
      413,
    );
  const counted = bodyLimit({ maxSize, onError: refuse });
  return (c, next) => {
    const length = c.req.header("content-length");
    // Node holds a body to the length that it states. Only one that states none has to be counted, which costs a stream.
    if (length === undefined || c.req.header("transfer-encoding") !== undefined)
      return counted(c, next);
    return Number(length) > maxSize ? Promise.resolve(refuse(c)) : next();
  };
}

/** Refuses bodies that do not say that they are JSON. */
export const typed: MiddlewareHandler = async (c, next) => {
  const type = c.req.header("content-type") ?? "";
  if (/^application\/json *(?:;|$)/i.test(type)) return next();
  return c.json(
    errorBody(
      "unsupportedType",
      `Cannot read the body: its Content-Type is ${quote(type)}, want application/json`,
    ),
    415,
  );
};

/** As they came: whoever reads them as JSON may not lose a doubled member. */
export async function bytesOf(c: Context): Promise<Uint8Array> {
  return new Uint8Array(await c.req.arrayBuffer());
}
