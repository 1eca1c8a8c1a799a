import fc from "fast-check";
import { expect, test } from "vitest";
import {
  aCeiling,
  aDataset,
  aFee,
  aField,
  aPermit,
  aProduct,
  aRevocation,
  aWithdrawal,
  aRulebook,
} from "../../test/story-acts.ts";
import { aContribution, aNotice } from "../../test/story-contributions.ts";
import { DAY, HOUR, theRulebook } from "../../test/story-founding.ts";
import { modelAdmit, modelPrice } from "../../test/story-model.ts";
import {
  modelRepeat,
  modelRows,
  modelSettle,
} from "../../test/story-model-again.ts";
import {
  actUnsigned,
  growUnsigned,
  type Move,
} from "../../test/story-moves.ts";
import { of } from "../../test/story-random.ts";
import { useOf } from "../../test/story-uses.ts";
import { emptyHouse, usual } from "../../test/story.ts";
import type { Act, ActOf } from "../acts/act.ts";
import { admit } from "./admit.ts";
import { repeatAgain, settleAgain } from "./admit-again.ts";
import type { Request } from "./plan.ts";
import { SLOT, type Settle, slotOf } from "./use.ts";

/** What came to the gate later, against the slow model: filters of rows, cases, bound tokens, files, lent data, settles, repeats. */
const FIELDS = ["engine", "line", "length", "driver", "since", "electric"];
const trains = aDataset({
  dataset: "trains",
  title: "Trains",
  contribution: "rail-data",
  subject: "driver",
  fields: [
    aField("engine", { identifier: true }),
    aField("line"),
    aField("length", { type: "integer" }),
    aField("driver", { classification: "personal" }),
    aField("since", { type: "date" }),
    aField("electric", { type: "boolean" }),
  ],
});
const bridges = aDataset({
  dataset: "bridges",
  title: "Bridges",
  contribution: "rail-data",
  fields: [aField("name", { classification: "open" })],
});
const rulebook = (cased: readonly string[]) =>
  aRulebook({
    purposes: theRulebook.purposes.map((one) =>
      cased.includes(one.purpose) ? { ...one, case: true } : one,
    ),
  });
const lentProduct = (
  product: string,
  change: Partial<ActOf<"product">>,
): ActOf<"product"> => {
  const { authorisation: _, ...rest } = aProduct({ product, ...change });
  return rest;
};
const trainFields = [{ dataset: "trains", fields: FIELDS }];
const first: readonly Act[] = [
  rulebook([]),
  aContribution({ noticeDays: 1, terms: aContribution().terms }),
  trains,
  bridges,
  lentProduct("train-records", { content: trainFields, rowsPerStep: 100 }),
  lentProduct("train-file", {
    content: trainFields,
    form: "file",
    rowsPerStep: 100,
  }),
  lentProduct("vehicle-file", { form: "file" }),
  aCeiling({ ceiling: "file-max", product: "vehicle-file", unit: "call" }),
  aFee({ fee: "file-fee", product: "vehicle-file", unit: "call" }),
];

const value = of<string | number | boolean>(
  ...["a", "12", "2026-03-01", "2026-13-01", 7, -7, 0, true, false],
);
const filter: fc.Arbitrary<NonNullable<ActOf<"permit">["rows"]>[number]> =
  fc.oneof(
    fc.record({
      field: of(...FIELDS, "make", "plate"),
      op: of("eq", "ne", "lt", "lte", "gt", "gte"),
      value,
    }),
    fc.record({
      field: of(...FIELDS),
      op: fc.constant("in" as const),
      value: fc.uniqueArray(value, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      field: of(...FIELDS),
      op: fc.constant("missing" as const),
      value: fc.boolean(),
    }),
  );

/** Mostly one that can be granted. */
const filters = fc.oneof(
  { weight: 1, arbitrary: fc.array(filter, { minLength: 1, maxLength: 2 }) },
  {
    weight: 4,
    arbitrary: of("line", "make").map((name) => [
      { field: name, op: "eq" as const, value: "a" },
    ]),
  },
);
const PERMITS = ["p1", "p2", "p3", "p4"];
const PRODUCTS = ["train-records", "train-file", "vehicle-file"] as const;
const purposes = ["vehicle-trade", "insurance", "traffic-safety"] as const;
const aRandomPermit: fc.Arbitrary<ActOf<"permit">> = fc
  .record({
    permit: of(...PERMITS),
    product: of(...PRODUCTS, "vehicle-records"),
    purpose: of(...purposes),
    fields: of(0, 0, 0, 1, 3),
    rowsMax: of(1, 100, 150, 250),
    quota: of({}, {}, { calls: 2 }, { steps: 2 }),
    rows: fc.option(filters, {
      nil: undefined,
      freq: 2,
    }),
  })
  .map(({ fields, rows, ...rest }) => {
    const names = rest.product.startsWith("train")
      ? FIELDS
      : ["plate", "make", "year"];
    return aPermit({
      ...rest,
      fields: names.slice(0, names.length - fields),
      where: names.slice(0, 2),
      ...(rows === undefined ? {} : { rows }),
    });
  });
const dated = (one: fc.Arbitrary<Act>) =>
  one.map(
    (act): Move["act"] =>
      () =>
        act,
  );
const moves: fc.Arbitrary<readonly Move[]> = fc
  .array(
    fc.record({
      after: fc.oneof(of(0, HOUR), fc.nat({ max: 3 * DAY })),
      act: fc.oneof(
        { weight: 12, arbitrary: dated(aRandomPermit) },
        {
          weight: 1,
          arbitrary: dated(
            of(...PERMITS).map((permit) => aRevocation({ permit })),
          ),
        },
        {
          weight: 1,
          arbitrary: dated(
            of(...PRODUCTS).map((product) => aWithdrawal({ product })),
          ),
        },
        {
          weight: 4,
          arbitrary: dated(
            of<readonly string[]>(
              ["vehicle-trade"],
              ["vehicle-trade", "insurance"],
              purposes,
            ).map(rulebook),
          ),
        },
        {
          weight: 1,
          arbitrary: of(2, 30).map(
            (days) => (hour: number) =>
              aNotice({ contribution: "rail-data", ends: hour + days * DAY }),
          ),
        },
      ),
      by: fc.constant(undefined),
    }),
    { minLength: 4, maxLength: 14, size: "max" },
  )
  .map((rest) => [
    ...first.map((act) => ({ after: 0, act: () => act, by: undefined })),
    ...rest,
  ]);

const request: fc.Arbitrary<Request> = fc
  .record({
    product: of(...PRODUCTS, ...PRODUCTS, "vehicle-records"),
    purpose: of(...purposes, undefined, undefined),
    case: of("case-1", undefined),
    isOpen: fc.nat({ max: 9 }),
    fields: of(0, 1, 2, 3, 4),
    limit: of(1, 99, 100, 101, 200),
  })
  .map(({ isOpen, fields, limit, product, purpose, case: number }) => {
    const rest = { where: [], order: [], limit };
    if (isOpen === 0)
      return {
        plan: {
          ...{ form: "records", dataset: "bridges", fields: ["name"] },
          ...rest,
        },
      };
    const ofTrains = product.startsWith("train");
    const names = ofTrains ? FIELDS : ["plate", "make", "year"];
    const what = {
      dataset: ofTrains ? "trains" : "vehicles",
      fields: names.slice(0, Math.max(1, names.length - fields)),
    };
    return {
      product,
      ...(purpose === undefined ? {} : { purpose }),
      ...(number === undefined ? {} : { case: number }),
      plan: product.endsWith("file")
        ? { form: "file", ...what }
        : { form: "records", ...what, ...rest },
    };
  });
const known = fc.record(
  { permit: of(...PERMITS), rows: of(1, 99, 100, 150, 201) },
  { requiredKeys: [] },
);
const asking = fc.array(
  fc.record({
    request,
    known,
    who: of("huaxing", "huaxing", "huaxing", "sanhe", undefined),
    later: fc.oneof(
      of(0, 1, HOUR),
      fc.nat({ max: 40 * 24 }).map((h) => h * HOUR),
    ),
    spent: fc.record({ calls: fc.nat({ max: 2 }), steps: fc.nat({ max: 2 }) }),
    settles: fc.array(
      fc.record({
        result: of<Settle["result"]>("complete", "cancelled", "broken"),
        steps: of(0, 1, 1, 1, 2, 3),
        subjects: of(0, 0, 1, 10, 7),
        off: of(0, 0, 0, 0, 1, -1),
        calls: of(1, 1, 1, 1, 1, 2),
      }),
      { minLength: 6, maxLength: 6 },
    ),
    repeat: of(-HOUR, 0, HOUR, DAY, DAY + HOUR),
    isKeyed: of(true, true, true, false),
  }),
  { minLength: 8, maxLength: 16, size: "max" },
);

test("filters, cases, bound tokens, files, lent data: whoever is admitted, the model admits; settles and repeats as well", () => {
  const seen = new Map<string, number>();
  const see = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  fc.assert(
    fc.property(moves, asking, (history, requests) => {
      const { register, granted } = growUnsigned(history);
      for (const one of requests) {
        const { request: asked, who, spent } = one;
        const at = register.at + one.later;
        const given = [asked, who, at, () => spent, one.known] as const;
        const admission = admit(register, ...given);
        const model = modelAdmit(granted, ...given);
        expect(admission.outcome, JSON.stringify(one)).toBe(model.outcome);
        const kind = asked.plan.dataset === "bridges" ? "open" : "gate";
        see(`${model.outcome} ${kind === "open" ? kind : asked.plan.form}`);
        if (admission.outcome === "refused")
          see(`by ${admission.findings[0]?.rule ?? ""}`);
        if (admission.outcome !== "admitted" || model.outcome !== "admitted")
          continue;
        const { permit } = admission;
        expect(model.permits).toContain(permit.act.permit);
        expect(admission.price.fee?.act.fee).toBe(
          modelPrice(granted, permit.act.permit, at)?.fee,
        );
        if (permit.act.rows !== undefined) see("filtered");
        if (one.known.permit !== undefined) see("bound");
        if (asked.case !== undefined) see("with a case");
        const whole = useOf(admission, asked, at, one.known.rows);
        const use = {
          ...whole,
          ...(one.isKeyed ? { keyed: true as const } : {}),
          state: "open" as const,
        };
        const fee = admission.price.fee?.act;
        for (const { result, steps, subjects, off, calls } of one.settles) {
          const each = fee?.unit === "call" ? calls : steps;
          const full = result === "broken" ? 0 : (fee?.amount ?? 0) * each;
          const settle: Settle = {
            ...{ v: 1, kind: "settle", of: whole.private, result },
            ...{ units: { calls, steps, bytes: 1 }, subjects },
            ...{ charge: Math.max(0, full + off), private: whole.private },
          };
          const settles = modelSettle(granted, use, settle);
          see(settles ? "settled" : "not settled");
          expect(
            settleAgain(register, use, settle).length === 0,
            JSON.stringify({ use, settle }),
          ).toBe(settles);
        }
        const slot = slotOf(at + one.repeat, SLOT[admission.slotName]);
        const repeats = modelRepeat(granted, use, admission.slotName, slot);
        see(repeats ? "repeated" : "not repeated");
        expect(
          repeatAgain(register, use, admission.slotName, slot).length === 0,
          JSON.stringify({ use, slot }),
        ).toBe(repeats);
      }
    }),
    { numRuns: 700 },
  );
  for (const what of [
    ...["open open", "refused open", "admitted records", "admitted file"],
    ...["refused records", "refused file", "filtered", "bound", "with a case"],
    ...["by V-CASE", "by V-QUOTA", "by V-SCOPE", "by I2"],
    ...["settled", "not settled", "repeated", "not repeated"],
  ])
    expect(seen.get(what) ?? 0, what).toBeGreaterThan(10);
});

test("a filter of rows is granted exactly when the model finds nothing against it", () => {
  const seen = new Map<string, number>();
  const { granted } = growUnsigned(
    first.map((act) => ({ after: 0, act: () => act, by: undefined })),
  );
  fc.assert(
    fc.property(
      fc.array(filter, { minLength: 1, maxLength: 2 }),
      of("train-records", "train-file"),
      (rows, product) => {
        const house = emptyHouse();
        for (const { at, act } of granted)
          actUnsigned(house, at, act, usual[act.kind]);
        const act = aPermit({
          ...{ permit: "filtered", product, rows: [...rows] },
          ...{ fields: ["line"], where: [] },
        });
        const ruling = actUnsigned(house, house.register.at, act, usual.permit);
        const broken = modelRows(granted, act);
        const found = (ruling.outcome === "refused" ? ruling.findings : []).map(
          ({ rule }) => rule,
        );
        expect(new Set(found), JSON.stringify(rows)).toEqual(broken);
        expect(ruling.outcome === "granted").toBe(broken.size === 0);
        for (const rule of [...broken, ruling.outcome])
          seen.set(rule, (seen.get(rule) ?? 0) + 1);
      },
    ),
    { numRuns: 300 },
  );
  for (const what of ["I1", "I9", "V-FORM", "granted", "refused"])
    expect(seen.get(what) ?? 0, what).toBeGreaterThan(10);
});
