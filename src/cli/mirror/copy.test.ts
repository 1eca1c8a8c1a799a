import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { officeCase, placeOf } from "../../../test/vector-office.ts";
import { emptyRoot } from "../../log/hash.ts";
import { primitives } from "../../store/crypto.ts";
import { mirrorOnce } from "./copy.ts";
import { fetchLog } from "./log-copy.ts";

const folder = (): string => mkdtempSync(join(tmpdir(), "vitrine-mirror-"));

test("a mirror begun after a log was dropped does not wait for it", async () => {
  const office = officeCase("valid", "log-dropped");
  const round = await mirrorOnce(
    { ...placeOf(office), name: "http://office.example" },
    folder(),
    { now: () => office.now },
  );
  expect(round).toMatchObject({ unseen: [] });
});

test("a checkpoint of a size that nobody holds is refused, and a log that lacks a bundle is asked for little more", async () => {
  const root = new Uint8Array(32).fill(9);
  const from = { size: 0, root: emptyRoot(primitives), note: undefined };
  let reads = 0;
  const place = {
    name: "http://office.example",
    digest: async () => undefined,
    read: async () => {
      reads++;
      return undefined;
    },
  };
  const fetch = (size: number) =>
    fetchLog(place, folder(), "register", from, { size, root }, () => {});
  await expect(fetch(2 ** 50)).rejects.toThrow(/want at most 16777216/);
  expect(reads).toBe(0);
  await expect(fetch(2 ** 24)).rejects.toThrow(/is not there/);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(reads).toBeLessThan(64);
});
