import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, describe, expect, test } from "vitest";
import type { Alias } from "../../audit/ledger/aliases.ts";
import type { FeeStandard, Receipt } from "../../audit/ledger/ledger.ts";
import { countDraft } from "./count-draft.ts";
import { type CountOptions, countLedger } from "./count.ts";
import { DAY, fee, receipt, selectOf } from "./count.sample.ts";
import { listReceipts, writeReceipts } from "./list.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-count-"));
const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
const connection = await instance.connect();
afterAll(() => {
  instance.closeSync();
  rmSync(folder, { recursive: true });
});

function count(
  receipts: readonly Receipt[],
  fees: readonly FeeStandard[] = [fee()],
  aliases: readonly Alias[] = [],
  options: CountOptions = {},
) {
  return countLedger(connection, [selectOf(receipts)], fees, aliases, options);
}

/** What became of one receipt, its fee and what was approved. */
async function fateOf(
  of: Partial<Receipt>,
  fees: readonly FeeStandard[] = [fee()],
) {
  const { cells } = await count([receipt(of)], fees);
  expect(cells).toHaveLength(1);
  const [cell] = cells;
  return [cell?.outcome, cell?.fee, cell?.approvedMinor];
}

describe("each slip lands where it belongs", () => {
  const CEILING = [fee({ ceilingMinor: 300, step: 10 })];
  test.each<
    [string, Partial<Receipt>, readonly FeeStandard[], readonly unknown[]]
  >([
    ["the approved price", {}, [fee()], ["equal", 0, 200]],
    ["a fen too much", { minor: 201 }, [fee()], ["over", 0, 200]],
    ["a fen too little", { minor: 199 }, [fee()], ["under", 0, 200]],
    ["a begun step", { quantity: 11, minor: 400 }, CEILING, ["equal", 0, 400]],
    ["at the ceiling", { quantity: 20, minor: 600 }, CEILING, ["over", 0, 400]],
    [
      "above the ceiling",
      { quantity: 20, minor: 601 },
      CEILING,
      ["aboveCeiling", 0, 400],
    ],
    [
      "on the first day",
      { day: DAY },
      [fee({ from: DAY, until: DAY + 1 })],
      ["equal", 0, 200],
    ],
    [
      "the day after the last",
      { day: DAY + 1 },
      [fee({ from: DAY, until: DAY + 1 })],
      ["notInForce", undefined, 0],
    ],
    [
      "a day too early",
      { day: DAY - 1 },
      [fee({ from: DAY })],
      ["notInForce", undefined, 0],
    ],
    ["no ground", {}, [fee({ ground: " " })], ["withoutGround", 0, 0]],
    ["no approver", {}, [fee({ approvedBy: "" })], ["nobodyApproved", 0, 0]],
    [
      "another service",
      { service: "Moon phases" },
      [fee()],
      ["nobodyApproved", undefined, 0],
    ],
    [
      "another unit's fee",
      { unit: "Lighthouse Board" },
      [fee()],
      ["nobodyApproved", undefined, 0],
    ],
    [
      "another currency",
      { currency: "USD" },
      [fee()],
      ["nobodyApproved", undefined, 0],
    ],
    ["nothing for a price", { minor: 0 }, [fee()], ["waived", 0, 0]],
    [
      "nothing for nothing",
      { minor: 0 },
      [fee({ priceMinor: 0 })],
      ["equal", 0, 0],
    ],
    [
      "called waived",
      { status: "waived", minor: 5 },
      [fee()],
      ["waived", 0, 0],
    ],
    ["below zero", { minor: -200 }, [fee()], ["refunded", 0, 0]],
    ["called refunded", { status: "refunded" }, [fee()], ["refunded", 0, 0]],
    ["no service", { service: " " }, [fee()], ["unmatched", undefined, 0]],
    [
      "no unit, and the fee names one",
      { unit: "" },
      [fee()],
      ["unmatched", undefined, 0],
    ],
    [
      "no unit, and the fee names none",
      { unit: "" },
      [fee({ unit: "" })],
      ["equal", 0, 200],
    ],
    [
      "a name that only looks like it",
      { service: "Berths register" },
      [fee()],
      ["unmatched", undefined, 0],
    ],
    [
      "spelt otherwise",
      { service: "BERTH  ｒegister.", unit: "“Harbour Office”" },
      [fee()],
      ["equal", 0, 200],
    ],
  ])("%s", async (_, of, fees, fate) => {
    expect(await fateOf(of, fees)).toEqual(fate);
  });

  test("the unit's own fee stands before the class's own, and that before any", async () => {
    const fees = [
      fee({ priceMinor: 3 }),
      fee({ payerClass: "Company", priceMinor: 4, until: DAY + 1 }),
      fee({ unit: "", payerClass: "company", priceMinor: 2 }),
      fee({ unit: "", priceMinor: 1 }),
    ];
    expect((await fateOf({}, fees))[1]).toBe(1);
    expect((await fateOf({ day: DAY + 1 }, fees))[1]).toBe(0);
    expect((await fateOf({ unit: "Lighthouse Board" }, fees))[1]).toBe(2);
    expect(
      (await fateOf({ unit: "Lighthouse Board", payerClass: "club" }, fees))[1],
    ).toBe(3);
  });

  test("what is there twice is counted once; other lines of one receipt are not repeats", async () => {
    const one = receipt({ reference: "R-7" });
    const { cells, payers } = await count([
      one,
      { ...one, line: 3 },
      { ...one, line: 4 },
      { ...one, line: 5, service: "Moon phases" },
      { ...one, line: 6, day: DAY + 1 },
      { ...one, line: 7, reference: "" },
      { ...one, line: 8, reference: "" },
    ]);
    const of = (outcome: string) =>
      cells
        .filter((cell) => cell.outcome === outcome)
        .map(({ receipts, minor, approvedMinor }) => [
          receipts,
          minor,
          approvedMinor,
        ]);
    expect(of("paidTwice")).toEqual([[2, 400, 0]]);
    expect(of("equal")).toEqual([[4, 800, 800]]);
    expect(payers).toMatchObject([
      { receipts: 7, minor: 1400, approvedMinor: 800 },
    ]);
  });
});

test("all that looks like an approved name is proposed to a person, and what the person says is done", async () => {
  const ledger = [
    receipt({ unit: "Harbor Office" }),
    receipt({ unit: "Harbor Office", service: "Berth registers" }),
    receipt({ unit: "Harbor Office", service: "Moon phases" }),
  ];
  const before = await count(ledger);
  expect(before.proposals).toEqual([
    {
      role: "unit",
      name: "Harbor Office",
      candidates: ["Harbour Office"],
      receipts: 2,
    },
    {
      role: "service",
      name: "Berth registers",
      candidates: ["Berth register"],
      receipts: 1,
    },
  ]);
  const after = await count(
    ledger,
    [fee()],
    [
      { line: 2, role: "unit", name: "harbor office", means: "Harbour Office" },
      { line: 3, role: "service", name: "Berth registers", means: "" },
    ],
  );
  expect(after.proposals).toEqual([]);
  expect(after.cells.map(({ outcome }) => outcome).sort()).toEqual([
    "equal",
    "nobodyApproved",
    "nobodyApproved",
  ]);
});

test("what a person says of a name stands before its spelling", async () => {
  const { cells } = await count(
    [receipt()],
    [fee()],
    [{ line: 2, role: "service", name: "Berth register", means: "" }],
  );
  expect(cells).toMatchObject([{ outcome: "nobodyApproved" }]);
});

test("a ledger without receipts has no sums", async () => {
  const selects = [`${selectOf([receipt()])} where false`];
  const payersFile = join(folder, "nobody.csv");
  expect(
    await countLedger(connection, selects, [fee()], [], { payersFile }),
  ).toMatchObject({ cells: [], payers: [], payerCount: 0, receipts: 0 });
});

test("several files are one ledger, and a ledger without numbers has no repeats", async () => {
  const twice = receipt({ reference: "R-1" });
  const selects = [selectOf([twice]), selectOf([{ ...twice, file: 1 }])];
  const seen = await countLedger(connection, selects, [fee()], []);
  expect(seen.cells.map(({ outcome }) => outcome).sort()).toEqual([
    "equal",
    "paidTwice",
  ]);
  const unseen = await countLedger(connection, selects, [fee()], [], {
    hasReferences: false,
  });
  expect(unseen.cells).toMatchObject([{ outcome: "equal", receipts: 2 }]);
});

test("a draft is run over receipts of years in which it was not in force", async () => {
  const receipts = [
    receipt({ quantity: 25, minor: 900 }),
    receipt({ line: 3, minor: -900 }),
    receipt({ line: 4, payerClass: "research", service: "Moon phases" }),
  ];
  const draft = [
    fee({
      from: DAY + 900,
      priceMinor: 250,
      step: 10,
      ceilingMinor: 300,
      approvedBy: "",
    }),
  ];
  const { classes, proposals } = await countDraft(
    connection,
    [selectOf(receipts)],
    draft,
    [],
  );
  expect(proposals).toEqual([]);
  expect(classes).toMatchObject([
    {
      payerClass: "company",
      receipts: 2,
      chargedMinor: 0,
      draftMinor: 750,
      ceilingMinor: 900,
    },
    { payerClass: "research", uncovered: { receipts: 1, minor: 200 } },
  ]);
});

test("what cannot be counted is said in one line", async () => {
  await expect(
    count([receipt({ minor: 6e15 }), receipt({ minor: 6e15 })]),
  ).rejects.toThrow("their sum is beyond 9000000000000000 minor units of CNY");
  await expect(count([receipt({ quantity: 9e15 })])).rejects.toThrow(
    'the approved price of "Berth register" (unit "Harbour Office") for one receipt\'s quantity is beyond',
  );
  await expect(
    count(
      [receipt({ currency: "CNY" })],
      [fee()],
      [{ line: 4, role: "unit", name: "Quay", means: "Quayside" }],
    ),
  ).rejects.toThrow(
    'line 4 of the aliases: "Quayside" is no unit of the approved fees, want one or nothing',
  );
  const many = `select file, line, day, minor, currency, department, unit, system, 'Service ' || i as service, payer,
    payer_class, reference, quantity, status from (${selectOf([receipt()])}), range(1000001) t(i)`;
  await expect(countLedger(connection, [many], [fee()], [])).rejects.toThrow(
    "there are 1000001 combinations",
  );
});

test("receipts and payers are written for spreadsheets: marked, in order, no live formula", async () => {
  const receipts = [
    receipt({ line: 4, payer: "=cmd()", reference: "-1", minor: -5 }),
    receipt({ line: 3, quantity: 2, minor: 12_345, file: 1 }),
    receipt({ line: 2, currency: "JPY", minor: 700, service: 'a "b", c' }),
  ];
  const payersFile = join(folder, "payers.csv");
  const counted = await count(receipts, [fee()], [], { payersFile });
  const file = join(folder, "receipts.csv");
  await writeReceipts(
    connection,
    [selectOf(receipts)],
    counted,
    file,
    ["a.csv", "=b.csv"],
    [fee()],
  );
  expect(readFileSync(file, "utf8").split("\n")).toEqual([
    "\ufefffile,line,date,department,unit,system,service,payer,payer class,reference,quantity,charged,currency,outcome,line of the approved fee,approved",
    'a.csv,2,2023-01-01,Harbours,Harbour Office,Berths,"a ""b"", c",Blue Heron Shipping,company,,,700,JPY,nobodyApproved,,0',
    "a.csv,4,2023-01-01,Harbours,Harbour Office,Berths,Berth register,'=cmd(),company,'-1,,-0.05,CNY,refunded,2,0.00",
    "'=b.csv,3,2023-01-01,Harbours,Harbour Office,Berths,Berth register,Blue Heron Shipping,company,,2,123.45,CNY,over,2,4.00",
    "",
  ]);
  expect(readFileSync(payersFile, "utf8")).toBe(
    "\ufeffpayer,payer class,currency,receipts,charged,approved\nBlue Heron Shipping,company,CNY,1,123.45,4.00\nBlue Heron Shipping,company,JPY,1,700,0\n'=cmd(),company,CNY,1,-0.05,0.00\n",
  );
});

test("receipts that stand on one line are listed once each, with what came of each", async () => {
  const one = receipt({ reference: "R-1", line: 1 });
  const receipts = [
    one,
    one,
    one,
    { ...one, reference: "R-2" },
    { ...one, reference: "" },
  ];
  const counted = await count(receipts);
  const listed: string[] = [];
  for await (const batch of listReceipts(
    connection,
    [selectOf(receipts)],
    counted,
  ))
    for (const { receipt: of, outcome } of batch)
      listed.push(`${of.reference} ${outcome}`);
  expect(listed.sort()).toEqual([
    " equal",
    "R-1 equal",
    "R-1 paidTwice",
    "R-1 paidTwice",
    "R-2 equal",
  ]);
  const file = join(folder, "one-line.csv");
  await writeReceipts(
    connection,
    [selectOf(receipts)],
    counted,
    file,
    ["a.json"],
    [fee()],
  );
  const text = readFileSync(file, "utf8");
  expect(text.trim().split("\n")).toHaveLength(6);
  expect(text.match(/paidTwice/g)).toHaveLength(2);
});

test("what is listed must be what was counted", async () => {
  const counted = await count([receipt(), receipt({ line: 3 })]);
  const fewer = [selectOf([receipt()])];
  const list = async () => {
    for await (const _ of listReceipts(connection, fewer, counted));
  };
  await expect(list()).rejects.toThrow("1 are listed and 2 were counted");
  await expect(
    writeReceipts(
      connection,
      fewer,
      counted,
      join(folder, "fewer.csv"),
      ["a"],
      [fee()],
    ),
  ).rejects.toThrow("1 are listed and 2 were counted");
});
