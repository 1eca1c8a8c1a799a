import { describe, expect, test } from "vitest";
import {
  HOUR,
  organisation,
  people,
  permit,
  stations,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import type { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  gatewayWith,
  leftOver,
  officeFor,
  shown,
} from "../../test/simulation/small-office-story.ts";
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

/** The same checkpoint under a key that is not the log's. */
function forged(text: string): string {
  const note = parseNote(text);
  const key = signingKey(generateKey());
  const [origin = ""] = note.text.split("\n");
  const name = verifierKey(primitives, origin, ED25519, key.publicKey);
  return formatNote(note.text, [signNote(name, note.text, key.sign)]);
}
