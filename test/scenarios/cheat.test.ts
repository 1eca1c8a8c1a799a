import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { betrayals } from "../../src/cli/cheat.ts";
import { type Check, isAsSaid } from "../../src/cli/cheat/betrayal.ts";
import { openStage, type Stage } from "../../src/cli/cheat/stage.ts";
import { CouldNot } from "../../src/cli/exit.ts";
import { laid, LAID_MS_MAX } from "./starting.ts";

/** All acts, and the requests since shortly before the newest revocation. */
const SESSIONS_FROM_DAY = -115;

let folder = "";
let stage: Stage;
let before: readonly string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vitrine-cheat-test-"));
  await laid(folder, SESSIONS_FROM_DAY);
  before = await everything();
  stage = await openStage(folder, false);
}, LAID_MS_MAX);

afterAll(async () => {
  await stage.close();
  await rm(folder, { recursive: true, force: true });
});

const NOTHING: readonly string[] = [];
const TWO = ["two-histories", "quorum"];
const REFUSED = ["refused by the witness"];

/** What each check of each betrayal must find: these and no other contradictions, in any order. */
const FINDS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  flip: [["tree-root", "head-root", "charge"]],
  ruling: [
    ["ruling", "unseen"],
    ["edition", "unseen"],
  ],
  scapegoat: [
    ["unknown-key", "unseen"],
    ["unsigned", "unseen"],
    ["repeated", "unseen"],
  ],
  backdate: [
    ["ruling"],
    ["at-falls"],
    ["ruling"],
    NOTHING,
    NOTHING,
    ["at-before-cosignature"],
    ["unseen"],
    NOTHING,
    TWO,
  ],
  serve: [NOTHING, ["receipt-missing"]],
  overcharge: [["charge"], ["use"]],
  friend: [["charge"], ["charge"]],
  revoked: [["use"], ["use", "anchor-falls", "head-anchored"], ["unseen"]],
  forget: [NOTHING, TWO, ["two-histories"], ["unseen"]],
  fork: [NOTHING, ["two-histories"], TWO, REFUSED],
  backup: [NOTHING, TWO, REFUSED],
  loosen: [["ruling"]],
};

test("the copy of an honest office has no contradiction", async () => {
  const shown = await stage.showBuilt(stage.built);
  const check = await stage.ask(shown, { having: "", expected: [] });
  expect(check.found).toEqual([]);
  expect(check.exit).toBe(0);
});

test("there are twelve betrayals, each with a row here", () => {
  expect(betrayals.map(({ name }) => name)).toEqual(Object.keys(FINDS));
});

test.each(betrayals)(
  "$name is found where its file says so, and nowhere else",
  async (betrayal) => {
    const checks = (await betrayal.run(stage)).flatMap((one) => one.checks);
    expect(checks.map(kinds)).toEqual(
      FINDS[betrayal.name]?.map((codes) => codes.toSorted()),
    );
    expect(checks.filter((check) => !isAsSaid(check))).toEqual([]);
  },
);

test("nothing is written into the office's own folder", async () => {
  expect(await everything()).toEqual(before);
});

test("without a demonstration office it says how to get one", async () => {
  const nowhere = join(folder, "nowhere");
  await expect(openStage(nowhere, false)).rejects.toThrow(CouldNot);
  await expect(openStage(nowhere, false)).rejects.toThrow("npm start");
});

/** Every file of the office with its length and the time it was last written. */
async function everything(): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  const lines = names.map(async (name) => {
    const { size, mtimeMs } = await stat(join(folder, name));
    return `${name} ${size} ${mtimeMs}`;
  });
  return (await Promise.all(lines)).toSorted();
}

/** A flipped entry has another leaf hash, which may by chance still lie between its neighbours. */
function kinds({ found }: Check): readonly string[] {
  const kept = found.filter((code) => code !== "block-order");
  return [...new Set(kept)].toSorted();
}
