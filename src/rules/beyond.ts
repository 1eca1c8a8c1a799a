import type { BeyondAct } from "../register/apply-beyond.ts";
import type { ReadRegister } from "../register/register.ts";
import type { Verdict } from "./findings.ts";
import { decideOverrideReviewed } from "./overrides.ts";
import { decidePromise, decidePromiseDone } from "./promises.ts";
import { decideRemedy } from "./remedies.ts";
import { decideRenewal } from "./renewals.ts";
import type { Signed } from "./signing.ts";
import { decideRecused, decideTieDeclared, decideTieEnded } from "./ties.ts";

/** What is past the rules: remedies, reviews of overrides, ties, promises, renewals. */
export function decideBeyond(
  register: ReadRegister,
  signed: Signed,
  act: BeyondAct,
  at: number,
): Verdict {
  switch (act.kind) {
    case "appealLodged":
    case "appealExtended":
    case "appealDecided":
    case "orderReceived":
    case "dutyDone":
      return decideRemedy(register, act, at);
    case "overrideReviewed":
      return decideOverrideReviewed(register, signed, act);
    case "tieDeclared":
      return decideTieDeclared(register, act, at);
    case "tieEnded":
      return decideTieEnded(register, act);
    case "recused":
      return decideRecused(register, act);
    case "promised":
      return decidePromise(register, signed, act, at);
    case "promiseKept":
    case "promiseEnded":
      return decidePromiseDone(register, act);
    case "renewalAsked":
    case "renewalGranted":
    case "renewalRefused":
      return decideRenewal(register, act, at);
  }
}
