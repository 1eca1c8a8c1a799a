import { promises as fs } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Act } from "../acts/act.ts";
import type { LogRecord } from "../acts/record.ts";
import {
  HOUR,
  MINUTE,
  organisation,
  people,
  permit,
  revocation,
  stations,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import type { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  leftOver,
  officeFor,
  registered,
  shown,
} from "../../test/simulation/small-office-story.ts";
import {
  logKeyOf,
  watched,
} from "../../test/simulation/small-office-witness.ts";
import { Unavailable } from "./unavailable.ts";

/** Half an hour before a quarter ends. */
const QUARTER_END = Date.UTC(2027, 0, 1);
const start = QUARTER_END - HOUR / 2;

type Head = Extract<LogRecord, { kind: "head" }>;
type Totals = Extract<LogRecord, { kind: "totals" }>;

/** What the gateways entered: records of one kind, in the order of the register log. */
async function recordsOf(office: SmallOffice): Promise<readonly LogRecord[]> {
  return (await registered(office)).flatMap((entry) =>
    entry.type === "record" ? [entry.record] : [],
  );
}
const closedIn = (records: readonly LogRecord[]): readonly string[] =>
  records
    .filter((one): one is Head => one.kind === "head" && one.closed === true)
    .map(({ log }) => log.split("/").slice(1).join("/"))
    .toSorted();
const totalsIn = (records: readonly LogRecord[]): readonly Totals[] =>
  records.filter((one) => one.kind === "totals");

describe("a quarter ends", () => {
  test("by a clock that was ahead and is set back over a restart: what was closed stays closed", async () => {
    const office = await officeFor("closing", { start });
    await office.answered(vehicles(), "huaxing");
    await office.pass(HOUR / 2);
    expect(closedIn(await recordsOf(office))).toEqual(["gate/minute/2026q4"]);
    await office.stop();
    office.clock.now = QUARTER_END - 20_000;
    await office.start();
    await expect(office.ask(vehicles(), "huaxing")).rejects.toThrow(
      "minute/2026q4 was closed, and the clock says that its quarter is not over; set the clock right",
    );
    await office.pass(20_000 + MINUTE);
    await office.answered(vehicles(), "huaxing");
    expect(await leftOver(office)).toEqual([]);
  });

  test("its logs are closed with totals that are what was used, and the next quarter's go on", async () => {
    const office = await officeFor("closing", { start });
    await office.answered(vehicles(), "huaxing");
    await office.answered(vehicles({ limit: 30 }), "huaxing");
    await office.answered(vehicles(), "court");
    await office.answered(people(), "huaxing");
    await office.answered(stations());
    await office.pass(HOUR / 2);
    const records = await recordsOf(office);
    expect(closedIn(records)).toEqual([
      "gate/hour/2026q4",
      "gate/minute/2026q4",
    ]);
    // In the office's own time it was January already.
    const month = { month: "2027-01", uses: 1, calls: 1, steps: 1 };
    expect(totalsIn(records).map(({ rows }) => rows)).toEqual([
      [
        { permit: "court-vehicles", charged: 0, ...month, steps: 2 },
        {
          ...month,
          ...{ permit: "huaxing-vehicles", uses: 2, calls: 2, steps: 5 },
          ...{ fee: "vehicles-fee", charged: 400, currency: "CNY" },
        },
      ],
      [{ permit: "huaxing-people", charged: 0, ...month }],
    ]);
    await office.answered(vehicles(), "huaxing");
    await office.answered(people(), "other");
    expect(await leftOver(office)).toEqual([]);
    const logs = new Set((await shown(office)).map(({ log }) => log));
    expect([...logs]).toEqual([
      ...["gate/hour/2026q4", "gate/hour/2027q1"],
      ...["gate/minute/2026q4", "gate/minute/2027q1"],
    ]);
  });

  test("and the first request of the new one comes before anything ticked", async () => {
    const office = await officeFor("closing", { start: QUARTER_END - 10_000 });
    await office.answered(vehicles(), "huaxing");
    await office.answered(people(), "huaxing");
    office.clock.now = QUARTER_END + 5_000;
    const answers = await Promise.all([
      office.answered(vehicles(), "huaxing"),
      office.answered(vehicles(), "other"),
      office.answered(people(), "other"),
      office.answered(stations()),
    ]);
    expect(answers.map(({ receipt }) => receipt.log.slice(-6))).toEqual(
      Array(4).fill("2027q1"),
    );
    expect(await leftOver(office)).toEqual([]);
    expect(closedIn(await recordsOf(office))).toHaveLength(2);
  });

  test("and an act narrows something before anything ticked: its head is the closing one, in time", async () => {
    const office = await officeFor("closing", { start: QUARTER_END - 10_000 });
    await office.answered(vehicles(), "huaxing");
    await office.answered(people(), "huaxing");
    office.clock.now = QUARTER_END + 5_000;
    const { index } = await office.granted(revocation("huaxing-vehicles"));
    const records = await registered(office);
    const after = records.slice(index + 1);
    expect(
      after.map((entry) => entry.type === "record" && entry.record.kind),
    ).toEqual(["totals", "head", "totals", "head"]);
    expect(after.every(({ at }) => at === office.clock.now)).toBe(true);
    await office.pass(2 * MINUTE);
    expect(await office.faults()).toEqual([]);
    expect(await leftOver(office)).toEqual([]);
    expect(closedIn(await recordsOf(office))).toHaveLength(2);
  });

  test("while the office sleeps: with its next start it is closed, and so is nothing that was never opened", async () => {
    const office = await officeFor("closing", { start });
    await office.answered(vehicles(), "huaxing");
    await office.answered(people(), "huaxing");
    await office.answered(stations());
    await office.ask(vehicles(), "nobody");
    await office.restart({ orderly: false });
    await office.stop();
    office.clock.now = Date.UTC(2027, 4, 5);
    await office.start();
    expect(closedIn(await recordsOf(office))).toHaveLength(2);
    expect(await office.faults()).toEqual([]);
    await office.answered(vehicles(), "huaxing");
    expect(await leftOver(office)).toEqual([]);
    const logs = new Set((await shown(office)).map(({ log }) => log));
    expect(logs.has("gate/minute/2027q1")).toBe(false);
    expect(logs.has("gate/minute/2027q2")).toBe(true);
  });

  test("and another one after it: each log has its own totals, and a quota counts over all of them", async () => {
    const more = [
      permit({
        permit: "sanhe-few",
        organisation: "sanhe",
        quota: { calls: 3 },
      }),
    ];
    const office = await officeFor("closing", { start, more });
    for (const end of [QUARTER_END, Date.UTC(2027, 3, 1)]) {
      await office.answered(vehicles(), "sanhe");
      office.clock.now = end - MINUTE;
      await office.house.tick();
      await office.answered(people(), "huaxing");
      await office.pass(MINUTE);
    }
    await office.restart();
    await office.answered(vehicles(), "sanhe");
    await office.restart({ orderly: false });
    const refused = await office.ask(vehicles(), "sanhe");
    expect(refused.outcome).toBe("refused");
    expect(await leftOver(office)).toEqual([]);
    expect(closedIn(await recordsOf(office))).toEqual([
      ...["gate/hour/2026q4", "gate/hour/2027q1"],
      ...["gate/minute/2026q4", "gate/minute/2027q1"],
    ]);
  });

  test("in which more permits were used than one record holds: their totals stand in several", async () => {
    const ids = Array.from({ length: 230 }, (_, i) => `sanhe-${i}`);
    const more = ids.map((id) =>
      permit({ permit: id, organisation: "sanhe", quota: { calls: 1 } }),
    );
    const office = await officeFor("closing", { start, more });
    await Promise.all(ids.map(() => office.answered(vehicles(), "sanhe")));
    const late = await office.ask(vehicles(), "sanhe");
    expect(late.outcome).toBe("refused");
    await office.pass(HOUR / 2);
    const rows = totalsIn(await recordsOf(office)).map((one) => one.rows);
    expect(rows.map(({ length }) => length)).toEqual([200, 30]);
    expect(new Set(rows.flat().map((row) => row.permit)).size).toBe(230);
    await office.restart({ orderly: false });
    expect(await office.ask(vehicles(), "sanhe")).toEqual(late);
    expect(await leftOver(office)).toEqual([]);
  });
});

describe("an act closes the gateway", () => {
  const closing: Act = {
    kind: "gatewayClosed",
    gateway: "gate",
    reason: "replaced",
  };
  const few = [
    permit({ permit: "sanhe-few", organisation: "sanhe", quota: { calls: 2 } }),
  ];

  /** The same office with another gateway, which has a key of its own. */
  async function anotherGateway(office: SmallOffice): Promise<void> {
    await office.stop();
    await fs.rm(join(office.folder, "keys", "gateway.json"));
    await office.start();
    await office.granted({
      kind: "gatewayOpened",
      gateway: "gate-2",
      title: "Second gateway",
      publicKey: office.gatewayKey,
    });
  }

  test("its logs get totals and closing heads directly before it, and what they hold is public when its slot has ended", async () => {
    const office = await officeFor("closing");
    await office.answered(people(), "huaxing");
    await office.passHour();
    await office.answered(vehicles(), "huaxing");
    const use = await office.answered(people(), "huaxing");
    await office.answered(stations());
    await office.ask(vehicles(), "nobody");
    const { index } = await office.granted(closing);
    const entries = await registered(office);
    expect(
      entries
        .slice(index - 4, index + 1)
        .map((entry) =>
          entry.type === "record"
            ? entry.record.kind
            : entry.statement.act.kind,
        ),
    ).toEqual(["totals", "head", "totals", "head", "gatewayClosed"]);
    await expect(office.ask(vehicles(), "huaxing")).rejects.toThrow(
      "Cannot answer: gateway gate was closed by an act",
    );
    const totals = office.house.gateway?.totals();
    expect(totals?.map((row) => row.uses)).toEqual([2, 1]);
    await office.pass(MINUTE);
    // Not everything that the totals count is public yet.
    expect(await office.faults()).toEqual([]);
    const leaves = async () => (await shown(office)).map(({ leaf }) => leaf);
    expect(await leaves()).not.toContain(use.leaf);
    await office.restart({ orderly: false });
    await office.house.tick();
    expect(await office.faults()).toEqual([]);
    expect(office.house.gateway?.totals()).toEqual(totals);
    expect(await leftOver(office)).toEqual([]);
    expect(await leaves()).toContain(use.leaf);
    expect(await registered(office)).toHaveLength(entries.length);
  });

  test("after a restart in which it could not open yet: the act waits for it, and its totals are not left out", async () => {
    const { office, court } = await watched("closing");
    await office.answered(vehicles(), "huaxing");
    await court.stop();
    const entering = office.granted(organisation("one"));
    entering.catch(() => undefined);
    await expect(office.house.tick()).rejects.toThrow("quorum");
    await office.restart({ orderly: false });
    await expect(office.enter(closing)).rejects.toThrow(
      "it does not run yet, and its totals stand before its end; send it again in a moment",
    );
    await court.start(logKeyOf(office));
    await office.house.tick();
    await office.granted(closing);
    expect(await leftOver(office)).toEqual([]);
  });

  test("and another one opens: quotas go on, and a stranger finds both whole", async () => {
    const office = await officeFor("closing", { more: few });
    await office.answered(vehicles(), "sanhe");
    await office.answered(people(), "huaxing");
    await office.granted(closing);
    await office.passHour();
    await anotherGateway(office);
    const { receipt } = await office.answered(vehicles(), "sanhe");
    expect(receipt.log).toContain("/gate-2/minute/");
    const refused = await office.ask(vehicles(), "sanhe");
    expect(refused.outcome).toBe("refused");
    await office.restart({ orderly: false });
    expect(await office.ask(vehicles(), "sanhe")).toEqual(refused);
    expect(await leftOver(office)).toEqual([]);
    expect(office.house.gateway?.totals()).toMatchObject([
      { permit: "sanhe-few", uses: 1 },
      { permit: "huaxing-people", uses: 1 },
      { permit: "sanhe-few", uses: 1 },
    ]);
  });

  test("while requests are under way: what was answered is in its logs, and nothing stands behind their heads", async () => {
    const office = await officeFor("closing");
    await office.answered(people(), "huaxing");
    const asks = Array.from({ length: 40 }, (_, i) =>
      office.ask(i % 2 === 0 ? vehicles() : people(), "huaxing"),
    );
    const closed = office.granted(closing);
    for (const result of await Promise.allSettled(asks))
      if (result.status === "rejected")
        expect(result.reason).toBeInstanceOf(Unavailable);
    await closed;
    expect(await leftOver(office)).toEqual([]);
  });

  test("while another ends a permit: the log shows one end, whichever of the two comes first", async () => {
    for (let round = 0; round < 6; round++) {
      const office = await officeFor("closing");
      await office.answered(vehicles(), "huaxing");
      await office.answered(people(), "huaxing");
      const ending = office.granted(revocation("other-vehicles"));
      for (let turn = 0; turn < round * 3; turn++)
        await new Promise((resolve) => setImmediate(resolve));
      await Promise.all([ending, office.granted(closing)]);
      expect(await leftOver(office), `round ${round}`).toEqual([]);
    }
  });

  test("but is refused: the gateway answers, and its logs go on", async () => {
    const office = await officeFor("closing");
    await office.answered(people(), "huaxing");
    const refused = await office.enter(closing, "permit-officer");
    expect(refused).toMatchObject({ ruling: { outcome: "refused" } });
    await office.answered(people(), "huaxing");
    expect(await leftOver(office)).toEqual([]);
  });

  test("twice at once: the one is entered, the other refused", async () => {
    const office = await officeFor("closing");
    await office.answered(people(), "huaxing");
    const results = await Promise.all([
      office.enter(closing),
      office.enter(closing),
    ]);
    expect(results.map((one) => "ruling" in one && one.ruling.outcome)).toEqual(
      ["granted", "refused"],
    );
    expect(await leftOver(office)).toEqual([]);
  });
});
