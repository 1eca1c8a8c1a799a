import type { FeeStandard, Receipt } from "../../audit/ledger/ledger.ts";
import { quoteText } from "../sql.ts";

/** Receipts as a SELECT with the columns that the readers of files give. */
export function selectOf(receipts: readonly Receipt[]): string {
  const rows = receipts.map(
    (one) =>
      `(${[
        one.file,
        one.line,
        `date '1970-01-01' + ${one.day}`,
        one.minor,
        ...[
          one.currency,
          one.department,
          one.unit,
          one.system,
          one.service,
          one.payer,
          one.payerClass,
          one.reference,
        ].map(quoteText),
        one.quantity ?? "null",
        quoteText(one.status),
      ].join(", ")})`,
  );
  return `select file::integer as file, line::bigint as line, day::date as day, minor::bigint as minor, currency, department,
      unit, system, service, payer, payer_class, reference, quantity::bigint as quantity, status
    from (values ${rows.join(", ")}) t(file, line, day, minor, currency, department, unit, system, service, payer,
      payer_class, reference, quantity, status)`;
}

/** 2023-01-01 */
export const DAY = 19_358;

export function receipt(of: Partial<Receipt> = {}): Receipt {
  return {
    file: 0,
    line: 2,
    day: DAY,
    minor: 200,
    currency: "CNY",
    department: "Harbours",
    unit: "Harbour Office",
    system: "Berths",
    service: "Berth register",
    payer: "Blue Heron Shipping",
    payerClass: "company",
    reference: "",
    quantity: undefined,
    status: "paid",
    ...of,
  };
}

export function fee(of: Partial<FeeStandard> = {}): FeeStandard {
  return {
    line: 2,
    service: "Berth register",
    unit: "Harbour Office",
    payee: "Treasury",
    payerClass: "",
    currency: "CNY",
    priceMinor: 200,
    step: 1,
    ceilingMinor: undefined,
    from: DAY - 1000,
    until: undefined,
    approvedBy: "Price Bureau",
    paper: "PB 2020-7",
    ground: "article 18",
    ...of,
  };
}
