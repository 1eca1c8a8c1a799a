import { promises as fs } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readActFile, resolveAct } from "./act-file.ts";

test("an act or a paper that is not there is told from one that is no file", async () => {
  const folder = await fs.mkdtemp(join(tmpdir(), "act-"));
  onTestFinished(() => fs.rm(folder, { recursive: true }));
  const none = join(folder, "none");
  await expect(readActFile(none)).rejects.toThrow(
    `Cannot read act ${none}: nothing is there`,
  );
  await expect(readActFile(folder)).rejects.toThrow(
    `Cannot read act ${folder}: it is no file to read`,
  );
  const base = { folder, start: 0, offsetMinutes: 0 };
  const paper = (name: string) =>
    resolveAct({ $paper: name, kind: "decision" }, base);
  await expect(paper("none")).rejects.toThrow(
    `Cannot read paper ${none}: nothing is there`,
  );
  await expect(paper(".")).rejects.toThrow(": it is no file to read");
});

test("years and dates are counted from the day on which an act is made", async () => {
  const { act } = await resolveAct(
    ["@year+0", "@year-61", "@year-61-1", "@year+300/10-01", "@date-61-1"],
    { folder: ".", start: Date.UTC(2026, 2, 2), offsetMinutes: 480 },
  );
  // Sixty-one days before 2 March it is 31 December.
  expect(act).toEqual([2026, 2025, 2024, "2026-10-01", "@date-61-1"]);
});
