import { acts } from "./acts.ts";
import { applicant } from "./applicant.ts";
import { citizen } from "./citizen.ts";
import { desk } from "./desk.ts";
import { signIn } from "./sign-in.ts";
import { things } from "./things.ts";

/**
 * Routes of the portal, by which no data leaves, each with an address that fits its pattern: its own where none is given. Those with
 * another method than GET take forms.
 */
export const portalRoutes: Readonly<Record<string, string>> = {
  ...acts,
  ...applicant,
  ...citizen,
  ...desk,
  ...signIn,
  ...things,
};

/** Asks one of them as a browser would; a form without a session or a field. */
export function askPortal(
  ask: (path: string, init?: RequestInit) => Promise<Response>,
  route: string,
  path: string,
): Promise<Response> {
  const [method = "", pattern = ""] = route.split(" ");
  const headers = { Accept: "text/html" };
  return ask(path === "" ? pattern : path, {
    method,
    headers,
    ...(method === "GET" ? {} : { body: new URLSearchParams({ field: "" }) }),
  });
}
