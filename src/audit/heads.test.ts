import { describe, expect, test } from "vitest";
import {
  aGateway,
  aMachineKey,
  aPermit,
  ownerCheck,
  priced,
} from "../../test/story-acts.ts";
import {
  day,
  must,
  p,
  publicKeyOf,
  without,
} from "../../test/story-founding.ts";
import { asked, asks, logAt, totalsOf } from "../../test/story-uses.ts";
import { codesOf, run } from "../../test/story-faults.ts";
import {
  given,
  type House,
  play,
  record,
  type Step,
} from "../../test/story.ts";
import { toBase64url } from "../acts/bytes.ts";
import { leafHash } from "../log/hash.ts";
import { rootOfLeaves } from "../log/tree.ts";
import type { LogRecord } from "../acts/record.ts";
import { parseUsageEntry } from "../uses/use.ts";

/** Each thing that a dishonest office or gateway can enter, with what a stranger finds: that, and nothing else. */
const minute = logAt("minute", day(3));
const hash = publicKeyOf("anything");

const scene = given(
  day(1),
  ...priced,
  ownerCheck(),
  aGateway(),
  aMachineKey(),
  aPermit(),
);

const slot = day(3);

describe("heads and totals", () => {
  const served = [
    ...scene,
    asks(slot, "huaxing", asked(), "by huaxing-vehicles, vehicles-fee 80"),
  ];
  const closing =
    (change: Partial<LogRecord & { kind: "head" }>): Step =>
    (house) => {
      const entries = must(house.usage.get(minute));
      const honest = headRecord(house, entries.length);
      record(house, day(3) + 60_000, { ...honest, ...change }, "gate");
    };
  const totals =
    (
      change: (
        rows: ReturnType<typeof totalsOf>,
      ) => ReturnType<typeof totalsOf>,
    ): Step =>
    (house) =>
      record(
        house,
        day(3) + 60_000,
        {
          kind: "totals",
          log: minute,
          rows: change(totalsOf(house, must(house.usage.get(minute)))),
        },
        "gate",
      );

  test.each<[string, readonly Step[], readonly string[]]>([
    ["an honest head", [closing({})], []],
    ["another root", [closing({ root: hash })], ["head-root"]],
    ["another anchor", [closing({ anchored: 16 })], ["head-anchored"]],
    [
      "a head that begins before its slot",
      [(house) => record(house, slot - 1, headRecord(house, 2), "gate")],
      ["at-falls", "slot"],
    ],
    [
      "a size that falls",
      [
        closing({}),
        (house) => record(house, day(3) + 60_001, headRecord(house, 0), "gate"),
      ],
      ["head-smaller", "head-anchored"],
    ],
    [
      "a head after the last",
      [totals((rows) => rows), closing({ closed: true }), closing({})],
      ["head-smaller"],
    ],
    ["a closed log without totals", [closing({ closed: true })], ["totals"]],
    [
      "totals of one use too few",
      [
        totals((rows) => rows.map((row) => ({ ...row, uses: row.uses - 1 }))),
        closing({ closed: true }),
      ],
      ["totals"],
    ],
    [
      "totals that charge more",
      [
        totals((rows) =>
          rows.map((row) => ({ ...row, charged: row.charged + 1 })),
        ),
        closing({ closed: true }),
      ],
      ["totals"],
    ],
    [
      "totals without their currency",
      [
        totals((rows) => rows.map((row) => without(row, "currency"))),
        closing({ closed: true }),
      ],
      ["totals"],
    ],
    ["honest totals", [totals((rows) => rows), closing({ closed: true })], []],
  ])("%s", async (_, steps, codes) => {
    const house = play(served);
    for (const step of steps) run(house, step);
    expect((await codesOf(house)).toSorted()).toEqual(codes.toSorted());
  });

  test("bytes that are no entry, in a log that is closed", async () => {
    const house = play([
      ...served,
      totals((rows) => rows),
      closing({ closed: true }),
    ]);
    const entries = must(house.usage.get(minute));
    entries.push(Buffer.from('{"kind":"note"}'));
    expect(await codesOf(house)).toContain("usage-bytes");
  });
});

/** The head of the log as it was when it had so many entries. */
function headRecord(house: House, size: number): LogRecord & { kind: "head" } {
  const first = must(house.usage.get(minute)).slice(0, size);
  const anchored = first
    .map(parseUsageEntry)
    .findLast((entry) => entry.kind === "anchor");
  return {
    kind: "head",
    log: minute,
    size,
    root: toBase64url(
      rootOfLeaves(
        p,
        first.map((one) => leafHash(p, one)),
      ),
    ),
    anchored: anchored?.size ?? 0,
  };
}
