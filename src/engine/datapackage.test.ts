import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readDataPackage } from "./datapackage.ts";
import { importFile } from "./import.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-package-"));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "package", "data"), { recursive: true });
writeFileSync(join(folder, "secret.csv"), "a\n1\n");
writeFileSync(
  join(folder, "package", "data", "parks.csv"),
  "Park Name,Size ha\nNorth,1.5\n",
);
writeFileSync(join(folder, "package", "data", "map.png"), "");
symlinkSync(
  join(folder, "secret.csv"),
  join(folder, "package", "data", "link.csv"),
);
symlinkSync(
  join(folder, "package", "data", "parks.csv"),
  join(folder, "package", "data", "inside.csv"),
);

const parks = {
  name: "City_Parks",
  title: "Parks of\nthe city",
  path: "data/parks.csv",
  format: "csv",
  schema: {
    fields: [
      { name: "Park Name", type: "string", description: "Name of the park" },
      { name: "Size ha", type: "number" },
    ],
  },
};

async function read(content: unknown) {
  const file = join(folder, "package", "datapackage.json");
  writeFileSync(
    file,
    typeof content === "string" ? content : JSON.stringify(content),
  );
  return readDataPackage(file);
}

test("a resource becomes a proposed dataset that can be imported", async () => {
  const { title, datasets, skipped } = await read({
    title: "City data",
    licenses: [
      { name: "CC-BY-4.0", title: "Creative Commons Attribution 4.0" },
    ],
    sources: [
      { title: "Parks Office", path: "https://example.org" },
      { title: "Survey" },
    ],
    resources: [
      parks,
      { name: "map", path: "data/map.png", format: "png" },
      { name: "inline", data: [] },
      { name: "parts", path: ["data/parks.csv", "data/parks.csv"] },
    ],
  });
  expect(title).toBe("City data");
  expect(datasets).toEqual([
    {
      dataset: "city-parks",
      title: "Parks of the city",
      licence: "Creative Commons Attribution 4.0",
      source: "Parks Office; Survey",
      fields: [
        {
          name: "park_name",
          type: "text",
          meaning: "Name of the park",
          header: "Park Name",
        },
        {
          name: "size_ha",
          type: "decimal",
          meaning: "Size ha",
          header: "Size ha",
        },
      ],
      file: join(folder, "package", "data", "parks.csv"),
      format: "csv",
    },
  ]);
  expect(skipped.map(({ resource, why }) => `${resource}: ${why}`)).toEqual([
    "map: its format is png, want one of csv, tsv, json, ndjson, geojson, parquet",
    "inline: its data are in several files or in the package itself",
    "parts: its data are in several files or in the package itself",
  ]);
  const [dataset] = datasets;
  if (dataset === undefined) throw new Error("want a resource");
  expect(
    await importFile({
      file: dataset.file,
      format: dataset.format,
      fields: dataset.fields,
      outFolder: join(folder, "out"),
    }),
  ).toMatchObject({ rows: 1 });
});

test.each([
  ["../secret.csv", "want a relative path within the package"],
  ["data/../../secret.csv", "want a relative path within the package"],
  ["/etc/passwd", "want a relative path within the package"],
  ["https://example.org/parks.csv", "want a relative path within the package"],
  ["file:data/parks.csv", "want a relative path within the package"],
  ["C:\\parks.csv", "want a relative path within the package"],
  ["..\\secret.csv", "want a relative path within the package"],
  ["", "want a relative path within the package"],
  ["data/link.csv", "a link that leads out of the package"],
  ["data/none.csv", "and there is no such file in"],
])("the path %j is refused", async (path, why) => {
  await expect(read({ resources: [{ ...parks, path }] })).rejects.toThrow(why);
  // Of several files none is read, so only the text of their paths is looked at.
  const several = read({
    resources: [{ ...parks, path: ["data/parks.csv", path] }],
  });
  if (why.startsWith("want")) await expect(several).rejects.toThrow(why);
  else await expect(several).resolves.toMatchObject({ datasets: [] });
});

test("a package that is not there, or is a folder, is named in one line", async () => {
  for (const name of ["nofile.json", "package"])
    await expect(readDataPackage(join(folder, name))).rejects.toThrow(
      `Cannot import ${name}: there is no such file to be read`,
    );
});

test("a link within the package is followed", async () => {
  expect(
    (await read({ resources: [{ ...parks, path: "data/inside.csv" }] }))
      .datasets[0]?.file,
  ).toBe(join(folder, "package", "data", "parks.csv"));
});

test.each<[string, unknown, string]>([
  ["no JSON", "{", "datapackage.json: it is not JSON"],
  ["no resources", { title: "x" }, "datapackage.json: resources is missing"],
  [
    "an empty list",
    { resources: [] },
    "datapackage.json: resources is [], want a list with at least one resource",
  ],
  [
    "a resource without a name",
    { resources: [{ path: "data/parks.csv" }] },
    "datapackage.json: resources.0.name is missing, want a name",
  ],
  [
    "two of one name",
    { resources: [parks, { ...parks, name: "city parks" }] },
    "two resources are called city-parks",
  ],
  [
    "a name without letters",
    { resources: [{ ...parks, name: "公园" }] },
    'resource "公园" gives no id',
  ],
])("%s", async (_, content, want) => {
  await expect(read(content)).rejects.toThrow(want);
});

test("the package of vega-datasets, whose files lie in a folder of their own", async () => {
  const file = join(
    import.meta.dirname,
    "../../node_modules/vega-datasets/datapackage.json",
  );
  await expect(readDataPackage(file)).rejects.toThrow(
    "there is no such file in",
  );
  const { datasets, skipped } = await readDataPackage(file, "data");
  expect(datasets.length).toBeGreaterThan(50);
  expect(skipped.map(({ resource }) => resource)).toContain(
    "flights_200k_arrow",
  );
  expect(datasets.find(({ dataset }) => dataset === "weather")).toMatchObject({
    licence: "U.S. Government Dataset",
    source: "NOAA Climate Data Online",
    format: "csv",
  });
  expect(
    datasets.find(({ dataset }) => dataset === "earthquakes"),
  ).toMatchObject({ format: "geojson" });
});
