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
  form("POST /sign-in/passkey", "Sign in with what a passkey answered"),
  form("POST /sign-out", "Sign out"),
  page("GET /account/invitation", "Begin with an invitation"),
  form("POST /account/invitation", "Use the code of an invitation"),
  form("POST /account/first", "Make the first passkey of an account"),
  page("GET /account/credentials", "One's own passkeys for signing in", {
    errors: [403],
  }),
  form("POST /account/credentials/add", "Add a passkey"),
  form("POST /account/credentials/remove", "Remove a passkey"),
  form("POST /account/invite", "Invite a colleague of one's organisation"),
  page("GET /passkey.js", "The script that asks a browser for a passkey", {
    answers: { 200: { type: "text/javascript" } },
  }),
];
