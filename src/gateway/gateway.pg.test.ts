import { describe, expect, test } from "vitest";
import type { Act } from "../acts/act.ts";
import { fromBase64url, toBase64url } from "../acts/bytes.ts";
import {
  isNamed,
  MINUTE,
  people,
  permit,
  product,
  stations,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import {
  entryOf,
  gatewayWith,
  isAnywhere,
  leftOver,
  officeFor,
  openingOf,
  shown,
} from "../../test/simulation/small-office-story.ts";
import { DuckdbEngine } from "../engine/duckdb.ts";
import { Engine } from "../engine/engine.ts";
import { primitives } from "../store/crypto.ts";
import { openingsSince } from "../store/database.ts";
import { unseal } from "../store/openings.ts";
import { commitmentOf } from "../uses/opening.ts";
import type { AggregatePlan } from "../uses/plan.ts";
import { Unavailable } from "./unavailable.ts";

const aggregates: readonly Act[] = [
  product({
    product: "vehicles.aggregate",
    content: [{ dataset: "vehicles", fields: ["make", "year"] }],
    form: "aggregate",
  }),
  permit({
    permit: "huaxing-aggregate",
    product: "vehicles.aggregate",
    fields: ["make", "year"],
    where: ["year"],
  }),
];
const counted = (change: Partial<AggregatePlan> = {}): AggregatePlan => ({
  form: "aggregate",
  dataset: "vehicles",
  measures: [{ measure: "count" }, { measure: "sum", field: "year" }],
  by: ["make"],
  where: [],
  limit: 10,
  ...change,
});

describe("no entry, no answer", () => {
  test("every kind of answer bears a receipt whose entry is in public when its slot has ended", async () => {
    const office = await officeFor("gateway", { more: aggregates });
    const answers = [
      await office.answered(vehicles(), "huaxing"),
      await office.answered(counted(), "huaxing"),
      await office.answered(people(), "huaxing"),
      await office.answered(isNamed("N7", "Name 7"), "huaxing"),
      await office.answered(stations()),
      await office.answered(
        counted({
          dataset: "stations",
          by: ["town"],
          measures: [{ measure: "count" }, { measure: "sum", field: "height" }],
        }),
      ),
    ];
    const leaves = answers.map(({ leaf }) => leaf);
    expect(new Set(leaves).size).toBe(answers.length);
    expect(answers.map(({ receipt }) => entryOf(receipt).kind)).toEqual([
      ...["use", "use", "use", "use"],
      ...["open", "open"],
    ]);
    expect(await shown(office)).toEqual([]);
    expect(await leftOver(office)).toEqual([]);
    const inPublic = (await shown(office)).map(({ leaf }) => leaf);
    expect(inPublic).toEqual(expect.arrayContaining(leaves));
  });

  test("the opening opens what was entered, and says what was answered", async () => {
    const office = await officeFor("gateway");
    const { text, receipt } = await office.answered(
      people({ where: [{ field: "town", op: "eq", value: "Town 3" }] }),
      "huaxing",
      { case: "case-7" },
    );
    const use = entryOf(receipt);
    const { nonce = "", content = "" } = receipt.opening ?? {};
    const opening = {
      nonce: fromBase64url(nonce),
      content: fromBase64url(content),
    };
    expect(use).toMatchObject({
      private: commitmentOf(primitives, opening),
      subjects: 10,
      units: { calls: 1, steps: 1 },
    });
    expect(openingOf(receipt)).toMatchObject({
      answer: toBase64url(primitives.sha256(Buffer.from(text))),
      at: office.clock.now,
      bytes: Buffer.byteLength(text),
      case: "case-7",
      organisation: "huaxing",
      rows: 10,
      vintage: 1,
    });
    // The office keeps the same, sealed, until it is erased.
    await office.house.tick();
    const { sql, keys } = office.house;
    const kept = (await openingsSince(sql, 0)).map(({ sealed }) =>
      unseal(keys.seal, sealed),
    );
    expect(kept).toEqual([Buffer.concat([opening.nonce, opening.content])]);
    expect(await leftOver(office)).toEqual([]);
  });

  test("the fee is charged by its steps; a public body pays nothing (CN-PRC-01), nor does anybody without a fee for them", async () => {
    const office = await officeFor("gateway", { more: aggregates });
    const charges = [
      await office.answered(vehicles({ limit: 1 }), "huaxing"),
      await office.answered(vehicles({ limit: 10 }), "huaxing"),
      await office.answered(vehicles({ limit: 11 }), "huaxing"),
      await office.answered(vehicles(), "court"),
      await office.answered(counted(), "huaxing"),
      await office.answered(stations()),
    ].map(({ charge, price, receipt }) => {
      const entry = entryOf(receipt);
      const entered = entry.kind === "use" ? [entry.charge, entry.fee] : [];
      return [charge, price?.because, ...entered];
    });
    expect(charges).toEqual([
      [80, "fee", 80, "vehicles-fee"],
      [80, "fee", 80, "vehicles-fee"],
      [160, "fee", 160, "vehicles-fee"],
      [0, "CN-PRC-01", 0, undefined],
      [0, "no fee in force for this class", 0, undefined],
      [0, undefined],
    ]);
    expect(await leftOver(office)).toEqual([]);
    const { sums } = await office.check();
    expect([...sums.charged]).toEqual([["CNY", 320]]);
  });

  test("after an orderly stop nobody is answered, and everything that was is kept", async () => {
    const office = await officeFor("gateway");
    await office.answered(vehicles(), "huaxing");
    const { gateway } = office.house;
    await Promise.all([
      expect(office.ask(vehicles(), "huaxing")).rejects.toThrow(Unavailable),
      office.stop(),
    ]);
    await expect(gateway?.ask({ plan: vehicles() }, "huaxing")).rejects.toThrow(
      "Cannot answer: the office is being stopped",
    );
    await office.start();
    expect(await leftOver(office)).toEqual([]);
  });
});

describe("identifiers of persons", () => {
  const both = [
    permit({
      permit: "huaxing-safety",
      product: "people.records",
      purpose: "safety",
      fields: ["number", "name", "town"],
      where: ["town"],
    }),
  ];
  const tokensIn = (text: string): readonly string[] => {
    const answer: { rows: readonly { number: unknown }[] } = JSON.parse(text);
    return answer.rows.map(({ number }) => String(number));
  };

  test("leave as tokens: the same under one permit, others under another, though it is of the same asker", async () => {
    const office = await officeFor("gateway", { more: both });
    const trade = { purpose: "trade" };
    const first = await office.answered(people(), "huaxing", trade);
    const again = await office.answered(people(), "huaxing", trade);
    const safety = { purpose: "safety" };
    const other = await office.answered(people(), "huaxing", safety);
    const others = await office.answered(people(), "other");
    expect(tokensIn(again.text)).toEqual(tokensIn(first.text));
    const all = [first, other, others].flatMap(({ text }) => tokensIn(text));
    expect(new Set(all).size).toBe(30);
    await office.restart();
    const later = await office.answered(people(), "huaxing", trade);
    expect(tokensIn(later.text)).toEqual(tokensIn(first.text));
    expect(await leftOver(office)).toEqual([]);
  });

  test("never leave themselves: not in the answer, not in its receipt, not in the opening", async () => {
    const office = await officeFor("gateway");
    const rows = await office.answered(people(), "huaxing");
    const yes = await office.answered(
      { ...isNamed("N7", "Name 7") },
      "huaxing",
    );
    const raw = /"N[0-9]+"/;
    expect(rows.text).not.toMatch(raw);
    expect(JSON.stringify(openingOf(rows.receipt))).not.toMatch(raw);
    const { subjects } = openingOf(rows.receipt);
    expect(subjects.length).toBe(10);
    expect(tokensIn(rows.text).toSorted()).toEqual(subjects.toSorted());
    expect(openingOf(yes.receipt).subjects).not.toContain("N7");
    expect(await leftOver(office)).toEqual([]);
    expect(await isAnywhere(office, Buffer.from('"N7"'))).toBe(false);
  });

  test("bear the tokens of the permit that the use is entered under, also when another one is used up meanwhile", async () => {
    const office = await officeFor("gateway", {
      more: [
        permit({
          permit: "sanhe-few",
          organisation: "sanhe",
          product: "people.records",
          fields: ["number", "name"],
          where: [],
          quota: { calls: 3 },
        }),
        permit({
          permit: "sanhe-many",
          organisation: "sanhe",
          product: "people.records",
          purpose: "safety",
          fields: ["number", "name"],
          where: [],
        }),
      ],
    });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => office.answered(people(), "sanhe")),
    );
    const byPermit = new Map<string, Set<string>>();
    for (const { permit: id = "", text } of answers)
      byPermit.set(
        id,
        (byPermit.get(id) ?? new Set()).add(text.replace(/,"cursor".*/, "")),
      );
    expect([...byPermit.keys()].toSorted()).toEqual([
      "sanhe-few",
      "sanhe-many",
    ]);
    for (const texts of byPermit.values()) expect(texts.size).toBe(1);
    expect(
      new Set([...byPermit.values()].flatMap((one) => [...one])).size,
    ).toBe(2);
    expect(await leftOver(office)).toEqual([]);
  });
});

describe("an engine that fails", () => {
  test("is told in one constant text, and nothing is entered, counted or spent", async () => {
    const office = await officeFor("gateway");
    const small = new Engine(new DuckdbEngine({ rowsMax: 3 }));
    const gateway = await gatewayWith(office, { engine: small });
    const asks: readonly [Parameters<typeof office.ask>, string][] = [
      [[vehicles(), "huaxing"], "the dataset is not loaded"],
      [[people(), "huaxing"], "the dataset is not loaded"],
      [[stations()], "the dataset is not loaded"],
    ];
    for (const [ask, why] of asks) {
      const failed = office.ask(...ask);
      await expect(failed).rejects.toThrow(Unavailable);
      await expect(failed).rejects.toThrow(`Cannot run plan: ${why}`);
    }
    expect([...gateway.spent, ...gateway.totals()]).toEqual([]);
    await office.pass(MINUTE);
    expect(await leftOver(office)).toEqual([]);
    const kinds = (await shown(office)).map(({ entry }) => entry.kind);
    expect(kinds.filter((kind) => kind !== "anchor")).toEqual([]);
    await small.close();
  });

  test("says the same whatever was asked: nobody learns from it how much there is", async () => {
    const office = await officeFor("gateway");
    await office.house.engine.close();
    const messages = await Promise.all(
      [
        vehicles(),
        vehicles({ where: [{ field: "plate", op: "eq", value: "P1" }] }),
        vehicles({ where: [{ field: "plate", op: "eq", value: "none" }] }),
      ].map((plan) =>
        office.ask(plan, "huaxing").then(
          () => "answered",
          (error: unknown) => (error instanceof Error ? error.message : ""),
        ),
      ),
    );
    expect(new Set(messages)).toEqual(
      new Set(["Cannot run plan: the dataset is not loaded"]),
    );
    expect(await leftOver(office)).toEqual([]);
  });
});
