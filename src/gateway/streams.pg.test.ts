import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import {
  bulk,
  BULK_ROWS,
  gatewayOf,
  headed,
  isInJournal,
  persons,
  PERSONS,
  settleOf,
  Taking,
} from "../../test/simulation/small-office-bulk.ts";
import { MINUTE, revocation } from "../../test/simulation/small-office-acts.ts";
import {
  begin,
  endsWell,
  receiptsOf,
  streamed,
  used,
} from "../../test/simulation/small-office-streams.ts";
import {
  inSteps,
  openingOf,
  shown,
} from "../../test/simulation/small-office-story.ts";
import { asking, webOf } from "../../test/web-office.ts";
import { revokeTokens } from "../store/tokens.ts";

describe("a stream under a permit", () => {
  test("is entered open with its upper limits before its first byte, and settled behind its last with what was received", async () => {
    const house = await begin("streams");
    const response = await streamed(house);
    const { receipt, use, at } = headed(response);
    const taking = new Taking(response);
    expect(await taking.next()).toBe(true);
    expect(isInJournal(house.office, receipt)).toBe(true);
    expect(use).toMatchObject({
      ...{ state: "open", charge: 600 },
      units: { calls: 1, steps: 200, bytes: 0 },
    });
    expect(used(house)).toEqual({
      spent: { calls: 1, steps: 200 },
      total: { steps: 200, charged: 600 },
    });
    await taking.rest();
    expect(taking.chunks.length).toBeGreaterThan(2);
    const found = await receiptsOf(house, at, "now");
    const { entry, part } = settleOf(found);
    expect(part).toMatchObject({
      ...{ rows: BULK_ROWS, bytes: taking.bytes.length },
      answer: taking.digest,
    });
    expect(taking.lines).toBe(BULK_ROWS);
    expect(entry).toMatchObject({
      ...{ result: "complete", charge: 270 },
      units: {
        ...{ calls: 1, steps: 90 },
        bytes: Math.ceil(taking.bytes.length / 65_536),
      },
    });
    expect(used(house)).toEqual({
      spent: { calls: 1, steps: 90 },
      total: { steps: 90, charged: 270 },
    });
    await endsWell(house);
  });

  test("its receipts are for its asker alone, and there after a restart", async () => {
    const house = await begin("streams");
    const response = await streamed(house, bulk(), "csv");
    const { at } = headed(response);
    await new Taking(response).rest();
    const before = await receiptsOf(house, at);
    const other = await asking(house.office, "other");
    expect((await house.web.ask(at, { headers: other })).status).toBe(404);
    await house.office.pass(1000);
    await house.office.restart();
    const web = webOf(house.office);
    expect((await web.ask(at, { headers: other })).status).toBe(404);
    expect((await web.ask(at)).status).toBe(401);
    expect(await receiptsOf({ ...house, web }, at)).toEqual(before);
    expect(used(house)).toMatchObject({ spent: { calls: 1, steps: 90 } });
    await endsWell({ ...house, web });
  });

  test("whoever goes away in the middle pays as far as it went, and whoever goes before the first byte the least", async () => {
    const house = await begin("streams");
    const middle = await streamed(house);
    const taking = new Taking(middle);
    await taking.next();
    await taking.leave();
    const { entry, part } = settleOf(
      await receiptsOf(house, headed(middle).at),
    );
    expect(entry.result).toBe("cancelled");
    expect(part).toMatchObject({
      ...{ rows: taking.lines, bytes: taking.bytes.length },
      answer: taking.digest,
    });
    expect(part.rows).toBeLessThan(BULK_ROWS);
    expect(entry.charge).toBe(3 * Math.ceil(part.rows / 100));
    // As many as the engine lets run at once, and more.
    for (let times = 0; times < 5; times++) {
      const response = await streamed(house);
      await response.body?.cancel();
      const none = settleOf(await receiptsOf(house, headed(response).at));
      expect(none.part).toMatchObject({ rows: 0, bytes: 0 });
      expect(none.entry).toMatchObject({ result: "cancelled", charge: 3 });
    }
    const last = new Taking(await streamed(house));
    await last.rest();
    expect(last.lines).toBe(BULK_ROWS);
    expect(gatewayOf(house.office).desk.leaving.size).toBe(0);
    await endsWell(house);
  });

  test("is cut at the next batch when its permit is revoked", async () => {
    const house = await begin("streams");
    const response = await streamed(house);
    const taking = new Taking(response);
    await taking.next();
    await house.office.granted(revocation("huaxing-bulk"));
    await expect(taking.rest()).rejects.toThrow(
      "right to these rows has ended",
    );
    const { entry, part } = settleOf(
      await receiptsOf(house, headed(response).at),
    );
    expect(entry.result).toBe("cancelled");
    expect(part).toMatchObject({ answer: taking.digest });
    expect(part.rows).toBeLessThan(BULK_ROWS);
    await endsWell(house);
  });

  test("is cut within two seconds when its token is revoked, and charged as far as it went", async () => {
    const house = await begin("streams");
    const { sql } = house.office.house;
    const response = await streamed(house);
    const taking = new Taking(response);
    await taking.next();
    await revokeTokens(sql, "huaxing");
    await sleep(2_100);
    await expect(taking.rest()).rejects.toThrow("the token has ended");
    const again = {
      ...house,
      huaxing: await asking(house.office, "huaxing"),
    };
    const { entry, part } = settleOf(
      await receiptsOf(again, headed(response).at),
    );
    expect(entry.result).toBe("cancelled");
    expect(part).toMatchObject({ answer: taking.digest });
    expect(part.rows).toBeGreaterThan(0);
    await endsWell(house);
  });

  test("names everybody whom it is about before its first byte, by the tokens of its permit", async () => {
    const house = await begin("streams");
    const response = await streamed(house, persons());
    const { use, at } = headed(response);
    expect(use.subjects).toBe(10_000);
    const before = await receiptsOf(house, at, "now");
    expect(before.settle).toBeUndefined();
    const named = openingOf(before.use).subjects;
    expect(new Set(named).size).toBe(PERSONS);
    const taking = new Taking(response);
    await taking.rest();
    const text = taking.bytes.toString("utf8");
    const rows = text.trimEnd().split("\n");
    expect(rows).toHaveLength(PERSONS);
    const shownTokens = rows.map((row) => /"number":"([^"]+)"/.exec(row)?.[1]);
    expect(new Set(shownTokens)).toEqual(new Set(named));
    const other = await asking(house.office, "other");
    const theirs = await streamed({ ...house, huaxing: other }, persons());
    const rest = new Taking(theirs);
    await rest.rest();
    const their = await receiptsOf(
      { ...house, huaxing: other },
      headed(theirs).at,
    );
    expect(
      openingOf(their.use).subjects.filter((one) => named.includes(one)),
    ).toEqual([]);
    await receiptsOf(house, at);
    await endsWell(house);
  });

  test("over open data is counted once with its bytes; of one that outlasts its slot what had left until then", async () => {
    const house = await begin("streams");
    const url = "/data/stations?fields=station,height&limit=400&format=csv";
    const whole = new Taking(await house.web.ask(url));
    await whole.rest();
    const late = new Taking(await house.web.ask(url));
    await late.next();
    const counted = whole.bytes.length + late.bytes.length;
    await house.office.pass(MINUTE);
    await late.rest();
    await house.office.passHour();
    const [entry] = (await shown(house.office)).flatMap((one) =>
      one.entry.kind === "counted" ? [one.entry] : [],
    );
    expect(entry).toMatchObject({ uses: 2, bytes: inSteps(counted) });
    await endsWell(house);
  });

  test("asked for with HEAD gives nothing and enters nothing", async () => {
    const house = await begin("streams");
    const url =
      "/data/vehicles?product=vehicles.bulk&fields=plate&limit=9&format=csv";
    const asked = await house.web.ask(url, {
      ...{ method: "HEAD", headers: house.huaxing },
    });
    expect([asked.status, await asked.text()]).toEqual([200, ""]);
    expect(asked.headers.get("vitrine-entry")).toBeNull();
    expect(used(house).spent).toBeUndefined();
    await endsWell(house);
  });
});

test("who reads slowly holds one of the two turns and no second one: somebody else streams meanwhile", async () => {
  const house = await begin("turns");
  const { office, web, huaxing } = house;
  const slow = new Taking(await streamed(house));
  expect(await slow.next()).toBe(true);
  const another = await web.post(
    "/query?format=csv",
    ...([JSON.stringify(bulk()), huaxing] as const),
  );
  expect(another.status).toBe(503);
  expect(another.headers.get("retry-after")).toBe("1");
  expect(await another.text()).toContain("no place became free in 2 seconds");
  const open = await web.ask("/data/stations?format=csv");
  expect(open.status).toBe(200);
  expect((await open.text()).split("\n").length).toBeGreaterThan(100);
  await slow.rest();
  // The turn is free again, and what was turned away had begun nothing.
  const after = new Taking(await streamed(house));
  await after.rest();
  await office.passHour();
  const uses = (await shown(office)).filter(
    ({ entry }) => entry.kind === "use",
  );
  expect(uses).toHaveLength(2);
  await endsWell(house);
});
