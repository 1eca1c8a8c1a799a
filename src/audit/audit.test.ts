import { describe, expect, test } from "vitest";
import {
  aRevocation,
  aBody,
  aGateway,
  aGatewayEnd,
  aPermit,
  priced,
} from "../../test/story-acts.ts";
import { day, editions, must, ORIGIN, p } from "../../test/story-founding.ts";
import {
  asked,
  asks,
  closes,
  head,
  heads,
  logAt,
} from "../../test/story-uses.ts";
import { wholeStory } from "../../test/story-whole.ts";
import {
  auditOf,
  faultsOf,
  given,
  type House,
  play,
  rootText,
  sourceOf,
} from "../../test/story.ts";
import { leafHash } from "../log/hash.ts";
import { rootOfLeaves } from "../log/tree.ts";
import { toBase64url } from "../acts/bytes.ts";
import { officeOf } from "../register/founding.ts";
import { readLogName } from "../uses/log-name.ts";
import { total } from "./report.ts";
import { entriesOf, type LogSource } from "./source.ts";

const minute = logAt("minute", day(3));
const hour = logAt("hour", day(3));

test("a quarter of an honest office: nothing is found, and everything was decided again", async () => {
  const house = play(wholeStory);
  const result = await auditOf(house);
  expect(result.faults.kept).toEqual([]);
  expect(total(result.faults)).toBe(0);
  expect(result.register).toEqual(house.register);
  const { acts, alike, refused, records } = result.counts;
  expect([acts, alike, refused, acts + records]).toEqual([
    acts,
    acts,
    1,
    house.entries.length,
  ]);
  expect(result.sums).toEqual({
    uses: 5,
    open: 1,
    refused: 0,
    looks: 0,
    sealed: new Map(),
    repeats: 0,
    broken: 0,
    overdrawn: new Map(),
    charged: new Map([["CNY", 240 + 60]]),
    spent: new Map([
      ["huaxing-vehicles", { calls: 1, steps: 3 }],
      ["ask", { calls: 2, steps: 2 }],
      ["second", { calls: 2, steps: 3 }],
    ]),
  });
  expect(result.logs).toEqual([
    { origin: minute, size: must(house.usage.get(minute)).length, pending: 0 },
    { origin: hour, size: must(house.usage.get(hour)).length, pending: 0 },
  ]);
  expect([
    result.unread,
    result.unknownEditions.size,
    result.widestWindow,
  ]).toEqual([[], 0, 60_000]);
});

test("an audit takes logs of more than one bundle", async () => {
  const source = sourceOf(
    "x",
    Array.from({ length: 600 }, (_, i) => Uint8Array.of(i % 256)),
  );
  const sizes: number[] = [];
  for await (const bundle of entriesOf(source)) sizes.push(bundle.length);
  expect(sizes).toEqual([256, 256, 88]);
});

test("progress is told for each way through the log", async () => {
  const told: string[] = [];
  const house = play(given(day(1), aBody()));
  await auditOf(house, {
    onProgress: (stage, done, of) => told.push(`${stage} ${done}/${of}`),
  });
  expect(told).toEqual(["hash 2/2", "decide 2/2"]);
});

test("an edition that the checker does not bring is not checked, and said to be unknown", async () => {
  const house = play(given(day(1), aBody()));
  const none = await auditOf(house, { editions: new Map() });
  expect([
    total(none.faults),
    none.counts.alike,
    [...none.unknownEditions],
  ]).toEqual([0, 0, [1]]);
  const other = await auditOf(house, { editions: new Map([[1, "other"]]) });
  expect([other.counts.alike, [...other.unknownEditions]]).toEqual([0, [1]]);
  expect((await auditOf(house, { editions })).counts.alike).toBe(2);
});

describe("what somebody outside kept", () => {
  const kept = (house: House, log: string, size: number) => {
    const entries = log === ORIGIN ? house.entries : must(house.usage.get(log));
    return {
      origin: log,
      size,
      root: rootOfLeaves(
        p,
        entries.slice(0, size).map((raw) => leafHash(p, raw)),
      ),
    };
  };

  test("agrees at every size of every log of an honest office", async () => {
    const house = play(wholeStory);
    const remembered = [ORIGIN, minute, hour].flatMap((log) => {
      const { length } =
        log === ORIGIN ? house.entries : must(house.usage.get(log));
      return Array.from({ length }, (_, i) => kept(house, log, i + 1));
    });
    expect(await faultsOf(house, { remembered })).toEqual([]);
  });

  test("shows a log that was cut off, and one that was written anew", async () => {
    const house = play(wholeStory);
    const codes = async (change: object) => [
      ...(await auditOf(house, change)).faults.counts.keys(),
    ];
    for (const log of [ORIGIN, minute, hour]) {
      const { length } =
        log === ORIGIN ? house.entries : must(house.usage.get(log));
      const longer = { ...kept(house, log, length), size: length + 1 };
      expect(await codes({ remembered: [longer] }), log).toEqual([
        "two-histories",
      ]);
      const other = { ...kept(house, log, length - 1), size: length };
      expect(await codes({ remembered: [other] }), log).toEqual([
        "two-histories",
      ]);
    }
  });

  test("is held against every log, in whatever order two of one size come", async () => {
    const house = play(wholeStory);
    for (const log of [ORIGIN, minute, hour]) {
      const right = kept(house, log, 2);
      const wrong = { ...right, root: new Uint8Array(32) };
      for (const remembered of [
        [right, wrong],
        [wrong, right],
      ])
        expect(
          [...(await auditOf(house, { remembered })).faults.counts.keys()],
          log,
        ).toEqual(["two-histories"]);
    }
  });

  test("of a log that no head names is not passed over: not checked at first, another history when its quarter is over", async () => {
    const house = play(given(day(1), aGateway()));
    const old = { origin: minute, size: 2, root: new Uint8Array(32) };
    const { to } = must(readLogName(officeOf(ORIGIN), minute)).span;
    const at = async (now: number, size = 2) => {
      const remembered = [{ ...old, size }];
      const result = await auditOf(house, { remembered, now });
      return [[...result.faults.counts.keys()], result.unplaced];
    };
    expect(await at(day(2))).toEqual([[], [minute]]);
    expect(await at(to + 3_600_000)).toEqual([[], [minute]]);
    expect(await at(to + 3_600_001)).toEqual([["two-histories"], [minute]]);
    expect(await at(to + 3_600_001, 0)).toEqual([[], []]);
  });

  test("was cosigned at a time, and no entry before it is later, nor any after it earlier", async () => {
    const house = play([
      [day(1), aBody(), "granted"],
      [day(2), aBody({ body: "a" }), "granted"],
    ]);
    const second = (at: number) => Math.floor(at / 1000);
    const at = async (size: number, time: number) => [
      ...(
        await auditOf(house, { cosigned: [{ size, time }] })
      ).faults.counts.keys(),
    ];
    expect(await at(3, second(day(2)))).toEqual([]);
    expect(await at(3, second(day(2)) - 1)).toEqual(["at-after-cosignature"]);
    expect(await at(2, second(day(2)) - 1)).toEqual([]);
    expect(await at(2, second(day(2)) + 60)).toEqual([]);
    expect(await at(2, second(day(2)) + 61)).toEqual(["at-before-cosignature"]);
  });
});

describe("a checkpoint that does not fit the entries below it", () => {
  const codes = async (house: House, change: object) => [
    ...(await auditOf(house, change)).faults.counts.keys(),
  ];

  test.each([ORIGIN, minute, hour])(
    "%s: another root, an entry more, an entry less",
    async (log) => {
      const house = play(wholeStory);
      const entries =
        log === ORIGIN ? house.entries : must(house.usage.get(log));
      const honest = sourceOf(log, entries);
      const shown = (source: LogSource) =>
        log === ORIGIN
          ? { register: source }
          : {
              usage: (origin: string) =>
                Promise.resolve(
                  origin === log
                    ? source
                    : sourceOf(origin, must(house.usage.get(origin))),
                ),
            };
      expect(await codes(house, shown(honest))).toEqual([]);
      expect(
        await codes(house, shown({ ...honest, root: new Uint8Array(32) })),
      ).toEqual(["tree-root"]);
      expect(
        await codes(house, shown({ ...honest, size: honest.size + 1 })),
      ).toContain("tree-root");
      expect(
        await codes(house, shown({ ...honest, size: honest.size - 1 })),
      ).toContain("tree-root");
    },
  );
});

describe("what is not in public", () => {
  const scene = [
    ...given(day(1), ...priced, aGateway(), aPermit()),
    asks(day(2), "huaxing", asked(), "by huaxing-vehicles, vehicles-fee 80"),
    heads(day(2)),
  ];
  const due = day(2) + 60_000 + 600_000;
  const without = () => Promise.resolve(undefined);

  test("is no fault before it is due, and is called withheld after it", async () => {
    const house = play(scene);
    const early = await auditOf(house, { usage: without, now: due });
    expect([total(early.faults), early.unread]).toEqual([0, [minute]]);
    expect(await faultsOf(house, { usage: without, now: due + 1 })).toEqual([
      "withheld: heads name this log, and nothing of it is in public",
    ]);
  });

  test("is withheld as well when a part of it is shown", async () => {
    const house = play(scene);
    const entries = must(house.usage.get(minute));
    const usage = () => Promise.resolve(sourceOf(minute, entries.slice(0, 1)));
    const codes = async (now: number) => [
      ...(await auditOf(house, { usage, now })).faults.counts.keys(),
    ];
    expect(await codes(due)).toEqual([]);
    expect(await codes(due + 1)).toEqual(["withheld"]);
  });
});

test("a gateway that was closed enters nothing any more", async () => {
  const scene = [
    ...given(day(1), ...priced, aGateway(), aPermit()),
    asks(day(2), "huaxing", asked(), "by huaxing-vehicles, vehicles-fee 80"),
    closes(day(2)),
  ];
  expect(
    await faultsOf(play([...scene, [day(3), aGatewayEnd(), "granted"]])),
  ).toEqual([]);
  const house = play([
    ...scene,
    [day(3), aGatewayEnd(), "granted"],
    asks(day(3, 1), "huaxing", asked(), "by huaxing-vehicles, vehicles-fee 80"),
  ]);
  const late = await auditOf(house, { now: day(4) });
  expect([...late.faults.counts.keys()]).toEqual([
    "record-key",
    "totals",
    "head-late",
  ]);
});

describe("heads", () => {
  const scene = [
    ...given(day(1), ...priced, aGateway(), aPermit()),
    asks(day(2), "huaxing", asked(), "by huaxing-vehicles, vehicles-fee 80"),
  ];
  const revoked = [...scene, [day(3), aRevocation(), "granted"] as const];

  test("after a revocation the log's head comes within sixty seconds, to the millisecond", async () => {
    expect(await faultsOf(play([...revoked, heads(day(3) + 60_000)]))).toEqual(
      [],
    );
    const late = await auditOf(play([...revoked, heads(day(3) + 60_001)]));
    expect([[...late.faults.counts.keys()], late.widestWindow]).toEqual([
      ["head-late"],
      60_001,
    ]);
  });

  test("a head that is still to come is owed from sixty seconds on", async () => {
    const house = play(revoked);
    expect(await faultsOf(house, { now: day(3) + 60_000 })).toEqual([]);
    expect([
      ...(await auditOf(house, { now: day(3) + 60_001 })).faults.counts.keys(),
    ]).toEqual(["head-late"]);
  });

  test("a head that still rests on the register before the revocation shows a block that was not cut", async () => {
    const house = play([...revoked, (one) => head(one, day(3) + 1, minute)]);
    expect(await faultsOf(house, { now: day(3) + 60_000 })).toEqual([]);
    expect([
      ...(await auditOf(house, { now: day(3) + 60_001 })).faults.counts.keys(),
    ]).toEqual(["block-uncut"]);
  });

  test("an act that adds something owes no head", async () => {
    const house = play([
      ...scene,
      ...given(day(3), aPermit({ permit: "second" })),
    ]);
    expect(await faultsOf(house, { now: day(99) })).toEqual([]);
  });

  test("the root of a log that nobody uses is that of nothing", () => {
    const house = play([]);
    expect(rootText(house, 0)).toBe(toBase64url(p.sha256(new Uint8Array(0))));
  });
});
