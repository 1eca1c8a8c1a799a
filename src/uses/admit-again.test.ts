import { expect, test } from "vitest";
import {
  aFee,
  aGateway,
  aPermit,
  aProduct,
  ownerCheck,
  priced,
} from "../../test/story-acts.ts";
import { day, must } from "../../test/story-founding.ts";
import { asked, aUse } from "../../test/story-uses.ts";
import { given, play, sayFindings } from "../../test/story.ts";
import { admit, unitsOf } from "./admit.ts";
import { admitAgain } from "./admit-again.ts";
import type { Request } from "./plan.ts";

const none = () => ({ calls: 0, steps: 0 });
/** Everything that a use needs but the permit. */
const scene = given(day(1), ...priced, ownerCheck(), aGateway());
const served = [...scene, ...given(day(2), aPermit())];
const who = "huaxing";
const open: Request = {
  plan: {
    form: "records",
    dataset: "stations",
    fields: ["station"],
    where: [],
    order: [],
    limit: 5,
  },
};

test("an admission names the newest entry that it rests on, so that its block begins behind it", () => {
  const house = play(served);
  const basis = (at: number): number => {
    const admission = admit(house.register, asked(), who, at, none);
    return admission.outcome === "admitted" ? admission.basis : -1;
  };
  expect(basis(day(3))).toBe(
    must(house.register.permits.get("huaxing-vehicles")).entry,
  );
  expect(admit(house.register, open, undefined, day(3), none)).toEqual({
    outcome: "open",
    dataset: "stations",
    basis: must(house.register.datasets.get("stations")).entry,
  });
  const later = play([
    ...scene,
    ...given(day(2), aPermit(), aFee({ fee: "newer", amount: 70 })),
  ]);
  const admission = admit(later.register, asked(), who, day(3), none);
  expect(admission.outcome === "admitted" ? admission.basis : -1).toBe(
    must(later.register.fees.get("newer")).entry,
  );
});

test("each rule that a use can break is found when it is admitted again", () => {
  const house = play(served);
  const again = (
    change: Parameters<typeof aUse>[0] | object,
    spent = none(),
  ): string =>
    sayFindings(
      admitAgain(
        house.register,
        aUse({ slot: day(3), ...change }),
        "minute",
        spent,
      ),
    );
  expect(again({})).toBe("");
  expect(again({ permit: "none" })).toBe("I2 missing permit none");
  expect(again({ slot: day(300) })).toBe(
    `I2 breach permit huaxing-vehicles, until ${day(300)}`,
  );
  expect(again({ operation: "aggregate" })).toBe(
    "V-SCOPE breach permit huaxing-vehicles, form aggregate",
  );
  expect(again({ fields: "8" })).toBe(
    "V-SCOPE breach permit huaxing-vehicles, fields 8",
  );
  expect(again({ where: "a" })).toBe(
    "V-SCOPE breach permit huaxing-vehicles, where a",
  );
  expect(
    again({ units: { calls: 1, steps: 0, bytes: 1 }, charge: 0 }),
  ).toContain("V-SCOPE breach permit huaxing-vehicles, steps 0, rows-max 100");
  expect(again({ units: { calls: 0, steps: 1, bytes: 1 } })).toBe(
    "V-SCOPE breach permit huaxing-vehicles, calls 0",
  );
  expect(again({ units: { calls: 2, steps: 1, bytes: 1 } })).toBe(
    "V-SCOPE breach permit huaxing-vehicles, calls 2",
  );
  expect(again({ units: { calls: 1, steps: 10, bytes: 1 }, charge: 800 })).toBe(
    "",
  );
  expect(again({ units: { calls: 1, steps: 11, bytes: 1 }, charge: 880 })).toBe(
    "V-SCOPE breach permit huaxing-vehicles, steps 11, rows-max 100",
  );
  expect(again({ subjects: 12 })).toBe("V-SCOPE breach subjects 12");
  expect(again({ subjects: 100 })).toBe("");
  expect(again({ charge: 79 })).toBe(
    "I3 breach charged 79, fee-in-force 80, fee vehicles-fee",
  );
  expect(again({ charge: 81 })).toBe(
    "I3 breach charged 81, fee-in-force 80, fee vehicles-fee",
  );
  expect(again({ fee: "other" })).toBe(
    "I3 breach charged 80, fee-in-force 80, fee vehicles-fee",
  );
  expect(again({ state: "open" })).toBe("");
  expect(
    sayFindings(
      admitAgain(house.register, aUse({ slot: day(3) }), "hour", none()),
    ),
  ).toBe("V-SCOPE breach permit huaxing-vehicles, slot hour");
});

test("a quota counts what was really used, to the last step", () => {
  const house = play([
    ...scene,
    ...given(day(2), aPermit({ quota: { calls: 5, steps: 9 } })),
  ]);
  const again = (
    calls: number,
    steps: number,
    spent: { calls: number; steps: number },
  ): string =>
    sayFindings(
      admitAgain(
        house.register,
        aUse({
          slot: day(3),
          units: { calls, steps, bytes: 1 },
          charge: 80 * steps,
        }),
        "minute",
        spent,
      ),
    );
  expect(again(1, 4, { calls: 4, steps: 5 })).toBe("");
  expect(again(1, 5, { calls: 4, steps: 5 })).toBe(
    "V-QUOTA breach permit huaxing-vehicles, steps 9",
  );
  expect(again(1, 1, { calls: 5, steps: 0 })).toBe(
    "V-QUOTA breach permit huaxing-vehicles, calls 5",
  );
  expect(again(2, 1, { calls: 4, steps: 0 })).toBe(
    "V-QUOTA breach permit huaxing-vehicles, calls 5",
  );
});

test("the units of an answer: one call, steps of rows, steps of bytes, at least one of each", () => {
  const product = aProduct({ rowsPerStep: 10 });
  expect(unitsOf(product, 0, 0, 65_536)).toEqual({
    calls: 1,
    steps: 1,
    bytes: 1,
  });
  expect(unitsOf(product, 10, 65_536, 65_536)).toEqual({
    calls: 1,
    steps: 1,
    bytes: 1,
  });
  expect(unitsOf(product, 11, 65_537, 65_536)).toEqual({
    calls: 1,
    steps: 2,
    bytes: 2,
  });
});
