import { THING_ROUTES } from "./openapi-things.ts";
import { page, parameter, type RouteDoc } from "./openapi-doc.ts";

const FORM_ERRORS = [400, 403, 413] as const;

/** What a form of the portal is sent to: it answers with another page. Programs use the routes that take JSON. */
export const form = (route: string, says: string): RouteDoc =>
  page(route, says, {
    body: { type: "application/x-www-form-urlencoded" },
    answers: { 303: { type: "text/html" } },
    errors: FORM_ERRORS,
  });

/** Signing in and out. */
export const PORTAL_ROUTES: readonly RouteDoc[] = [
  page("GET /sign-in", "Sign in", {
    parameters: [parameter("to", "Where to go behind it; the front page")],
  }),
  form(
    "POST /sign-in/demonstration",
    "Come in as somebody of the demonstration",
  ),
  form("POST /sign-out", "Sign out"),
  ...THING_ROUTES,
];
