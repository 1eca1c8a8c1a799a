import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { TypedField } from "../uses/check-plan.ts";
import { proposeFields } from "./import.ts";
import {
  people,
  refusal,
  rowsOf,
  write,
  clearOut,
  removeFolder,
} from "./import.sample.ts";

afterAll(removeFolder);
beforeEach(clearOut);

describe("JSON", () => {
  const good = [
    [
      ["Ada", 36, "2026-03-01"],
      ["[1,{}]", -7, null],
      [null, null, null],
    ],
    [
      '{"name":"Ada","age":36,"seen":"2026-03-01"}',
      '{"age":"-7","name":[1,{}],"more":{"x":1}}',
      '{"age":null}',
    ],
  ] as const;

  test("lists, lines, and members in any order", async () => {
    expect(
      await rowsOf({
        file: write("p.json", `\ufeff [ ${good[1].join(" ,\n ")}\n]\n`),
        fields: people,
      }),
    ).toEqual(good[0]);
    expect(
      await rowsOf({
        file: write("p.ndjson", `${good[1].join("\n\n")}\r\n`),
        fields: people,
      }),
    ).toEqual(good[0]);
    expect(
      await rowsOf({
        file: write("lines.json", good[1].join("\n")),
        fields: people,
      }),
    ).toEqual(good[0]);
  });

  test.each<[string, string, string]>([
    [
      "p.ndjson",
      '{"name":"a","age":1,"seen":null}\n{"name":"b","age":"x"}\n',
      'line 2, item 2, member age is "x", want an integer',
    ],
    [
      "p.ndjson",
      '{"name":"a","age":1,"seen":null}\n\n{"name":"b","age":}\n',
      "line 3, item 2 is not JSON",
    ],
    ["p.ndjson", '{"name":"a"}\n7\n', "line 2, item 2 is 7, want an object"],
    [
      "p.json",
      '[\n{"name":"a","age":1,"seen":null},\n{"name":"b",\n"age":1.5}]',
      "line 3, item 2, member age is 1.5, want an integer",
    ],
    [
      "p.json",
      '[{"name":"a","age":1,"seen":null},\n{"name":"b",}\n]',
      "line 2, item 2 is not JSON",
    ],
    [
      "p.json",
      '[{"age":9007199254740993,"name":"a","seen":null}]',
      "line 1, item 1, member age is 9007199254740992, want an integer",
    ],
    [
      "p.json",
      '[{"age":1,"name":9007199254740993,"seen":null}]',
      "line 1, item 1, member name is 9007199254740992, want a text",
    ],
    [
      "p.json",
      '[{"age":1,"name":"a","seen":1772323200000}]',
      "line 1, item 1, member seen is 1772323200000, want a date such as 2026-03-01",
    ],
    [
      "p.json",
      '[{"name":"a"},\n{"name":"b"',
      "it ends within its list, at the item that begins in line 2",
    ],
    ["p.json", '[{"name":"a"} {"name":"b"}]', "line 1, item 1 is not JSON"],
    [
      "p.json",
      '[{"name":"a"}',
      "it ends within its list, at the item that begins in line 1",
    ],
    ["p.json", '[{"name":"a"},\n', "it ends in line 2: it is not whole JSON"],
    ["p.json", '[{"name":"a"},]', "it is not whole JSON"],
    ["p.json", '[{"name":"a"}]]', "it is not whole JSON"],
    ["p.json", '["a"]', 'line 1, item 1 is "a", want an object'],
    [
      "p.geojson",
      '{"type":"FeatureCollection"}',
      "want a FeatureCollection with features",
    ],
    [
      "p.geojson",
      '{"type":"FeatureCollection","features":[{"geometry":{"type":"Polygon","coordinates":[]}}]}',
      'line 1, item 1 has a "Polygon", want a point',
    ],
    [
      "p.json",
      '[{"name":"a"},{"name":"b","seen":null}]',
      'it has no column for the field age, want "age" among "name", "seen"',
    ],
  ])("%s: %s", async (name, content, want) => {
    expect(
      (await refusal({ file: write(name, content), fields: people })).replace(
        /: line \d+: it is/,
        ": it is",
      ),
    ).toBe(`${name}: ${want}`);
  });

  test("what does not end ends the reading early; what holds nothing has no columns", async () => {
    const long = `{"name":"${"x".repeat(17_000_000)}`;
    for (const [name, content] of [
      ["p.ndjson", long],
      ["p.json", `[\n${long}`],
      ["p.geojson", long],
    ] as const) {
      expect(await refusal({ file: write(name, content) })).toMatch(
        /: what begins in line [12] does not end within 16777216 characters$/,
      );
    }
    for (const [name, content] of [
      ["p.ndjson", ""],
      ["p.json", "[]"],
      ["p.geojson", '{"features":[]}'],
    ] as const) {
      expect(await refusal({ file: write(name, content) })).toBe(
        `${name}: it has no columns`,
      );
    }
  });

  test("GeoJSON becomes rows: properties, id, position", async () => {
    const feature = (
      id: string,
      properties: object,
      geometry: object | null,
    ) => ({ type: "Feature", id, properties, geometry });
    const features = [
      feature(
        "q1",
        { mag: 2, time: 1517966773840, "[{": "}]" },
        { type: "Point", coordinates: [-118.5, 34.25, 26.49] },
      ),
      feature("q2", { mag: null }, null),
      feature(
        "q3",
        { id: "own", latitude: 1 },
        { type: "Point", coordinates: [1, 2] },
      ),
    ];
    const file = write(
      "quakes.json",
      JSON.stringify(
        {
          type: "FeatureCollection",
          metadata: { features: [1, [2]] },
          features,
          bbox: [1, 2],
        },
        undefined,
        1,
      ),
    );
    expect(
      (await proposeFields(file)).map((f) => `${f.name}:${f.type}`),
    ).toEqual([
      "mag:integer",
      "time:integer",
      "column_3:text",
      "id:text",
      "longitude:decimal",
      "latitude:decimal",
      "depth:decimal",
    ]);
    const fields: readonly TypedField[] = [
      { name: "id", type: "text" },
      { name: "magnitude", type: "decimal" },
      { name: "time", type: "instant" },
      { name: "longitude", type: "decimal" },
      { name: "latitude", type: "decimal" },
      { name: "depth", type: "decimal" },
    ];
    expect(
      await rowsOf({ file, fields, columns: { magnitude: "mag" } }),
    ).toEqual([
      ["q1", 2, "2018-02-07T01:26:13.840Z", -118.5, 34.25, 26.49],
      ["q2", null, null, null, null, null],
      ["own", null, null, 1, 1, null],
    ]);
  });

  test("a list of any objects is cut as JSON.parse reads it, wherever the pieces end", async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => ({
      name: `${'[{"\\\n'.slice(0, i % 6)}${i}`,
      age: i,
      seen: null,
      nested: [{ a: [i] }, "]}"],
    }));
    const want = rows.map(({ name, age }) => [name, age, null]);
    expect(
      await rowsOf({
        file: write("many.json", JSON.stringify(rows, undefined, 1)),
        fields: people,
      }),
    ).toEqual(want);
  });
});
