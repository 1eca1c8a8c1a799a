import { describe, expect, onTestFinished, test } from "vitest";
import { Road } from "../../test/simulation/road.ts";
import {
  isNamed,
  MINUTE,
  people,
  revocation,
  stations,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import type { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  databaseFor,
  leftOver,
  officeFor,
  shown,
} from "../../test/simulation/small-office-story.ts";
import { Unavailable } from "./unavailable.ts";

/** What stands in the usage logs but anchors, when everything is public. */
async function kinds(office: SmallOffice): Promise<readonly string[]> {
  return (await shown(office))
    .map(({ entry }) => entry.kind)
    .filter((kind) => kind !== "anchor")
    .toSorted();
}

describe("the database is away", () => {
  async function onTheRoad(
    start?: number,
  ): Promise<{ office: SmallOffice; road: Road }> {
    const road = await Road.open(await databaseFor("away"));
    const options = start === undefined ? {} : { start };
    const office = await officeFor("away", { url: road.url, ...options });
    onTestFinished(() => road.close());
    return { office, road };
  }
  const AWAY = /ECONN|CONNECTION/;

  const askAll = (office: SmallOffice) => [
    office.ask(vehicles(), "huaxing"),
    office.ask(people(), "other"),
    office.ask(stations()),
    office.ask(vehicles(), "nobody"),
  ];
  const TOO_MUCH =
    "Cannot answer: what was answered before could not be published for ten seconds; a receipt would promise too much";

  test("answers go on for ten seconds after it was missed, nothing is lost, and what was due in public is when it is back", async () => {
    const { office, road } = await onTheRoad();
    await office.answered(vehicles(), "huaxing");
    await office.answered(people(), "huaxing");
    road.block();
    for (const step of [MINUTE, 9_999]) {
      await Promise.all(askAll(office));
      await expect(office.pass(step)).rejects.toThrow(AWAY);
    }
    await Promise.all(askAll(office));
    await expect(office.pass(1)).rejects.toThrow(AWAY);
    for (const ask of askAll(office)) {
      await expect(ask).rejects.toThrow(Unavailable);
      await expect(ask).rejects.toThrow(TOO_MUCH);
    }
    expect(await kinds(office)).toEqual([]);
    expect(await office.faults()).toEqual([]);
    road.clear();
    await back(office);
    await Promise.all(askAll(office));
    expect(await leftOver(office)).toEqual([]);
    expect((await office.check()).sums).toMatchObject({
      ...{ uses: 10, open: 2, refused: 4 },
    });
  });

  test("for 14 minutes in which open data is asked for: nothing is promised for a time at which it cannot be there", async () => {
    const { office, road } = await onTheRoad();
    await office.answered(stations());
    road.block();
    const outcomes: string[] = [];
    for (let minute = 0; minute < 14; minute++) {
      await expect(office.pass(MINUTE)).rejects.toThrow(AWAY);
      // A tick is tried every second.
      await expect(office.pass(0)).rejects.toThrow(AWAY);
      outcomes.push(
        await office.ask(stations()).then(
          ({ outcome }) => outcome,
          (error: unknown) => (error instanceof Unavailable ? "503" : "error"),
        ),
      );
    }
    // The first is asked in the very moment in which the database is missed.
    expect(outcomes).toEqual(["answered", ...Array(13).fill("503")]);
    road.clear();
    await expect(office.ask(stations())).rejects.toThrow(TOO_MUCH);
    await back(office);
    expect(await office.faults()).toEqual([]);
    await office.answered(stations());
    expect(await leftOver(office)).toEqual([]);
    const given = office.receipts.filter(({ log }) => log.includes("minute"));
    expect(given).toHaveLength(3);
  });

  test("and the process is killed: openings lie in their file, and limits are remembered by them", async () => {
    const { office, road } = await onTheRoad();
    await office.answered(isNamed("N7", "Name 7"), "other");
    road.block();
    await office.answered(isNamed("N7", "Name 8"), "other");
    await office.answered(isNamed("N7", "Name 9"), "other");
    await expect(office.pass(1_000)).rejects.toThrow(AWAY);
    road.clear();
    await office.restart({ orderly: false });
    expect(await office.ask(isNamed("N7", "Name 1"), "other")).toMatchObject({
      outcome: "refused",
    });
    expect(await leftOver(office)).toEqual([]);
  });

  test("an act waits for it: until it is public its permit stands, and from then on it does not", async () => {
    const { office, road } = await onTheRoad();
    await office.answered(vehicles(), "huaxing");
    road.block();
    const revoking = office.granted(revocation("huaxing-vehicles"));
    await office.answered(vehicles(), "huaxing");
    road.clear();
    await revoking;
    expect(await office.ask(vehicles(), "huaxing")).toMatchObject({
      outcome: "refused",
    });
    expect(await leftOver(office)).toEqual([]);
  });

  test("and the process is killed with an act that is not public: with the next start blocks are cut before anything is served", async () => {
    const { office, road } = await onTheRoad();
    await office.answered(vehicles(), "huaxing");
    await office.answered(people(), "huaxing");
    const { office: desk } = office.house;
    const act = office.submission(revocation("huaxing-vehicles"));
    road.block();
    desk.enter(act).catch(() => undefined);
    await expect
      .poll(() => desk.publish().then(() => "published", String))
      .toMatch(AWAY);
    road.clear();
    await office.restart({ orderly: false });
    expect(await office.ask(vehicles(), "huaxing")).toMatchObject({
      outcome: "refused",
    });
    await office.pass(2 * MINUTE);
    expect(await office.faults()).toEqual([]);
    expect(await leftOver(office)).toEqual([]);
  });

  const END = Date.UTC(2027, 0, 1);
  test("when a quarter ends: requests of the new one are told to come again, and its logs are closed when it is back", async () => {
    const { office, road } = await onTheRoad(END - MINUTE);
    await office.answered(vehicles(), "huaxing");
    await office.answered(people(), "huaxing");
    road.block();
    await office.answered(people(), "other");
    for (const step of [MINUTE, 1_000]) {
      await expect(office.pass(step)).rejects.toThrow(AWAY);
      const asks = [vehicles(), people(), vehicles()].map((plan) =>
        office.ask(plan, "huaxing"),
      );
      for (const result of await Promise.allSettled(asks))
        expect(result).toMatchObject({
          reason: expect.objectContaining({
            name: "Unavailable",
            message: expect.stringMatching(
              /^Cannot answer: the usage log of the (hour|minute) cannot be opened now; ask again$/,
            ),
          }),
        });
    }
    road.clear();
    await back(office);
    await office.answered(vehicles(), "huaxing");
    await office.answered(people(), "huaxing");
    expect(await leftOver(office)).toEqual([]);
    const { sums, register } = await office.check();
    expect(sums.uses).toBe(5);
    const heads = [...register.heads.values()];
    expect(heads.filter(({ head }) => head.closed === true)).toHaveLength(2);
  });

  test("when a quarter's log waits to be closed: another log shows all the same that it has followed an act", async () => {
    const { office, road } = await onTheRoad(END - 30_000);
    await office.answered(people(), "huaxing");
    office.clock.now = END + 5_000;
    await office.answered(vehicles(), "huaxing");
    const { office: register } = office.house;
    // The act is public, and the way to the database is blocked before anybody has followed it.
    await register.publish();
    const { size } = register.published;
    register.onPublished((published) => {
      if (published.size === size + 1) road.block();
    });
    await office.enter(revocation("huaxing-vehicles"));
    await expect(office.house.followed()).rejects.toThrow(AWAY);
    const heads = [...register.register.heads.values()].filter(
      ({ head }) => head.anchored > size,
    );
    expect(heads.map(({ head }) => head.log.split("/").slice(2))).toEqual([
      ["minute", "2027q1"],
    ]);
    road.clear();
    await back(office);
    expect(await leftOver(office)).toEqual([]);
  });

  test("as one that takes what is sent and says nothing: who waits for it hears of it after ten seconds", async () => {
    const { office, road } = await onTheRoad(END - 30_000);
    await office.answered(vehicles(), "huaxing");
    road.swallow();
    await office.answered(vehicles(), "huaxing");
    office.clock.now = END;
    await Promise.all([
      expect(office.ask(vehicles(), "huaxing")).rejects.toThrow(
        "the usage log of the minute cannot be opened now; ask again",
      ),
      expect(office.house.tick()).rejects.toThrow(
        "Cannot reach the database: it gave no answer for 10 seconds",
      ),
    ]);
    road.clear();
    await back(office);
    await office.answered(vehicles(), "huaxing");
    expect(await leftOver(office)).toEqual([]);
  });
});

/** Ticks until the database is there again. */
async function back(office: SmallOffice): Promise<void> {
  await expect
    .poll(
      () =>
        office.house.tick().then(
          () => "done",
          (error: unknown) => String(error),
        ),
      { timeout: 15_000, interval: 200 },
    )
    .toBe("done");
}
