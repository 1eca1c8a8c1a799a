import type { Context } from "hono";
import * as z from "zod/mini";
import type { AppOptions } from "../app.tsx";
import { around } from "../around.ts";
import { giveMade, keptMade } from "./cookies.ts";

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
const kept = z.strictObject({ made, until: z.number() });

/** How long it is shown: for the page loaded anew, or in the other language. */
const SHOWN_SECONDS = 60;

/** Leads to the page that shows what a form has made. */
export function showMade(
  c: Context,
  { sessions, now }: AppOptions,
  of: Made,
  path: string,
): Response {
  const { session } = around();
  if (session === undefined || sessions === undefined)
    throw new Error(
      `Cannot show what was made at ${path}: nobody is signed in`,
    );
  const text: z.infer<typeof kept> = {
    made: of,
    until: now() + SHOWN_SECONDS * 1_000,
  };
  const sealed = sessions.sealFor(session, JSON.stringify(text));
  giveMade(c, sealed, SHOWN_SECONDS);
  return c.redirect(path, 303);
}

/** What this session made within the last minute. */
export function madeNow<W extends Made["what"]>(
  c: Context,
  { sessions, now }: AppOptions,
  what: W,
): Extract<Made, { readonly what: W }> | undefined {
  const { session } = around();
  const sealed = keptMade(c);
  if (session === undefined || sealed === undefined) return undefined;
  const text = sessions?.unsealFor(session, sealed);
  const read = kept.safeParse(text === undefined ? text : JSON.parse(text));
  const isIt = (one: Made): one is Extract<Made, { readonly what: W }> =>
    one.what === what;
  // A browser may keep it for longer than it was told to.
  return read.success && now() < read.data.until && isIt(read.data.made)
    ? read.data.made
    : undefined;
}
