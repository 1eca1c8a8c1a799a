import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EDITION, editions } from "../../src/rules/editions.ts";
import { root } from "../files.ts";
import { officeCase, officesIn } from "../vector-office.ts";
import { run, verifier } from "./program.ts";

const hasPython = spawnSync("python3", ["--version"]).status === 0;
/** What is of tomorrow there is of yesterday by now; `test/vectors.test.ts` gives these cases their own time. */
const OF_ITS_TIME = new Set(["at-ahead", "slot-ahead"]);

/**
 * A script that holds every key of an invented office makes each fault that its acts, machines and files can have, and lays
 * the office out as it would serve it. The stranger's one file, as it is handed out, names the fault and ends with 1.
 */
describe.runIf(hasPython)("the stranger's one file", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "vitrine-faults-"));
    for (const kind of ["valid", "invalid"])
      execFileSync(
        "python3",
        [
          join(root, "test", "independent", "encode.py"),
          "--export-all",
          kind,
          join(folder, kind),
        ],
        {
          env: { ...process.env, VITRINE_EDITION: editions.get(EDITION) ?? "" },
        },
      );
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(officesIn("invalid").filter((name) => !OF_ITS_TIME.has(name)))(
    "names the fault %s",
    async (name) => {
      const { findings, conclusion } = officeCase("invalid", name).expect;
      const ran = await checked(join(folder, "invalid", name));
      for (const finding of findings) expect(ran.out).toContain(`[${finding}]`);
      expect(ran.out.trimEnd().split("\n").at(-1)).toMatch(
        conclusion === "could not check" ? conclusion : /^\d+ contradictions?$/,
      );
      expect(ran.code).toBe(conclusion === "could not check" ? 2 : 1);
    },
  );

  test.each(["small-office", "passkeys", "passkeys-as-browsers-say-it"])(
    "finds nothing in an office without a fault: %s",
    async (name) => {
      const ran = await checked(join(folder, "valid", name));
      expect(ran.out.trimEnd().split("\n").at(-1)).toBe(
        "no contradiction found",
      );
      expect(ran.code).toBe(0);
    },
  );
});

/** With what its user holds: receipts, a policy of their own, checkpoints that they kept. */
function checked(place: string) {
  const held = (name: string): string => join(place, name);
  const kept = readdirSync(place).filter((name) =>
    name.startsWith("remembered-"),
  );
  return run(verifier, [
    held("office"),
    ...(existsSync(held("policy")) ? ["--policy", held("policy")] : []),
    ...(existsSync(held("receipts")) ? ["--receipt", held("receipts")] : []),
    ...kept.flatMap((name) => ["--also", held(name)]),
  ]);
}
