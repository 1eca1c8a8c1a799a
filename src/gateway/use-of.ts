import { primitives } from "../store/crypto.ts";
import type { PermitAdmission } from "../uses/admit.ts";
import { type Answer, makeUse } from "../uses/make-use.ts";
import type { Request } from "../uses/plan.ts";
import { tokensOf } from "./answer.ts";
import type { Desk } from "./desk.ts";
import { type How, saidOf } from "./how.ts";

/** What was found for a request; `subjects` are named as their source names them. */
export type Found = Pick<Answer, "given" | "subjects" | "vintage"> & {
  readonly how: How;
  readonly now: number;
};

/** What an entry keeps of an answer under a permit; whom it concerns stands there by the permit's tokens. */
export function answerOf(
  { options }: Desk,
  { permit }: PermitAdmission,
  { given, subjects, vintage, how, now }: Found,
): Answer {
  const token = tokensOf(options.sealKey, permit.act.permit);
  return {
    organisation: permit.act.organisation,
    at: now,
    given,
    subjects: subjects.map(token),
    vintage,
    ...saidOf(how),
  };
}

/** The use of an admitted request, its opening with whom that names, and the block in which it is to be entered now. */
export function useOf(
  desk: Desk,
  request: Request,
  admission: PermitAdmission,
  found: Found,
) {
  const { slotName, basis } = admission;
  const { log, slot } = desk.logs.block(slotName, basis, found.now);
  const answer = answerOf(desk, admission, found);
  const { use, opening } = makeUse(
    ...([primitives, request, admission, answer] as const),
    ...([slot, desk.nonce()] as const),
  );
  return { use, opening, log, slot, named: answer.subjects };
}
