import { primitives } from "../store/crypto.ts";
import type { PermitAdmission } from "../uses/admit.ts";
import { givenOf, openingOf } from "../uses/make-use.ts";
import { commitmentOf } from "../uses/opening.ts";
import { mustBeWhole, type Plan, type Request } from "../uses/plan.ts";
import { REPEAT_MS_MAX } from "../uses/use.ts";
import { answerText, concernedBy, tokensOf } from "./answer.ts";
import type { Desk } from "./desk.ts";
import type { Answered, Declined } from "./gateway.ts";
import type { How } from "./how.ts";
import { datasetOf, type Ran, rowsIn, runPlan } from "./run-plan.ts";
import { Unavailable } from "./unavailable.ts";
import { answerOf } from "./use-of.ts";

/** A keyed use that is to be answered anew. */
export type Before = {
  readonly leaf: string;
  readonly log: string;
  readonly permit: string;
  /** The slot of the use. */
  readonly slot: number;
  /** Called when nothing stands in the way of its entry any more. */
  readonly entering: () => void;
};

/** Answers a keyed use anew, free of charge, under the permit that it was admitted by; each time is entered. */
export async function repeat(
  desk: Desk,
  request: Request,
  organisation: string,
  of: Before,
  how: How = {},
): Promise<Answered | Declined> {
  const { plan } = request;
  mustBeWhole(plan);
  desk.mustServe();
  const admit = () =>
    desk.admit(
      ...([request, organisation, desk.now()] as const),
      { permit: of.permit },
      // It was counted when it was entered.
      () => ({ calls: -1, steps: -Infinity }),
    );
  const first = admit();
  if (first.outcome === "refused") return desk.decline(first, organisation);
  datasetOf(desk.register, plan);
  const ran = await runPlan(desk, plan, first, organisation);
  await desk.logs.prepare(first.outcome === "open" ? "minute" : first.slotName);
  desk.mustServe();
  const again = admit();
  if (again.outcome === "refused") return desk.decline(again, organisation);
  if (again.outcome === "open")
    throw new Error("Cannot answer anew: open data have no permit");
  return answer(desk, request, again, ran, plan, of, how);
}

async function answer(
  desk: Desk,
  request: Request,
  admission: PermitAdmission,
  { answer: found, vintage, cursorFor }: Ran,
  plan: Plan,
  of: Before,
  how: How,
): Promise<Answered> {
  const now = desk.now();
  const { permit, slotName, basis } = admission;
  const { log, slot } = desk.logs.block(slotName, basis, now);
  if (log.origin !== of.log)
    throw new Unavailable(
      "Cannot answer anew: the log of the first answer is closed; ask with a new Idempotency-Key",
    );
  if (slot - of.slot > REPEAT_MS_MAX)
    throw new Unavailable(
      "Cannot answer anew: the first answer is more than 24 hours old; ask with a new Idempotency-Key",
    );
  const dataset = datasetOf(desk.register, plan);
  const token = tokensOf(desk.options.sealKey, permit.act.permit);
  const text = answerText(found, dataset, cursorFor(admission), token);
  const kept = answerOf(desk, admission, {
    given: givenOf(primitives, Buffer.from(text), rowsIn(found)),
    subjects: concernedBy(found.subjects, plan, dataset),
    ...{ vintage, how, now },
  });
  const opening = openingOf(
    ...([request, admission, kept, slot, desk.nonce()] as const),
  );
  const commitment = commitmentOf(primitives, opening);
  of.entering();
  const { receipt, leaf } = await desk.enterSealed(
    ...([log, slot] as const),
    { v: 1, kind: "repeat", of: of.leaf, slot, private: commitment },
    ...([opening, kept.subjects] as const),
  );
  return {
    ...{ outcome: "answered", text, receipt, leaf, charge: 0 },
    ...{ price: undefined, permit: of.permit },
  };
}
