import { form, page, parameter, type RouteDoc, twin } from "./openapi-doc.ts";

/** What is for whoever is signed in as a citizen, and objections. */
export const CITIZEN_ROUTES: readonly RouteDoc[] = [
  page("GET /my", "Who used my data, for a citizen who is signed in", {
    parameters: [parameter("cursor", "Where the page begins")],
    errors: [400, 403, 429, 503],
  }),
  form("POST /my/ask/:leaf", "Ask about a line of one's own list"),
  page("GET /my/asked/:question", "How a question stands", {
    errors: [403, 404, 503],
  }),
  page("GET /objections", "What can be objected to now, and how"),
  twin("GET /objections.json", "The same as JSON"),
  page("GET /objections/:what/:id", "The form of an objection", {
    errors: [403, 404],
  }),
  form(
    "POST /objections/:what/:id",
    "Hand in an objection for a post to enter",
  ),
];
