import "../../test/simulation/kill-switch.ts";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { diceOf, type Ending, Life } from "../../test/simulation/life.ts";
import { LogHalted, removeTemporary, writeWhole } from "./durable.ts";

const root = fs.mkdtempSync(join(tmpdir(), "vitrine-durable-"));
afterAll(() => fs.rmSync(root, { recursive: true }));

test.each<Ending>(["kill", "power", "error"])(
  "a file is there whole with its old or its new bytes, however its writing ended: %s",
  async (ending) => {
    for (let endsAt = 1; ; endsAt++) {
      const folder = join(root, `${ending}-${endsAt}`);
      const path = join(folder, "new", "deep", "file");
      fs.mkdirSync(folder);
      const life = new Life(ending, endsAt, diceOf(endsAt));
      const written: string[] = [];
      const done = await life.run(async () => {
        for (const text of ["old ".repeat(100), "new ".repeat(100)]) {
          try {
            await writeWhole(path, text);
            written.push(text);
          } catch (error) {
            if (ending !== "error") throw error;
          }
        }
      });
      const there = fs.existsSync(path) ? fs.readFileSync(path, "utf8") : "";
      expect(["", "old ".repeat(100), "new ".repeat(100)]).toContain(there);
      const last = written.at(-1);
      // What was said to be written is there, or what came after it.
      if (last !== undefined && ending !== "error")
        expect(there >= last || there.startsWith("new")).toBe(true);
      if (last !== undefined) expect(there).not.toBe("");
      await removeTemporary(folder);
      expect(
        fs
          .readdirSync(folder, { recursive: true })
          .filter((name) => String(name).endsWith(".tmp")),
      ).toEqual([]);
      if (done !== undefined && life.done.length < endsAt) break;
    }
  },
);

test("an immutable file is written once: the same bytes again are none, other bytes halt", async () => {
  const path = join(root, "immutable");
  await writeWhole(path, "one history", { immutable: true });
  const before = fs.statSync(path);
  await writeWhole(path, "one history", { immutable: true });
  expect(fs.statSync(path).ino).toBe(before.ino);
  await expect(
    writeWhole(path, "another history", { immutable: true }),
  ).rejects.toThrow(LogHalted);
  expect(fs.readFileSync(path, "utf8")).toBe("one history");
});
