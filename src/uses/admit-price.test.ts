import { expect, test } from "vitest";
import {
  aCeiling,
  aFee,
  aFeeEnded,
  aGateway,
  aPermit,
  aRulebook,
  ownerCheck,
  priced,
} from "../../test/story-acts.ts";
import { anOrder } from "../../test/story-beyond.ts";
import { day } from "../../test/story-founding.ts";
import { asked, asks, heads } from "../../test/story-uses.ts";
import { check, given, play, type Step } from "../../test/story.ts";
import { admit } from "./admit.ts";

const none = () => ({ calls: 0, steps: 0 });
/** Everything that a use needs but the permit. */
const scene = given(day(1), ...priced, ownerCheck(), aGateway());
const served = [...scene, ...given(day(2), aPermit())];
const who = "huaxing";

check(
  "a price begins and ends on the hour, and the newest one in force counts",
  ...given(day(1), ...priced.slice(0, -1), aGateway(), aPermit()),
  asks(
    day(2),
    who,
    asked(),
    "by huaxing-vehicles, no fee in force for this class 0",
  ),
  [day(2), aFee({ from: day(3), to: day(9) }), "granted"],
  heads(day(2)),
  asks(
    day(3) - 1,
    who,
    asked(),
    "by huaxing-vehicles, no fee in force for this class 0",
  ),
  asks(day(3), who, asked(), "by huaxing-vehicles, vehicles-fee 80"),
  [
    day(4),
    aFee({ fee: "cheaper", amount: 30, from: day(5), to: day(6) }),
    "granted",
  ],
  heads(day(4)),
  asks(day(5) - 1, who, asked(), "by huaxing-vehicles, vehicles-fee 80"),
  asks(day(5), who, asked(), "by huaxing-vehicles, cheaper 30"),
  asks(day(6), who, asked(), "by huaxing-vehicles, vehicles-fee 80"),
  [day(7), aFeeEnded(), "granted"],
  heads(day(7)),
  asks(
    day(7),
    who,
    asked(),
    "by huaxing-vehicles, no fee in force for this class 0",
  ),
  heads(day(8)),
);

check(
  "a fee by the call costs the same for one row and for a hundred",
  ...given(
    day(1),
    ...priced.slice(0, -2),
    aCeiling({ unit: "call" }),
    aFee({ unit: "call" }),
    aGateway(),
    aPermit(),
  ),
  asks(
    day(2),
    who,
    asked({ limit: 1 }),
    "by huaxing-vehicles, vehicles-fee 80",
  ),
  asks(
    day(2),
    who,
    asked({ limit: 100 }),
    "by huaxing-vehicles, vehicles-fee 80",
  ),
  heads(day(3)),
);

/** I3 says "on that day": product, price inside its ceiling, power, ground, publication. */
function chargedUnder(...later: readonly Step[]): number | undefined {
  const house = play([...served, ...later]);
  const admission = admit(house.register, asked(), who, day(9), none);
  return admission.outcome === "admitted"
    ? admission.price.fee?.act.amount
    : undefined;
}

test("nobody is charged more than the ceiling of that day", () => {
  const lowered = given(day(4), aCeiling({ ceiling: "lower", amount: 50 }));
  expect(chargedUnder()).toBe(80);
  expect(chargedUnder(...lowered) ?? 0).toBeLessThanOrEqual(50);
});

test("nobody is charged on a ground that the rulebook no longer has", () => {
  expect(chargedUnder()).toBe(80);
  expect(
    chargedUnder(...given(day(4), aRulebook({ grounds: [] }))),
  ).toBeUndefined();
});

test("an order against the newest price never makes a higher one be charged", () => {
  const cheaper = aFee({ fee: "cheaper", amount: 30 });
  const lower = given(day(4), cheaper);
  const stopped = { what: "fee", id: "cheaper" } as const;
  const suspends = given(
    day(5),
    anOrder({ effects: [{ does: "suspends", ...stopped, until: day(40) }] }),
  );
  expect(chargedUnder(...lower)).toBe(30);
  expect(chargedUnder(...lower, ...suspends)).toBeUndefined();
  const ends = given(
    day(5),
    anOrder({ effects: [{ does: "ends", ...stopped }] }),
  );
  expect(chargedUnder(...lower, ...ends)).toBeUndefined();
  const ended = given(day(5), aFeeEnded({ fee: "cheaper" }));
  expect(chargedUnder(...lower, ...ended)).toBeUndefined();
  // An older one that is no higher goes on, and so does what is decided anew.
  const dearer = given(day(4), aFee({ fee: "cheaper", amount: 90 }));
  expect(chargedUnder(...dearer, ...suspends)).toBe(80);
  const anew = given(day(6), aFee({ fee: "anew", amount: 50, from: day(7) }));
  expect(chargedUnder(...lower, ...ends, ...anew)).toBe(50);
});

check(
  "behind a price that an order suspended uses are free until it comes back",
  ...served,
  ...given(day(4), aFee({ fee: "cheaper", amount: 30 })),
  ...given(
    day(5),
    anOrder({
      effects: [
        { does: "suspends", what: "fee", id: "cheaper", until: day(7) },
      ],
    }),
  ),
  heads(day(5)),
  asks(
    day(6),
    who,
    asked(),
    "by huaxing-vehicles, no fee in force for this class 0",
  ),
  asks(day(7), who, asked(), "by huaxing-vehicles, cheaper 30"),
  heads(day(8)),
);
