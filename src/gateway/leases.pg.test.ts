import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { openDatabase, type Sql } from "../store/database.ts";
import {
  type Amount,
  type LeaseHolder,
  returnLeases,
  settleClosed,
  standAlone,
  standTogether,
  takeLeases,
} from "../store/leases.ts";
import type { Held } from "./lease-line.ts";
import { Leases } from "./leases.ts";
import { Spending } from "./spending.ts";

const DAY = 20_000;
const permitOf = (permit: string, quota: { calls?: number; steps?: number }) =>
  ({
    ...{ permit, organisation: "huaxing", product: "vehicles.records" },
    ...{ purpose: "trade", fields: ["plate"], where: [], rowsMax: 100 },
    ...{ quota, to: Date.UTC(2040, 0, 1) },
  }) as const;

let schemas = 0;
const open: Sql[] = [];
afterAll(async () => {
  for (const sql of open) await sql.end({ timeout: 2 });
});

/** Gateways on one database, each with connections of its own. */
async function gateways(
  count: number,
): Promise<
  readonly { holder: LeaseHolder; leases: Leases; spending: Spending }[]
> {
  const { url } = await schemaFor(`leases_${++schemas}`);
  const all = [];
  for (let i = 0; i < count; i++) {
    const sql = await openDatabase(url);
    open.push(sql);
    const holder = { sql, office: "data.small.example", gateway: `gate-${i}` };
    const spending = new Spending();
    all.push({ holder, spending, leases: new Leases(holder, spending) });
  }
  return all;
}

type Gateway = Awaited<ReturnType<typeof gateways>>[number];

/** One use of one call and so many steps, if the quota leaves it; what was held is given back where it is used less. */
async function uses(
  { leases, spending }: Gateway,
  permit: ReturnType<typeof permitOf>,
  most = 1,
  steps = most,
): Promise<boolean> {
  const held = await leases.hold(permit, { calls: 1, steps: most });
  if (held === "spent") return false;
  spending.add(permit.permit, { calls: 1, steps });
  held.release();
  return true;
}

/** Asks again as long as what is left is leased to somebody else; all tick meanwhile. */
async function usesAtLast(
  all: readonly Gateway[],
  gateway: Gateway,
  permit: ReturnType<typeof permitOf>,
): Promise<boolean> {
  for (let tries = 0; tries < 200; tries++) {
    try {
      return await uses(gateway, permit);
    } catch {
      for (const { leases } of all) await leases.tick();
      await sleep(20);
    }
  }
  throw new Error("Cannot go on: it was never served and never spent");
}

const leased = async ({ holder: { sql } }: Gateway): Promise<Amount[]> =>
  sql<
    Amount[]
  >`select sum(calls)::bigint as calls, sum(steps)::bigint as steps from lease group by permit order by permit`;

describe("several gateways", () => {
  test("take parts of one quota at once, on many connections, and never more than it in sum", async () => {
    const all = await gateways(4);
    const wanted = { calls: 3, steps: 30 };
    const want = {
      permit: "few",
      used: { calls: 0, steps: 0 },
      quota: { calls: 200, steps: 5_000 },
      least: wanted,
      most: wanted,
    };
    const taken = await Promise.all(
      Array.from({ length: 200 }, (_, i) => {
        const holder = all[i % all.length]?.holder;
        if (holder === undefined) throw new Error("Cannot be");
        return takeLeases(holder, [want]);
      }),
    );
    expect(taken.flat()).toHaveLength(200);
    const [first] = all;
    if (first === undefined) throw new Error("Cannot be");
    // 66 parts of three fit into 200; the 67th is not given in part.
    expect(await leased(first)).toEqual([{ calls: 198, steps: 1_980 }]);
  });

  test("use a quota to its last call, wherever it is asked for, and then say that it is spent", async () => {
    const all = await gateways(3);
    const few = permitOf("few", { calls: 100 });
    const done = await Promise.all(
      all.flatMap((gateway) =>
        Array.from({ length: 60 }, () => usesAtLast(all, gateway, few)),
      ),
    );
    expect(done.filter(Boolean)).toHaveLength(100);
    const used = all.map(({ spending }) => spending.ownOf("few").calls);
    expect(used.reduce((a, b) => a + b)).toBe(100);
    for (const gateway of all) expect(await uses(gateway, few)).toBe(false);
  });

  test("hear that what is left is leased elsewhere, not that it is spent, and have it when it was given back", async () => {
    const [a, b] = await gateways(2);
    if (a === undefined || b === undefined) throw new Error("Cannot be");
    const few = permitOf("few", { steps: 10 });
    const held = await a.leases.hold(few, { calls: 1, steps: 8 });
    await expect(uses(b, few, 5)).rejects.toThrow(
      "what is left of the quota of permit few is leased to other gateways",
    );
    a.spending.add("few", { calls: 1, steps: 2 });
    if (held !== "spent") held.release();
    for (let tick = 0; tick < 4; tick++) await a.leases.tick();
    expect(await uses(b, few, 5)).toBe(true);
    expect(await leased(a)).toEqual([{ calls: 1, steps: 7 }]);
    // Seven are used for certain, and three are left.
    expect(await uses(b, few, 4)).toBe(false);
    expect(await uses(a, few, 3)).toBe(true);
  });

  test("lease nothing while one of them stands alone, and begin with what it used when it does not any more", async () => {
    const [a, b] = await gateways(2);
    if (a === undefined || b === undefined) throw new Error("Cannot be");
    const few = permitOf("few", { calls: 10 });
    a.leases.standAlone((await standAlone(a.holder, [], DAY)) ?? new Map());
    expect(a.leases.isAlone).toBe(true);
    for (let call = 0; call < 7; call++) expect(await uses(a, few)).toBe(true);
    expect(await leased(a)).toEqual([]);
    await expect(uses(b, few)).rejects.toThrow("has all quotas and limits");
    expect(await standAlone(b.holder, [], DAY)).toBe(undefined);
    a.leases.standTogether();
    await standTogether(
      ...([
        a.holder,
        [{ permit: "few", calls: 7, steps: 7 }],
        DAY,
        [],
      ] as const),
    );
    expect(await uses(b, few)).toBe(true);
    expect(await uses(a, few)).toBe(true);
    expect(await usesAtLast([a, b], b, few)).toBe(true);
    for (let tick = 0; tick < 4; tick++) await a.leases.tick();
    expect(await uses(b, few)).toBe(false);
    // Whoever was closed with its totals stands in nobody's way.
    await settleClosed(b.holder, "gate-0", [
      { permit: "few", calls: 8, steps: 8 },
    ]);
    expect(await standAlone(b.holder, ["gate-0"], DAY)).toEqual(
      new Map([["few", { calls: 8, steps: 8 }]]),
    );
  });
});

test("a part that goes back late, when more was taken meanwhile, takes nothing away", async () => {
  const [a] = await gateways(1);
  if (a === undefined) throw new Error("Cannot be");
  const want = {
    permit: "few",
    used: { calls: 0, steps: 0 },
    quota: { calls: 100 },
    least: { calls: 10, steps: 0 },
    most: { calls: 10, steps: 0 },
  };
  const [lease] = await takeLeases(a.holder, [want]);
  await takeLeases(a.holder, [want]);
  const late = { permit: "few", version: lease?.version ?? 0 };
  const none = { calls: 0, steps: 0 };
  await returnLeases(a.holder, [{ ...late, leased: none, used: none }]);
  expect(await leased(a)).toMatchObject([{ calls: 20 }]);
});

test("requests that come together for one quota are served in their order, and a failed one makes room for the next", async () => {
  const [a] = await gateways(1);
  if (a === undefined) throw new Error("Cannot be");
  const few = permitOf("few", { calls: 2 });
  const need = { calls: 1, steps: 1 };
  const said: string[] = [];
  const asked = ["one", "two", "three", "four"].map(async (name) => {
    const held: Held | "spent" = await a.leases.hold(few, need);
    said.push(held === "spent" ? `${name} spent` : name);
    return held;
  });
  const [one, two] = await Promise.all(asked.slice(0, 2));
  expect(said).toEqual(["one", "two"]);
  if (one !== "spent") one?.release();
  await asked[2];
  expect(said).toEqual(["one", "two", "three"]);
  a.spending.add("few", { calls: 2, steps: 2 });
  if (two !== "spent") two?.release();
  await asked[3];
  expect(said.at(-1)).toBe("four spent");
});

test("with the database away what is leased is used up, and then nobody is told that the quota is spent", async () => {
  const [a] = await gateways(1);
  if (a === undefined) throw new Error("Cannot be");
  const some = permitOf("some", { calls: 1_000 });
  expect(await uses(a, some)).toBe(true);
  await a.holder.sql.end({ timeout: 0 });
  const left = await Promise.allSettled(
    Array.from({ length: 300 }, () => uses(a, some)),
  );
  const done = left.filter((one) => one.status === "fulfilled" && one.value);
  expect(done.length).toBeGreaterThan(30);
  expect(done.length).toBeLessThan(300);
  expect(
    left.filter((one) => one.status === "fulfilled" && !one.value),
  ).toEqual([]);
  await expect(uses(a, some)).rejects.toThrow("while the database is away");
});
