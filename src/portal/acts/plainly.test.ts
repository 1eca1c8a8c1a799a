import { expect, test } from "vitest";
import { day } from "../../../test/story-founding.ts";
import { founded } from "../../../test/story-guided.ts";
import {
  aFee,
  aPermit,
  anAuthorisation,
  anOrganisation,
  aRevocation,
  aCeiling,
  oneOfEach,
  offered,
} from "../../../test/story-acts.ts";
import { act, given, play } from "../../../test/story.ts";
import type { Act } from "../../acts/act.ts";
import { actKinds } from "../../acts/act.ts";
import type { Ruling } from "../../acts/entry.ts";
import { speaking } from "../around.ts";
import { describeAct } from "../words.ts";
import { calledIn } from "./thing.ts";
import { sayPlainly, sentenceOf } from "./plainly.ts";

const { register } = play([founded, ...given(day(1), ...offered)]);
const refused = (...rules: readonly string[]): Ruling => ({
  outcome: "refused",
  findings: rules.map((rule) => ({ rule, result: "breach", facts: [] })),
});

test.each<[string, Act, string, string]>([
  [
    "a price, by who would be paid",
    aFee({ payee: { body: "transport" }, amount: 500, unit: "call" }),
    "Transport department was to charge 5.00 CNY per call for “Vehicle records”",
    "Transport department拟对“Vehicle records”收费，每次 5.00 元",
  ],
  [
    "a ceiling",
    aCeiling({ amount: 275 }),
    "2.75 CNY per step was to be the most that “Vehicle records” may cost",
    "“Vehicle records”的价格上限拟定为每步 2.75 元",
  ],
  [
    "a permit for a purpose that nobody adopted",
    aPermit({ purpose: "reputation-ranking" }),
    "Huaxing Used Cars was to use “Vehicle records”, purpose “reputation-ranking”",
    "Huaxing Used Cars拟使用“Vehicle records”，用途为“reputation-ranking”",
  ],
  [
    "everything for one operator",
    anAuthorisation({
      datasets: ["vehicles", "owners", "stations", "unknown"],
      exclusive: true,
      price: { amount: 180_200_000_000, currency: "CNY" },
    }),
    "Sanhe Data Operation alone was to operate 4 datasets, for 1,802,000,000.00 CNY",
    "Sanhe Data Operation拟独家运营 4 个数据集，价款 1,802,000,000.00 元（18.02 亿元）",
  ],
  [
    "what is not registered, by its id",
    aRevocation({ permit: "nobody-has-it" }),
    "the permit nobody-has-it was to be revoked",
    "拟撤销许可 nobody-has-it",
  ],
  [
    "what registers something, by the title that it brings",
    anOrganisation({ organisation: "next", title: "Next" }),
    "“Next” was to be registered",
    "拟登记“Next”",
  ],
])("%s", (_, asked, english, chinese) => {
  const said = (lang: "en" | "zh") =>
    speaking(lang, () => sayPlainly(register, asked, refused("I5"), day(2)));
  expect(said("en").what).toBe(english);
  expect(said("zh").what).toBe(chinese);
  expect(sentenceOf(said("en"))).toBe(
    `${english}; a right, a price and a secret have an end or a review date`,
  );
  expect(said("zh").because?.says).toContain("终止日期");
});

test.each([
  [["CN-PRC-18", "CN-PRC-03", "CN-DEP-04"], "CN-DEP-04"],
  [["CN-CMP-02", "CN-OPS-06", "I5"], "CN-CMP-02"],
])("of %s the one is told that nothing else mends", (rules, told) => {
  const said = sayPlainly(register, aFee(), refused(...rules), day(2));
  expect(said.because?.rule).toBe(told);
});

test("a price that would outlast its ceiling says so, and until when the ceiling holds; one without a ceiling has none", () => {
  const house = play(given(day(1), ...offered));
  const because = (asked: Act, at: number) => {
    const ruling = act(house, at, asked);
    if (!("outcome" in ruling)) throw new Error(ruling.turnedAway);
    return sayPlainly(house.register, asked, ruling, at).because?.says;
  };
  const tooLong = aFee({ to: day(700) });
  expect(because(tooLong, day(2))).toBe(
    "a price needs an approved ceiling above it",
  );
  expect(act(house, day(3), aCeiling())).toMatchObject({ outcome: "granted" });
  expect(because(tooLong, day(4))).toMatch(
    /^the price would last longer than its ceiling, which holds until \d+ \w+ 20\d\d, 00:00$/,
  );
  // What was refused before there was one is told as it was.
  const before: Ruling = {
    outcome: "refused",
    findings: [
      { rule: "CN-PRC-03", result: "missing", facts: [["ceiling", "none"]] },
    ],
  };
  expect(
    sayPlainly(house.register, tooLong, before, day(2)).because?.says,
  ).toBe("a price needs an approved ceiling above it");
});

test.each(actKinds)(
  "a refused %s is a sentence of its own, a granted one its name",
  (kind) => {
    const asked = oneOfEach[kind];
    const name = describeAct(asked, calledIn(register));
    const { what } = sayPlainly(register, asked, refused("I1"), day(2));
    expect(what).not.toBe(name);
    expect(what).toMatch(/ was to |^asked for: /);
    expect(what).not.toMatch(/undefined|\{\w+\}/);
    expect(
      sayPlainly(register, asked, { outcome: "granted", flags: [] }, day(2)),
    ).toEqual({ what: name });
  },
);
