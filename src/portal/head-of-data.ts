import type { Context } from "hono";
import { type Form, MEDIA_TYPES } from "../gateway/forms/form.ts";
import { knownOf } from "../gateway/how.ts";
import { checkPlan } from "../uses/check-plan.ts";
import type { Request } from "../uses/plan.ts";
import type { GateOptions } from "./app.tsx";
import type { Admitted } from "./at-the-door.ts";
import { declinedBody } from "./errors.ts";
import { gatewayOf } from "./gateway-of.ts";

/**
 * HEAD for an answer: whether it would be given. No row leaves with it, so no engine is asked, nothing is entered and nothing
 * charged; a refusal counts as one.
 */
export async function headOfData(
  c: Context,
  options: GateOptions,
  { asker, how }: Admitted,
  request: Request,
  form: Form,
): Promise<Response> {
  const { desk } = gatewayOf(options);
  const { plan } = request;
  desk.mustServe();
  const known = knownOf(how);
  const admission = desk.admit(
    ...([request, asker?.organisation, desk.now(), known] as const),
  );
  if (admission.outcome === "refused")
    return c.json(
      declinedBody(
        await desk.decline(admission, asker?.organisation),
        desk.register.offsetMinutes,
      ),
      403,
    );
  checkPlan(plan, desk.register.datasets.get(plan.dataset)?.act.fields ?? []);
  c.header("Cache-Control", "no-store");
  return c.body(null, 200, { "Content-Type": MEDIA_TYPES[form] });
}
