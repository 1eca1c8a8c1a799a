import type { Context, Hono, MiddlewareHandler } from "hono";
import type { Answered, Declined } from "../gateway/gateway.ts";
import { ALLOWED, allowedFor, limitHeaders } from "../gateway/allowed.ts";
import { type AskedForm, formOf } from "../gateway/forms/form.ts";
import type { Asker } from "../gateway/asking/token-cache.ts";
import { readIdempotencyKey } from "../gateway/asking/idempotency-key.ts";
import { askKeyed } from "../gateway/keyed.ts";
import { isOpen } from "../register/fields.ts";
import {
  LIMIT_MAX,
  readRequest,
  type Request,
  WHOLE_ROWS_MAX,
} from "../uses/plan.ts";
import { planFromUrl } from "../uses/url-plan.ts";
import type { GateOptions } from "./app.tsx";
import { billOf } from "./bill.ts";
import { addressOf, type Admitted, atTheDoor, tokenOf } from "./at-the-door.ts";
import { bytesOf, typed } from "./body-guards.ts";
import { idIn, mustBePlain } from "./canonical-id.ts";
import { showError } from "./error-page.tsx";
import { declinedBody, errorBody, Unauthorised } from "./errors.ts";
import { fileRoutes } from "./file-routes.ts";
import { gatewayOf } from "./gateway-of.ts";
import { headOfData } from "./head-of-data.ts";
import { asciiOnly, headReceipt, labels } from "./labels.ts";
import { readJson } from "./read-json.ts";
import { streamed } from "./streamed.ts";

/** The exit for data: a plan as JSON or as a URL, files, and what can be asked for. */
export function dataRoutes(
  app: Hono,
  options: GateOptions,
  sure: MiddlewareHandler,
  limited: MiddlewareHandler,
): void {
  app.post("/query", sure, typed, limited, (c) => query(c, options));
  app.get("/data/:dataset", sure, (c) => fromUrl(c, options));
  fileRoutes(app, options, sure);
  app.get("/receipts/:leaf", (c) => receipts(c, options));
  app.get("/products/:product", async (c) =>
    product(c, options, (await askerOf(c, options))?.organisation),
  );
}

async function query(c: Context, options: GateOptions): Promise<Response> {
  mustBePlain(c);
  const body = await bytesOf(c);
  return atTheDoor(c, options, body, (came) =>
    answer(
      ...([c, options, came] as const),
      readRequest(readJson(body, "request")),
      ...([askedIn(c), false] as const),
    ),
  );
}

async function fromUrl(c: Context, options: GateOptions): Promise<Response> {
  const id = idIn(c, "dataset");
  const dataset = gatewayOf(options).register.datasets.get(id)?.act;
  if (dataset === undefined)
    return showError(
      c,
      errorBody("notFound", `No dataset ${id} is registered`, "I1"),
      404,
      {},
      [["/datasets", "All datasets"]],
    );
  return atTheDoor(c, options, new Uint8Array(), (came) => {
    const asked = askedIn(c);
    // Whoever fetches open data as a file wants all of it.
    const isWhole =
      isOpen(dataset) && asked.kind === "form" && asked.form !== "json";
    const request = planFromUrl(
      dataset,
      [...new URL(c.req.url).searchParams],
      isWhole ? LIMIT_MAX : undefined,
    );
    if (dataset.licence !== undefined)
      c.header("Vitrine-Licence", asciiOnly(dataset.licence));
    return answer(c, options, came, request, asked, true);
  });
}

/** The form that a request asks for. */
function askedIn(c: Context): AskedForm {
  return formOf(c.req.header("accept"), c.req.query("format"));
}

/** Whole, or as a stream where a form was asked for that is one, or more rows than one answer holds. */
async function answer(
  c: Context,
  options: GateOptions,
  came: Admitted,
  request: Request,
  asked: AskedForm,
  bare: boolean,
): Promise<Response> {
  sayLiveLimits(c, options, request.plan.dataset);
  if (asked.kind === "refused")
    return showError(c, errorBody("malformed", asked.message), asked.status);
  if (c.req.method === "HEAD")
    return headOfData(c, options, came, request, asked.form);
  const key = readIdempotencyKey(c.req.header("idempotency-key"));
  const { plan } = request;
  if (plan.form === "records" || plan.form === "aggregate")
    c.header("Vitrine-Plan-Limit", String(plan.limit));
  // JSON that was asked for by name may be longer than one answer: it leaves as its rows alone.
  const isLong =
    c.req.query("format") === "json" &&
    plan.form === "records" &&
    plan.limit > WHOLE_ROWS_MAX;
  if (asked.form !== "json" || isLong) {
    if (key !== undefined)
      return showError(
        c,
        errorBody(
          "malformed",
          "Cannot stream under an Idempotency-Key: a stream that broke is free of charge, so ask again without one",
        ),
        400,
      );
    return streamed(c, options, came, request, asked.form);
  }
  const gateway = gatewayOf(options);
  const organisation = came.asker?.organisation;
  const result =
    key === undefined || organisation === undefined
      ? await gateway.ask(request, organisation, came.how)
      : await askKeyed(gateway, request, organisation, key, came.how);
  return respond(c, options, result, bare);
}

/** A department's own store has limits of its own; the door could not know yet who would be asked. */
function sayLiveLimits(
  c: Context,
  options: GateOptions,
  dataset: string,
): void {
  const { allowed = ALLOWED } = options;
  const live = gatewayOf(options).register.datasets.get(dataset)?.act.live;
  if (live === undefined) return;
  const fields = limitHeaders(allowedFor(allowed, live));
  for (const name in fields) c.header(name, fields[name]);
}

/** Open data answers with the rows themselves and everything else in headers; a permit's answer with its receipt in the body. */
function respond(
  c: Context,
  options: GateOptions,
  result: Answered | Declined,
  bare: boolean,
): Response | Promise<Response> {
  const { register } = options.office;
  if (result.outcome === "refused") {
    const dataset = c.req.param("dataset");
    const ways =
      dataset === undefined
        ? []
        : ([
            [`/datasets/${dataset}/explain`, "Who may have it, and why"],
          ] as const);
    const body = declinedBody(result, register.offsetMinutes);
    return showError(c, body, 403, {}, ways);
  }
  labels(c, result, options);
  if (bare && result.permit === undefined) {
    headReceipt(c, result.receipt);
    return c.body(result.text, 200, {
      "Content-Type": "application/json; charset=utf-8",
    });
  }
  const rest = JSON.stringify({
    receipt: result.receipt,
    leaf: result.leaf,
    permit: result.permit,
    price: billOf(register, result, options.now()),
  });
  // The answer stands first and as it was hashed: its digest in the opening is over these bytes.
  return c.body(`{"answer":${result.text},${rest.slice(1)}`, 200, {
    "Content-Type": "application/json; charset=utf-8",
  });
}

/** The receipts of a streamed answer, for whoever asked it: they open what was asked, so who asks passes the door as for data. */
async function receipts(c: Context, options: GateOptions): Promise<Response> {
  mustBePlain(c);
  return atTheDoor(c, options, new Uint8Array(), async ({ asker }) => {
    if (asker === undefined) throw noToken(c);
    const leaf = c.req.param("leaf") ?? "";
    const text = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(leaf)
      ? await gatewayOf(options).shelf.get(
          ...([leaf, asker.organisation, asker.permit] as const),
        )
      : undefined;
    c.header("Cache-Control", "no-store");
    return text === undefined
      ? showError(
          c,
          errorBody(
            "notFound",
            "No streamed answer of this organisation has that entry, or it is more than 30 days old",
          ),
          404,
        )
      : c.body(text, 200, {
          "Content-Type": "application/json; charset=utf-8",
        });
  });
}

/** A product, the fields behind it, and what the asker's own permits for it reach. */
function product(
  c: Context,
  { office: { register } }: GateOptions,
  organisation: string | undefined,
): Response | Promise<Response> {
  const id = idIn(c, "product");
  const standing = register.products.get(id);
  if (standing === undefined) {
    return showError(
      c,
      errorBody("notFound", `No product ${id} is registered`, "I1"),
      404,
    );
  }
  const dataset = standing.act.content[0]?.dataset ?? "";
  const permits = (register.permitsOf.get(`${organisation ?? ""} ${id}`) ?? [])
    .map((permit) => register.permits.get(permit)?.act)
    .filter((permit) => permit !== undefined)
    .map(({ permit, purpose, fields, where }) => ({
      permit,
      purpose,
      fields,
      where,
    }));
  return c.json({
    product: standing.act,
    entry: standing.entry,
    ended: standing.ended,
    fields: register.datasets.get(dataset)?.act.fields ?? [],
    permits,
  });
}

/** Whose token a request bears, where it bears one; what is shown to it is no data. */
export async function askerOf(
  c: Context,
  { door, proxies }: GateOptions,
): Promise<Asker | undefined> {
  const token = tokenOf(c);
  if (token === undefined) return undefined;
  const arrived = await door.arrive(token, addressOf(c, proxies));
  if (arrived.outcome !== "arrived") throw new Unauthorised(arrived.why);
  return arrived.asker;
}

/** Who makes a request that nobody makes without a token. */
export async function askerWith(
  c: Context,
  options: GateOptions,
): Promise<Asker> {
  const asker = await askerOf(c, options);
  if (asker !== undefined) return asker;
  throw noToken(c);
}

function noToken(c: Context): Unauthorised {
  return new Unauthorised(
    `Cannot ${c.req.method} ${c.req.path}: want the token of an organisation`,
  );
}
