import { expect, test } from "vitest";
import { aPermit, priced } from "../../test/story-acts.ts";
import { day, HOUR, p } from "../../test/story-founding.ts";
import { asked } from "../../test/story-uses.ts";
import { given, play } from "../../test/story.ts";
import { encodeBytes } from "../acts/canonical.ts";
import { admit } from "../uses/admit.ts";
import { givenOf, makeSettle, makeUse } from "../uses/make-use.ts";
import {
  lookPartBytes,
  type Opening,
  parsePrivatePart,
  type SettlePart,
} from "../uses/opening.ts";
import type { Look, Repeat, Settle, Use } from "../uses/use.ts";
import { sayUntrueLook, sayUntrueRepeat, sayUntrueSettle } from "./opened.ts";
import { sayUnlikeItsUse } from "./pairs.ts";

const { register } = play(given(day(1), ...priced, aPermit()));
const nonce = new Uint8Array(32);
const request = asked({ limit: 50 });
const hash = "A".repeat(43);

const none = () => ({ calls: 0, steps: 0 });
const admission = admit(register, request, "huaxing", day(2), none);
if (admission.outcome !== "admitted") throw new Error(admission.outcome);
const answer = {
  ...{ organisation: "huaxing", at: day(2) + 7, subjects: [] },
  vintage: undefined,
};
const open = makeUse(
  ...([p, request, admission] as const),
  { ...answer, given: { rowsMax: 50 } },
  ...([day(2), nonce] as const),
);
const whole = makeUse(
  ...([p, request, admission] as const),
  { ...answer, given: givenOf(p, new Uint8Array(70_000), 12) },
  ...([day(2), nonce] as const),
);

/** What a stream of so many rows in so many bytes is settled with. */
function settledWith(rows: number, bytes: number, result: Settle["result"]) {
  const { settle, opening } = makeSettle(
    ...([p, { use: open.use, leaf: hash }, result] as const),
    givenOf(p, new Uint8Array(bytes), rows),
    { at: day(2) + HOUR, rowsPerStep: 10 },
    ...([undefined, nonce] as const),
  );
  return { settle, content: opening.content };
}

test("what a stream is settled with is what its settle commits to, however it ended", () => {
  for (const [rows, bytes, result] of [
    [0, 0, "broken"],
    [0, 0, "cancelled"],
    [12, 70_000, "complete"],
    [50, 1, "cancelled"],
  ] as const) {
    const { settle, content } = settledWith(rows, bytes, result);
    expect(sayUntrueSettle(settle, content)).toBeUndefined();
  }
});

const part: SettlePart = {
  ...{ at: day(2) + HOUR, rows: 12, bytes: 70_000, answer: hash },
};

test.each<[string, object]>([
  [
    "its opening says 65,536 bytes, in steps of 65,536: 1; 2 were entered",
    { ...part, bytes: 65_536 },
  ],
  ["its opening says 1 rows; 2 steps were entered", { ...part, rows: 1 }],
  [
    "its opening is that of a use, want a settle",
    parsePrivatePart(whole.opening.content),
  ],
])("of a settle: %s", (says, opened) => {
  const { settle } = settledWith(12, 70_000, "complete");
  expect(sayUntrueSettle(settle, encodeBytes({ ...opened }))).toBe(says);
});

const repeated: Repeat = {
  ...{ v: 1, kind: "repeat", of: hash, slot: day(2), private: hash },
};
const again = parsePrivatePart(whole.opening.content);

test.each<[string | undefined, object]>([
  [undefined, again],
  ["its opening is that of a settle, want a use", { ...part }],
  [
    "its opening names nobody, which was never registered",
    { ...again, organisation: "nobody" },
  ],
  [
    "its opening asks for dataset nothing, which was never registered",
    { ...again, plan: { ...again.plan, dataset: "nothing" } },
  ],
  [
    "its opening says 51 rows; asked for were at most 50",
    { ...again, rows: 51 },
  ],
  [
    "its opening does not say how much was given",
    parsePrivatePart(open.opening.content),
  ],
  [
    "its opening is of 2026-03-04 00:01, outside the minute of 2026-03-04 00:00 that was entered",
    { ...again, at: day(2) + 60_000 },
  ],
])("of a repeat: %s", (says, opened) => {
  const content = encodeBytes({ ...opened });
  expect(sayUntrueRepeat(register, "minute", repeated, content)).toBe(says);
});

test("of a look: its hour, and that it is one", () => {
  const look: Look = {
    ...{ v: 1, kind: "look", slot: day(2), by: "subject", private: hash },
  };
  const says = (at: number) =>
    sayUntrueLook(
      look,
      lookPartBytes({ at, asker: "portal", subject: "token" }),
      register.offsetMinutes,
    );
  expect(says(day(2) + HOUR - 1)).toBeUndefined();
  expect(says(day(2) + HOUR)).toContain("outside the hour of 2026-03-04 00:00");
  expect(
    sayUntrueLook(look, encodeBytes({ ...part }), register.offsetMinutes),
  ).toBe("its opening is that of a settle, want a look");
  expect(sayUntrueLook(look, Uint8Array.of(1), 0)).toContain(
    "its opening is none",
  );
  const audit = { at: day(2), asker: "auditor", leaf: hash, subjects: [] };
  const content = lookPartBytes({ ...audit, why: "A complaint." });
  expect(sayUntrueLook({ ...look, by: "auditor" }, content, 0)).toBeUndefined();
  expect(sayUntrueLook(look, content, 0)).toBe(
    "its opening is that of an auditor's look, want a look",
  );
});

/** A use and what names it, both with their openings. */
function pair(
  entry: Settle | Repeat,
  content: Uint8Array,
  of: { readonly use: Use; readonly opening: Opening },
): string | undefined {
  const held = new Map([
    [`log ${entry.of}`, { entry: of.use, content: of.opening.content }],
  ]);
  return sayUnlikeItsUse(register, "log", entry, content, held);
}

test("where both openings are at hand, the steps of a settle are those of its rows", () => {
  const { settle, content } = settledWith(12, 70_000, "complete");
  expect(pair(settle, content, open)).toBeUndefined();
  const dear = { ...settle, units: { ...settle.units, steps: 5 } };
  expect(sayUntrueSettle(dear, content)).toBeUndefined();
  expect(pair(dear, content, open)).toBe(
    "its opening says 12 rows, in steps of 10: 2; 5 steps were entered",
  );
});

test("where both openings are at hand, what was answered anew is what was asked, by the same", () => {
  const entry: Repeat = {
    ...{ v: 1, kind: "repeat", of: hash, slot: day(2), private: hash },
  };
  const before = parsePrivatePart(whole.opening.content);
  const again = (change: object) =>
    pair(entry, encodeBytes({ ...before, ...change }), whole);
  expect(again({ rows: 3, at: day(2) + 9 })).toBeUndefined();
  for (const change of [
    { organisation: "rival" },
    { plan: { ...before.plan, fields: ["make"] } },
    { case: "case-1" },
  ])
    expect(again(change)).toMatch(/^it was answered anew to another/);
});
