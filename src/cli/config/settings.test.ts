import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { gateSettings } from "../gate-config.ts";
import { readOfficeConfig } from "../running.ts";
import { runSettings } from "../office-config.ts";
import { defaultOf, SETTINGS, valueAt } from "./settings.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vitrine-settings-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(file: object, env: Record<string, string> = {}) {
  const office = { origin: "data.example/register", demonstration: false };
  await writeFile(
    join(folder, "office.json"),
    JSON.stringify({ ...office, ...file }),
  );
  return readOfficeConfig(folder, env);
}

test("what the environment says stands in the place of what the file says, and leaves the rest", async () => {
  const config = await read(
    { gate: { proxies: 1, places: { all: 10 } }, log: { level: "error" } },
    {
      VITRINE_GATE_PROXIES: "2",
      VITRINE_GATE_RATES_ADDRESS_PER_SECOND: "5",
      VITRINE_GATE_RATES_ADDRESS_BURST: "50",
      VITRINE_LOG_FORM: "json",
      VITRINE_METRICS_ON: "false",
      VITRINE_GATE_FILE_BYTES: "",
      // No settings of an office, and nobody's business here.
      VITRINE_URL: "http://127.0.0.1:8080",
      HOME: "somewhere",
    },
  );
  expect(config).toEqual({
    origin: "data.example/register",
    demonstration: false,
    gate: {
      proxies: 2,
      places: { all: 10 },
      rates: { address: { perSecond: 5, burst: 50 } },
    },
    log: { level: "error", form: "json" },
    metrics: { on: false },
  });
});

test.each<readonly [string, Record<string, string>, string]>([
  [
    "a variable that no setting has",
    { VITRINE_GATE_PROXYS: "1" },
    "Cannot use the variable VITRINE_GATE_PROXYS: no setting has that name; `vitrine config list` names them all",
  ],
  [
    "the origin, which is for ever",
    { VITRINE_ORIGIN: "other.example/register" },
    "Cannot use the variable VITRINE_ORIGIN: no setting has that name",
  ],
  [
    "no number",
    { VITRINE_GATE_PROXIES: "one" },
    "Cannot use the variable VITRINE_GATE_PROXIES: want a whole number",
  ],
  [
    "no flag",
    { VITRINE_METRICS_ON: "yes" },
    "Cannot use the variable VITRINE_METRICS_ON: want true or false",
  ],
  [
    "a number out of its range",
    { VITRINE_STOP_SECONDS: "0" },
    "Cannot read the settings with VITRINE_STOP_SECONDS: stop.seconds is 0, want a whole number from 1 to 600",
  ],
  [
    "half a rate",
    { VITRINE_GATE_RATES_ADDRESS_BURST: "5" },
    "Cannot read the settings with VITRINE_GATE_RATES_ADDRESS_BURST: gate.rates.address.perSecond",
  ],
  [
    "a host that is a name",
    { VITRINE_LISTEN_HOST: "localhost" },
    "listen.host is",
  ],
])("%s stops the start, by its name", async (_, env, said) => {
  await expect(read({}, env)).rejects.toThrow(said);
});

test.each([
  [{ gates: {} }, 'has the unknown member "gates"'],
  [{ log: { levels: "info" } }, 'log has the unknown member "levels"'],
  [{ listen: { port: 65_536 } }, "listen.port is 65536"],
])("%j of the file stops the start", async (file, said) => {
  await expect(read(file)).rejects.toThrow(said);
});

test("what is shown where nothing is said is what holds then", () => {
  const gate = gateSettings();
  const run = runSettings();
  const holds: Readonly<Record<string, unknown>> = {
    "listen.host": run.listen.host,
    "listen.port": run.listen.port,
    "metrics.on": run.metrics.on,
    "log.level": run.log.level,
    "stop.seconds": run.stop.seconds,
    "gate.proxies": gate.proxies,
    "gate.rates.organisation.perSecond": gate.organisationRate.perSecond,
    "gate.rates.address.burst": gate.addressRate.burst,
    "gate.places.waitingEach": gate.inFlight.waitingEach,
    "gate.places.waitSeconds": gate.inFlight.waitMsMax / 1000,
    "gate.fileBytes": gate.filesBytesMax,
    "gate.engine.rows": gate.engine.rowsMax,
    "gate.engine.seconds": gate.engine.timeoutMs / 1000,
    "gate.engine.streams": gate.engine.streamsAtATime,
  };
  for (const [path, value] of Object.entries(holds))
    expect([path, defaultOf(path)]).toEqual([path, value]);
});

test("every setting has a name of its own, in the file and in the environment", () => {
  const names = SETTINGS.flatMap(({ path, env }) => [path, env ?? path]);
  const ofTheFile = SETTINGS.filter(({ env }) => env === undefined);
  expect(ofTheFile.map(({ path }) => path)).toEqual([
    "origin",
    "demonstration",
    "documents.codes",
    "signIn.openid",
  ]);
  expect(new Set(names).size).toBe(SETTINGS.length * 2 - ofTheFile.length);
  expect(SETTINGS.length).toBeGreaterThan(25);
  expect(valueAt({ a: { b: 1 } }, "a.b")).toBe(1);
  expect(valueAt({ a: 1 }, "a.b")).toBeUndefined();
});
