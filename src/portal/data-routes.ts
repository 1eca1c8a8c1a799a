import type { Context, Hono, MiddlewareHandler } from "hono";
import { toBase64url } from "../acts/bytes.ts";
import type { Answered, Declined, Gateway } from "../gateway/gateway.ts";
import { Unavailable } from "../gateway/unavailable.ts";
import { readRequest } from "../uses/plan.ts";
import { receiptText } from "../uses/receipt.ts";
import { planFromUrl } from "../uses/url-plan.ts";
import type { AppOptions } from "./app.tsx";
import { bytesOf, typed } from "./body-guards.ts";
import { declinedBody, errorBody, Unauthorised } from "./errors.ts";
import { payeeOf } from "./overview.ts";
import { readJson } from "./read-json.ts";

/** The exit for data: a plan as JSON or as a URL, and what can be asked for. */
export function dataRoutes(
  app: Hono,
  options: AppOptions,
  sure: MiddlewareHandler,
  limited: MiddlewareHandler,
): void {
  app.post("/query", sure, typed, limited, (c) => query(c, options));
  app.get("/data/:dataset", sure, (c) => openData(c, options));
  app.get("/products/:product", async (c) =>
    product(c, options, await organisationOf(c, options)),
  );
  app.get("/datasets/:dataset", (c) => dataset(c, options));
}

async function query(c: Context, options: AppOptions): Promise<Response> {
  const organisation = await organisationOf(c, options);
  const request = readRequest(readJson(await bytesOf(c), "request"));
  return respond(
    c,
    options,
    await gatewayOf(options).ask(request, organisation),
    false,
  );
}

async function openData(c: Context, options: AppOptions): Promise<Response> {
  const id = c.req.param("dataset") ?? "";
  const dataset = gatewayOf(options).register.datasets.get(id)?.act;
  if (dataset === undefined)
    return c.json(
      errorBody("notFound", `No dataset ${id} is registered`, "I1"),
      404,
    );
  const organisation = await organisationOf(c, options);
  const request = planFromUrl(dataset, [...new URL(c.req.url).searchParams]);
  if (dataset.licence !== undefined)
    c.header("Vitrine-Licence", asciiOnly(dataset.licence));
  return respond(
    c,
    options,
    await gatewayOf(options).ask(request, organisation),
    true,
  );
}

/** Open data answers with the rows themselves and everything else in headers; a permit's answer with its receipt in the body. */
function respond(
  c: Context,
  options: AppOptions,
  result: Answered | Declined,
  bare: boolean,
): Response {
  if (result.outcome === "refused")
    return c.json(
      declinedBody(result, options.office.register.offsetMinutes),
      403,
    );
  c.header("Cache-Control", "no-store");
  c.header("Vitrine-Entry", result.leaf);
  const { register } = options.office;
  const fee = result.price?.fee?.act;
  c.header(
    "Vitrine-Price",
    fee === undefined ? "0" : `${result.charge} ${fee.currency}`,
  );
  c.header("Vitrine-Log", result.receipt.log);
  if (bare && result.permit === undefined) {
    c.header(
      "Vitrine-Receipt",
      toBase64url(Buffer.from(receiptText(result.receipt))),
    );
    return c.body(result.text, 200, {
      "Content-Type": "application/json; charset=utf-8",
    });
  }
  const price =
    fee === undefined
      ? { amount: 0, because: result.price?.because ?? "open data" }
      : {
          amount: result.charge,
          currency: fee.currency,
          because: "fee",
          fee: fee.fee,
          payee: payeeOf(register, fee.payee),
          ceiling: result.price?.ceiling?.act.amount,
        };
  const rest = JSON.stringify({
    receipt: result.receipt,
    leaf: result.leaf,
    permit: result.permit,
    price,
  });
  // The answer stands first and as it was hashed: its digest in the opening is over these bytes.
  return c.body(`{"answer":${result.text},${rest.slice(1)}`, 200, {
    "Content-Type": "application/json; charset=utf-8",
  });
}

/** A product, the fields behind it, and what the asker's own permits for it reach. */
function product(
  c: Context,
  { office: { register } }: AppOptions,
  organisation: string | undefined,
): Response {
  const id = c.req.param("product") ?? "";
  const standing = register.products.get(id);
  if (standing === undefined) {
    return c.json(
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

function dataset(c: Context, { office }: AppOptions): Response {
  const id = c.req.param("dataset") ?? "";
  const found = office.register.datasets.get(id);
  if (found === undefined)
    return c.json(
      errorBody("notFound", `No dataset ${id} is registered`, "I1"),
      404,
    );
  return c.json({
    dataset: found.act,
    entry: found.entry,
    vintage: office.register.vintages.get(id)?.vintage,
  });
}

function gatewayOf({ gateway }: AppOptions): Gateway {
  const found = gateway();
  if (found === undefined)
    throw new Unavailable(
      "Cannot answer: no act has opened a gateway of this office yet",
    );
  return found;
}

async function organisationOf(
  c: Context,
  { organisationOf: find }: AppOptions,
): Promise<string | undefined> {
  const header = c.req.header("authorization");
  if (header === undefined) return undefined;
  const token = /^Bearer +([A-Za-z0-9_-]{20,100})$/i.exec(header)?.[1];
  const organisation = token === undefined ? undefined : await find(token);
  if (organisation === undefined)
    throw new Unauthorised(
      "Cannot read the Authorization header: want Bearer and a token that is in force",
    );
  return organisation;
}

function asciiOnly(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "?");
}
