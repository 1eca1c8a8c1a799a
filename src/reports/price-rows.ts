import {
  type FeeStandard,
  type ReadRegister,
  type Standing,
} from "../register/register.ts";
import { payeeKindOf } from "../register/payees.ts";
import {
  entriesOf,
  inYear,
  operatedIn,
  organisationTitle,
  spanCells,
} from "./facts.ts";
import type { DraftRow } from "./shape.ts";
import type { Year } from "./year.ts";

export const FEE_COLUMNS = [
  ...["Product", "Fee", "Paid to", "By classes", "Price", "Per"],
  ...["From", "Until", "Ground"],
] as const;

/** Operators' prices of the products that they offered in a year. */
export function operatorsFees(
  register: ReadRegister,
  year: Year,
): readonly Standing<FeeStandard>[] {
  return operatedIn(register, year)
    .flatMap(({ act }) => register.feesOf.get(act.product) ?? [])
    .flatMap((id) => register.fees.get(id) ?? [])
    .filter(
      (one) =>
        inYear(year)(one) && payeeKindOf(register, one.act) === "operator",
    );
}

export function feeRows(
  register: ReadRegister,
  year: Year,
): readonly DraftRow[] {
  return operatorsFees(register, year).map((one) => {
    const { product, fee, payee, classes, amount, currency } = one.act;
    return {
      cells: [
        ...[product, fee],
        "organisation" in payee
          ? organisationTitle(register, payee.organisation)
          : payee.body,
        classes.join(", "),
        { minor: amount, currency },
        one.act.unit,
        ...spanCells(register, one, "feeStandard with an end"),
        one.act.ground ?? {
          missing: "the ground of the price",
          fill: "an act feeStandard with its ground",
        },
      ],
      entries: entriesOf(one),
    };
  });
}
