import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LIMITS } from "../engine/duckdb.ts";
import { ALLOWED } from "../gateway/allowed.ts";
import { IN_FLIGHT } from "../gateway/asking/in-flight.ts";
import { ORGANISATION_RATE } from "../gateway/asking/rate-limit.ts";
import { Chores } from "./chores.ts";
import { gateSettings } from "./gate-config.ts";
import { readOfficeConfig } from "./running.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vitrine-gate-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(gate: unknown) {
  const office = { origin: "data.example/register", demonstration: false };
  await writeFile(
    join(folder, "office.json"),
    JSON.stringify({ ...office, ...(gate === undefined ? {} : { gate }) }),
  );
  return readOfficeConfig(folder);
}

test("what an operator says of the gate is kept, and what is not said stays as it is", async () => {
  const config = await read({
    address: "https://data.example",
    proxies: 2,
    rates: { address: { perSecond: 5, burst: 7 } },
    places: { each: 8, waitSeconds: 1 },
    fileBytes: 2_000_000,
    engine: { rows: 500, seconds: 3, megabytes: 128, plans: 1 },
  });
  const settings = gateSettings(config?.gate);
  expect(settings).toMatchObject({
    address: "https://data.example",
    proxies: 2,
    organisationRate: ORGANISATION_RATE,
    addressRate: { perSecond: 5, burst: 7 },
    inFlight: { ...IN_FLIGHT, each: 8, waitMsMax: 1000 },
    filesBytesMax: 2_000_000,
    engine: {
      ...LIMITS,
      ...{ rowsMax: 500, timeoutMs: 3000, memoryMegabytes: 128 },
      plansAtATime: 1,
    },
  });
  // What the office says of itself is what it does.
  expect(settings.allowed).toMatchObject({
    ...{ rows: 500, seconds: 3, megabytes: 128, atATime: 1 },
    streamsAtATime: LIMITS.streamsAtATime,
    perAddress: { perSecond: 5, burst: 7 },
  });
  expect(gateSettings((await read(undefined))?.gate).allowed).toEqual(ALLOWED);
});

test.each<readonly [string, unknown, string]>([
  ["an unknown member", { proxy: 1 }, 'gate has the unknown member "proxy"'],
  ["half a rate", { rates: { address: { burst: 5 } } }, "perSecond"],
  ["a rate of nothing", rated(0), "gate.rates.address.perSecond is 0"],
  ["a negative number of proxies", { proxies: -1 }, "gate.proxies is -1"],
  ["a number as text", { proxies: "1" }, 'gate.proxies is "1"'],
  [
    "an address with a path",
    { address: "https://data.example/gate" },
    'gate.address is "https://data.example/gate", want an address such as https://data.example, alone',
  ],
  ["no address", { address: "data.example" }, "gate.address"],
  [
    "more rows than a plan can ask for",
    { engine: { rows: 10_001 } },
    "gate.engine.rows is 10001, want a whole number from 1 to 10000",
  ],
  [
    "more plans than leave threads for the logs",
    { engine: { plans: 200 } },
    "gate.engine.plans is 200",
  ],
  ["no room for a file", { fileBytes: 10 }, "gate.fileBytes is 10"],
])("%s stops the start, by its name", async (_, gate, said) => {
  await expect(read(gate)).rejects.toThrow(
    `Cannot read ${join(folder, "office.json")}: `,
  );
  await expect(read(gate)).rejects.toThrow(said);
});

function rated(perSecond: number) {
  return { rates: { address: { perSecond, burst: 5 } } };
}

test("a file that is no JSON stops the start in one line", async () => {
  await writeFile(join(folder, "office.json"), '{"origin": ');
  await expect(readOfficeConfig(folder)).rejects.toThrow(
    `Cannot read ${join(folder, "office.json")}: it is no JSON`,
  );
});

test("chores are done when they are due, and again at once when they failed", async () => {
  const done: string[] = [];
  let fails = 1;
  const chores = new Chores([
    {
      everyMs: 3_600_000,
      work: () => {
        if (fails-- > 0) throw new Error("the database is away");
        done.push("prune");
      },
    },
    { everyMs: 5_000, work: () => done.push("sweep") },
  ]);
  await expect(chores.look(100_000)).rejects.toThrow("away");
  expect(done).toEqual(["sweep"]);
  for (const ticks of [101_000, 104_999, 105_000, 109_000, 110_000])
    await chores.look(ticks);
  expect(done).toEqual(["sweep", "prune", "sweep", "sweep"]);
  await chores.look(3_701_000);
  expect(done.slice(-2)).toEqual(["prune", "sweep"]);
});
