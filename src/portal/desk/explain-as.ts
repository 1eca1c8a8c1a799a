import type { Act } from "../../acts/act.ts";
import { toBase64url } from "../../acts/bytes.ts";
import type { Signer } from "../../acts/statement.ts";
import type { Office } from "../../office/office.ts";
import { statementNow } from "./statement.ts";

/** Nothing is entered under it: it only fills its place. */
const NO_ID = toBase64url(new Uint8Array(16));

/** How the rules would rule now if these people signed an act. */
export function explainAs(
  office: Office,
  act: Act,
  signers: readonly Signer[],
  now: number,
): ReturnType<Office["explain"]> {
  return office.explain(
    statementNow(office, { act, signers, statementId: NO_ID }, now),
  );
}
