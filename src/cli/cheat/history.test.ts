import { expect, test } from "vitest";
import { type Block, type History, settledAt } from "./history.ts";

const root = "A".repeat(43);
const anchor = (size: number): Block["anchor"] => ({
  ...{ v: 1, kind: "anchor", slot: 0, size, root },
});
const use = {
  v: 1,
  dataset: "stations",
  operation: "records",
  slot: 0,
} as const;
const open = { ...use, kind: "open" } as const;
const counted = {
  ...use,
  kind: "counted",
  of: root,
  uses: 1,
  bytes: 1,
} as const;

/** A register of six lines that say nothing of a log that stands on its second and fourth. */
function historyWith(...blocks: readonly Block[]): History {
  const line = { kind: "totals", at: 0, log: "other", part: 0 } as const;
  return {
    origin: "data.example/register",
    lines: Array.from({ length: 6 }, () => line),
    logs: new Map([["gate", blocks]]),
  };
}

test("a history is not cut between an open use and its count", () => {
  const history = historyWith(
    { anchor: anchor(2), entries: [open] },
    { anchor: anchor(4), entries: [counted] },
  );
  expect([1, 2, 3, 4, 6].map((most) => settledAt(history, most))).toEqual([
    1, 1, 1, 4, 6,
  ]);
});

test("what is counted in its own block may be cut anywhere, what nobody counted not behind it", () => {
  const whole = historyWith({ anchor: anchor(2), entries: [counted, open] });
  expect([2, 5].map((most) => settledAt(whole, most))).toEqual([2, 5]);
  const waits = historyWith({ anchor: anchor(2), entries: [open] });
  expect([1, 5].map((most) => settledAt(waits, most))).toEqual([1, 1]);
});
