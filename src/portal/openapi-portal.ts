import { APPLICANT_ROUTES } from "./openapi-applicant.ts";
import { CITIZEN_ROUTES } from "./openapi-citizen.ts";
import { form, page, parameter, type RouteDoc } from "./openapi-doc.ts";

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
  ...CITIZEN_ROUTES,
  ...APPLICANT_ROUTES,
];
