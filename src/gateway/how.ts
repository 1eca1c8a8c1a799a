import type { UseEntry } from "../store/idempotency.ts";
import type { Known, OpenAdmission, PermitAdmission } from "../uses/admit.ts";

/** Who asks, beside the organisation: what its token says, and what it signed. */
export type How = {
  /** The one permit that its token is for. */
  readonly permit?: string;
  /** Which system of the organisation asks. */
  readonly system?: string;
  readonly signature?: string;
  /** It was asked with an Idempotency-Key, and may be answered anew: the entry is named there before it is made. */
  readonly intend?: (entry: UseEntry) => Promise<void>;
};

/** What admission is to know of how it was asked. */
export function knownOf({ permit }: How): Known {
  return permit === undefined ? {} : { permit };
}

/** What an opening keeps of how it was asked. */
export function saidOf({ system, signature, intend }: How) {
  return {
    ...(system === undefined ? {} : { user: system }),
    ...(signature === undefined ? {} : { signature }),
    ...(intend === undefined ? {} : { keyed: true }),
  };
}

/** Whether two admissions reach the same rows of what was run. */
export function sameRows(
  a: OpenAdmission | PermitAdmission,
  b: OpenAdmission | PermitAdmission,
): boolean {
  return JSON.stringify(rowsOf(a)) === JSON.stringify(rowsOf(b));
}

function rowsOf(
  admission: OpenAdmission | PermitAdmission,
): PermitAdmission["permit"]["act"]["rows"] {
  return admission.outcome === "open" ? undefined : admission.permit.act.rows;
}
