import { expect, test, vi } from "vitest";
import * as z from "zod/mini";
import {
  datasets,
  permit,
  ROWS,
  rowsOf,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import {
  leftOver,
  officeFor,
} from "../../test/simulation/small-office-story.ts";
import { asking, refusedIn, stateOf, webOf } from "../../test/web-office.ts";
import type { SmallOffice } from "../../test/simulation/small-office.ts";
import { WRONG_CURSOR } from "./cursor.ts";

const page = z.object({
  rows: z.array(z.record(z.string(), z.unknown())),
  cursor: z.optional(z.string()),
});
const answered = z.object({ answer: page, receipt: z.unknown() });

/** Two organisations may sort vehicles by a field that they do not ask for; one of them for two purposes. */
function sorting(): Promise<SmallOffice> {
  const given = [
    ["sanhe", "trade"],
    ["sanhe", "safety"],
    ["other", "trade"],
  ] as const;
  const more = given.map(([organisation, purpose]) =>
    permit({
      ...{ permit: `${organisation}-${purpose}`, organisation, purpose },
      ...{ where: ["make"], rowsMax: 1_000 },
    }),
  );
  return officeFor("cursors", { more });
}

/** An office over HTTP: what is answered, and whether the engine was asked for it. */
async function overHttp(office: SmallOffice) {
  const web = webOf(office);
  const headers = {
    sanhe: await asking(office, "sanhe"),
    other: await asking(office, "other"),
  };
  const post = (
    plan: object,
    who: keyof typeof headers = "sanhe",
    purpose = "trade",
  ) => web.post("/query", JSON.stringify({ plan, purpose }), headers[who]);
  const next = async (plan: object) => {
    const response = await post(plan);
    expect(response.status).toBe(200);
    return answered.parse(await response.json()).answer;
  };
  const open = async (query: string) => {
    const response = await web.ask(`/data/stations?${query}`);
    expect(response.status).toBe(200);
    return page.parse(await response.json());
  };
  /** Refused in the one sentence; nothing was run, and nothing changed. */
  const refused = async (ask: () => Promise<Response>) => {
    const before = stateOf(office);
    const run = vi.spyOn(office.house.engine, "run");
    const response = await ask();
    expect(await refusedIn(response)).toMatchObject({
      code: "malformed",
      message: WRONG_CURSOR,
    });
    expect(response.status).toBe(400);
    expect(run).not.toHaveBeenCalled();
    run.mockRestore();
    expect(stateOf(office)).toEqual(before);
  };
  return { web, post, next, open, refused };
}

const byMake = vehicles({
  fields: ["plate", "year"],
  order: [{ field: "make", direction: "desc" }],
  limit: 70,
});

test("who follows the cursors that were given out gets each row once, also over a restart", async () => {
  const office = await sorting();
  const plates: unknown[] = [];
  let cursor: string | undefined;
  let { next } = await overHttp(office);
  do {
    const limit = 70 + plates.length;
    const plan = { ...byMake, limit };
    const { rows, cursor: given } = await next(
      cursor === undefined ? plan : { ...plan, cursor },
    );
    plates.push(...rows.map(({ plate }) => plate));
    cursor = given;
    // However far down the page ended, its cursor looks the same from outside.
    expect([undefined, 86]).toContain(cursor?.length);
    await office.restart();
    ({ next } = await overHttp(office));
  } while (cursor !== undefined);
  expect(plates).toHaveLength(ROWS);
  expect(new Set(plates).size).toBe(ROWS);

  const { open } = await overHttp(office);
  const first = await open("fields=station&order=-height&limit=399");
  const last = await open(
    `fields=station&order=-height&limit=399&cursor=${first.cursor}`,
  );
  expect(last).toEqual({ rows: [{ station: "S0" }] });
  expect(await leftOver(office)).toEqual([]);
});

test("a cursor that was not given out for this plan, permit and vintage is refused in one sentence before the engine is asked, and nothing is entered", async () => {
  const office = await sorting();
  const { web, post, next, open, refused } = await overHttp(office);
  const { cursor = "" } = await next(byMake);
  const ofStations = (await open("fields=station&limit=5")).cursor ?? "";
  const bytes = Buffer.from(cursor, "base64url");
  const otherRow = Buffer.from(bytes);
  otherRow[5] = (otherRow[5] ?? 0) + 1;
  const otherPlace = Buffer.from(bytes);
  otherPlace[20] = (otherPlace[20] ?? 0) ^ 1;
  const made = Array.from({ length: 5 }, (_, row) =>
    Buffer.from(JSON.stringify({ of: "A".repeat(22), row })),
  );
  const forged = [
    ...[otherRow, bytes.subarray(1), Buffer.alloc(22), Buffer.alloc(6)],
    ...[Buffer.concat([bytes, bytes]), otherPlace, Buffer.alloc(64), ...made],
  ].map((one) => one.toString("base64url"));
  for (const one of [...forged, "", "%%%", "null", ofStations])
    await refused(() => post({ ...byMake, cursor: one }));

  const isOf = (make: string) => [{ field: "make", op: "eq", value: make }];
  const others = [
    { where: isOf("Make 1") },
    { where: isOf("Make 2") },
    { order: [] },
    { order: [{ field: "make", direction: "asc" }] },
    { fields: ["plate"] },
    { fields: ["year", "plate"] },
  ];
  for (const change of others)
    await refused(() => post({ ...byMake, ...change, cursor }));
  await refused(() => post({ ...byMake, cursor }, "other"));
  await refused(() => post({ ...byMake, cursor }, "sanhe", "safety"));
  for (const one of [cursor, otherRow.toString("base64url"), "%00"])
    await refused(() =>
      web.ask(`/data/stations?fields=station&limit=5&cursor=${one}`),
    );
  await refused(() =>
    web.ask(`/data/stations?fields=town&limit=5&cursor=${ofStations}`),
  );

  const act = datasets.find(({ dataset }) => dataset === "vehicles");
  if (act === undefined) throw new Error("want vehicles");
  await office.load(act, rowsOf("vehicles").toReversed());
  await refused(() => post({ ...byMake, cursor }));
  const { cursor: ofNow } = await next(byMake);
  await next({ ...byMake, cursor: ofNow });
  expect(await leftOver(office)).toEqual([]);
});
