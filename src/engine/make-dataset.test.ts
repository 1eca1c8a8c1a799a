import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type * as z from "zod/mini";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dataset } from "../acts/data.ts";
import { DuckdbEngine } from "./duckdb.ts";
import type { Imported } from "./import.ts";
import { makeDataset } from "./make-dataset.ts";
import { quoteText } from "./sql.ts";

const examples = join(import.meta.dirname, "../../examples/datasets");
const outFolder = mkdtempSync(join(tmpdir(), "vitrine-made-"));
afterAll(() => rmSync(outFolder, { recursive: true }));

const ids = [
  "birdstrikes",
  "companies",
  "degrees",
  "earthquakes",
  "export-markets",
  "flights",
  "freight-rates",
  "health-visits",
  "vehicles",
  "weather",
] as const;
type Id = (typeof ids)[number];
const made = new Map<Id, Imported>();
const acts = new Map<Id, z.infer<typeof dataset>>();

beforeAll(async () => {
  for (const id of ids) {
    acts.set(
      id,
      dataset.parse(
        JSON.parse(readFileSync(join(examples, id, "dataset.json"), "utf8")),
      ),
    );
    made.set(id, await makeDataset(join(examples, id), outFolder));
  }
});

const of = <T>(map: ReadonlyMap<Id, T>, id: Id): T => {
  const found = map.get(id);
  if (found === undefined) throw new Error(`${id} was not made`);
  return found;
};

async function sql(text: string, ...sources: Id[]): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  for (const id of sources)
    await connection.run(
      `create view "${id}" as select * from read_parquet(${quoteText(of(made, id).file)})`,
    );
  const rows = (await connection.runAndReadAll(text)).getRowsJson();
  instance.closeSync();
  return rows;
}

test("every folder is a dataset of its own name, in the system that holds it", () => {
  const folders = readdirSync(examples, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory(),
  );
  expect(folders.map((entry) => entry.name).sort()).toEqual([...ids]);
  for (const id of ids) expect(of(acts, id).dataset).toBe(id);
  expect(ids.map((id) => of(acts, id).system)).toEqual([
    "wildlife-strikes",
    "company-register",
    "degree-register",
    "seismic-network",
    "company-register",
    "flight-movements",
    "company-register",
    "health-visits-register",
    "vehicle-register",
    "weather-stations",
  ]);
  expect(ids.map((id) => of(made, id).rows)).toEqual([
    10_000, 50_000, 200_000, 1_707, 5_760, 3_000_000, 6_240, 100_000, 1_000_000,
    2_922,
  ]);
});

test("subjects are fields, are personal, and every field about a person says so", () => {
  for (const id of ids) {
    const { subject, fields } = of(acts, id);
    if (subject === undefined)
      expect(
        fields.every(
          (f) =>
            f.classification === "open" || f.classification === "restricted",
        ),
      ).toBe(true);
    else
      expect(fields.find((f) => f.name === subject)).toMatchObject({
        classification: "personal",
        identifier: true,
        type: "text",
      });
  }
  expect(
    of(acts, "health-visits").fields.filter(
      (f) => f.classification === "sensitive",
    ).length,
  ).toBeGreaterThan(4);
});

test("what others made carries their licence and source as their package gives them", () => {
  const { resources } = JSON.parse(
    readFileSync(
      join(
        import.meta.dirname,
        "../../node_modules/vega-datasets/datapackage.json",
      ),
      "utf8",
    ),
  ) as {
    resources: {
      path: string;
      licenses: { title: string }[];
      sources: { title: string }[];
    }[];
  };
  for (const [id, path] of [
    ["flights", "flights-3m.parquet"],
    ["birdstrikes", "birdstrikes.csv"],
    ["earthquakes", "earthquakes.json"],
    ["weather", "weather.csv"],
  ] as const) {
    const resource = resources.find((one) => one.path === path);
    expect([of(acts, id).licence, of(acts, id).source]).toEqual([
      resource?.licenses[0]?.title,
      resource?.sources[0]?.title,
    ]);
  }
});

test("the same rows are made again, byte for byte", async () => {
  for (const id of ["companies", "degrees"] as const)
    expect(await makeDataset(join(examples, id), outFolder)).toEqual(
      of(made, id),
    );
});

describe("the invented people", () => {
  /** GB 11643-1999, section 6: ISO 7064 MOD 11-2 over the first seventeen digits. */
  function officialCheck(number: string): string | undefined {
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const sum = weights.reduce(
      (total, weight, i) => total + weight * Number(number[i]),
      0,
    );
    return "10X98765432"[sum % 11];
  }

  test("this test knows a right check digit (the standard's own example)", () => {
    expect(officialCheck("11010519491231002")).toBe("X");
    expect(officialCheck("44052418800101001")).toBe("4");
  });

  test("no national number anywhere can be anybody's: the place does not exist and the check digit is wrong", async () => {
    const rows = await sql(
      `select distinct * from (select owner from vehicles union all select national_number from degrees union all select national_number from "health-visits") where owner is not null`,
      "vehicles",
      "degrees",
      "health-visits",
    );
    expect(rows.length).toBeGreaterThan(250_000);
    const wrong = rows
      .map(([number]) => (typeof number === "string" ? number : ""))
      .filter(
        (number) =>
          !/^99[0-9]{15}[0-9]$/.test(number) ||
          number[17] === officialCheck(number),
      );
    expect(wrong).toEqual([]);
  });

  test("are labels, not names; a label is one number everywhere", async () => {
    expect(
      await sql(
        `select count(*) from degrees where not regexp_full_match(name, 'Resident [0-9]{4,6}')`,
        "degrees",
      ),
    ).toEqual([["0"]]);
    expect(
      await sql(
        `select count(distinct name), count(distinct national_number), count(distinct number), count(*) from degrees`,
        "degrees",
      ),
    ).toEqual([["200000", "200000", "200000", "200000"]]);
  });

  test("resident 42 stands in three registers", async () => {
    const found = await sql(
      `select d.number, d.name, (select list(plate order by plate) from vehicles where owner = d.national_number), (select count(*) from "health-visits" h where h.national_number = d.national_number)
       from degrees d where d.name = 'Resident 0042'`,
      "vehicles",
      "degrees",
      "health-visits",
    );
    const [number, name, plates, visits] = found[0] ?? [];
    expect([found.length, number, name]).toEqual([
      1,
      "D-2019-0042",
      "Resident 0042",
    ]);
    expect(plates).toContain("澜A00042");
    expect(Number(visits)).toBeGreaterThanOrEqual(3);
  });

  test("nobody has a degree before eighteen", async () => {
    expect(
      await sql(
        "select min(year(awarded) - cast(national_number[7:10] as integer)), max(year(awarded) - cast(national_number[7:10] as integer)) from degrees",
        "degrees",
      ),
    ).toEqual([["21", "24"]]);
  });
});

test("keys are unique, nothing is missing that should be there", async () => {
  for (const [id, key] of [
    ["vehicles", "plate"],
    ["companies", "number"],
    ["companies", "name"],
    ["degrees", "number"],
    ["health-visits", "visit"],
    ["earthquakes", "id"],
  ] as const) {
    expect(
      await sql(`select count(*) - count(distinct ${key}) from "${id}"`, id),
    ).toEqual([["0"]]);
  }
  expect(
    await sql(
      "select count(*) from vehicles where (owner is null) = (owner_company is null) or make is null or fuel is null or district is null",
      "vehicles",
    ),
  ).toEqual([["0"]]);
  expect(
    await sql(
      `select count(*) from "health-visits" where hospital is null or department is null or diagnosis_group is null or cost is null`,
      "health-visits",
    ),
  ).toEqual([["0"]]);
  expect(
    await sql(
      "select count(*) from vehicles v left join companies c on c.number = v.owner_company where v.owner_company is not null and c.number is null",
      "vehicles",
      "companies",
    ),
  ).toEqual([["0"]]);
});

test("the questions of the first ten minutes are answered", async () => {
  const engine = new DuckdbEngine();
  const keys = new Map<Id, string[][]>([["degrees", [["number"]]]]);
  for (const id of ["degrees", "companies", "earthquakes"] as const) {
    const { fields, subject } = of(acts, id);
    await engine.attach({
      dataset: id,
      fields,
      ...(subject === undefined ? {} : { subject }),
      file: of(made, id).file,
      keys: keys.get(id) ?? [],
    });
  }
  const ask = (name: string) =>
    engine.run({
      form: "answer",
      dataset: "degrees",
      key: [{ field: "number", value: "D-2019-0042" }],
      values: [{ field: "name", value: name }],
    });
  expect(await ask("Resident 0042")).toMatchObject({
    result: "yes",
    subjects: [expect.stringMatching(/^99/)],
  });
  expect(await ask("Resident 0043")).toMatchObject({ result: "no" });
  expect(
    await engine.run({
      form: "records",
      dataset: "companies",
      fields: ["name", "export_class"],
      where: [],
      order: [],
      limit: 5,
    }),
  ).toMatchObject({ rows: { length: 5, 0: ["Sanhe Textiles", "B"] } });
  expect(
    await engine.run({
      form: "records",
      dataset: "earthquakes",
      fields: ["place", "magnitude"],
      where: [{ field: "magnitude", op: "gte", value: "6" }],
      order: [],
      limit: 3,
    }),
  ).toMatchObject({ rows: { length: 3 } });
  await engine.close();
});
