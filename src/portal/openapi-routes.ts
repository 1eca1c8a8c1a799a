import { LIMIT_MAX, WHOLE_ROWS_MAX } from "../uses/plan.ts";
import type { Shape } from "./openapi-shapes.ts";

export type Parameter = {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly says: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly required?: boolean;
  /** A list, with commas between its members. */
  readonly list?: boolean;
};
/** What comes back: a shape of this document as JSON, any JSON, or another type of content. */
export type Content =
  | {
      readonly shape: Shape | readonly Shape[];
      /** Other types of content that can be asked for. */
      readonly types?: readonly string[];
    }
  | { readonly type: string };
/** One address of the office, as the OpenAPI document tells it. Whoever adds a route adds one of these. */
export type RouteDoc = {
  /** As the app has it: its method and its pattern. */
  readonly route: string;
  /** Under these addresses, where the pattern has no name for its parts. */
  readonly paths?: readonly string[];
  readonly says: string;
  readonly tag: "data" | "register" | "logs" | "pages";
  readonly parameters?: readonly Parameter[];
  readonly body?: Content;
  readonly answers: Readonly<Record<number, Content>>;
  readonly errors: readonly ErrorStatus[];
  /** An organisation may say who it is; some answers are for it alone. */
  readonly known?: boolean;
  /** Every answer has the headers of an entered use. */
  readonly isUse?: boolean;
};
export type ErrorStatus =
  400 | 401 | 403 | 404 | 406 | 408 | 409 | 410 | 413 | 415 | 422 | 429 | 503;

const HTML: Content = { type: "text/html" };
const PLAIN: Content = { type: "text/plain" };
const ANY_JSON: Content = { type: "application/json" };
const BYTES: Content = { type: "application/octet-stream" };
const text = { type: "string" };
const parameter = (
  name: string,
  says: string,
  more: Partial<Parameter> = {},
): Parameter => ({ name, in: "query", says, schema: text, ...more });

/** The parameters of a plan in a URL that do not stand for a field. */
export const PLAN_PARAMETERS: readonly Parameter[] = [
  parameter("fields", "Fields to return; all by default", { list: true }),
  parameter("order", "Fields to sort by, a minus before one for descending", {
    list: true,
  }),
  parameter(
    "limit",
    `At most so many rows; 100 by default. An answer that is made whole holds at most ${WHOLE_ROWS_MAX}; more leaves as a stream`,
    { schema: { type: "integer", minimum: 1, maximum: LIMIT_MAX } },
  ),
  parameter("cursor", "Where the page before ended, as it said"),
  parameter("measure", "count or sum:FIELD: an aggregate instead of records", {
    list: true,
  }),
  parameter("by", "Fields to group an aggregate by", { list: true }),
  parameter("product", "The product that is asked under; open data need none"),
  parameter("purpose", "The purpose of a permit, where there are several"),
  parameter("case", "The number of a case, where the purpose wants one"),
];
export const EXPLAIN_PARAMETERS: readonly Parameter[] = [
  parameter("organisation", "For which organisation, by its id"),
  parameter("form", "The form that is asked for", {
    schema: { enum: ["answer", "records", "aggregate", "file"] },
  }),
];
const ORGANISATION = parameter(
  "organisation",
  "For another organisation than one's own, from public facts alone",
);

const FORMAT = parameter(
  "format",
  "The form of the answer. All but json leave as streams, and so does json over 10,000 rows; the header Accept does it too",
  { schema: { enum: ["json", "ndjson", "csv", "parquet"] } },
);
const IDEMPOTENCY_KEY = parameter(
  "Idempotency-Key",
  "Asked again under the same key, the same plan is answered anew free of charge, at most three times within 24 hours",
  { in: "header" },
);
const STREAMS = [
  "application/x-ndjson",
  "text/csv",
  "application/vnd.apache.parquet",
];

const page = (route: string, says: string, more: Partial<RouteDoc> = {}) => ({
  route,
  says,
  tag: "pages" as const,
  answers: { 200: HTML },
  errors: [],
  ...more,
});
const twin = (route: string, says: string) =>
  page(route, says, { answers: { 200: ANY_JSON } });

export const ROUTES: readonly RouteDoc[] = [
  {
    route: "POST /query",
    says: "Asks for data by a plan. An answer under a permit comes with its receipt and its price",
    tag: "data",
    parameters: [FORMAT, IDEMPOTENCY_KEY],
    body: { shape: "Request" },
    answers: { 200: { shape: ["Answer", "Rows"], types: STREAMS } },
    errors: [400, 401, 403, 406, 408, 409, 413, 415, 422, 429, 503],
    known: true,
    isUse: true,
  },
  {
    route: "POST /query/explain",
    says: "Says what would be decided of a plan, by which permit, rule, price and quota, or what is nearest to being allowed. Nothing is entered, charged or looked up",
    tag: "data",
    parameters: [ORGANISATION],
    body: { shape: "Request" },
    answers: { 200: { shape: "Explanation" } },
    errors: [400, 401, 404, 413, 415],
    known: true,
  },
  {
    route: "GET /data/:dataset",
    says: "Asks for data by a plan in the URL: field=value and field.gte=value (eq, ne, lt, lte, gt, gte, in, missing) are conditions. Open data come as the rows alone, with the receipt in a header",
    tag: "data",
    parameters: [...PLAN_PARAMETERS, FORMAT, IDEMPOTENCY_KEY],
    answers: { 200: { shape: ["Rows", "Answer"], types: STREAMS } },
    errors: [400, 401, 403, 404, 406, 409, 422, 429, 503],
    known: true,
    isUse: true,
  },
  {
    route: "GET /files/:file",
    paths: ["/files/{dataset}.parquet"],
    says: "The newest vintage as one Parquet file, as far as the permit goes. HEAD, ranges and ETag are as HTTP has them",
    tag: "data",
    parameters: [
      ...PLAN_PARAMETERS.filter(({ name }) =>
        ["fields", "product", "purpose", "case"].includes(name),
      ),
      parameter("Range", "Bytes of the file", { in: "header" }),
      parameter("If-None-Match", "An ETag that is known", { in: "header" }),
    ],
    answers: {
      200: { type: "application/vnd.apache.parquet" },
      206: { type: "application/vnd.apache.parquet" },
      304: { type: "none" },
    },
    errors: [400, 401, 403, 404, 429, 503],
    known: true,
    isUse: true,
  },
  {
    route: "GET /receipts/:leaf",
    says: "The receipts of an answer that left as a stream or as a file, for whoever asked it",
    tag: "data",
    answers: { 200: { shape: "Receipts" } },
    errors: [401, 404, 503],
    known: true,
  },
  {
    route: "POST /request-keys",
    says: "An organisation enrols a key with which it signs its requests from then on; signed by the new key, and by one in force as well from the second on",
    tag: "data",
    body: { shape: "RequestKey" },
    answers: { 200: { shape: "EnrolledKey" }, 201: { shape: "EnrolledKey" } },
    errors: [400, 401, 403, 409, 413, 415, 503],
    known: true,
  },
  {
    route: "GET /my/uses",
    says: "Who used the data of the person whose token it is, or whom that person stands in for; each look is entered as well",
    tag: "data",
    parameters: [
      parameter("from", "Uses from this instant on"),
      parameter("to", "Uses before this instant"),
      parameter("limit", "At most so many lines", {
        schema: { type: "integer", minimum: 1 },
      }),
      parameter("cursor", "Where the page before ended, as it said"),
    ],
    answers: { 200: ANY_JSON },
    errors: [400, 401, 429, 503],
  },
  {
    route: "POST /my/uses/:leaf/question",
    says: "A question about a line of the list: kept sealed, and entered by the post that receives questions, without its target",
    tag: "data",
    body: ANY_JSON,
    answers: { 201: ANY_JSON },
    errors: [400, 401, 404, 413, 415, 429, 503],
  },
  {
    route: "GET /v2/findUsage",
    says: "The same list for the state portal, by the Data Tracker protocol of Estonia",
    tag: "data",
    parameters: [
      parameter("X-Road-UserId", "Who asks", { in: "header", required: true }),
      parameter("userCode", "Whose list is asked for", { required: true }),
      parameter("periodStart", "Uses from this instant on"),
      parameter("periodEnd", "Uses until this instant"),
      parameter("offset", "Leave out so many lines"),
      parameter("limit", "At most so many lines, 1,000 by default"),
    ],
    answers: { 200: ANY_JSON },
    errors: [400, 401, 403, 429, 503],
  },
  {
    route: "GET /v2/usagePeriod",
    says: "From when on uses can be asked for, by the Data Tracker protocol",
    tag: "data",
    answers: { 200: ANY_JSON },
    errors: [401, 403, 503],
  },
  {
    route: "GET /v2/heartbeat",
    says: "Whether lists can be given, by the Data Tracker protocol",
    tag: "data",
    answers: { 200: ANY_JSON },
    errors: [401, 403, 503],
  },
  {
    route: "GET /products/:product",
    says: "A product, the fields behind it, and what the asker's own permits for it reach",
    tag: "data",
    answers: { 200: { shape: "Product" } },
    errors: [401, 404],
    known: true,
  },
  {
    route: "GET /datasets/:dataset",
    says: "A dataset as it is registered, with its newest vintage; a page for browsers. With .json behind the id always JSON",
    tag: "data",
    answers: { 200: { shape: "Dataset" } },
    errors: [404],
  },
  {
    route: "GET /datasets/:dataset/explain",
    says: "What would be decided of a plan in the URL, as a page; as JSON where that is asked for",
    tag: "data",
    parameters: [...EXPLAIN_PARAMETERS, ...PLAN_PARAMETERS],
    answers: { 200: { shape: "Explanation" } },
    errors: [400, 401, 404],
    known: true,
  },
  {
    route: "GET /datasets/:dataset/openapi.json",
    says: "This document for one dataset, with its own fields as parameters and rows",
    tag: "data",
    answers: { 200: ANY_JSON },
    errors: [404],
  },
  {
    route: "POST /acts",
    says: "Submits a signed act. It is entered whether it is granted or refused; only what could be no entry is turned away",
    tag: "register",
    body: { shape: "Submission" },
    answers: { 200: { shape: "Entered" }, 201: { shape: "Entered" } },
    errors: [400, 413, 415, 422, 503],
  },
  {
    route: "POST /explain",
    says: "Decides an act without entering it",
    tag: "register",
    body: { shape: "Statement" },
    answers: { 200: { shape: "Decided" } },
    errors: [400, 413, 415],
  },
  {
    route: "GET /records/checkpoint",
    says: "The newest checkpoint of the register log, for gateways that run elsewhere; none while there should be a newer one",
    tag: "register",
    answers: { 200: PLAIN },
    errors: [503],
  },
  {
    route: "POST /records",
    says: "Enters a head or totals that a gateway which runs elsewhere has signed. 409 says the time for which it is to be signed again",
    tag: "register",
    body: ANY_JSON,
    answers: { 200: ANY_JSON, 201: ANY_JSON },
    errors: [400, 403, 409, 413, 415, 503],
  },
  {
    route: "GET /paper/:hex",
    says: "A public paper, by its SHA-256 in hex",
    tag: "register",
    answers: { 200: BYTES },
    errors: [404],
  },
  {
    route: "PUT /paper/:hex",
    says: "Hands in a public paper that an entered act commits to",
    tag: "register",
    body: { type: "application/octet-stream" },
    answers: { 201: { shape: "Paper" } },
    errors: [400, 404, 413],
  },
  {
    route: "GET /log/*",
    paths: ["/log/{log}/checkpoint", "/log/{log}/tile/{tile}"],
    says: "A log as C2SP tlog-tiles has it: its checkpoint, and its tiles. The names of the log and of a tile have strokes in them, which stand as they are",
    tag: "logs",
    answers: { 200: BYTES },
    errors: [404, 410],
  },
  {
    route: "GET /log/register/cosigned/:day",
    says: "The checkpoints of a day with the cosignatures that they had (2026-11-02), or the list of days (days)",
    tag: "logs",
    answers: { 200: PLAIN },
    errors: [404],
  },
  {
    route: "GET /proof/*",
    paths: ["/proof/{log}/{entry}"],
    says: "A C2SP tlog-proof of one entry, by its place or its leaf hash. The name of the log has strokes in it, which stand as they are",
    tag: "logs",
    answers: { 200: PLAIN },
    errors: [400, 404, 410],
  },
  {
    route: "GET /health",
    says: "Whether the office works; 503 and a reason while something keeps it from that",
    tag: "register",
    answers: { 200: { shape: "Health" }, 503: { shape: "Health" } },
    errors: [],
  },
  {
    route: "GET /openapi.json",
    says: "This document",
    tag: "pages",
    answers: { 200: ANY_JSON },
    errors: [],
  },
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
  page(
    "GET /overrides",
    "Decisions against a rule: which, why, and when they are looked at again",
  ),
  twin("GET /overrides.json", "Decisions against a rule, as JSON"),
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
  page("GET /icon.svg", "The sign of the pages", {
    answers: { 200: { type: "image/svg+xml" } },
  }),
];
