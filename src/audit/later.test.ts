import { expect, test } from "vitest";
import { aGateway, aPermit, priced } from "../../test/story-acts.ts";
import { day, HOUR, publicKeyOf } from "../../test/story-founding.ts";
import {
  aUse,
  block,
  head,
  type InBlock,
  leafOf,
  logAt,
} from "../../test/story-uses.ts";
import { codesOf, run } from "../../test/story-faults.ts";
import { given, play, type Step } from "../../test/story.ts";
import type { Repeat, Settle, Use } from "../uses/use.ts";

/** What later entries may say of an earlier use, and what a stranger finds where they say another thing. */
const minute = logAt("minute", day(3));
const slot = day(3);
const hash = publicKeyOf("anything");
const one = aUse({ slot });
const scene = given(day(1), ...priced, aGateway(), aPermit());

const entering = (...entries: readonly InBlock[]): readonly Step[] => [
  (house) => block(house, "minute", day(3), ...entries),
  (house) => head(house, day(3) + 60_000, minute),
];
const openUse = aUse({
  slot,
  state: "open",
  units: { calls: 1, steps: 3, bytes: 0 },
  charge: 240,
});
/** Always the same one. */
const aKeyed = (at: number): Use =>
  aUse({ slot: at, keyed: true, private: publicKeyOf("keyed") });
const keyedUse = aKeyed(slot);

/** What an open use came to: one step, unless it is said otherwise. */
const settled = (of: Use, change: Partial<Settle> = {}): Settle => ({
  v: 1,
  kind: "settle",
  of: leafOf(of),
  result: "complete",
  units: { calls: 1, steps: 1, bytes: 1 },
  subjects: 0,
  charge: 80,
  private: publicKeyOf("settled"),
  ...change,
});
const again = (of: Use, number: number): Repeat => ({
  v: 1,
  kind: "repeat",
  of: leafOf(of),
  slot,
  private: publicKeyOf(`again ${number}`),
});

test.each<[string, readonly Step[], readonly string[]]>([
  ["an open use that came to less", entering(openUse, settled(openUse)), []],
  [
    "an open use that broke, and is not charged",
    entering(openUse, settled(openUse, { result: "broken", charge: 0 })),
    [],
  ],
  [
    "an open use that broke, and is charged",
    entering(openUse, settled(openUse, { result: "broken" })),
    ["settle"],
  ],
  [
    "a settle of more than was entered",
    entering(
      openUse,
      settled(openUse, {
        units: { calls: 1, steps: 4, bytes: 1 },
        charge: 320,
      }),
    ),
    ["settle"],
  ],
  [
    "a settle charged one fen too low",
    entering(openUse, settled(openUse, { charge: 79 })),
    ["settle"],
  ],
  [
    "a settle about more persons than were entered",
    entering(openUse, settled(openUse, { subjects: 10 })),
    ["settle"],
  ],
  [
    "an open use settled twice",
    entering(openUse, settled(openUse), settled(openUse, { private: hash })),
    ["settle"],
  ],
  ["a whole use that is settled", entering(one, settled(one)), ["settle"]],
  [
    "an open use that is settled in a later block",
    [
      (house) => block(house, "minute", day(3), openUse),
      (house) => block(house, "minute", day(3) + 60_000, settled(openUse)),
      (house) => head(house, day(3) + 120_000, minute),
    ],
    [],
  ],
  [
    "a keyed use that was answered anew three times",
    entering(
      keyedUse,
      again(keyedUse, 1),
      again(keyedUse, 2),
      again(keyedUse, 3),
    ),
    [],
  ],
  [
    "a keyed use that was answered anew a fourth time",
    entering(
      keyedUse,
      ...[1, 2, 3, 4].map((number) => again(keyedUse, number)),
    ),
    ["repeat"],
  ],
  [
    "a use without a key that was answered anew",
    entering(one, again(one, 1)),
    ["repeat"],
  ],
  [
    "a keyed use that was answered anew two days later",
    [
      (house) => block(house, "minute", day(1), aKeyed(day(1))),
      (house) =>
        block(house, "minute", day(3), {
          ...again(aKeyed(day(1)), 1),
          slot,
        }),
      (house) => head(house, day(3) + 60_000, minute),
    ],
    ["repeat"],
  ],
  [
    "a look at a person's list, under the minute",
    entering({ v: 1, kind: "look", slot, by: "subject", private: hash }),
    ["slot"],
  ],
])("%s", async (_, steps, codes) => {
  const house = play(scene);
  for (const step of steps) run(house, step);
  expect(await codesOf(house, day(3) + HOUR)).toEqual(codes);
});

const another = aUse({
  slot,
  units: { calls: 1, steps: 3, bytes: 1 },
  charge: 240,
  private: publicKeyOf("another"),
});

test.each<[string, readonly Step[], readonly string[]]>([
  [
    "what an open use did not come to is used by another one, before the settle stands",
    [
      (house) => block(house, "minute", day(3), openUse),
      (house) => block(house, "minute", day(3), another),
      (house) => block(house, "minute", day(3) + 60_000, settled(openUse)),
      (house) => head(house, day(3) + 120_000, minute),
    ],
    [],
  ],
  [
    "an open use came to all that it was entered with, and another one is too much",
    [
      (house) => block(house, "minute", day(3), openUse, another),
      (house) =>
        block(
          ...([house, "minute", day(3) + 60_000] as const),
          settled(openUse, {
            units: { calls: 1, steps: 3, bytes: 1 },
            charge: 240,
          }),
        ),
      (house) => head(house, day(3) + 120_000, minute),
    ],
    ["use"],
  ],
])("a quota of four steps: %s", async (_, steps, codes) => {
  const quota = { steps: 4 };
  const house = play(given(day(1), ...priced, aGateway(), aPermit({ quota })));
  for (const step of steps) run(house, step);
  expect(await codesOf(house, day(3) + HOUR)).toEqual(codes);
});
