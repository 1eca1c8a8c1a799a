import type { Context, Hono, MiddlewareHandler } from "hono";
import { Malformed } from "../acts/canonical.ts";
import type { Asker } from "../gateway/asking/token-cache.ts";
import type { ReadRegister } from "../register/register.ts";
import { checkPlan } from "../uses/check-plan.ts";
import { explainUse } from "../uses/explain.ts";
import { readRequest, type Request } from "../uses/plan.ts";
import { wantsHtml, wantsJson } from "./accepts.ts";
import type { AppOptions } from "./app.tsx";
import { speaking } from "./around.ts";
import { atTheDoor } from "./at-the-door.ts";
import { bytesOf, typed } from "./body-guards.ts";
import { idIn, mustBePlain } from "./canonical-id.ts";
import { showError } from "./error-page.tsx";
import { type ErrorBody, errorBody } from "./errors.ts";
import { ExplainPage, type ExplainProps } from "./explain-page.tsx";
import { explainFromUrl } from "./explain-url.ts";
import { findOrganisation } from "./find-organisation.ts";
import { readJson } from "./read-json.ts";
import { showPage } from "./show-page.ts";
import { type SaidExplanation, sayExplained } from "./say-explained.ts";

/** Admission explains itself: what would become of a request, and why. Nothing is entered, charged, counted or looked up. */
export function explainRoutes(
  app: Hono,
  options: AppOptions,
  limited: MiddlewareHandler,
): void {
  app.post("/query/explain", typed, limited, (c) => explainQuery(c, options));
  app.get("/datasets/:dataset/explain", (c) => explainUrl(c, options));
}

async function explainQuery(
  c: Context,
  options: AppOptions,
): Promise<Response> {
  mustBePlain(c);
  const body = await bytesOf(c);
  return atTheDoor(c, options, body, async ({ asker: own }) => {
    const request = readRequest(readJson(body, "request"));
    const given = c.req.query("organisation");
    const none = unknown(options, given);
    if (none !== undefined) return c.json(none, 404);
    // What programs read is English, whatever the page of whoever sends it is in.
    const said = speaking("en", () =>
      explained(options, request, given ?? own?.organisation, own),
    );
    return c.json(said);
  });
}

async function explainUrl(c: Context, options: AppOptions): Promise<Response> {
  return atTheDoor(c, options, new Uint8Array(), ({ asker }) =>
    explainTo(c, options, asker),
  );
}

async function explainTo(
  c: Context,
  options: AppOptions,
  own: Asker | undefined,
): Promise<Response> {
  const register = registerOf(options);
  const id = idIn(c, "dataset");
  const dataset = register.datasets.get(id)?.act;
  if (dataset === undefined)
    return showError(
      c,
      errorBody("notFound", `No dataset ${id} is registered`, "I1"),
      404,
      {},
      [["/datasets", "All datasets"]],
    );
  c.header("Vary", "Accept, Authorization");
  const parameters = [...new URL(c.req.url).searchParams];
  const page = (
    shown: Omit<ExplainProps, "register" | "dataset">,
    status?: 400 | 404,
  ) =>
    showPage(
      c,
      <ExplainPage register={register} dataset={dataset} {...shown} />,
      status,
    );
  try {
    const url = explainFromUrl(register, dataset, parameters);
    const typed = url.organisation;
    // People know names; programs are held to ids.
    const meant =
      typed === undefined || !wantsHtml(c)
        ? undefined
        : findOrganisation(register, typed);
    if (meant !== undefined && "among" in meant && meant.among.length > 0)
      return await page({
        choice: { typed: typed ?? "", ...meant, parameters },
      });
    const organisation =
      meant !== undefined && "found" in meant ? meant.found : typed;
    const none = unknown(options, organisation);
    if (none !== undefined)
      return await (wantsHtml(c)
        ? page({ wrong: none.error.message }, 404)
        : c.json(none, 404));
    const said = explained(
      options,
      url.request,
      organisation ?? own?.organisation,
      own,
    );
    return await (wantsJson(c) ? c.json(said) : page({ said }));
  } catch (error) {
    if (!(error instanceof Malformed) || !wantsHtml(c)) throw error;
    return page({ wrong: error.message }, 400);
  }
}

/** What an organisation has spent is told to it alone; everything else is public. */
function explained(
  options: AppOptions,
  request: Request,
  organisation: string | undefined,
  own: Asker | undefined,
): SaidExplanation {
  const register = registerOf(options);
  const gateway = options.gateway();
  const isOwn =
    organisation !== undefined && organisation === own?.organisation;
  const explanation = explainUse({
    register,
    request,
    organisation,
    at: options.now(),
    ...(isOwn && own?.permit !== undefined
      ? { known: { permit: own.permit } }
      : {}),
    ...(isOwn && gateway !== undefined
      ? {
          spent: (permit) =>
            gateway.spent.get(permit) ?? { calls: 0, steps: 0 },
        }
      : {}),
  });
  // As at the gate: a plan that is let through has to fit its dataset.
  const fields = register.datasets.get(request.plan.dataset)?.act.fields ?? [];
  if (explanation.outcome !== "refused") checkPlan(request.plan, fields);
  return sayExplained(explanation, register);
}

/** What the gate decides on, where there is one. */
function registerOf({ gateway, office }: AppOptions): ReadRegister {
  return gateway()?.register ?? office.register;
}

function unknown(
  options: AppOptions,
  organisation: string | undefined,
): ErrorBody | undefined {
  return organisation === undefined ||
    registerOf(options).organisations.has(organisation)
    ? undefined
    : errorBody("notFound", `No organisation ${organisation} is registered`);
}
