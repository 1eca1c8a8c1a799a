import { APPLICANT_ROUTES } from "./openapi-applicant.ts";
import { CITIZEN_ROUTES } from "./openapi-citizen.ts";
import type { RouteDoc } from "./openapi-doc.ts";
import { SIGN_IN_ROUTES } from "./openapi-sign-in.ts";
import { THING_ROUTES } from "./openapi-things.ts";

/** The pages for people: each area has its own file of them. */
export const PORTAL_ROUTES: readonly RouteDoc[] = [
  ...SIGN_IN_ROUTES,
  ...CITIZEN_ROUTES,
  ...THING_ROUTES,
  ...APPLICANT_ROUTES,
];
