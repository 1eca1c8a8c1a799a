import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { onBench } from "./ledger.sample.ts";

test("files of one name are told apart by their folders, and the same file is not counted twice", async () => {
  await onBench(async ({ folder, read }) => {
    const put = async (year: string, text: string): Promise<string> => {
      await mkdir(join(folder, year), { recursive: true });
      const file = join(folder, year, "receipts.csv");
      await writeFile(file, text);
      return file;
    };
    const one = await put("2021", "date,amount\n2021-01-05,1.00\n");
    const two = await put("2022", "date,amount\n2022-01-05,2.00\n");
    const found = await read([one, two]);
    expect(found.sources.map(({ name }) => name)).toEqual([
      "2021/receipts.csv",
      "2022/receipts.csv",
    ]);
    await expect(read([one, two, one])).rejects.toThrow(
      /^Cannot read receipts\.csv: it holds the same as .*, and every receipt would be there twice; give it once$/,
    );
  });
});

test("a last line without an end that is too long is one reject", async () => {
  await onBench(async ({ put, read }) => {
    const file = await put(
      "a.csv",
      `date,amount\n2021-01-05,1.00\n${"x".repeat(9_000_000)}`,
    );
    const { sources, rejects } = await read([file]);
    expect(sources).toMatchObject([{ receipts: 1, rejects: 1 }]);
    expect(rejects.first).toMatchObject([
      { line: 3, reason: expect.stringMatching(/^more than 1000000/) },
    ]);
  });
});
