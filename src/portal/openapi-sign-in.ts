import { form, page, parameter, type RouteDoc } from "./openapi-doc.ts";

const LEADS = { 303: { type: "text/html" } } as const;

/** Signing in and out. */
export const SIGN_IN_ROUTES: readonly RouteDoc[] = [
  page("GET /sign-in", "Sign in", {
    parameters: [parameter("to", "Where to go behind it; the front page")],
  }),
  form(
    "POST /sign-in/demonstration",
    "Come in as somebody of the demonstration",
  ),
  page("GET /sign-in/openid/:name", "Leads to a provider of identities", {
    parameters: [parameter("to", "Where to go behind it")],
    answers: LEADS,
    errors: [429],
  }),
  page("GET /sign-in/openid/:name/callback", "Where a provider leads back to", {
    answers: LEADS,
    errors: [429],
  }),
  page("GET /sign-in/failed/:fault", "Why somebody is not signed in", {
    answers: LEADS,
    errors: [400, 403, 404, 503],
  }),
  form("POST /sign-out", "Sign out"),
];
