import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  aGateway,
  anAuthorisationEnd,
  anOrganisation,
  aPermit,
  ownerCheck,
  priced,
} from "../../test/story-acts.ts";
import { day, HOUR } from "../../test/story-founding.ts";
import { growUnsigned, movesBy } from "../../test/story-moves.ts";
import { of } from "../../test/story-random.ts";
import { asked, useOf } from "../../test/story-uses.ts";
import { given, play, type Step } from "../../test/story.ts";
import { admit } from "./admit.ts";
import { explainUse } from "./explain.ts";
import { useExplained } from "./explained.ts";
import type { Condition, Plan, RecordsPlan, Request } from "./plan.ts";

const scene = given(day(1), ...priced, ownerCheck(), aGateway());
const registerOf = (...steps: readonly Step[]) => play(steps).register;

function told(
  steps: readonly Step[],
  request: Request,
  organisation?: string,
  spent?: { calls: number; steps: number },
) {
  return explainUse({
    register: registerOf(...steps),
    request,
    organisation,
    at: day(3),
    ...(spent === undefined ? {} : { spent: () => spent }),
  });
}

describe("why somebody may have it", () => {
  const served = [
    ...scene,
    ...given(day(2), aPermit({ quota: { calls: 10, steps: 20 } })),
  ];

  test("names the permit, the fee with its ground and ceiling, and every entry that it rests on", () => {
    const explained = told(served, asked({ limit: 15 }), "huaxing");
    expect(explained).toMatchObject({
      outcome: "admitted",
      permit: { permit: "huaxing-vehicles", purpose: "vehicle-trade" },
      price: {
        because: "fee",
        most: 160,
        fee: { fee: "vehicles-fee", amount: 80, unit: "step" },
      },
    });
    if (explained.outcome !== "admitted") throw new Error("it is refused");
    expect(explained.price.fee?.ground).toMatch(/\S/);
    expect(explained.price.fee?.ceiling?.amount).toBeGreaterThanOrEqual(80);
    expect(explained.rests.map(({ what }) => what)).toEqual([
      ...["permit", "product", "authorisation", "fee", "ceiling", "rulebook"],
    ]);
  });

  test("says what is left of a quota only where it is known", () => {
    const spent = { calls: 4, steps: 20 - 2 };
    expect(told(served, asked({ limit: 15 }), "huaxing", spent)).toMatchObject({
      permit: { left: { calls: 6, steps: 2 } },
    });
    expect(told(served, asked({ limit: 15 }), "huaxing")).not.toHaveProperty(
      "permit.left",
    );
    expect(told(served, asked({ limit: 25 }), "huaxing", spent)).toMatchObject({
      outcome: "refused",
      nearest: [{ near: "permit", lacks: [{ lack: "steps", left: 2 }] }],
    });
  });
});

describe("the nearest that would have allowed it", () => {
  const narrow = [
    ...scene,
    ...given(
      day(2),
      anOrganisation({ organisation: "rival" }),
      aPermit({ fields: ["make"], where: [] }),
    ),
  ];

  test("is a permit of one's own that lacks a field", () => {
    expect(
      told(narrow, asked({ fields: ["make", "plate"] }), "huaxing"),
    ).toMatchObject({
      outcome: "refused",
      nearest: [
        {
          near: "permit",
          permit: "huaxing-vehicles",
          lacks: [{ lack: "field", name: "plate" }],
        },
      ],
    });
  });

  test("is a product to apply for, where one has no permit", () => {
    expect(told(narrow, asked(), "rival")).toMatchObject({
      outcome: "refused",
      findings: [{ rule: "I2" }],
      nearest: [{ near: "product", product: "vehicle-records", lacks: [] }],
    });
  });

  test("is a permit for another purpose than the one that was named", () => {
    const other = { ...asked(), purpose: "traffic-safety" };
    expect(told(narrow, other, "huaxing")).toMatchObject({
      nearest: [
        {
          near: "permit",
          lacks: expect.arrayContaining([
            { lack: "purpose", purpose: "traffic-safety" },
          ]),
        },
      ],
    });
  });

  test("is a permit whose authorisation an act has ended, and when", () => {
    const over = [...narrow, ...given(day(2) + HOUR, anAuthorisationEnd())];
    expect(told(over, asked({ fields: ["make"] }), "huaxing")).toMatchObject({
      outcome: "refused",
      nearest: [
        {
          near: "permit",
          lacks: [{ lack: "ended", what: "authorisation", at: day(2) + HOUR }],
        },
      ],
    });
  });

  test("is nothing at all for sums over persons", () => {
    const sums: Request = {
      plan: {
        form: "aggregate",
        dataset: "owners",
        measures: [{ measure: "count" }],
        by: [],
        where: [],
        limit: 1,
      },
    };
    expect(told(narrow, sums, "huaxing")).toMatchObject({
      outcome: "refused",
      nearest: [
        { near: "never", rule: "I12" },
        { near: "product", product: "owner-check" },
      ],
    });
  });
});

const moves = movesBy({
  permit: 20,
  feeStandard: 8,
  feeCeiling: 4,
  permitRevoked: 4,
  product: 6,
  authorisation: 6,
  rulebookAdopted: 1,
  productWithdrawn: 1,
  authorisationEnded: 2,
});
const names = fc.uniqueArray(of("plate", "make", "year"), {
  minLength: 1,
  maxLength: 3,
});
const condition: fc.Arbitrary<Condition> = fc.constantFrom<Condition[]>(
  { field: "plate", op: "eq", value: "1" },
  { field: "year", op: "eq", value: 1 },
);
const plan: fc.Arbitrary<Plan> = fc.oneof(
  fc.record({
    form: fc.constant("records" as const),
    dataset: of("vehicles", "vehicles", "stations"),
    fields: names,
    where: fc.uniqueArray(condition, { maxLength: 2 }),
    order: fc.constant<RecordsPlan["order"]>([]),
    limit: of(1, 10, 11, 100, 101),
  }),
  fc.record({
    form: fc.constant("answer" as const),
    dataset: of("owners", "stations"),
    key: of("plate", "owner").map((field) => [{ field, value: "1" }]),
    values: of("owner").map((field) => [{ field, value: "1" }]),
  }),
);
const asking = fc.record(
  {
    plan,
    product: of("vehicle-records", "owner-check", "second"),
    purpose: of("vehicle-trade", "insurance"),
  },
  { requiredKeys: ["plan"] },
);

test("a permit that is said to be enough is enough when it is named, and one that is said to lack something is not", () => {
  const seen = { enough: 0, lacking: 0, admitted: 0 };
  fc.assert(
    fc.property(
      moves,
      fc.array(asking, { minLength: 6, maxLength: 12, size: "max" }),
      of(0, HOUR, 600 * HOUR, 9000 * HOUR),
      fc.record({ calls: fc.nat({ max: 3 }), steps: fc.nat({ max: 6 }) }),
      (history, requests, later, spent) => {
        const { register } = growUnsigned(history);
        const at = register.at + later;
        const about = { register, organisation: "huaxing", at };
        for (const request of requests) {
          const explained = explainUse({
            ...about,
            request,
            spent: () => spent,
          });
          expect(useExplained.parse(explained)).toEqual(explained);
          const admission = admit(
            ...([register, request, "huaxing", at, () => spent] as const),
          );
          if (explained.outcome === "admitted") {
            if (admission.outcome !== "admitted")
              throw new Error("it is not admitted");
            seen.admitted++;
            const { charge } = useOf(admission, request, at);
            expect(charge).toBeLessThanOrEqual(explained.price.most);
          }
          if (explained.outcome !== "refused") continue;
          for (const near of explained.nearest) {
            if (near.near !== "permit") continue;
            const named = explainUse({
              ...about,
              request: { ...request, product: near.product },
              spent: () => spent,
              known: { permit: near.permit },
            });
            const isEnough = near.lacks.length === 0;
            seen[isEnough ? "enough" : "lacking"]++;
            expect(named.outcome).toBe(isEnough ? "admitted" : "refused");
          }
        }
      },
    ),
    { numRuns: 300 },
  );
  for (const [what, times] of Object.entries(seen))
    expect(times, what).toBeGreaterThan(10);
});
