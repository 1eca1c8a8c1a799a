import type { Hono } from "hono";
import type { FieldType } from "../acts/shapes.ts";
import type { Dataset } from "../register/register.ts";
import type { AppOptions } from "./app.tsx";
import { idIn } from "./canonical-id.ts";
import { errorBody } from "./errors.ts";
import type {
  Content,
  ErrorStatus,
  Parameter,
  RouteDoc,
} from "./openapi-doc.ts";
import { PLAN_PARAMETERS, ROUTES } from "./openapi-routes.ts";
import { schemaOf, type Shape, SHAPES } from "./openapi-shapes.ts";

type Json = Readonly<Record<string, unknown>>;

/** The whole surface of this office, and of one dataset with its own fields, as OpenAPI 3.1. */
export function openapiRoutes(app: Hono, { office }: AppOptions): void {
  const title = () => office.register.title;
  app.get("/openapi.json", (c) => c.json(openapi(title(), ROUTES)));
  app.get("/datasets/:dataset/openapi.json", (c) => {
    const id = idIn(c, "dataset");
    const found = office.register.datasets.get(id)?.act;
    if (found === undefined)
      return c.json(
        errorBody("notFound", `No dataset ${id} is registered`, "I1"),
        404,
      );
    return c.json(openapiOf(found, title()));
  });
}

export function openapi(title: string, routes: readonly RouteDoc[]): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const one of routes) {
    const { method, patterns } = addressesOf(one);
    for (const path of patterns)
      paths[path] = { ...paths[path], [method]: operationOf(one, path) };
  }
  return documentOf(title, paths);
}

/** The routes by which one dataset is asked for, with a typed parameter for each comparison of each field. */
export function openapiOf(dataset: Dataset, title: string): Json {
  const id = dataset.dataset;
  const place = (path: string) => path.replace("{dataset}", id);
  const names = dataset.fields.map((field) => field.name);
  const listed = new Set(["fields", "by"]);
  const parameters = [
    ...PLAN_PARAMETERS.map((one) =>
      listed.has(one.name) ? { ...one, schema: { enum: names } } : one,
    ),
    ...dataset.fields.flatMap(comparisonsOf),
  ];
  const paths: Record<string, unknown> = {};
  for (const one of ROUTES) {
    const { method, patterns } = addressesOf(one);
    const [path = ""] = patterns;
    if (!path.startsWith("/data")) continue;
    const isData = path === "/data/{dataset}";
    const shown = isData ? { ...one, parameters } : one;
    const schema = isData ? answerOf(rowsOf(dataset)) : undefined;
    paths[place(path)] = {
      [method]: operationOf(shown, place(path), schema),
    };
  }
  return documentOf(`${dataset.title}: ${title}`, paths);
}

/** An answer whose rows are of one dataset: bare where it is open, and with a receipt under a permit. */
function answerOf(rows: Json): Json {
  const typed = { properties: { rows: { items: rows } } };
  const ref = (shape: Shape) => ({ $ref: `#/components/schemas/${shape}` });
  return {
    anyOf: [
      { allOf: [ref("Rows"), typed] },
      { allOf: [ref("Answer"), { properties: { answer: typed } }] },
    ],
  };
}

const objectOf = (properties: Json, required: readonly string[]): Json => ({
  ...{ type: "object", properties, required, additionalProperties: false },
});

/** A row has the fields that were asked for; of an aggregate its groups and measures. */
function rowsOf({ fields, subject }: Dataset): Json {
  const isPersonal =
    subject !== undefined ||
    fields.some(
      ({ classification: of }) => of === "personal" || of === "sensitive",
    );
  const records = Object.fromEntries(
    fields.map((field) => [
      field.name,
      {
        description: describe(field),
        ...(isPersonal && field.identifier
          ? { type: ["string", "null"] }
          : CELLS[field.type]),
      },
    ]),
  );
  const sums = Object.fromEntries(
    fields
      .filter(({ type }) => type === "integer" || type === "decimal")
      .map(({ name }) => [
        `sum_${name}`,
        { type: ["number", "string", "null"] },
      ]),
  );
  const count = { type: ["integer", "string"] };
  return objectOf({ count, ...sums, ...records }, []);
}

function describe({ meaning, unit }: Dataset["fields"][number]): string {
  return unit === undefined ? meaning : `${meaning} (${unit})`;
}

/** A value as it leaves; what is missing is null, and an integer beyond 2^53 is text. */
const CELLS: Readonly<Record<FieldType, Json>> = {
  text: { type: ["string", "null"] },
  integer: { type: ["integer", "string", "null"] },
  decimal: { type: ["number", "null"] },
  boolean: { type: ["boolean", "null"] },
  date: { type: ["string", "null"], format: "date" },
  instant: { type: ["string", "null"], format: "date-time" },
};
/** A value as it is compared. */
const VALUES: Readonly<Record<FieldType, Json>> = {
  text: { type: "string", maxLength: 400 },
  integer: { type: "integer" },
  decimal: { type: "string", pattern: String.raw`^-?[0-9]+(?:\.[0-9]+)?$` },
  boolean: { type: "boolean" },
  date: { type: "string", format: "date" },
  instant: { type: "string", format: "date-time" },
};
const RANGES = ["lt", "lte", "gt", "gte"] as const;
const SAYS: Readonly<Record<string, string>> = {
  ne: "is not",
  lt: "is less than",
  lte: "is at most",
  gt: "is more than",
  gte: "is at least",
};

function comparisonsOf(field: Dataset["fields"][number]): readonly Parameter[] {
  const { name, type } = field;
  const schema = VALUES[type];
  const of = (
    op: string,
    says: string,
    more: Partial<Parameter> = {},
  ): Parameter => ({
    name: `${name}${op}`,
    in: "query",
    says,
    schema,
    ...more,
  });
  const ranges = type === "boolean" ? [] : RANGES;
  return [
    of("", `${describe(field)}: is this`),
    ...(["ne", ...ranges] as const).map((op) =>
      of(`.${op}`, `${name} ${SAYS[op] ?? op}`),
    ),
    of(".in", `${name} is one of these`, { list: true }),
    of(".missing", `${name} is missing, or is there`, {
      schema: { type: "boolean" },
    }),
  ];
}

/** `:name` of the app is `{name}` of the document. */
export function addressesOf({ route, paths }: RouteDoc): {
  readonly method: string;
  readonly patterns: readonly string[];
} {
  const [method = "", path = ""] = route.split(" ");
  return {
    method: method.toLowerCase(),
    patterns: paths ?? [path.replaceAll(/:([a-z]+)/g, "{$1}")],
  };
}

/** `schema` stands in place of the shape of its answers, where it is known better. */
function operationOf(one: RouteDoc, path: string, schema?: Json): Json {
  const named = [...path.matchAll(/\{([a-z]+)\}/g)].map(
    ([, name = ""]): Parameter => ({
      ...{ name, in: "path", says: "", required: true },
      schema: { type: "string" },
    }),
  );
  const parameters = [...named, ...(one.parameters ?? [])].map(parameterOf);
  const headers = one.isUse === true ? { headers: USE_HEADERS } : {};
  const answers = Object.entries(one.answers).map(([status, content]) => [
    status,
    {
      description: Number(status) < 300 ? "An answer" : "It does not work",
      ...headers,
      content:
        schema === undefined
          ? contentOf(content)
          : { ...contentOf(content), "application/json": { schema } },
    },
  ]);
  const errors = one.errors.map((status) => [
    status,
    { $ref: `#/components/responses/${ERRORS[status][0]}` },
  ]);
  return {
    summary: one.says,
    tags: [one.tag],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(one.body === undefined
      ? {}
      : { requestBody: { required: true, content: contentOf(one.body) } }),
    responses: Object.fromEntries([
      ...answers,
      ...errors,
      ["default", { $ref: "#/components/responses/Failed" }],
    ]),
    ...(one.known === true
      ? { security: [{}, { bearer: [] }, { signature: [] }] }
      : {}),
  };
}

function parameterOf(one: Parameter): Json {
  const { name, says, schema, required = false, list = false } = one;
  return {
    ...{ name, in: one.in, required },
    ...(says === "" ? {} : { description: says }),
    ...(list
      ? {
          ...{ style: "form", explode: false },
          schema: { type: "array", items: schema },
        }
      : { schema }),
  };
}

function contentOf(content: Content): Json {
  if ("type" in content) {
    if (content.type === "none") return {};
    const isText = content.type.startsWith("text/");
    return { [content.type]: isText ? { schema: { type: "string" } } : {} };
  }
  const { shape, types = [] } = content;
  const refs = [shape].flat().map((name) => ({
    $ref: `#/components/schemas/${name}`,
  }));
  const schema = refs.length === 1 ? refs[0] : { anyOf: refs };
  const streams = types.map((type): Part => [type, {}]);
  return {
    "application/json": { schema },
    ...Object.fromEntries<Json>(streams),
  };
}

const ERRORS: Readonly<Record<ErrorStatus, readonly [string, string]>> = {
  400: ["Malformed", "It cannot be read; the message says what is wanted"],
  401: ["Unauthorised", "The token or the signature is not in force"],
  403: ["Refused", "Refused, with the rule, its article and the next step"],
  404: ["NotFound", "Nothing is there"],
  406: ["NotAcceptable", "It can be had in no form that was asked for"],
  408: ["TooSlow", "The body came too slowly"],
  409: ["Conflict", "The key stands for something else, or is in use"],
  410: ["Gone", "It was dropped under a policy that anybody can check"],
  413: ["TooLarge", "The body is too large"],
  415: ["UnsupportedType", "The body does not say that it is JSON"],
  422: [
    "TurnedAway",
    "It could be no entry of the log, or it is another plan under a key that was used",
  ],
  429: ["TooManyRequests", "Too many requests; Retry-After says when again"],
  503: ["Unavailable", "The office cannot answer at present; ask again later"],
};

const header = (description: string, type = "string"): Json => ({
  ...{ description, schema: { type } },
});
/** As `limitHeaders` and the answers of the gate set them. */
const USE_HEADERS: Json = {
  "Vitrine-Entry": header("The leaf hash of the entry of this answer"),
  "Vitrine-Log": header("The usage log that it stands in"),
  "Vitrine-Price": header(
    "What it cost, and the currency: 2.40 CNY; 0 where it is free of charge",
  ),
  "Vitrine-Receipt": header(
    "Of open data, streams and files: the receipt, in base64url",
  ),
  "Vitrine-Receipts-At": header(
    "Where the receipts of a stream or a file are had",
  ),
  "Vitrine-Licence": header("The licence of the dataset"),
  "Vitrine-Plan-Limit": header(
    "Rows or groups that the plan wants at most, also where it did not say so",
    "integer",
  ),
  "Vitrine-Limit-Rows": header(
    "Rows of an answer that is made whole",
    "integer",
  ),
  "Vitrine-Limit-Seconds": header("Seconds that a plan may take", "number"),
  "Vitrine-Limit-Megabytes": header("Memory that plans may take", "integer"),
  "Vitrine-Limit-At-A-Time": header("Plans that run at a time", "integer"),
  "Vitrine-Quota-Calls-Left": header("Calls left of the permit", "integer"),
  "Vitrine-Quota-Steps-Left": header("Steps left of the permit", "integer"),
};

let made: Json | undefined;
/** They are the same for every document, and take a while to make. */
function schemas(): Json {
  made ??= Object.fromEntries(
    Object.entries(SHAPES).map(([name, shape]) => [name, schemaOf(shape)]),
  );
  return made;
}

const FAILED: Part = [
  "Failed",
  {
    description: "Any other failure has the one error shape too",
    content: contentOf({ shape: "Error" }),
  },
];
type Part = readonly [name: string, part: Json];

function documentOf(title: string, paths: Json): Json {
  const responses = Object.values(ERRORS).map(([name, description]): Part => [
    name,
    {
      description,
      content:
        name === "Gone"
          ? { "application/json": {} }
          : contentOf({ shape: name === "Refused" ? "Refusal" : "Error" }),
    },
  ]);
  return {
    openapi: "3.1.1",
    info: {
      title,
      version: "1",
      description:
        "Every answer of data is entered in a public log before it leaves, and comes with a signed receipt.",
    },
    paths,
    components: {
      schemas: schemas(),
      responses: Object.fromEntries<Json>([...responses, FAILED]),
      securitySchemes: {
        bearer: {
          ...{ type: "http", scheme: "bearer" },
          description: "A token of an organisation",
        },
        signature: {
          ...{ type: "apiKey", in: "header", name: "Signature" },
          description:
            "An HTTP message signature (RFC 9421), beside Signature-Input, of an organisation that has enrolled a request key",
        },
      },
    },
  };
}
