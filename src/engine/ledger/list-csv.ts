import { type Currency, minorDigits } from "../../audit/ledger/currencies.ts";

/** A column as a text that no spreadsheet takes for a formula. */
export function csvTextSql(column: string): string {
  return `case when substr(${column}, 1, 1) in ('=', '+', '-', '@', chr(9), chr(13)) then '''' || ${column} else nullif(${column}, '') end`;
}

/** Minor units as the decimal text of the row's currency, which is one of these. */
export function minorSql(
  column: string,
  currencies: readonly Currency[],
): string {
  const cases = currencies.map(
    (currency) =>
      `when '${currency}' then ${decimalSql(`${column}::bigint`, minorDigits(currency))}`,
  );
  // A ledger without receipts has no currency, and no row either.
  return cases.length === 0
    ? "null::varchar"
    : `case currency ${cases.join(" ")} end`;
}

function decimalSql(minor: string, digits: number): string {
  if (digits === 0) return `(${minor})::varchar`;
  const scale = 10 ** digits;
  return `case when ${minor} < 0 then '-' else '' end || (abs(${minor}) // ${scale})::varchar || '.' || lpad((abs(${minor}) % ${scale})::varchar, ${digits}, '0')`;
}
