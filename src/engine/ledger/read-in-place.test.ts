import fc from "fast-check";
import { expect, test } from "vitest";
import { onBench } from "./ledger.sample.ts";

const HEADER =
  "date,department,service,payer class,quantity,amount,reference,status";

const SHORT = "2023-05-01,a,b,c,1,5.00";
const PAID = "2023-05-01,Amber Arc,Amber Arc,Amber Arc,3,12.50,R-1,";

/** Cells that the two ways could read differently, most of them right. */
const dates = fc.constantFrom(
  ...Array<string>(12).fill("2023-05-01"),
  "2023-5-1",
  "2023/05/01",
  "2023-02-30",
  "2023-05-01 13:45:10",
  " 2023-05-01",
  "1899-12-31",
  "2201-01-01",
  "infinity",
  "20230501",
  "",
);
const amounts = fc.constantFrom(
  ...Array<string>(8).fill("12.50"),
  "0",
  "-7.5",
  "-0.00",
  "0012.50",
  "+5",
  ".5",
  "5.",
  "12.500",
  "12.5000",
  "12.345",
  "0.0000001",
  "1e3",
  "1E+15",
  "1_000",
  "0x1F",
  '"1,234.50"',
  "¥12",
  "12元5角",
  "(12.50)",
  " 12.50 ",
  "1234567890123",
  "99999999999.99",
  "1000000000000000000000000000000",
  "NaN",
  "12O.00",
  "",
);
const quantities = fc.constantFrom(
  ...Array<string>(8).fill("3"),
  "",
  '""',
  "0",
  "-5",
  "1.0",
  "1.5",
  "007",
  " 4",
  "1_000",
  "5e2",
  '"1,000"',
  "12次",
);
const texts = fc.constantFrom(
  ...Array<string>(8).fill("Amber Arc"),
  "",
  '""',
  "  padded  ",
  "\u3000宽\u00a0",
  "\ttab",
  '"quoted, with comma"',
  '"say ""hello"""',
  'bare " quote',
  'end"',
  '"ab"c',
  "NULL",
  "null",
  "#5",
  "\\N",
  "a\\",
  "'single'",
  "合计",
  "Total",
);
const statuses = fc.constantFrom(
  "",
  "paid",
  "waived",
  "已退款",
  " refunded ",
  "odd",
);
const references = fc.constantFrom("R-1", "R-2", "007", "");

const goodLine = fc
  .tuple(dates, texts, texts, texts, quantities, amounts, references, statuses)
  .map((cells) => cells.join(","));
const line = fc.oneof(
  { weight: 90, arbitrary: goodLine },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "2023-05-01,a,b,c,1,5.00",
      `2023-05-01,${"a".repeat(10_001)},b,c,1,5.00,R-1,paid`,
      "2023-05-01,a,b,c,1,5.00,R-1,paid,more",
      "2023-05-01,a,b,c,1,5.00,R-1,paid,",
      "2023-05-01,a,b,c,1,1,234.50,R-1,paid",
      ",,,,,,,",
      "合计,,,,,1000.00,,",
      "x",
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "",
      '2023-05-01,"a\nb",b,c,1,5.00,R-1,paid',
      '2023-05-01,"open,b,c,1,5.00,R-1,paid',
    ),
  },
);

/** Every line of it is good, so that DuckDB reads it with its types. */
const tameLine = fc
  .tuple(
    fc.constantFrom("2023-05-01", "1900-01-01", "2200-12-31"),
    fc.constantFrom("Amber Arc", "", '""', " padded", "\u3000宽", '"a, b"'),
    fc.constantFrom("1", "999999999999999", "", '""'),
    fc.constantFrom("12.50", "-0.01", "99999999999.99", "7", "0.1"),
    fc.constantFrom("", "waived", "已退款"),
  )
  .map(
    ([date, text, quantity, amount, status]) =>
      `${date},${text},查询,x,${quantity},${amount},R-1,${status}`,
  );

test(
  "a file read in place and line by line gives the same receipts, the same lines and the same rejects",
  { timeout: 120_000 },
  async () => {
    await onBench(async ({ put, read, rows }) => {
      let inPlace = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(
            fc.array(line, { minLength: 1, maxLength: 25 }),
            fc.array(tameLine, { minLength: 1, maxLength: 9 }),
          ),
          fc.constantFrom("\n", "\r\n"),
          fc.boolean(),
          async (lines, end, isEnded) => {
            const text = [HEADER, ...lines].join(end) + (isEnded ? end : "");
            const file = await put("ledger.csv", text);
            // Day and mark are given, so that nothing has to be asked.
            const mapping = {
              columns: {
                date: { heading: "date" },
                department: { heading: "department" },
                service: { heading: "service" },
                payerClass: { heading: "payer class" },
                quantity: { heading: "quantity" },
                amount: { heading: "amount" },
                reference: { heading: "reference" },
                status: { heading: "status" },
              },
              dayOrder: "dayFirst",
              decimalStyle: "point",
            } as const;
            const plain = await read([file], { mapping, inPlaceBytesMin: 0 });
            const slow = await read([file], {
              mapping,
              inPlaceBytesMin: Infinity,
            });
            if (plain.selects.some((select) => select.includes("ledger.csv")))
              inPlace++;
            expect(await rows(plain.listSelects)).toEqual(
              await rows(slow.listSelects),
            );
            const bare = (all: readonly Readonly<Record<string, unknown>>[]) =>
              all
                .map((row) => JSON.stringify({ ...row, line: null }))
                .toSorted();
            expect(bare(await rows(plain.selects))).toEqual(
              bare(await rows(slow.selects)),
            );
            expect(plain.rejects).toEqual(slow.rejects);
            expect(plain.sources).toEqual(slow.sources);
          },
        ),
        {
          numRuns: 50,
          // Lines that are no rows, one after the other, and before every row.
          examples: [
            [[SHORT, PAID], "\n", false],
            [[SHORT, SHORT, PAID, SHORT, SHORT, PAID], "\n", true],
          ],
        },
      );
      expect(inPlace).toBeGreaterThan(15);
    });
  },
);

test.each([
  ["in place", 0],
  ["line by line", Number.POSITIVE_INFINITY],
])(
  "a column that is blank on some lines loses none of them, whichever columns a query wants: %s",
  async (_, inPlaceBytesMin) => {
    await onBench(async ({ put, read, connection }) => {
      const file = await put(
        "a.csv",
        "date,service,quantity,amount\n2023-01-05,Look-up,,2.00\n2023-01-06,Look-up,3,6.00\n",
      );
      const { selects } = await read([file], { inPlaceBytesMin });
      for (const columns of [
        "quantity",
        "quantity, minor",
        "service, quantity",
      ])
        expect(
          (
            await connection.runAndReadAll(
              `select ${columns} from (${selects.join(" union all ")})`,
            )
          ).getRowsJson(),
          columns,
        ).toHaveLength(2);
    });
  },
);
