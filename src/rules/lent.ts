import type { Finding } from "../acts/entry.ts";
import {
  type Dataset,
  inForce,
  type ReadRegister,
} from "../register/register.ts";
import { breach, missing, when } from "./findings.ts";

/** A dataset that was lent rests on a contribution in force. */
export function decideLent(
  register: ReadRegister,
  { contribution }: Pick<Dataset, "contribution">,
  at: number,
): readonly Finding[] {
  if (contribution === undefined) return [];
  const lent = register.contributions.get(contribution);
  return when(!inForce(lent, at), () =>
    lent === undefined
      ? missing("V-REF", ["contribution", contribution])
      : breach("V-ENDED", ["contribution", contribution]),
  );
}
