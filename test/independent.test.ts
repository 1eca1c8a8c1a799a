import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./files.ts";

const hasPython = spawnSync("python3", ["--version"]).status === 0;
const independent = join(root, "test", "independent");

/** A second program that shares no code: it wrote the vectors, and reads an office's logs on its own. */
describe.runIf(hasPython)("the second opinion, in Python", () => {
  test("writes the committed vectors again, byte for byte", () => {
    const out = execFileSync(
      "python3",
      [join(independent, "encode.py"), "--check"],
      { encoding: "utf8" },
    );
    expect(out).toMatch(/0 differences/);
  }, 120_000);

  const stories = readdirSync(join(root, "vectors", "valid"))
    .filter((name) => name.endsWith(".json") && name !== "bytes.json")
    .map((name) => name.replace(/\.json$/, ""));
  test.each(stories)("finds no contradiction in %s", (story) => {
    const folder = mkdtempSync(join(tmpdir(), "vitrine-second-"));
    try {
      execFileSync("python3", [
        join(independent, "encode.py"),
        "--export",
        story,
        folder,
      ]);
      const ran = spawnSync(
        "python3",
        [join(independent, "second_opinion.py"), folder],
        { encoding: "utf8" },
      );
      expect(ran.stdout).toMatch(/no contradiction found\s*$/);
      expect(ran.status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test.skipIf(hasPython)(
  "the second opinion was skipped: python3 is not here",
  () => undefined,
);
