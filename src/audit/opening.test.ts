import { describe, expect, test } from "vitest";
import type { Act } from "../acts/act.ts";
import { quarterSpan } from "../acts/dates.ts";
import {
  aFee,
  aFeeEnded,
  aGateway,
  aGatewayEnd,
  aPermit,
  aRevocation,
  aWithdrawal,
  priced,
} from "../../test/story-acts.ts";
import { DAY, day, HOUR, must } from "../../test/story-founding.ts";
import { codesOf } from "../../test/story-faults.ts";
import {
  asked,
  asks,
  aUse,
  block,
  closes,
  head,
  heads,
  logAt,
  totalsOf,
  unheaded,
} from "../../test/story-uses.ts";
import {
  auditOf,
  check,
  given,
  play,
  record,
  type House,
  type Step,
} from "../../test/story.ts";

const minute = logAt("minute", day(20));
const scene = given(day(1), ...priced, aGateway(), aPermit());
const serves = (at: number): Step =>
  asks(at, "huaxing", asked(), "by huaxing-vehicles, vehicles-fee 80");

describe("a log that is first headed long after something ended", () => {
  const ended: readonly (readonly [string, Act])[] = [
    ["a revoked permit", aRevocation()],
    ["a withdrawn product", aWithdrawal()],
    ["an ended fee", aFeeEnded()],
    ["a new price", aFee({ fee: "lower", amount: 70 })],
  ];
  /** The register before the act, as an anchor of a log that nobody knows of yet may name it. */
  const late =
    (...story: readonly ((house: House, size: number) => void)[]) =>
    (act: Act): House => {
      const house = play([...scene, ...given(day(2), act)]);
      const before = house.entries.length - 1;
      for (const step of story) step(house, before);
      return house;
    };
  const laid = (at: number) => (house: House, size: number) =>
    unheaded(house, "minute", at, [aUse({ slot: at })], size);
  const opened = (house: House, size: number) =>
    unheaded(house, "minute", day(20), [], size);
  const headed = (at: number) => (house: House) => head(house, at, minute);

  describe.each(ended)("%s", (_, act) => {
    test.each<[string, (act: Act) => House, readonly string[]]>([
      [
        "is used in the slot of the late head",
        late(laid(day(20)), headed(day(20))),
        ["head-late"],
      ],
      [
        "is used behind the head of an empty log",
        late(
          (house) => house.usage.set(minute, []),
          headed(day(20)),
          laid(day(20)),
          headed(day(20) + 1),
        ),
        ["head-anchored", "head-late"],
      ],
      [
        "is used in a slot before its end",
        late(laid(day(1, 3)), headed(day(20))),
        ["head-late"],
      ],
      [
        "is used behind a head that rests on the register before its end",
        late(opened, headed(day(20)), laid(day(20)), headed(day(20) + 1)),
        ["head-late"],
      ],
      [
        "is used before a log that then follows is opened",
        late(
          laid(day(20)),
          (house) => unheaded(house, "minute", day(20)),
          headed(day(20)),
        ),
        ["head-late"],
      ],
    ])("%s", async (_, build, codes) => {
      expect((await codesOf(build(act), day(21))).toSorted()).toEqual(codes);
    });
  });

  test("an act of the last minute before the opening is owed within its minute", async () => {
    const opening = (at: number) => [
      ...scene,
      [day(2), aRevocation(), "granted"] as const,
      (house: House) => {
        unheaded(house, "minute", day(2), [], house.entries.length - 1);
        head(house, day(2) + 30_000, minute);
      },
      heads(at),
    ];
    expect(await codesOf(play(opening(day(2) + 60_000)), day(3))).toEqual([]);
    expect(await codesOf(play(opening(day(2) + 60_001)), day(3))).toEqual([
      "block-uncut",
    ]);
  });
});

check(
  "a log that is opened long after a revocation, on the register of that day",
  ...scene,
  ...given(day(1, 1), aPermit({ permit: "second" })),
  [day(2), aRevocation({ permit: "second" }), "granted"],
  serves(day(20)),
  (house) => head(house, day(20, 1), minute),
);

describe("a log that is over", () => {
  test("holds nothing behind its closing head, even where the totals foretell it", async () => {
    const house = play([
      ...scene,
      serves(day(2)),
      (one) => {
        const log = must(one.usage.get(minute));
        const { length } = log;
        unheaded(one, "minute", day(4), [aUse({ slot: day(4) })]);
        const rows = totalsOf(one, log);
        record(one, day(2, 1), { kind: "totals", log: minute, rows }, "gate");
        const later = log.splice(length);
        head(one, day(2, 1), minute, true);
        log.push(...later);
      },
      [day(3), aRevocation(), "granted"],
    ]);
    expect(await codesOf(house, day(5))).toEqual(["head-late"]);
  });

  test("was closed before its gateway was", async () => {
    const left = [
      ...scene,
      serves(day(2)),
      (one: House) => head(one, day(2, 1), minute),
    ];
    const end = [day(3), aGatewayEnd(), "granted"] as const;
    expect(await codesOf(play([...left, end]))).toEqual(["totals"]);
    expect(await codesOf(play([...left, closes(day(3)), end]))).toEqual([]);
  });

  const over = quarterSpan("2026q1").to;
  const served = [
    ...scene,
    serves(day(2)),
    (one: House) => head(one, day(2, 1), minute),
  ];
  const opens =
    (at: number): Step =>
    (house) =>
      block(house, "minute", at);
  const renews = (at: number): Step => {
    const log = logAt("minute", at);
    return (house) => head(house, at, log);
  };

  test("is closed within a day by a gateway that is at work", async () => {
    const working = [...served, opens(over + HOUR), renews(over + HOUR + DAY)];
    expect(await codesOf(play(working))).toEqual([]);
    expect(await codesOf(play([...working, renews(over + 2 * DAY)]))).toEqual([
      "totals",
    ]);
  });

  test("is not asked of a gateway that was away, however long", async () => {
    expect(await codesOf(play(served), over + 200 * DAY)).toEqual([]);
    const back = over + 7 * DAY;
    const house = play([...served, closes(back), opens(back + HOUR)]);
    expect(await codesOf(house, back + 2 * DAY)).toEqual([]);
  });
});

test("a use that no head covers waits until the time of the check", async () => {
  const house = play([...scene, serves(day(2))]);
  const { widestWait } = await auditOf(house, { now: day(202) });
  expect(widestWait).toBe(200 * DAY - 60_000);
});

test("a slot that has not begun at the time of the check", async () => {
  const house = play([...scene, serves(day(2))]);
  unheaded(house, "minute", day(15), [aUse({ slot: day(15) })]);
  expect(await codesOf(house, day(15) - 60_000)).toEqual([]);
  expect(await codesOf(house, day(15) - 60_001)).toEqual(["at-ahead"]);
});
