import { expect, test } from "vitest";
import {
  organisation,
  stations,
} from "../../test/simulation/small-office-acts.ts";
import { officeFor } from "../../test/simulation/small-office-story.ts";
import {
  logKeyOf,
  policyOf,
  SmallWitness,
  WATCHED_START,
} from "../../test/simulation/small-office-witness.ts";
import { refusedIn, type Web, webOf } from "../../test/web-office.ts";
import type { Standing } from "./health.ts";

/** The status of /ready, and what it says is wrong. */
async function readiness(web: Web): Promise<readonly unknown[]> {
  const response = await web.ask("/ready");
  const body: {
    ready: boolean;
    checks: { check: string; ok: boolean; reason?: string }[];
  } = JSON.parse(await response.text());
  expect(body.checks.map(({ check }) => check)).toEqual([
    ...["process", "database", "writer", "register"],
    ...["log", "data", "gateway"],
  ]);
  expect(body.ready).toBe(response.status === 200);
  const wrong = body.checks.filter(({ ok }) => !ok);
  return [response.status, ...wrong.map((one) => [one.check, one.reason])];
}

test("while the database does not answer the office is alive and not ready, and after ten seconds nothing is answered (I10)", async () => {
  const office = await officeFor("health");
  let unsureMs = 2_999;
  const web = webOf(office, { unsureMs: () => unsureMs });
  const { size } = office.house.office.published;
  const health = async () => {
    const response = await web.ask("/health");
    return [response.status, await response.json()];
  };
  expect(await readiness(web)).toEqual([200]);
  unsureMs = 9_999;
  const silent = ["database", "the database has not answered for 9 seconds"];
  expect(await readiness(web)).toEqual([503, silent]);
  expect((await web.ask("/data/stations?limit=1")).status).toBe(200);
  unsureMs = 10_001;
  expect(await readiness(web)).toEqual([
    503,
    ["database", "the database has not answered for 10 seconds"],
    [
      "writer",
      "for 10 seconds nobody could say that this process is the log's only writer",
    ],
  ]);
  // Whoever starts dead processes again would end one that waits for its database.
  expect(await health()).toEqual([200, { ok: true, size }]);
  const query = JSON.stringify({ plan: stations() });
  for (const response of [
    await web.ask("/data/stations?limit=1"),
    await web.post("/query", query),
    await web.post("/acts", "{}"),
  ]) {
    expect(response.status).toBe(503);
    expect(await refusedIn(response)).toMatchObject({ code: "unavailable" });
  }
  expect((await web.ask("/index.json")).status).toBe(200);
});

test("while nothing can be published it is not ready, until it can; why stands in no answer", async () => {
  const office = await officeFor("health", { start: WATCHED_START });
  const court = await SmallWitness.open(office, "court");
  await office.granted(await policyOf(office, [court]));
  const web = webOf(office);
  await court.stop();
  const entering = office.granted(organisation("one"));
  await expect.poll(async () => (await web.ask("/ready")).status).toBe(503);
  expect(office.house.office.failure).toContain("court");
  expect(await readiness(web)).toEqual([
    503,
    ["log", "nothing can be published: the office's own log says why"],
  ]);
  await court.start(logKeyOf(office));
  await entering;
  expect(await readiness(web)).toEqual([200]);
});

test("a process that begins, ends, or has no gateway where an act opened one, is not ready", async () => {
  const office = await officeFor("health");
  const rest: Standing = {
    ...{ isStopping: false, isLoading: false },
    ...{ wantsGateway: true },
  };
  const web = (
    standing: Partial<Standing>,
    change: Parameters<typeof webOf>[1] = {},
  ) => webOf(office, { standing: () => ({ ...rest, ...standing }), ...change });
  expect(await readiness(web({}))).toEqual([200]);
  expect(await readiness(web({ isStopping: true }))).toEqual([
    503,
    ["process", "it is being stopped"],
  ]);
  expect(await readiness(web({ isLoading: true }))).toEqual([
    503,
    ["data", "states of datasets are being loaded"],
  ]);
  const none = { gateway: () => undefined };
  expect(await readiness(web({}, none))).toEqual([
    503,
    ["gateway", "the gateway is not open yet"],
  ]);
  // An office that no act has given a gateway serves its register.
  expect(await readiness(web({ wantsGateway: false }, none))).toEqual([200]);
  // The office ends before its gateway: it is halted for whoever asks, and its gateway answers nobody.
  await office.house.stop();
  expect(await readiness(web({}))).toEqual([
    503,
    ["log", "the log has halted"],
    ["gateway", "Cannot answer: the office is being stopped"],
  ]);
  expect((await web({}).ask("/health")).status).toBe(503);
});
