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
import { refusedIn, webOf } from "../../test/web-office.ts";

test("while the database does not answer its health says so, and after ten seconds nothing is answered (I10)", async () => {
  const office = await officeFor("health");
  let unsureMs = 2_999;
  const web = webOf(office, { unsureMs: () => unsureMs });
  const { size } = office.house.office.published;
  const health = async () => {
    const response = await web.ask("/health");
    return [response.status, await response.json()];
  };
  expect(await health()).toEqual([200, { ok: true, size }]);
  unsureMs = 9_999;
  expect(await health()).toEqual([
    503,
    { ok: false, size, reason: "the database has not answered for 9 seconds" },
  ]);
  expect((await web.ask("/data/stations?limit=1")).status).toBe(200);
  unsureMs = 10_001;
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

test("while nothing can be published its health says why, until it can", async () => {
  const office = await officeFor("health", { start: WATCHED_START });
  const court = await SmallWitness.open(office, "court");
  await office.granted(await policyOf(office, [court]));
  const web = webOf(office);
  await court.stop();
  const entering = office.granted(organisation("one"));
  await expect.poll(async () => (await web.ask("/health")).status).toBe(503);
  expect(await (await web.ask("/health")).json()).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/^nothing can be published: /),
  });
  await court.start(logKeyOf(office));
  await entering;
  expect((await web.ask("/health")).status).toBe(200);
});
