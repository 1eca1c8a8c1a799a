import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Cosigned,
  coveredAt,
  notCoveredAt,
  timesOf,
  widestSpan,
} from "./times.ts";

const cosigned = fc.array(
  fc.record({
    size: fc.integer({ min: 0, max: 30 }),
    time: fc.integer({ min: 0, max: 100 }),
    isFromElsewhere: fc.boolean(),
  }),
  { maxLength: 40 },
);

describe("of all cosignatures at hand", () => {
  test("the earliest that covers an entry counts, and the latest that does not", () => {
    fc.assert(
      fc.property(cosigned, fc.integer({ min: 0, max: 32 }), (all, index) => {
        const times = timesOf(all);
        const over = all.filter(({ size }) => size > index).map(timeIn);
        // An old checkpoint may be cosigned again at any time, by whoever is asked to.
        const under = all
          .filter(
            ({ size, isFromElsewhere }) => size <= index && !isFromElsewhere,
          )
          .map(timeIn);
        expect(coveredAt(times, index)?.time).toBe(
          over.length === 0 ? undefined : Math.min(...over),
        );
        expect(notCoveredAt(times, index)?.time).toBe(
          under.length === 0 ? undefined : Math.max(...under),
        );
      }),
    );
  });

  test("the widest span is that of the entry whose time is bounded worst", () => {
    fc.assert(
      fc.property(cosigned, (all) => {
        const times = timesOf(all);
        const spans = Array.from({ length: 32 }, (_, index) => {
          const to = coveredAt(times, index);
          const from = notCoveredAt(times, index);
          return to === undefined || from === undefined
            ? []
            : [to.time - from.time];
        }).flat();
        // Where times contradict each other an entry lies nowhere.
        const seconds = Math.max(-1, ...spans);
        expect(widestSpan(times)?.seconds ?? -1).toBe(Math.max(-1, seconds));
      }),
    );
  });
});

test("who cosigned is told with the time", () => {
  const times = timesOf([
    { size: 4, time: 10, by: "court" },
    { size: 9, time: 30, by: "press" },
    { size: 9, time: 20, by: "court" },
  ]);
  expect(coveredAt(times, 4)).toEqual({ size: 9, time: 20, by: "court" });
  expect(notCoveredAt(times, 4)).toEqual({ size: 4, time: 10, by: "court" });
  expect(coveredAt(times, 9)).toBeUndefined();
  expect(notCoveredAt(times, 9)).toEqual({ size: 9, time: 30, by: "press" });
  expect(widestSpan(times)).toEqual({ from: 4, to: 9, seconds: 10 });
});

function timeIn({ time }: Cosigned): number {
  return time;
}
