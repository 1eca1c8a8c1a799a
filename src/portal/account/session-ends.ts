import type { Context } from "hono";
import type { Who } from "../../accounts/sessions.ts";
import type { AppOptions } from "../app.tsx";
import { localPath } from "./around-request.ts";
import { sessionToken, takeSession } from "./cookies.ts";

/**
 * A citizen comes for the list of who used their data, wherever they pressed "sign in"; an official who wanted to go nowhere in
 * particular begins where their work is; everybody else goes on where they were.
 */
export function landing(who: Who, wanted: string): string {
  const asked = localPath(wanted);
  const to = /^\/sign-in(?:[/?]|$)/.test(asked) ? "/" : asked;
  const isOwn = /^\/(?:my|objections|account)(?:[/?]|$)/.test(to);
  if (who.kind === "organisation" && to === "/") return "/account";
  if (who.kind === "official" && to === "/") return "/desk";
  return who.kind === "citizen" && !isOwn ? "/my" : to;
}

/** Where a session is begun, an older one of the same browser ends. */
export async function endSession(
  c: Context,
  { sessions }: AppOptions,
): Promise<void> {
  const token = sessionToken(c);
  if (token === undefined) return;
  await sessions?.end(token);
  takeSession(c);
}
