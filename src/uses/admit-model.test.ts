import fc from "fast-check";
import { expect, test } from "vitest";
import { aFee, aProduct, stations } from "../../test/story-acts.ts";
import { day, HOUR, must } from "../../test/story-founding.ts";
import {
  grantedIn,
  modelAdmit,
  modelAgain,
  modelPrice,
} from "../../test/story-model.ts";
import { beginning, growUnsigned, movesBy } from "../../test/story-moves.ts";
import { of } from "../../test/story-random.ts";
import { aUse, useOf } from "../../test/story-uses.ts";
import { given, play } from "../../test/story.ts";
import { admit, slotNameOf } from "./admit.ts";
import { admitAgain } from "./admit-again.ts";
import type {
  AggregatePlan,
  Condition,
  Plan,
  RecordsPlan,
  Request,
} from "./plan.ts";
import { SLOT, slotOf, type Use } from "./use.ts";

/** The fast admission against a slow, obvious model that reads the list of granted acts (test/story-model.ts). */
/** Rights and prices come and go; now and then something that carries them ends. */
const moves = movesBy({
  permit: 20,
  feeStandard: 16,
  feeCeiling: 6,
  feeEnded: 3,
  permitRevoked: 2,
  product: 6,
  authorisation: 6,
  confirmed: 3,
  organisation: 1,
  rulebookAdopted: 1,
  productWithdrawn: 1,
  authorisationEnded: 1,
  orderReceived: 4,
  override: 2,
  renewalAsked: 4,
  renewalGranted: 2,
  renewalRefused: 2,
});
const field: fc.Arbitrary<string> = of(
  "plate",
  "make",
  "year",
  "owner",
  "since",
);
const fields = fc.uniqueArray(field, { minLength: 1, maxLength: 3 });
const values = fields.map((names) =>
  names.map((name) => ({ field: name, value: "1" })),
);
const dataset: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constant("vehicles"), weight: 4 },
  of("owners", "stations", "none"),
);
const limit: fc.Arbitrary<number> = of(1, 9, 10, 11, 100, 101);
const where: fc.Arbitrary<Condition[]> = fields.map((names) =>
  names.map((name) => ({ field: name, op: "eq" as const, value: "1" })),
);
const nothing: RecordsPlan["order"] = [];
const counting: AggregatePlan["measures"] = [{ measure: "count" }];
/** What can be admitted, mostly. */
const readyPlan: fc.Arbitrary<Plan> = fc.record({
  form: fc.constant("records" as const),
  dataset: fc.constant("vehicles"),
  fields: fc.subarray(["plate", "make", "year"], { minLength: 1 }),
  where: fc.subarray<Condition>([
    { field: "plate", op: "eq", value: "1" },
    { field: "year", op: "eq", value: 1 },
  ]),
  order: fc.constant(nothing),
  limit: of(1, 10, 11, 100),
});
const openPlan: Plan = {
  form: "records",
  dataset: "stations",
  fields: ["town"],
  where: [],
  order: [],
  limit: 5,
};
const plan = fc
  .oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        form: fc.constant("records" as const),
        dataset,
        fields,
        where,
        order: fc.constant(nothing),
        limit,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        form: fc.constant("answer" as const),
        dataset: of("owners", "stations"),
        key: values,
        values,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        form: fc.constant("aggregate" as const),
        dataset,
        measures: fc.constant(counting),
        by: fields,
        where,
        limit,
      }),
    },
  )
  .map((one): Plan => one);
const request: fc.Arbitrary<Request> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record(
      {
        product: of(
          "vehicle-records",
          "vehicle-records",
          "owner-check",
          "second",
          "none",
        ),
        purpose: of("vehicle-trade", "insurance", "traffic-safety"),
        plan,
      },
      { requiredKeys: ["plan", "product"] },
    ),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      product: fc.constant("vehicle-records"),
      plan: readyPlan,
    }),
  },
  { weight: 1, arbitrary: fc.record({ plan }) },
  { weight: 1, arbitrary: fc.constant({ plan: openPlan }) },
);
const who = fc.oneof(
  { arbitrary: fc.constant("huaxing"), weight: 5 },
  of("sanhe", "rival", undefined),
);
const spent = fc.record({
  calls: fc.nat({ max: 3 }),
  steps: fc.nat({ max: 6 }),
});
/** From the end of the history on, and far behind it, and on the hours at which things begin and end. */
const later = fc.oneof(
  fc.integer({ min: 0, max: 48 }).map((h) => h * HOUR),
  of(0, 1, HOUR - 1),
  fc.integer({ min: 0, max: 50 * 24 }).map((h) => h * HOUR),
  fc.integer({ min: 0, max: 400 * 24 }).map((h) => h * HOUR - 1),
);
const asking = fc.array(fc.record({ request, who, later, spent }), {
  minLength: 8,
  maxLength: 16,
  size: "max",
});

test("whoever is admitted, the model admits, by the same permits and at the same price; and what was admitted is admitted again", () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(moves, asking, (history, requests) => {
      const { register, granted } = growUnsigned(history);
      for (const asked of requests) {
        const at = register.at + asked.later;
        const admission = admit(
          register,
          asked.request,
          asked.who,
          at,
          () => asked.spent,
        );
        const model = modelAdmit(
          granted,
          asked.request,
          asked.who,
          at,
          () => asked.spent,
        );
        seen.set(model.outcome, (seen.get(model.outcome) ?? 0) + 1);
        expect(admission.outcome).toBe(model.outcome);
        if (admission.outcome === "refused")
          expect(admission.findings.length).toBeGreaterThan(0);
        if (admission.outcome !== "admitted" || model.outcome !== "admitted")
          continue;
        const { permit, price, slotName, basis } = admission;
        expect(model.permits).toContain(permit.act.permit);
        expect(price.fee?.act.fee).toBe(
          modelPrice(granted, permit.act.permit, at)?.fee,
        );
        expect(basis).toBeLessThan(register.size);
        if (price.fee !== undefined)
          seen.set("priced", (seen.get("priced") ?? 0) + 1);
        const use = useOf(admission, asked.request, at);
        expect(admitAgain(register, use, slotName, asked.spent)).toEqual([]);
        expect(modelAgain(granted, use, slotName, asked.spent)).toBe(true);
        expect(
          admitAgain(
            register,
            { ...use, charge: use.charge + 1 },
            slotName,
            asked.spent,
          ),
        ).not.toEqual([]);
        if (use.charge > 0)
          expect(
            admitAgain(
              register,
              { ...use, charge: use.charge - 1 },
              slotName,
              asked.spent,
            ),
          ).not.toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
  for (const outcome of ["open", "refused", "admitted", "priced"])
    expect(seen.get(outcome) ?? 0, outcome).toBeGreaterThan(30);
});

const bits = fc.oneof(
  of("0", "1", "2", "5", "7"),
  of("8", "f", "80", "1000000"),
);
const entered = fc.record({
  permit: fc.oneof(
    { arbitrary: fc.constant("huaxing-vehicles"), weight: 4 },
    of("permit-2", "permit-3", "none"),
  ),
  operation: fc.oneof(
    { arbitrary: fc.constant("records" as const), weight: 6 },
    of("answer" as const, "aggregate" as const, "lookup" as const),
  ),
  fields: bits,
  where: of("0", "1", "4", "5", "2"),
  units: fc.record({
    calls: of(0, 1, 1, 1, 2),
    steps: of(0, 1, 1, 2, 10, 11, 20, 21),
    bytes: fc.constant(1),
  }),
  subjects: of(0, 0, 1, 10, 3, 99),
  state: of("whole", "whole", "whole", "open"),
});

test("whatever stands in a usage log is admitted again exactly when the model says so", () => {
  const seen = { right: 0, wrong: 0 };
  fc.assert(
    fc.property(
      moves,
      fc.array(
        fc.record({
          entered,
          later,
          spent,
          off: of(0, 0, 0, 0, 1, -1),
          hour: fc.nat({ max: 9 }),
          right: fc.boolean(),
        }),
        { minLength: 10, maxLength: 20, size: "max" },
      ),
      (history, uses) => {
        const { register, granted } = growUnsigned(history);
        for (const {
          entered: shape,
          later: after,
          spent: used,
          off,
          hour,
          right,
        } of uses) {
          const slotName = hour === 0 ? "hour" : "minute";
          const slot = slotOf(register.at + after, SLOT[slotName]);
          const fee = modelPrice(granted, shape.permit, slot);
          const charge = Math.max(
            0,
            (fee === undefined
              ? 0
              : fee.amount *
                (fee.unit === "call" ? shape.units.calls : shape.units.steps)) +
              off,
          );
          const { fee: _, ...free } = aUse({
            slot,
            ...shape,
            charge,
            ...(right
              ? {
                  fields: "1",
                  where: "0",
                  subjects: 0,
                  state: "whole" as const,
                }
              : {}),
          });
          const use: Use = fee === undefined ? free : { ...free, fee: fee.fee };
          const wanted = modelAgain(granted, use, slotName, used);
          seen[wanted ? "right" : "wrong"]++;
          expect(
            admitAgain(register, use, slotName, used).length === 0,
            JSON.stringify(use),
          ).toBe(wanted);
        }
      },
    ),
    { numRuns: 250 },
  );
  expect(Math.min(seen.right, seen.wrong)).toBeGreaterThan(50);
});

test("the model itself knows open data, personal data and prices", () => {
  const house = play(given(day(1), ...beginning));
  const granted = grantedIn(house.entries);
  expect(
    modelAdmit(
      granted,
      {
        plan: {
          form: "records",
          dataset: stations.dataset,
          fields: ["town"],
          where: [],
          order: [],
          limit: 1,
        },
      },
      undefined,
      day(2),
      () => ({ calls: 0, steps: 0 }),
    ),
  ).toEqual({ outcome: "open" });
  expect(modelPrice(granted, "huaxing-vehicles", day(2))).toEqual(aFee());
  expect(must(house.register.products.get(aProduct().product)).personal).toBe(
    false,
  );
  expect([slotNameOf(true), slotNameOf(false)]).toEqual(["hour", "minute"]);
});
