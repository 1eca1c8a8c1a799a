import type {
  Known,
  OpenAdmission,
  PermitAdmission,
  Spent,
} from "../uses/admit.ts";
import type { Request } from "../uses/plan.ts";
import type { Desk } from "./desk.ts";

/** An act ended what a long answer rests on, or its log was closed. */
export class CutShort extends Error {
  override readonly name = "CutShort";
}

/** What it uses is counted already. */
const COUNTED: Spent = { calls: -1, steps: -Infinity };

/**
 * For an answer that leaves for longer than a moment: asked before each part, throws CutShort when what was admitted would not be
 * admitted any more, and Unavailable when nothing may be served at all.
 */
export function whileAdmitted(
  desk: Desk,
  request: Request,
  organisation: string | undefined,
  admission: OpenAdmission | PermitAdmission,
  known: Known,
): () => void {
  const pinned =
    admission.outcome === "open"
      ? known
      : { ...known, permit: admission.permit.act.permit };
  return () => {
    desk.mustServe();
    const again = desk.admit(
      ...([request, organisation, desk.now(), pinned, () => COUNTED] as const),
    );
    if (again.outcome !== admission.outcome)
      throw new CutShort("Cannot go on: the right to these rows has ended");
  };
}
