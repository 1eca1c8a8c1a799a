import type { ReadRegister } from "../../register/register.ts";
import { titleIn } from "../lang/title-in.ts";
import { refTo } from "./ref.ts";
import { permitSpan } from "./footing.ts";

/** What a purpose is called in the rulebook in force, and its class. */
export function purposeOf(register: ReadRegister, purpose: string) {
  const known = register.rulebook?.act.purposes.find(
    (one) => one.purpose === purpose,
  );
  return known === undefined
    ? { purpose, title: purpose }
    : { purpose, title: titleIn(known), class: known.class };
}

/** Permits in a line each: whose, for what, to which end, and how long. */
export function permitLines(
  register: ReadRegister,
  ids: readonly string[],
  now: number,
) {
  return ids.flatMap((id) => {
    const found = register.permits.get(id);
    if (found === undefined) return [];
    const { organisation, product, purpose } = found.act;
    return [
      {
        permit: refTo(register, "permit", id),
        organisation: refTo(register, "organisation", organisation),
        product: refTo(register, "product", product),
        purpose: purposeOf(register, purpose),
        span: permitSpan(register, found, now),
        entry: found.entry,
      },
    ];
  });
}
export type PermitInLine = ReturnType<typeof permitLines>[number];
