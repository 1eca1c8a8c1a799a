import type { ActOf } from "../acts/act.ts";
import type { ReadRegister } from "../register/register.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import { taken, unknown } from "./registration.ts";
import type { Signed } from "./signing.ts";

/** A post promises for itself alone. */
export function decidePromise(
  register: ReadRegister,
  { statement }: Signed,
  act: ActOf<"promised">,
  at: number,
): Verdict {
  const { promise, post, due } = act;
  return {
    findings: [
      ...taken(register.promises, "promise", promise),
      ...unknown(register.posts, "post", post),
      ...when(
        !statement.signers.some(
          (one) => one.role === "approved" && one.post === post,
        ),
        () => missing("I4", ["post", post], ["role", "approved"]),
      ),
      ...when(due <= at, () => breach("V-ORDER", ["from", at], ["to", due])),
    ],
  };
}

export function decidePromiseDone(
  register: ReadRegister,
  { promise }: ActOf<"promiseKept" | "promiseEnded">,
): Verdict {
  const found = register.promises.get(promise);
  return {
    findings: [
      ...when(found === undefined, () =>
        missing("V-REF", ["promise", promise]),
      ),
      ...when(found?.done !== undefined, () =>
        breach("V-ENDED", ["promise", promise]),
      ),
    ],
  };
}
