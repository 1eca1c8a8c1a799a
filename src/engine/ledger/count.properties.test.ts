import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { Alias } from "../../audit/ledger/aliases.ts";
import type {
  Cell,
  ListedReceipt,
  Receipt,
} from "../../audit/ledger/ledger.ts";
import { nameKey } from "../../audit/ledger/names.ts";
import {
  cellsSlowly,
  type LookAlikes,
  matchSlowly,
} from "../../audit/ledger/slow-match.sample.ts";
import { type Counted, countLedger } from "./count.ts";
import { DAY, selectOf } from "./count.sample.ts";
import { listReceipts } from "./list.ts";

const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
const connection = await instance.connect();
afterAll(() => instance.closeSync());

/** The pairs of names below that look alike. */
const ALIKE: LookAlikes = [
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
const someLedger = fc.record({
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

test("cells and receipts are those of a slow matcher; none is lost, and no money", async () => {
  await fc.assert(
    fc.asyncProperty(someLedger, async ({ fees, aliases, receipts }) => {
      const known = aliases.filter(
        ({ role, means }) =>
          means === "" ||
          fees.some((one) => nameKey(one[role]) === nameKey(means)),
      );
      const slow = matchSlowly(receipts, fees, known, ALIKE);
      const fast = await countLedger(
        connection,
        [selectOf(receipts)],
        fees,
        known,
      );
      expect(sorted(fast.cells)).toEqual(sorted(cellsSlowly(slow)));
      expect(fast.receipts).toBe(receipts.length);
      for (const currency of ["CNY", "USD"])
        expect(moneyOf(fast.cells, currency)).toBe(moneyOf(receipts, currency));
      expect(moneyOf(fast.payers, "CNY")).toBe(moneyOf(receipts, "CNY"));
      expect(fast.payers.reduce((sum, one) => sum + one.approvedMinor, 0)).toBe(
        fast.cells.reduce((sum, one) => sum + one.approvedMinor, 0),
      );
      const inOrder = [...slow].sort(
        (a, b) =>
          a.receipt.file - b.receipt.file || a.receipt.line - b.receipt.line,
      );
      expect(await listed(receipts, fast)).toEqual(inOrder);
    }),
    { numRuns: 60 },
  );
}, 120_000);

function moneyOf(
  of: readonly { readonly minor: number; readonly currency: string }[],
  currency: string,
): number {
  return of
    .filter((one) => one.currency === currency)
    .reduce((sum, { minor }) => sum + minor, 0);
}

function sorted(cells: readonly Cell[]): readonly string[] {
  return cells
    .map((cell) =>
      JSON.stringify([
        cell.department,
        cell.unit,
        cell.system,
        cell.service,
        cell.payerClass,
        cell.currency,
        cell.month,
        cell.outcome,
        cell.fee,
        cell.receipts,
        cell.minor,
        cell.approvedMinor,
      ]),
    )
    .sort();
}

async function listed(
  receipts: readonly Receipt[],
  counted: Pick<Counted, "salt" | "slots" | "cells">,
): Promise<readonly ListedReceipt[]> {
  const all: ListedReceipt[] = [];
  for await (const batch of listReceipts(
    connection,
    [selectOf(receipts)],
    counted,
  ))
    all.push(...batch);
  return all;
}
