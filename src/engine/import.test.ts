import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { TypedField } from "../uses/check-plan.ts";
import { importFile, proposeFields } from "./import.ts";
import {
  folder,
  left,
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

describe("what is made", () => {
  const file = write(
    "people.csv",
    "Name,Age,Last $ Seen\nAda,36,2026-03-01\nBob,,\n",
  );

  test("one Parquet file, named by its SHA-256, and nothing else", async () => {
    const made = await importFile({ file, outFolder });
    expect(left()).toEqual([basename(made.file)]);
    const digest = createHash("sha256")
      .update(readFileSync(made.file))
      .digest();
    expect(Buffer.from(made.digest)).toEqual(digest);
    expect(basename(made.file)).toBe(`${digest.toString("hex")}.parquet`);
    expect(made.rows).toBe(2);
    expect(made.fields).toEqual([
      { name: "name", type: "text" },
      { name: "age", type: "integer" },
      { name: "last_seen", type: "date" },
    ]);
  });

  test("the same input gives the same bytes", async () => {
    const first = await importFile({ file, outFolder });
    expect(await importFile({ file, outFolder })).toEqual(first);
    expect(left()).toHaveLength(1);
  });

  test("columns come in the order of the fields, others stay out, headers find their fields", async () => {
    const fields: readonly TypedField[] = [
      { name: "seen", type: "date" },
      { name: "name", type: "text" },
    ];
    expect(await refusal({ file, fields })).toBe(
      'people.csv: it has no column for the field seen, want "seen" among "Name", "Age", "Last $ Seen"',
    );
    expect(
      await refusal({ file, fields, columns: { seen: "last $ seen" } }),
    ).toContain('want "last $ seen" among');
    expect(
      await rowsOf({ file, fields, columns: { seen: "Last $ Seen" } }),
    ).toEqual([
      ["2026-03-01", "Ada"],
      [null, "Bob"],
    ]);
  });

  test("two columns for one field are refused until one is named", async () => {
    const twice = write("twice.csv", "Name,name\nAda,Bob\n");
    const fields: readonly TypedField[] = [{ name: "name", type: "text" }];
    expect(await refusal({ file: twice, fields })).toBe(
      'twice.csv: columns 1 and 2 are both "name", want one for the field name',
    );
    expect(
      await rowsOf({ file: twice, fields, columns: { name: "Name" } }),
    ).toEqual([["Ada"]]);
  });
});

describe("Parquet", () => {
  const make = async (name: string, select: string): Promise<string> => {
    const file = join(folder, name);
    await sql(`copy (${select}) to ${quoteText(file)} (format parquet)`);
    return file;
  };

  test("types are taken over; whole numbers may be doubles and days may be timestamps", async () => {
    const file = await make(
      "p.parquet",
      "select 'Ada' as name, 36.0::double as age, timestamp '2026-03-01' as seen union all select 'Bob', null, null order by name",
    );
    expect(await rowsOf({ file, fields: people })).toEqual([
      ["Ada", 36, "2026-03-01"],
      ["Bob", null, null],
    ]);
    const other = await make(
      "q.parquet",
      "select 1.5::decimal(9, 2) as a, timestamp '2026-03-01 08:00:00' as b, timestamptz '2026-03-01 08:00:00+08' as c, 7::utinyint as d, true as e, date '2026-03-01' as f, [1, 2] as g, timestamp_ns '2026-03-01 08:00:00.123456789' as h",
    );
    expect((await proposeFields(other)).map((f) => f.type)).toEqual([
      "decimal",
      "instant",
      "instant",
      "integer",
      "boolean",
      "date",
      "text",
      "instant",
    ]);
    expect(await rowsOf({ file: other })).toEqual([
      [
        1.5,
        "2026-03-01T08:00:00Z",
        "2026-03-01T00:00:00Z",
        7,
        true,
        "2026-03-01",
        "[1, 2]",
        "2026-03-01T08:00:00.123456Z",
      ],
    ]);
  });

  test.each<[string, string, string]>([
    [
      "a fraction",
      "select i::varchar as name, case i when 4000 then 1.5 else i end::double as age, date '2026-03-01' as seen from range(5000) t (i)",
      'row 4001, column age is "1.5", want an integer',
    ],
    [
      "a number too large",
      "select 'a' as name, 18446744073709551615::ubigint as age, null::date as seen",
      'row 1, column age is "18446744073709551615", want an integer',
    ],
    [
      "not a number",
      "select 'a' as name, 'nan'::double as age, null::date as seen",
      'row 1, column age is "nan", want an integer',
    ],
    [
      "a time of day",
      "select 'a' as name, 1 as age, timestamp '2026-03-01 08:00:00' as seen",
      'row 1, column seen is "2026-03-01 08:00:00", want a date such as 2026-03-01',
    ],
    [
      "the end of time",
      "select 'a' as name, 1 as age, 'infinity'::date as seen",
      'row 1, column seen is "infinity", want a date such as 2026-03-01',
    ],
    [
      "a column of text",
      "select 'a' as name, '1' as age, null::date as seen",
      "column 2 (age) is VARCHAR, want an integer",
    ],
    [
      "no such column",
      "select 'a' as name, 1 as age",
      'it has no column for the field seen, want "seen" among "name", "age"',
    ],
  ])("%s", async (_, select, want) => {
    expect(
      await refusal({
        file: await make("bad.parquet", select),
        fields: people,
      }),
    ).toBe(`bad.parquet: ${want}`);
  });

  test("decimals beyond what sums are exact for, infinite ones and times before year 1 are refused", async () => {
    const one = async (select: string, type: TypedField["type"]) =>
      refusal({
        file: await make("one.parquet", `select ${select} as x`),
        fields: [{ name: "x", type }],
      });
    expect(await one("1e15::double", "decimal")).toContain(
      "row 1, column x is",
    );
    expect(await one("'-inf'::double", "decimal")).toContain("want a decimal");
    expect(await one("'infinity'::timestamp", "instant")).toContain(
      "want an instant",
    );
    expect(
      await one("timestamp '0001-01-01 (BC) 00:00:00'", "instant"),
    ).toContain("want an instant");
  });

  test("a file cut short, damaged, or no Parquet at all", async () => {
    const whole = readFileSync(
      await make(
        "whole.parquet",
        "select i::varchar as name, i as age, date '2026-03-01' as seen from range(5000) t (i)",
      ),
    );
    const damaged = Uint8Array.from(whole);
    damaged.fill(0xff, 100, 4000);
    for (const content of [
      whole.subarray(0, whole.length - 10),
      whole.subarray(0, 1000),
      damaged,
      Buffer.from("PAR1"),
      Buffer.alloc(0),
    ]) {
      expect(
        await refusal({ file: write("cut.parquet", content), fields: people }),
      ).toBe("cut.parquet: it cannot be read as a whole Parquet file");
    }
  });
});

describe("proposed fields", () => {
  test("the narrowest type that every value is of", async () => {
    const file = write(
      "guess.csv",
      [
        "a,b,c,d,e,f,g,h,Größe m²,2019 Total",
        "1,1,true,2026-03-01,2026-03-01T08:00:00Z,007,,9223372036854775808,1,2",
        "-2,2.5,FALSE,2024-02-29,2026-03-01 08:00:00.5+08:00,1,,1,x,",
      ].join("\n"),
    );
    expect(
      (await proposeFields(file)).map((f) => `${f.name}:${f.type}`),
    ).toEqual([
      "a:integer",
      "b:decimal",
      "c:boolean",
      "d:date",
      "e:instant",
      "f:text",
      "g:text",
      "h:text",
      "gr_e_m:text",
      "n_2019_total:integer",
    ]);
    expect(await rowsOf({ file })).toEqual([
      [
        1,
        1,
        true,
        "2026-03-01",
        "2026-03-01T08:00:00Z",
        "007",
        null,
        "9223372036854775808",
        "1",
        2,
      ],
      [
        -2,
        2.5,
        false,
        "2024-02-29",
        "2026-03-01T00:00:00.500Z",
        "1",
        null,
        "1",
        "x",
        null,
      ],
    ]);
  });

  test("a file of an unknown kind is refused by name", async () => {
    expect(await refusal({ file: write("p.xlsx", "") })).toBe(
      'p.xlsx: its name ends in ".xlsx", want one of csv, tsv, json, ndjson, geojson, parquet',
    );
    await expect(
      importFile({ file: join(folder, "none.csv"), outFolder }),
    ).rejects.toThrow(
      "Cannot import none.csv: there is no such file to be read",
    );
  });
});
