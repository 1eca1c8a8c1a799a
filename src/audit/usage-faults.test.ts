import { describe, expect, test } from "vitest";
import {
  aGateway,
  aMachineKey,
  aPermit,
  ownerCheck,
  priced,
} from "../../test/story-acts.ts";
import { day, HOUR, publicKeyOf, without } from "../../test/story-founding.ts";
import {
  anOpen,
  append,
  asked,
  asks,
  aUse,
  block,
  counted,
  head,
  type InBlock,
  logAt,
  unheaded,
} from "../../test/story-uses.ts";
import { codesOf, run } from "../../test/story-faults.ts";
import {
  given,
  type House,
  play,
  rootText,
  type Step,
} from "../../test/story.ts";
import type { Anchor, UsageEntry, Use } from "../uses/use.ts";

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

/** A gateway that enters what it likes and then its honest head. */
const entering = (...entries: readonly InBlock[]): readonly Step[] => [
  (house) => block(house, "minute", day(3), ...entries),
  (house) => head(house, day(3) + 60_000, minute),
];
const slot = day(3);
const one = aUse({ slot });
describe("in a usage log", () => {
  const open = anOpen({ slot });
  test.each<[string, readonly Step[], readonly string[]]>([
    ["an honest use", entering(aUse({ slot })), []],
    [
      "a charge one fen too high",
      entering(aUse({ slot, charge: 81 })),
      ["charge"],
    ],
    ["a charge left out", entering(aUse({ slot, charge: 0 })), ["charge"]],
    [
      "a charge under a fee that is not in force",
      entering(aUse({ slot, fee: "other" })),
      ["charge"],
    ],
    [
      "a use under no permit",
      entering(aUse({ slot, permit: "none" })),
      ["use"],
    ],
    [
      "a use of more rows than the permit's",
      entering(
        aUse({ slot, units: { calls: 1, steps: 11, bytes: 1 }, charge: 880 }),
      ),
      ["use"],
    ],
    [
      "a use of fields beyond the permit",
      entering(aUse({ slot, where: "2" })),
      ["use"],
    ],
    [
      "personal data under the minute",
      [
        ...given(
          day(2),
          aPermit({
            permit: "ask",
            product: "owner-check",
            fields: ["owner"],
            where: ["plate"],
            rowsMax: 1,
          }),
        ),
        ...entering(
          free(
            aUse({
              slot,
              permit: "ask",
              operation: "answer",
              fields: "1",
              where: "2",
            }),
          ),
        ),
      ],
      ["use"],
    ],
    [
      "an exact number of subjects",
      entering(aUse({ slot, subjects: 7 })),
      ["use"],
    ],
    ["a use that is still open", entering(aUse({ slot, state: "open" })), []],
    [
      "a use that spends a budget",
      entering(aUse({ slot, spent: { numerator: 1, denominator: 2 } })),
      ["use"],
    ],
    [
      "a use of another slot than its block's",
      entering(aUse({ slot: slot + 60_000 })),
      ["slot"],
    ],
    [
      "a settle of nothing",
      entering({
        v: 1,
        kind: "settle",
        of: hash,
        result: "complete",
        units: { calls: 1, steps: 1, bytes: 1 },
        subjects: 0,
        charge: 0,
        private: hash,
      }),
      ["settle"],
    ],
    [
      "a repeat of nothing",
      entering({ v: 1, kind: "repeat", of: hash, slot, private: hash }),
      ["repeat"],
    ],
    ["open data, opened and counted", entering(open, counted(open)), []],
    ["open data that was never counted", entering(open), ["open-uncounted"]],
    ["a count of what was never opened", entering(counted(open)), ["counted"]],
    [
      "a count of another dataset",
      entering(open, { ...counted(open), dataset: "vehicles" } as UsageEntry & {
        kind: "counted";
      }),
      ["counted", "open-uncounted"],
    ],
    [
      "one opening counted twice",
      entering(open, counted(open), counted(open, 2)),
      ["counted"],
    ],
    [
      "closed data as if it were open",
      entering(
        anOpen({ slot, dataset: "vehicles" }),
        counted(anOpen({ slot, dataset: "vehicles" })),
      ),
      ["use"],
    ],
    [
      "open data as answers",
      entering(
        anOpen({ slot, operation: "answer" }),
        counted(anOpen({ slot, operation: "answer" })),
      ),
      ["use"],
    ],
    [
      "refusals, counted",
      entering({
        v: 1,
        kind: "refused",
        slot,
        dataset: "vehicles",
        rule: "I2",
        count: 3,
      }),
      [],
    ],
    [
      "the same use twice in a block",
      [(house) => raw(house, () => [anchorAt(house, 17), one, one])],
      ["block-order"],
    ],
    [
      "a use before the first anchor",
      [
        (house) => {
          house.usage.set(minute, []);
          append(house, minute, [aUse({ slot }), anchorAt(house, 16)]);
          head(house, slot, minute);
        },
      ],
      ["anchor-missing"],
    ],
    [
      "an anchor that names no root of the register",
      [
        (house) =>
          raw(house, () => [
            { v: 1, kind: "anchor", size: 16, root: hash, slot },
          ]),
      ],
      ["anchor-root"],
    ],
    [
      "an anchor beyond the register",
      [
        (house) =>
          raw(house, () => [
            { v: 1, kind: "anchor", size: 99, root: hash, slot },
          ]),
      ],
      ["anchor-root"],
    ],
    [
      "an anchor before the gateway was open, and before what was narrowed since",
      [
        (house) => {
          unheaded(house, "minute", slot, [], 3);
          head(house, slot, minute);
        },
      ],
      ["record-key", "head-late"],
    ],
    [
      "an anchor that falls back behind another",
      [(house) => raw(house, () => [anchorAt(house, 17), anchorAt(house, 16)])],
      ["anchor-falls"],
    ],
    [
      "a slot that falls",
      [
        (house) =>
          raw(house, () => [
            anchorAt(house, 17),
            {
              ...anchorAt(house, 17),
              slot: slot - 60_000,
            },
          ]),
      ],
      ["slot"],
    ],
    [
      "a slot that is no whole minute",
      [
        (house) =>
          raw(house, () => [{ ...anchorAt(house, 17), slot: slot + 1 }]),
      ],
      ["slot"],
    ],
    [
      "a slot of another quarter",
      [
        (house) =>
          raw(house, () => [{ ...anchorAt(house, 17), slot: day(31) }]),
      ],
      ["slot", "at-ahead"],
    ],
  ])("%s", async (_, steps, codes) => {
    const house = play(scene);
    for (const step of steps) run(house, step);
    expect(await codesOf(house, day(3) + HOUR)).toEqual(codes);
  });
});

test("a use backdated behind a head is seen by its slot: the head closes the past", async () => {
  const house = play([
    ...scene,
    asks(slot, "huaxing", asked(), "by huaxing-vehicles, vehicles-fee 80"),
    (one) => head(one, slot + 120_001, minute),
  ]);
  append(house, minute, [
    { ...anchorAt(house, house.register.size), slot },
    aUse({ slot }),
  ]);
  expect(await codesOf(house)).toEqual(["slot"]);
});

/** Appends to the log without order or head; the gateway has opened it before. */
function raw(house: House, entries: () => readonly UsageEntry[]): void {
  unheaded(house, "minute", slot, [], 16);
  head(house, slot, minute);
  append(house, minute, entries());
}

function anchorAt(house: House, size: number): Anchor {
  return { v: 1, kind: "anchor", size, root: rootText(house, size), slot };
}

function free(use: Use): Use {
  return { ...without(use, "fee"), charge: 0 };
}
