import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { aliasesIn, madeFolder } from "./inputs.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-inputs-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** 单位 and 港口 in GB18030, as a Chinese Excel saves CSV. */
const CHINESE = Buffer.concat([
  Buffer.from("role,name,means\r\n"),
  Buffer.from([0xb5, 0xa5, 0xce, 0xbb, 0x2c]),
  Buffer.from([0xb8, 0xdb, 0xbf, 0xda, 0x2c, 0xb8, 0xdb, 0xbf, 0xda]),
  Buffer.from("\r\n"),
]);

test.each([
  ["GB18030", CHINESE],
  [
    "UTF-16",
    Buffer.from("\ufeffrole\tname\tmeans\r\n单位\t港口\t港口\r\n", "utf16le"),
  ],
  ["semicolons", Buffer.from("role;name;means\r\n单位;港口;港口\r\n")],
])("aliases saved by a spreadsheet come back: %s", async (name, bytes) => {
  const file = join(folder, `${name}.csv`);
  writeFileSync(file, bytes);
  expect(await aliasesIn(file)).toEqual([
    { line: 2, role: "unit", name: "港口", means: "港口" },
  ]);
});

test("aliases that are a workbook are refused", async () => {
  const file = join(folder, "aliases.xlsx");
  writeFileSync(file, "PK\u0003\u0004 and more");
  await expect(aliasesIn(file)).rejects.toThrow("want it saved as CSV");
});

test("a folder that cannot be written is refused in one line that says what is wanted", async () => {
  const file = join(folder, "a-file");
  writeFileSync(file, "");
  for (const out of [file, join(file, "below")])
    await expect(madeFolder(out)).rejects.toThrow(
      `Cannot write the report into ${out}: a file is there; want --out FOLDER`,
    );
  expect(await madeFolder(join(folder, "new"))).toBe(true);
  expect(await madeFolder(join(folder, "new"))).toBe(false);
});
