import {
  form,
  HTML,
  page,
  parameter,
  type RouteDoc,
  twin,
} from "./openapi-doc.ts";

const FILTERS = [
  parameter("kind", "Of this kind of act, or of record"),
  parameter("outcome", "granted, flagged or refused"),
  parameter("refused", "Only refused acts"),
  parameter("post", "Signed by a holder of this post"),
  parameter("thing", "About this: kind:id, such as dataset:vehicles"),
  parameter("from", "From this day on, in the office's own time"),
  parameter("to", "Up to this day, in the office's own time"),
  parameter("overrides", "Only decisions against a rule"),
  parameter("before", "Entries below this one: the next page"),
  parameter("after", "Entries above this one: the page before"),
];
const IN = parameter("in", "The language: en or zh");
const feed = (route: string, says: string, type: string): RouteDoc =>
  page(route, says, {
    parameters: [...FILTERS, IN],
    answers: { 200: { type } },
    errors: [400],
  });
const SEARCH = [
  parameter("q", "Words, or Chinese without spaces between them"),
  parameter("kind", "Only things of this kind"),
  parameter("body", "Only what this public body holds"),
  parameter("classification", "Only data of this class"),
  parameter("form", "Only products of this form"),
  parameter("price", "free or charged"),
  parameter("served", "yes or no"),
  parameter("page", "Which page, from 1 on"),
];

/** What is read from the log as a whole. */
export const ACT_ROUTES: readonly RouteDoc[] = [
  page("GET /acts", "What the office did, act by act", {
    ...{ parameters: FILTERS, errors: [400] },
  }),
  feed("GET /acts.atom", "Acts as an Atom feed", "application/atom+xml"),
  feed("GET /acts.json", "Acts as a JSON Feed", "application/feed+json"),
  feed("GET /acts.csv", "Acts as CSV, up to 1,000 at once", "text/csv"),
  page(
    "GET /acts/:entry",
    "One entry of the register log in plain words; with .json behind its number as JSON",
    { errors: [400, 404] },
  ),
  page("GET /acts/:entry/bytes", "The bytes of one entry, as they are hashed", {
    answers: { 200: { type: "application/octet-stream" } },
    errors: [400, 404],
  }),
  page(
    "GET /log/:log{register|[^/]+/[^/]+/[0-9]+q[1-4]}/entries",
    "A log, entry by entry",
    {
      paths: ["/log/{log}/entries"],
      parameters: [
        parameter("from", "From this entry on"),
        parameter("find", "The number of an entry, or its leaf hash"),
      ],
      errors: [400, 404],
    },
  ),
  {
    ...twin(
      "GET /log/:log{register|[^/]+/[^/]+/[0-9]+q[1-4]}/entries.json",
      "A log, entry by entry, as JSON",
    ),
    paths: ["/log/{log}/entries.json"],
    errors: [400, 404],
  },
  page(
    "GET /log/:log{register|[^/]+/[^/]+/[0-9]+q[1-4]}/entries/:index",
    "One entry of a log with its proof; with .json behind its number as JSON",
    { paths: ["/log/{log}/entries/{index}"], errors: [400, 404] },
  ),
  page("GET /since", "What changed behind an entry", {
    parameters: [parameter("entry", "Behind this entry")],
    errors: [400],
  }),
  {
    ...twin("GET /since.json", "What changed behind an entry, as JSON"),
    parameters: [parameter("entry", "Behind this entry")],
    errors: [400],
  },
  form(
    "POST /since/mark",
    "Keep in the visitor's own browser up to where they have read",
  ),
  page("GET /follow", "Feeds, and how things are followed", {
    parameters: [parameter("thing", "kind:id, such as dataset:vehicles")],
    errors: [400, 404],
  }),
  page(
    "GET /follow/:kind/:feed{[A-Za-z0-9._-]+\\.(?:atom|json)}",
    "Entries about one thing as a feed",
    {
      paths: ["/follow/{kind}/{id}.atom", "/follow/{kind}/{id}.json"],
      parameters: [IN, parameter("before", "Entries below this one")],
      answers: { 200: { type: "application/atom+xml" } },
      errors: [400, 404],
    },
  ),
  form("POST /follow", "Follow a thing by e-mail: the address is asked first"),
  page("GET /follow/sent", "What comes after that"),
  page(
    "GET /follow/confirm/:token{[A-Za-z0-9_-]{43}}",
    "Where the letter that asks leads to",
    { paths: ["/follow/confirm/{token}"], errors: [404] },
  ),
  {
    ...form(
      "POST /follow/confirm/:token{[A-Za-z0-9_-]{43}}",
      "Follow from here on",
    ),
    paths: ["/follow/confirm/{token}"],
    answers: { 200: HTML },
    errors: [400, 403, 404, 413],
  },
  page(
    "GET /follow/stop/:token{[A-Za-z0-9_-]{43}}",
    "Where every letter leads to that wants no other",
    { paths: ["/follow/stop/{token}"] },
  ),
  {
    ...form(
      "POST /follow/stop/:token{[A-Za-z0-9_-]{43}}",
      "Forget the address, with one request (RFC 8058)",
    ),
    paths: ["/follow/stop/{token}"],
    answers: { 200: HTML },
    errors: [413],
  },
  page("GET /search", "Full-text search over everything that is registered", {
    ...{ parameters: SEARCH, errors: [400] },
  }),
  {
    ...twin("GET /search.json", "The search, as JSON"),
    ...{ parameters: SEARCH, errors: [400] as const },
  },
];
