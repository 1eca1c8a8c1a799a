import { ACT_ROUTES } from "./openapi-acts.ts";
import {
  ANY_JSON,
  page,
  parameter,
  type RouteDoc,
  twin,
} from "./openapi-doc.ts";
import { DESK_ROUTES } from "./openapi-desk.ts";
import { PORTAL_ROUTES } from "./openapi-portal.ts";
import { REPORT_ROUTES } from "./openapi-reports.ts";

/** A page of the law shows it as it was on one day. */
const ON_A_DAY: Partial<RouteDoc> = {
  parameters: [
    parameter("at", "The day that is asked about, such as 2026-05-03; now", {
      schema: { type: "string", format: "date" },
    }),
  ],
  errors: [400],
};

/** The catalogue for clients of CKAN, at both addresses at which they ask. */
const catalogue = (path: string): RouteDoc => ({
  ...twin(
    `GET ${path}/:action`,
    "The catalogue for clients of CKAN: package_list, package_show, package_search, resource_show",
  ),
  parameters: [
    parameter("id", "Of a dataset, or of one of its resources"),
    parameter("q", "Words that are in the id or in a title"),
    ...["rows", "start", "limit", "offset"].map((name) =>
      parameter(name, "Which part of what was found", {
        schema: { type: "integer", minimum: 0 },
      }),
    ),
  ],
  errors: [404, 409],
});

/** What people read, and its twins as JSON. */
export const PAGES: readonly RouteDoc[] = [
  page("GET /", "The office in one page"),
  twin("GET /index.json", "The office in one page, as JSON"),
  page("GET /retention", "What is kept, and until when"),
  twin("GET /retention.json", "What is kept, and until when, as JSON"),
  page("GET /log", "The logs, and who watches them"),
  twin("GET /log.json", "The logs, and who watches them, as JSON"),
  page("GET /keys", "Who can sign"),
  twin("GET /keys.json", "Who can sign, as JSON"),
  page("GET /due", "What is due when, by which post, and what was missed"),
  twin("GET /due.json", "What is due, as JSON"),
  page("GET /fees", "Every price with what it rests on, and what came of it"),
  twin("GET /fees.json", "Every price, as JSON"),
  page("GET /authorisations", "Who may operate which data, and how that came"),
  twin("GET /authorisations.json", "Who may operate which data, as JSON"),
  page(
    "GET /registrations",
    "What is registered, and the notices that are open",
  ),
  twin("GET /registrations.json", "What is registered, as JSON"),
  page(
    "GET /overrides",
    "Decisions against a rule, and when they are looked at again",
  ),
  twin("GET /overrides.json", "Decisions against a rule, as JSON"),
  ...REPORT_ROUTES,
  ...PORTAL_ROUTES,
  ...ACT_ROUTES,
  ...DESK_ROUTES,
  page("GET /law", "The rules, and which of them count here", ON_A_DAY),
  page("GET /law.json", "The rules, as JSON", {
    ...{ ...ON_A_DAY, answers: { 200: ANY_JSON } },
  }),
  page(
    "GET /law/:rule",
    "One rule, and which text of it was in force where and when",
    { ...ON_A_DAY, errors: [400, 404] },
  ),
  page("GET /law/:rule{.+\\.json}", "One rule, as JSON", {
    ...{ ...ON_A_DAY, answers: { 200: ANY_JSON } },
    ...{ paths: ["/law/{rule}.json"], errors: [400, 404] },
  }),
  page(
    "GET /purposes",
    "What data may be used for, and what was refused since it is not on the list",
    ON_A_DAY,
  ),
  page("GET /purposes.json", "The purposes, as JSON", {
    ...{ ...ON_A_DAY, answers: { 200: ANY_JSON } },
  }),
  page(
    "GET /contributions",
    "What was lent by holders that are no public body",
  ),
  twin("GET /contributions.json", "What was lent, as JSON"),
  page(
    "GET /contributions/:id",
    "What one holder lent, who may use it, and what the uses add up to",
    { errors: [404] },
  ),
  {
    ...twin(
      "GET /contributions/:id{.+\\.json}",
      "What one holder lent, as JSON",
    ),
    paths: ["/contributions/{id}.json"],
    errors: [404],
  },
  page("GET /check", "The page with which a stranger checks the logs", {
    errors: [404],
  }),
  page("GET /style.css", "The look of the pages", {
    answers: { 200: { type: "text/css" } },
  }),
  ...["/api/3/action", "/api/action"].map(catalogue),
  page(
    "GET /robots.txt",
    "What machines that follow links are asked to leave",
    {
      answers: { 200: { type: "text/plain" } },
    },
  ),
  page("GET /icon.svg", "The sign of the pages", {
    answers: { 200: { type: "image/svg+xml" } },
  }),
];
