import type { Context, Hono, MiddlewareHandler } from "hono";
import { MEDIA_TYPES } from "../gateway/forms/form.ts";
import { inForce } from "../register/register.ts";
import { contentFields } from "../register/fields.ts";
import { readRequest } from "../uses/plan.ts";
import type { GateOptions } from "./app.tsx";
import { type Admitted, atTheDoor } from "./at-the-door.ts";
import { idIn } from "./canonical-id.ts";
import { gatewayOf } from "./gateway-of.ts";
import { showError } from "./error-page.tsx";
import { declinedBody, errorBody } from "./errors.ts";
import { asciiOnly, headEntered } from "./labels.ts";
import { decideRange, serveFile } from "./ranges.ts";
import { Malformed } from "../acts/canonical.ts";

const ENDING = ".parquet";
const PARAMETERS = new Set(["fields", "product", "purpose", "case"]);

/** Whole vintages as Parquet, as far as a permit goes: with ranges, so that engines read only what they need. */
export function fileRoutes(
  app: Hono,
  options: GateOptions,
  sure: MiddlewareHandler,
): void {
  app.get("/files/:file", sure, async (c) => {
    const name = idIn(c, "file");
    const id = name.slice(0, -ENDING.length);
    const dataset = options.office.register.datasets.get(id)?.act;
    if (!name.endsWith(ENDING) || dataset === undefined)
      return showError(
        c,
        errorBody(
          "notFound",
          `No dataset has the file ${name}, want DATASET${ENDING}`,
          "I1",
        ),
        404,
      );
    return atTheDoor(c, options, new Uint8Array(), (came) => {
      if (dataset.licence !== undefined)
        c.header("Vitrine-Licence", asciiOnly(dataset.licence));
      return file(c, options, came, id);
    });
  });
}

/** What is asked for: by default every field that the asker's permit, or the open dataset, has. */
function requestOf(
  c: Context,
  options: GateOptions,
  came: Admitted,
  id: string,
) {
  const given = new URL(c.req.url).searchParams;
  for (const name of given.keys())
    if (!PARAMETERS.has(name) || given.getAll(name).length > 1)
      throw new Malformed(
        `Cannot read URL: parameter ${name} is unknown or stands twice, want ${[...PARAMETERS].join(", ")}`,
      );
  const { register, desk } = gatewayOf(options);
  const now = desk.now();
  const product = given.get("product") ?? undefined;
  const purpose = given.get("purpose");
  const organisation = came.asker?.organisation;
  const permits = (
    register.permitsOf.get(
      `${organisation ?? ""} ${product ?? `${id}.file`}`,
    ) ?? []
  )
    .map((permit) => register.permits.get(permit))
    .filter(
      (one) =>
        one !== undefined &&
        inForce(one, now) &&
        (came.how.permit === undefined || one.act.permit === came.how.permit) &&
        (purpose === null || one.act.purpose === purpose),
    );
  const offered = register.products.get(product ?? `${id}.file`)?.act;
  const fields =
    given.get("fields")?.split(",") ??
    permits[0]?.act.fields ??
    (offered === undefined ? undefined : contentFields(offered)) ??
    register.datasets.get(id)?.act.fields.map((f) => f.name);
  const more = Object.fromEntries(
    (["product", "purpose", "case"] as const).flatMap((name) => {
      const value = given.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  return readRequest({ ...more, plan: { form: "file", dataset: id, fields } });
}

async function file(
  c: Context,
  options: GateOptions,
  came: Admitted,
  id: string,
): Promise<Response> {
  const { offsetMinutes } = options.office.register;
  if (c.req.header("idempotency-key") !== undefined)
    return showError(
      c,
      errorBody(
        "malformed",
        "Cannot give a file under an Idempotency-Key: within a slot all requests for it are one use anyway, so ask without one",
      ),
      400,
    );
  const request = requestOf(c, options, came, id);
  const found = await gatewayOf(options).files.ask(
    ...([request, came.asker?.organisation, came.how] as const),
  );
  if (found.outcome === "refused")
    return showError(c, declinedBody(found, offsetMinutes), 403);
  const { lease } = found;
  let leave: (() => void) | undefined;
  try {
    const range = decideRange(c.req.raw, lease.size, lease.etag);
    const { status } = range;
    // Nothing of the file leaves with these, so nothing is entered.
    const leavesNothing =
      c.req.method === "HEAD" || (status !== 200 && status !== 206);
    const entered = leavesNothing
      ? undefined
      : await found.enter(
          range.status === 206 ? range.last - range.first + 1 : lease.size,
        );
    if (entered !== undefined && "outcome" in entered) {
      lease.release();
      return await showError(c, declinedBody(entered, offsetMinutes), 403);
    }
    if (entered !== undefined)
      headEntered(c, entered, options, came.asker?.organisation);
    // Whoever keeps it asks again each time whether the permit still stands.
    c.header("Cache-Control", "private, no-cache");
    leave = came.takeOver();
    const served = await serveFile(
      c.req.raw,
      {
        path: lease.path,
        size: lease.size,
        etag: lease.etag,
        mediaType: MEDIA_TYPES.parquet,
        filename: `${id}${ENDING}`,
      },
      {
        mayGoOn: () => {
          found.mayGoOn();
          return came.mayGoOn();
        },
        onDone: () => {
          lease.release();
          leave?.();
        },
      },
    );
    for (const [name, value] of served.headers) c.header(name, value);
    return new Response(served.body, {
      status: served.status,
      headers: c.res.headers,
    });
  } catch (error) {
    lease.release();
    leave?.();
    throw error;
  }
}
