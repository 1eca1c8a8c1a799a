import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import type { Act } from "../acts/act.ts";
import {
  datasetAct,
  gatewayOf,
} from "../../test/simulation/small-office-bulk.ts";
import {
  DAY,
  HOUR,
  MINUTE,
  permit,
  product,
  revocation,
  rowsOf,
} from "../../test/simulation/small-office-acts.ts";
import type { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  inSteps,
  leftOver,
  officeFor,
  openingOf,
  shown,
} from "../../test/simulation/small-office-story.ts";
import { issueToken } from "../cli/issue-token.ts";
import { asking, refusedIn, type Web, webOf } from "../../test/web-office.ts";
import { receipt } from "../uses/receipt.ts";
import { parseUsageEntry, type Use } from "../uses/use.ts";

const vehiclesFile = permit({
  ...{ permit: "huaxing-file", product: "vehicles.file" },
  ...{ fields: ["plate", "make"], where: [], rowsMax: 1000 },
});
const acts: readonly Act[] = [
  product({
    ...{ product: "vehicles.file", form: "file", rowsPerStep: 100 },
    authorisation: "sanhe-vehicles",
  }),
  product({
    ...{ product: "people.file", form: "file", rowsPerStep: 100 },
    content: [{ dataset: "people", fields: ["number", "name", "town"] }],
  }),
  vehiclesFile,
  permit({
    ...{ permit: "huaxing-people-file", product: "people.file" },
    ...{ fields: ["number", "town"], where: [], rowsMax: 1000 },
    rows: [{ field: "town", op: "eq", value: "Town 3" }],
  }),
];

type Headers = Readonly<Record<string, string>>;
type House = {
  readonly office: SmallOffice;
  readonly web: Web;
  readonly huaxing: Headers;
};

async function begin(more: readonly Act[] = acts): Promise<House> {
  const office = await officeFor("files", { more });
  return {
    ...{ office, web: webOf(office) },
    huaxing: await asking(office, "huaxing"),
  };
}

type Asked = {
  readonly status: number;
  readonly leaf: string | null;
  readonly etag: string | null;
  readonly bytes: Buffer;
};

async function fetched(
  { web, huaxing }: House,
  of: Headers & { readonly method?: string; readonly path?: string } = {},
): Promise<Asked> {
  const { method = "GET", path = "/files/vehicles.parquet", ...more } = of;
  const headers = { ...huaxing, ...more };
  const response = await web.ask(path, { method, headers });
  return {
    status: response.status,
    leaf: response.headers.get("vitrine-entry"),
    etag: response.headers.get("etag"),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

const rowsIn = (bytes: Buffer) => {
  const file = Uint8Array.from(bytes).buffer;
  return parquetReadObjects({ file });
};

const kept = z.object({ use: receipt });

/** The use behind a leaf with its opening, as its asker finds it; the audit asks for it at the end. */
async function useOf({ office, web, huaxing }: House, leaf: string | null) {
  const asked = await web.ask(`/receipts/${leaf}`, { headers: huaxing });
  const { use: of } = kept.parse(await asked.json());
  office.receipts.push(of);
  const entry = parseUsageEntry(Buffer.from(of.entry, "base64url"));
  if (entry.kind !== "use") throw new Error(`It is no use: ${entry.kind}`);
  return { entry, opening: openingOf(of) };
}

async function usesOf({ office }: House): Promise<readonly Use[]> {
  await office.passHour();
  return (await shown(office)).flatMap(({ entry }) =>
    entry.kind === "use" ? [entry] : [],
  );
}

async function endsWell({ office, web }: House): Promise<void> {
  expect(web.bugs).toEqual([]);
  expect(web.halts).toEqual([]);
  expect(await leftOver(office)).toEqual([]);
}

const callsOf = (house: House, id = "huaxing-file") =>
  gatewayOf(house.office).spent.get(id)?.calls ?? 0;

const onDisk = ({ office: { folder } }: House): readonly string[] =>
  readdirSync(join(folder, "files", "gate"));

describe("ranges of one file under a permit", () => {
  test("within a slot are one use, one after the other and many at once; a new slot is a new one; what gives no byte is none", async () => {
    const house = await begin();
    const head = await fetched(house, { method: "HEAD" });
    expect(head).toMatchObject({ status: 200, leaf: null });
    const etag = head.etag ?? "";
    for (const [of, status] of [
      [{ "If-None-Match": etag }, 304],
      [{ "If-Match": '"other"' }, 412],
      [{ Range: "bytes=99999999-" }, 416],
    ] as const)
      expect(await fetched(house, of)).toMatchObject({ status, leaf: null });
    expect(callsOf(house)).toBe(0);
    const whole = await fetched(house);
    expect(whole).toMatchObject({ status: 200, etag });
    const parts = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        fetched(house, { Range: `bytes=${i * 100}-${i * 100 + 99}` }),
      ),
    );
    expect(parts.map(({ leaf }) => leaf)).toEqual(parts.map(() => whole.leaf));
    expect(Buffer.concat(parts.map(({ bytes }) => bytes))).toEqual(
      whole.bytes.subarray(0, 1200),
    );
    expect(callsOf(house)).toBe(1);
    const { entry, opening } = await useOf(house, whole.leaf);
    expect(entry.units).toMatchObject({ calls: 1, steps: 4 });
    expect(opening).toMatchObject({ rows: 400, bytes: whole.bytes.length });
    await house.office.pass(MINUTE);
    const at = await Promise.all([
      fetched(house, { Range: "bytes=0-3" }),
      fetched(house, { Range: "bytes=4-7" }),
    ]);
    expect(at[0]?.leaf).toBe(at[1]?.leaf);
    expect(at[0]?.leaf).not.toBe(whole.leaf);
    expect(at[0]?.etag).toBe(etag);
    expect(await usesOf(house)).toHaveLength(2);
    await endsWell(house);
  });

  test("a new vintage is another file, and another use in the same slot", async () => {
    const house = await begin();
    const before = await fetched(house);
    const rows = rowsOf("vehicles").map((row) => ({ ...row, make: "New" }));
    await house.office.load(datasetAct("vehicles"), rows);
    expect(
      await fetched(house, { "If-Match": before.etag ?? "" }),
    ).toMatchObject({ status: 412 });
    const after = await fetched(house);
    expect(after.etag).not.toBe(before.etag);
    expect(after.leaf).not.toBe(before.leaf);
    expect((await rowsIn(after.bytes))[0]).toEqual({
      plate: "P0",
      make: "New",
    });
    expect((await useOf(house, after.leaf)).opening.vintage).toBe(2);
    await endsWell(house);
  });

  test("a permit that one file uses up gives all its ranges, and no second file", async () => {
    const house = await begin([
      ...acts.filter((act) => act !== vehiclesFile),
      { ...vehiclesFile, quota: { calls: 2, steps: 7 } },
    ]);
    const atOnce = await Promise.all(
      Array.from({ length: 6 }, () => fetched(house, { Range: "bytes=0-9" })),
    );
    expect(new Set(atOnce.map(({ status }) => status))).toEqual(new Set([206]));
    const [one] = atOnce;
    // Four steps are left of seven, and three are not enough for a second.
    for (const Range of ["bytes=10-19", "bytes=20-29"])
      expect(await fetched(house, { Range })).toMatchObject({
        ...{ status: 206, leaf: one?.leaf },
      });
    await house.office.pass(MINUTE);
    expect(await fetched(house, { Range: "bytes=30-39" })).toMatchObject({
      status: 403,
    });
    expect(callsOf(house)).toBe(1);
    await endsWell(house);
  });

  test("over a restart in the middle of a slot each life enters its own, and the file is the same", async () => {
    const house = await begin();
    const before = await fetched(house);
    await house.office.restart({ orderly: false });
    const again = { ...house, web: webOf(house.office) };
    const after = await fetched(again, { Range: "bytes=0-9" });
    expect(after).toMatchObject({ status: 206, etag: before.etag });
    expect(callsOf(again)).toBe(2);
    expect(await usesOf(again)).toHaveLength(2);
    await endsWell(again);
  });
});

describe("what is in a file", () => {
  test("the fields and rows of its permit, with tokens for identifiers, which its opening names", async () => {
    const house = await begin();
    const people = { path: "/files/people.parquet" };
    const { bytes, leaf, status } = await fetched(house, people);
    expect(status).toBe(200);
    const rows = z
      .array(z.strictObject({ number: z.string(), town: z.string() }))
      .parse(await rowsIn(bytes));
    const inTown = rowsOf("people").filter((_, i) => i % 7 === 3);
    expect(rows).toHaveLength(inTown.length);
    expect(new Set(rows.map(({ town }) => town))).toEqual(new Set(["Town 3"]));
    expect(rows.filter(({ number }) => /^N\d{1,3}$/.test(number))).toEqual([]);
    const { entry, opening } = await useOf(house, leaf);
    expect(new Set(opening.subjects)).toEqual(
      new Set(rows.map(({ number }) => number)),
    );
    expect(entry).toMatchObject({ subjects: 100, units: { steps: 1 } });
    const more = { path: `${people.path}?fields=number,name` };
    expect((await fetched(house, more)).status).toBe(403);
    await endsWell(house);
  });
});

describe("a file is not given", () => {
  test("without a permit, nor by a token for another one, nor when it is revoked: then it is gone from the disk", async () => {
    const house = await begin();
    const { office, web } = house;
    expect((await fetched(house)).status).toBe(200);
    const other = await asking(office, "other");
    for (const huaxing of [{}, other]) {
      const refused = await fetched({ ...house, huaxing });
      expect(refused).toMatchObject({ status: 403, leaf: null });
    }
    const token = await issueToken(
      ...([office.house.sql, "huaxing"] as const),
      { permit: "huaxing-vehicles" },
    );
    const bound = { Authorization: `Bearer ${token}` };
    expect((await fetched({ ...house, huaxing: bound })).status).toBe(403);
    expect(onDisk(house)).toHaveLength(2);
    await office.granted(revocation("huaxing-file"));
    const response = await web.ask("/files/vehicles.parquet", {
      headers: house.huaxing,
    });
    expect(response.status).toBe(403);
    expect((await refusedIn(response)).rule).toBe("I2");
    expect(onDisk(house)).toEqual([]);
    await endsWell(house);
  });
});

test("a file is not asked for under an Idempotency-Key: nothing is entered, and the key is free", async () => {
  const house = await begin();
  const headers = { ...house.huaxing, "Idempotency-Key": "k-1" };
  const refused = await house.web.ask("/files/vehicles.parquet", { headers });
  expect(refused.status).toBe(400);
  expect((await refusedIn(refused)).message).toContain("ask without one");
  expect(await usesOf(house)).toEqual([]);
  await endsWell(house);
});

test("without fields a file has those of the permit that is in force, not of one that is over", async () => {
  const house = await begin(acts.filter((act) => act !== vehiclesFile));
  const { clock } = house.office;
  const to = clock.now - (clock.now % HOUR) + 10 * DAY;
  const file = { product: "vehicles.file", where: [], rowsMax: 1000 };
  await house.office.granted(
    permit({ permit: "huaxing-old", ...file, fields: ["plate", "make"], to }),
  );
  await house.office.granted(
    permit({ permit: "huaxing-new", ...file, fields: ["plate"] }),
  );
  const columns = async (): Promise<readonly string[]> =>
    Object.keys((await rowsIn((await fetched(house)).bytes))[0] ?? {});
  expect(await columns()).toEqual(["plate", "make"]);
  await house.office.pass(11 * DAY);
  expect(await columns()).toEqual(["plate"]);
  await endsWell(house);
});

test("a download that is on its way when its permit is revoked goes no further, and others do", async () => {
  const house = await begin();
  const { office, web, huaxing } = house;
  const whole = await fetched(house);
  const path = "/files/vehicles.parquet";
  const begun = await web.ask(path, { headers: huaxing });
  const open = await web.ask("/files/stations.parquet");
  expect([begun.status, open.status]).toEqual([200, 200]);
  await office.granted(revocation("huaxing-file"));
  await expect(begun.arrayBuffer()).rejects.toThrow(
    "Cannot go on: the right to these rows has ended",
  );
  expect((await open.arrayBuffer()).byteLength).toBeGreaterThan(0);
  await useOf(house, whole.leaf);
  await endsWell(house);
});

test("of open data every range is counted, with its own bytes", async () => {
  const house = { ...(await begin([])), huaxing: {} };
  const path = "/files/stations.parquet";
  const { bytes } = await fetched(house, { path });
  await fetched(house, { path, method: "HEAD" });
  for (const Range of ["bytes=0-9", "bytes=-8"])
    expect((await fetched(house, { path, Range })).status).toBe(206);
  expect(await rowsIn(bytes)).toHaveLength(400);
  await house.office.pass(HOUR);
  const counted = (await shown(house.office)).flatMap(({ entry }) =>
    entry.kind === "counted" ? [entry] : [],
  );
  expect(counted).toMatchObject([
    { operation: "file", uses: 3, bytes: inSteps(bytes.length + 18) },
  ]);
  await endsWell(house);
});
