import type { Context } from "hono";
import { html } from "hono/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { around } from "./around.ts";
import { withContents } from "./contents.ts";
import { TAGS } from "./lang/lang.ts";

/** A page in the language of whoever asked; what was shown to somebody who is signed in is kept by nobody on the way. */
export function showPage(
  c: Context,
  page: unknown,
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  const { lang, session } = around();
  c.header("Content-Language", TAGS[lang]);
  c.header("Vary", "Accept, Accept-Language, Cookie", { append: true });
  if (session !== undefined) c.header("Cache-Control", "no-store");
  const send = (text: { toString: () => string }): Response =>
    c.html(withContents(text.toString()), status);
  const text = html`<!doctype html>${page}`;
  return text instanceof Promise ? text.then(send) : send(text);
}
