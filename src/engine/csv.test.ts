import { rmSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { TypedField } from "../uses/check-plan.ts";
import { importFile } from "./import.ts";
import {
  outFolder,
  people,
  refusal,
  rowsOf,
  sql,
  write,
  clearOut,
  removeFolder,
} from "./import.sample.ts";
import { quoteText } from "./sql.ts";

afterAll(removeFolder);
beforeEach(clearOut);

describe("CSV", () => {
  const header = "name,age,seen\n";

  test.each<[string, string | Uint8Array, string]>([
    [
      "a word for a number",
      `${header}Ada,36,\nBob,abc,\n`,
      'line 3, column 2 (age) is "abc", want an integer',
    ],
    [
      "a fraction for a whole number",
      `${header}Ada,36.5,\n`,
      'line 2, column 2 (age) is "36.5", want an integer',
    ],
    [
      "thousands with a comma",
      `${header}Ada,"1,000",\n`,
      'line 2, column 2 (age) is "1,000", want an integer',
    ],
    [
      "a number too large",
      `${header}Ada,9223372036854775808,\n`,
      'line 2, column 2 (age) is "9223372036854775808", want an integer',
    ],
    [
      "leading zeroes",
      `${header}Ada,007,\n`,
      'line 2, column 2 (age) is "007", want an integer',
    ],
    [
      "a day that is not",
      `${header}Ada,1,2026-02-30\n`,
      'line 2, column 3 (seen) is "2026-02-30", want a date such as 2026-03-01',
    ],
    [
      "a day in another order",
      `${header}Ada,1,01/03/2026\n`,
      'line 2, column 3 (seen) is "01/03/2026", want a date such as 2026-03-01',
    ],
    [
      "quoted values of several lines before it",
      `${header}"A\nd\r\na",1,\n"Bob\n",2,\nCid,x,\n`,
      'line 7, column 2 (age) is "x", want an integer',
    ],
    [
      "quoted values of several lines in its row",
      `${header}"A\nd\na",x,\n`,
      'line 4, column 2 (age) is "x", want an integer',
    ],
    [
      "the first of several, by line",
      `${header}a,1,x\nb,y,\n`,
      'line 2, column 3 (seen) is "x", want a date such as 2026-03-01',
    ],
    [
      "a value of many lines, on one line",
      `${header}a,"x\ny",\n`,
      'line 2, column 2 (age) is "x\\ny", want an integer',
    ],
    ["a value too many", `${header}Ada,1,,\n`, "line 2 has 4 values, want 3"],
    [
      "a value too few",
      `${header}Ada,1,\n\nBob,1\n`,
      "line 4 has 2 values, want 3",
    ],
    [
      "a quote never closed",
      `${header}Ada,1,\n"Bob,1,\nCid,1,\n`,
      "the quote that opens in line 3 is never closed",
    ],
    [
      "text after a quote",
      `${header}"Ada"x,1,\n`,
      'line 2, column 1 has "x" after its closing quote',
    ],
    [
      "a quote within a value",
      `${header}A"da,1,\n`,
      'line 2, column 1 is "A\\"da", want a value with quotes in it to be quoted',
    ],
    [
      "another encoding",
      Buffer.concat([
        Buffer.from(`${header}Ada,1,\nJos`),
        Buffer.from([0xe9]),
        Buffer.from(",1,\n"),
      ]),
      "line 3 is not UTF-8",
    ],
    [
      "a header of two lines",
      '"na\nme",age,seen\na,x,\n',
      'it has no column for the field name, want "name" among "na\\nme", "age", "seen"',
    ],
    ["nothing", "", "it is empty, want a line of column names"],
  ])("%s", async (_, content, want) => {
    expect(
      await refusal({ file: write("people.csv", content), fields: people }),
    ).toBe(`people.csv: ${want}`);
  });

  test.each<[string, string, (string | number | null)[][]]>([
    [
      "quotes, separators and lines in values",
      `${header}"a ""b"", c\nd",1,2026-03-01\n`,
      [['a "b", c\nd', 1, "2026-03-01"]],
    ],
    [
      "an empty value is missing, a quoted one is an empty text",
      `${header},"",""\n"",,\n`,
      [
        [null, null, null],
        ["", null, null],
      ],
    ],
    ["semicolons", "name;age;seen\na,b;1;\n", [["a,b", 1, null]]],
    ["tabs", "name\tage\tseen\na\t1\t\n", [["a", 1, null]]],
    [
      "a comma in a quoted header does not decide",
      '"na,m,e";age;seen\na;1;\n',
      [["a", 1, null]],
    ],
    [
      "a byte order mark and carriage returns",
      "\ufeffname,age,seen\r\na,1,\r\n",
      [["a", 1, null]],
    ],
    [
      "no line end at the end",
      `${header}a,1,2026-03-01`,
      [["a", 1, "2026-03-01"]],
    ],
    [
      "blank lines",
      `${header}\na,1,\n\n\nb,2,\n\n`,
      [
        ["a", 1, null],
        ["b", 2, null],
      ],
    ],
    [
      "numbers within spaces",
      `${header}" a ", +1 , 2026-03-01 \n`,
      [[" a ", 1, "2026-03-01"]],
    ],
    ["no rows", header, []],
  ])("%s", async (_, content, want) => {
    const columns = content.includes("na,m,e") ? { name: "na,m,e" } : {};
    expect(
      await rowsOf({
        file: write("people.csv", content),
        fields: people,
        columns,
      }),
    ).toEqual(want);
  });

  test("what any program writes by RFC 4180 is read back, across every cut of the file", async () => {
    const text = fc.string({
      unit: fc.constantFrom("a", '"', ",", "\n", "\r", "é", "\u{1f600}", " "),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 8 }),
        fc.constantFrom("\n", "\r\n"),
        async (rows, end) => {
          const quote = (value: string) => `"${value.replaceAll('"', '""')}"`;
          const file = write(
            "any.csv",
            [["a", "b"], ...rows]
              .map((row) => row.map(quote).join(",") + end)
              .join(""),
          );
          const fields: readonly TypedField[] = [
            { name: "a", type: "text" },
            { name: "b", type: "text" },
          ];
          expect(await rowsOf({ file, fields })).toEqual(rows);
        },
      ),
      { numRuns: 20 },
    );
  });

  test("a quote never closed in a large file ends the reading early", async () => {
    const file = write(
      "open.csv",
      `${header}"Ada,1,\n${"x,1,\n".repeat(5_000_000)}`,
    );
    expect(await refusal({ file, fields: people })).toBe(
      "open.csv: the row that begins in line 2 does not end within 16777216 characters, want its quotes closed",
    );
  });

  test("a file of many pieces, its values of many lines, names the right line near its end", async () => {
    const rows = Array.from(
      { length: 60_000 },
      (_, i) => `"value ${i}\nand a second line, ""${i}""",${i},2026-03-01\n`,
    );
    const file = write("long.csv", header + rows.join(""));
    const made = await importFile({ file, fields: people, outFolder });
    expect(made.rows).toBe(60_000);
    expect(
      (
        await sql(
          `select max(age), count(distinct name), max(name) from read_parquet(${quoteText(made.file)})`,
        )
      )[0],
    ).toEqual([59_999n, 60_000n, 'value 9999\nand a second line, "9999"']);
    rmSync(outFolder, { recursive: true });
    rows[59_990] = "broken,x,2026-03-01\n";
    expect(
      await refusal({
        file: write("long.csv", header + rows.join("")),
        fields: people,
      }),
    ).toBe(
      `long.csv: line ${2 + 2 * 59_990}, column 2 (age) is "x", want an integer`,
    );
  });
});
