import fc from "fast-check";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { schemaFor } from "../../../test/postgres.ts";
import {
  organisation,
  people,
  vehicles,
} from "../../../test/simulation/small-office-acts.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import {
  bundlePath,
  bundlesForSize,
  tilePath,
  tilesForSize,
} from "../../log/tiles.ts";
import { Contradicted, CouldNot } from "../exit.ts";

const offices: SmallOffice[] = [];
afterAll(async () => {
  for (const office of offices) await office.close();
});

/** The files of a log at its size. */
function filesOf(log: string, size: number): readonly string[] {
  return [
    "checkpoint",
    ...[...tilesForSize(size)].map((t) => tilePath(t.level, t.index, t.width)),
    ...[...bundlesForSize(size)].map((b) => bundlePath(b.index, b.width)),
  ].map((path) => `${log}/${path}`);
}

test("any byte that is changed, removed or added in a file of a log is named by verify, and so is a file that is gone", async () => {
  const { url } = await schemaFor("changed_bytes");
  const office = await SmallOffice.granted(url);
  offices.push(office);
  await Promise.all(
    Array.from({ length: 240 }, (_, i) =>
      office.granted(organisation(`o-${i}`)),
    ),
  );
  await office.answered(vehicles(), "huaxing");
  await office.answered(people(), "huaxing");
  // Everything is due in public by then.
  await office.passHour();
  await office.passHour();
  // More than one bundle, so that there are full ones.
  const { size } = office.house.office.published;
  expect(size).toBeGreaterThan(256);
  const { logs } = await office.check();
  const paths = [
    ...filesOf("register", size),
    ...logs.flatMap((log) =>
      filesOf(log.origin.slice(log.origin.indexOf("/") + 1), log.size),
    ),
  ];
  expect(logs).toHaveLength(2);
  const top = join(office.folder, "public", "log");
  expect(paths.every((path) => existsSync(join(top, path)))).toBe(true);
  expect(await office.faults()).toEqual([]);

  const said = async (): Promise<string> => {
    try {
      const { faults, untiled } = await office.check();
      // Where the only tile of a log is gone, none is there, and that is said.
      return [
        ...faults.kept.map((one) => one.says),
        ...untiled.map((log) => `tile/0/000.p of ${log}: none is here`),
      ].join("\n");
    } catch (error) {
      if (error instanceof Contradicted || error instanceof CouldNot)
        return error.message;
      throw error;
    }
  };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...paths),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.integer({ min: 1, max: 255 }),
      fc.constantFrom("changed", "removed", "added", "gone"),
      async (path, where, bit, how) => {
        const file = join(top, path);
        const whole = readFileSync(file);
        const at = Math.floor(where * whole.length);
        const bent = Buffer.from(whole);
        bent[at] = (bent[at] ?? 0) ^ bit;
        const rest = whole.subarray(at + (how === "removed" ? 1 : 0));
        const put = how === "added" ? [Buffer.from([bit])] : [];
        if (how === "gone") rmSync(file);
        else
          writeFileSync(
            file,
            how === "changed"
              ? bent
              : Buffer.concat([whole.subarray(0, at), ...put, rest]),
          );
        const found = await said();
        writeFileSync(file, whole);
        expect(found, `${path}, byte ${at} ${how}`).not.toBe("");
        // Without the width of a partial tile.
        const tile = /tile\/[0-9]+\/[x0-9/]+/.exec(path)?.[0] ?? "";
        expect(found).toContain(tile);
      },
    ),
    { numRuns: 60 },
  );
  expect(await office.faults()).toEqual([]);
}, 300_000);
