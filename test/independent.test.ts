import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./files.ts";
import { officesIn } from "./vector-office.ts";

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

  test.each(
    officesIn("invalid").filter(
      (name) =>
        name.startsWith("charge-") ||
        (name.startsWith("passkey-") &&
          // What its key or its pages may be, it does not decide.
          !/^passkey-(?:enrolled-(?:for|without)|of-(?:1024|an-alg))/.test(
            name,
          )) ||
        /signature-(?:broken|missing)$/.test(name),
    ),
  )("names the fault %s on its own", (story) => {
    const ran = opinionOn(`invalid/${story}`);
    expect(ran.stdout).toMatch(/^contradiction: /m);
    expect(ran.status).toBe(1);
  });

  const stories = readdirSync(join(root, "vectors", "valid"))
    .filter((name) => name.endsWith(".json") && name !== "bytes.json")
    .map((name) => name.replace(/\.json$/, ""));
  test.each(stories)("finds no contradiction in %s", (story) => {
    const ran = opinionOn(story);
    expect(ran.stdout).toMatch(/no contradiction found\s*$/);
    expect(ran.status).toBe(0);
  });
});

if (!hasPython)
  test.skip("the second opinion was skipped: python3 is not here", () =>
    undefined);

function opinionOn(story: string) {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-second-"));
  try {
    const laid = [join(independent, "encode.py"), "--export", story, folder];
    execFileSync("python3", laid);
    return spawnSync(
      "python3",
      [join(independent, "second_opinion.py"), folder],
      { encoding: "utf8" },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
