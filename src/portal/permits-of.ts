import type { ReadRegister, StandingPermit } from "../register/register.ts";
import { lookUp } from "./things/look-up.ts";

/** Every permit of an organisation, or for a product, in the order of their entries: whether in force or over. */
export function permitsOf(
  register: ReadRegister,
  side: "permitsOfOrganisation" | "permitsOfProduct",
  id: string,
): readonly StandingPermit[] {
  return lookUp(register, side, id).flatMap(
    (permit) => register.permits.get(permit) ?? [],
  );
}
