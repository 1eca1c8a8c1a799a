import fc from "fast-check";
import type { Alias } from "../../audit/ledger/aliases.ts";
import type { FeeStandard, Receipt } from "../../audit/ledger/ledger.ts";
import type { LookAlikes } from "../../audit/ledger/slow-match.sample.ts";
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

/** The pairs of names below that look alike. */
export const ALIKE: LookAlikes = [
  ["river gauge readings", "river gauge reading"],
  ["pollen counts", "pollen counts data"],
  ["geological archive", "geological archives"],
  ["university", "universities"],
];
const SERVICES = ["Berth register", "RIVER gauge  readings", "Pollen counts"];
const UNITS = ["", "Harbour Office", "Geological Archive"];
const CLASSES = ["", "company", "university"];

const few = <T>(values: readonly T[]) => fc.constantFrom(...values);

const someFee = fc.record({
  line: fc.nat(99),
  service: few(SERVICES),
  unit: few(UNITS),
  payee: fc.constant("Treasury"),
  payerClass: few(CLASSES),
  currency: few(["CNY", "CNY", "USD"] as const),
  priceMinor: few([0, 100, 200]),
  step: few([1, 10]),
  ceilingMinor: few([undefined, 150, 250]),
  from: few([DAY - 500, DAY - 10, DAY, DAY + 5]),
  until: few([undefined, undefined, DAY + 3, DAY + 40]),
  approvedBy: few(["Price Bureau", "Price Bureau", ""]),
  paper: fc.constant("PB 2020-7"),
  ground: few(["article 18", "article 18", ""]),
});

const someReceipt = fc.record({
  file: fc.nat(1),
  day: few([DAY - 11, DAY - 10, DAY, DAY + 3, DAY + 31, DAY + 40]),
  minor: few([-100, 0, 100, 150, 200, 251, 400, 2000]),
  currency: few(["CNY", "CNY", "USD"] as const),
  department: few(["Harbours", "Rivers"]),
  unit: few([...UNITS, "harbour office ", "Geological Archives", "Nobody"]),
  system: few(["Berths", "Gauges"]),
  service: few([
    "",
    ...SERVICES,
    "berth  Register",
    "River gauge reading",
    "Pollen counts data",
    "Moon phases",
  ]),
  payer: few(["Blue Heron Shipping", "Otter Mills"]),
  payerClass: few(["", "Company", "university", "Universities", "club"]),
  reference: few(["", "R-1", "R-2"]),
  quantity: few([undefined, 1, 10, 11, 25]),
  status: few(["paid", "paid", "paid", "waived", "refunded"] as const),
});

const someAlias = fc.constantFrom<Omit<Alias, "line">>(
  {
    role: "service",
    name: "river gauge reading",
    means: "River gauge readings",
  },
  { role: "service", name: "Pollen Counts Data", means: "" },
  { role: "service", name: "Moon phases", means: "Berth register" },
  { role: "unit", name: "Geological archives", means: "Geological Archive" },
  { role: "payerClass", name: "universities", means: "" },
);

/** A small ledger of random receipts, many of which meet a fee, and a list of fees with versions. */
export const someLedger = fc.record({
  fees: fc.array(someFee, { minLength: 1, maxLength: 8 }),
  aliases: fc
    .uniqueArray(someAlias, { maxLength: 3, selector: ({ name }) => name })
    .map((aliases) => aliases.map((alias, at) => ({ line: at + 2, ...alias }))),
  receipts: fc
    .array(someReceipt, { minLength: 1, maxLength: 60 })
    .map((receipts) =>
      receipts.map((one, at): Receipt => ({ ...one, line: at + 2 })),
    ),
});
