import { deadCell } from "../../audit/ledger/csv-cell.ts";
import type { ChargeLine } from "./permit-view.ts";

const COLUMNS = [
  ...["permit", "month", "uses", "calls", "steps", "charged"],
  ...["currency", "fee", "ground", "rule", "payee"],
] as const;

/** Charges for a program that keeps books: amounts in minor units, names as the register has them. */
export function billCsv(lines: readonly ChargeLine[]): string {
  const rows = lines.map((one) => [
    ...[one.permit, one.month, one.uses, one.calls, one.steps, one.charged],
    ...[one.currency, one.fee, one.ground, one.rule, one.payee],
  ]);
  return [COLUMNS, ...rows]
    .map(
      (row) =>
        `${row.map((value) => deadCell(String(value ?? ""))).join(",")}\r\n`,
    )
    .join("");
}
