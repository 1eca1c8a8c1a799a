import { onTestFinished, describe, expect, test } from "vitest";
import {
  HOUR,
  isNamed,
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
  databaseFor,
  gatewayWith,
  leftOver,
  officeFor,
  shown,
} from "../../test/simulation/small-office-story.ts";
import { Road } from "../../test/simulation/road.ts";
import { formatNote, parseNote, signNote } from "../log/note.ts";
import { ED25519, verifierKey } from "../log/verifier-key.ts";
import { generateKey, primitives, signingKey } from "../store/crypto.ts";
import type { RegisterFeed } from "./follow.ts";

const STALE =
  "Cannot answer: the newest checkpoint of the register log could not be verified for 60 seconds";

/** What stands in the usage logs but anchors, when everything is public. */
async function kinds(office: SmallOffice): Promise<readonly string[]> {
  return (await shown(office))
    .map(({ entry }) => entry.kind)
    .filter((kind) => kind !== "anchor")
    .toSorted();
}

describe("the clock is set back", () => {
  test.each([1, 30_000, 2 * HOUR])(
    "by %i ms: nothing is answered or entered until it has caught up",
    async (back) => {
      const office = await officeFor("doubt");
      await office.answered(vehicles(), "huaxing");
      office.clock.now -= back;
      for (const ask of [
        office.ask(vehicles(), "huaxing"),
        office.ask(vehicles(), "nobody"),
        office.ask(stations()),
        office.house.gateway?.tick(),
      ])
        await expect(ask).rejects.toThrow("Cannot answer: the clock fell from");
      office.clock.now += back;
      await office.answered(people(), "huaxing");
      expect(await leftOver(office)).toEqual([]);
      expect(await kinds(office)).toEqual(["use", "use"]);
    },
  );

  test("while nobody ran: the office does not start behind its last slot, and says how it is mended", async () => {
    const office = await officeFor("doubt");
    await office.answered(people(), "huaxing");
    await office.pass(30_000);
    await office.stop();
    office.clock.now -= 30_001;
    await expect(office.start()).rejects.toThrow("set the clock right");
    office.clock.now += 30_001;
    await office.start();
    expect(await leftOver(office)).toEqual([]);
  });
});

describe("the register cannot be followed", () => {
  test("for a minute: nothing is answered or entered until it was verified again", async () => {
    const office = await officeFor("doubt");
    office.clock.now += 60_000;
    await office.answered(vehicles(), "huaxing");
    office.clock.now += 1;
    for (const ask of [
      office.ask(vehicles(), "huaxing"),
      office.ask(stations()),
      office.ask(vehicles(), "nobody"),
    ])
      await expect(ask).rejects.toThrow(STALE);
    await office.house.followed();
    await office.answered(stations());
    expect(await leftOver(office)).toEqual([]);
    expect(await kinds(office)).toEqual(["counted", "open", "use"]);
  });

  type Lie = readonly [string, string, (honest: RegisterFeed) => RegisterFeed];
  const lies: readonly Lie[] = [
    [
      "it is not there",
      "away",
      (honest) => ({
        ...honest,
        checkpoint: () => Promise.reject(new Error("away")),
      }),
    ],
    [
      "it is no checkpoint",
      "note",
      (honest) => ({ ...honest, checkpoint: () => Promise.resolve("hello") }),
    ],
    [
      "it is signed by another key",
      "its checkpoint is not signed by its key",
      (honest) => ({
        ...honest,
        checkpoint: async () => forged(await honest.checkpoint()),
      }),
    ],
    [
      "its entries were exchanged",
      "its entries do not give the root of size",
      (honest) => ({
        ...honest,
        entries: async (from, to) => {
          const entries = await honest.entries(from, to);
          return [...(await honest.entries(0, 1)), ...entries.slice(1)];
        },
      }),
    ],
    [
      "entries are missing",
      "its entries do not give the root of size",
      (honest) => ({
        ...honest,
        entries: async (from, to) => honest.entries(from, to - 1),
      }),
    ],
  ];

  test.each(lies)(
    "%s: what was verified stands for a minute, then nothing is answered, and an honest one is followed again",
    async (_, why, lie) => {
      const office = await officeFor("doubt");
      const { house, clock } = office;
      const honest: RegisterFeed = {
        checkpoint: () => Promise.resolve(house.office.published.note),
        entries: (from, to) => house.office.entries(from, to),
      };
      let feed = honest;
      const gateway = await gatewayWith(office, {
        feed: {
          checkpoint: () => feed.checkpoint(),
          entries: (from, to) => feed.entries(from, to),
        },
      });
      await office.answered(vehicles(), "huaxing");
      feed = lie(honest);
      await house.office.enter(office.submission(organisation("new")));
      await house.office.enter(
        office.submission(permit({ permit: "new", organisation: "new" })),
      );
      await expect(gateway.follow()).rejects.toThrow(why);
      const { size } = gateway.register;
      await office.answered(vehicles(), "huaxing");
      clock.now += 60_001;
      await expect(gateway.follow()).rejects.toThrow(why);
      await expect(office.ask(vehicles(), "huaxing")).rejects.toThrow(STALE);
      expect(gateway.register.size).toBe(size);
      feed = honest;
      await gateway.follow();
      await office.answered(vehicles(), "new");
      expect(await leftOver(office)).toEqual([]);
      expect(await kinds(office)).toEqual(["use", "use", "use"]);
    },
  );

  test("it falls behind what was followed", async () => {
    const office = await officeFor("doubt");
    const { house } = office;
    const { note } = house.office.published;
    await office.granted(organisation("one"));
    let checkpoint = house.office.published.note;
    const gateway = await gatewayWith(office, {
      feed: {
        checkpoint: () => Promise.resolve(checkpoint),
        entries: (from, to) => house.office.entries(from, to),
      },
    });
    checkpoint = note;
    await expect(gateway.follow()).rejects.toThrow("its checkpoint fell from");
    await office.answered(vehicles(), "huaxing");
    ({ note: checkpoint } = house.office.published);
    expect(await leftOver(office)).toEqual([]);
  });
});

describe("the database is away", () => {
  async function onTheRoad(
    start?: number,
  ): Promise<{ office: SmallOffice; road: Road }> {
    const road = await Road.open(await databaseFor("doubt"));
    const options = start === undefined ? {} : { start };
    const office = await officeFor("doubt", { url: road.url, ...options });
    onTestFinished(() => road.close());
    return { office, road };
  }
  const AWAY = /ECONN|CONNECTION/;

  test("answers go on, nothing is lost, and what was due in public is when it is back", async () => {
    const { office, road } = await onTheRoad();
    await office.answered(vehicles(), "huaxing");
    await office.answered(people(), "huaxing");
    road.block();
    for (let minute = 0; minute < 3; minute++) {
      await office.answered(vehicles(), "huaxing");
      await office.answered(people(), "other");
      await office.answered(stations());
      await office.ask(vehicles(), "nobody");
      await expect(office.pass(MINUTE)).rejects.toThrow(AWAY);
    }
    expect(await kinds(office)).toEqual([]);
    expect(await office.faults()).toEqual([]);
    road.clear();
    await back(office);
    expect(await leftOver(office)).toEqual([]);
    expect((await office.check()).sums).toMatchObject({
      ...{ uses: 8, open: 3, refused: 3 },
    });
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

/** The same checkpoint under a key that is not the log's. */
function forged(text: string): string {
  const note = parseNote(text);
  const key = signingKey(generateKey());
  const [origin = ""] = note.text.split("\n");
  const name = verifierKey(primitives, origin, ED25519, key.publicKey);
  return formatNote(note.text, [signNote(name, note.text, key.sign)]);
}
