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
    .map((row) => `${row.map((value) => cell(value ?? "")).join(",")}\r\n`)
    .join("");
}

/** Text that a spreadsheet would read as a formula is text for it too. */
function cell(value: string | number): string {
  const text = String(value);
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
