import type { Context } from "hono";
import * as z from "zod/mini";
import type { AppOptions } from "../app.tsx";
import { around } from "../around.ts";
import { giveMade, takeMade } from "./cookies.ts";

const made = z.discriminatedUnion("what", [
  z.strictObject({
    what: z.literal("token"),
    token: z.string(),
    id: z.string(),
    permit: z.string(),
  }),
  z.strictObject({ what: z.literal("invitation"), code: z.string() }),
]);
type Made = z.infer<typeof made>;

/** Leads to the page that shows what a form has made. */
export function showMade(
  c: Context,
  { sessions }: AppOptions,
  of: Made,
  path: string,
): Response {
  const { session } = around();
  if (session === undefined || sessions === undefined)
    throw new Error(
      `Cannot show what was made at ${path}: nobody is signed in`,
    );
  giveMade(c, sessions.sealFor(session, JSON.stringify(of)));
  return c.redirect(path, 303);
}

/** What this session made last and did not see yet; once. */
export function madeNow<W extends Made["what"]>(
  c: Context,
  { sessions }: AppOptions,
  what: W,
): Extract<Made, { readonly what: W }> | undefined {
  const { session } = around();
  const sealed = session === undefined ? undefined : takeMade(c);
  if (session === undefined || sealed === undefined) return undefined;
  const text = sessions?.unsealFor(session, sealed);
  const read = made.safeParse(text === undefined ? text : JSON.parse(text));
  const isIt = (one: Made): one is Extract<Made, { readonly what: W }> =>
    one.what === what;
  return read.success && isIt(read.data) ? read.data : undefined;
}
