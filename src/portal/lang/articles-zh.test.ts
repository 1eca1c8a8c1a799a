import { expect, test } from "vitest";
import { law, lawOf } from "../../rules/law.ts";
import { speaking } from "../around.ts";
import { articlesOf, quotedRules, withNames } from "./articles-zh.ts";
import { citesIn } from "./law-in.ts";

const DIGITS = "零一二三四五六七八九";

/** 第一百零七条第一款: 107. */
function numberOf(article: string): number {
  const [, text = ""] =
    /^第([零一二三四五六七八九十百]+)条/.exec(article) ?? [];
  const [, hundreds, rest = ""] = /^(?:(.)百)?(.*)$/.exec(text) ?? [];
  const [, tens, ones = ""] = /^(?:(.?)十)?零?(.?)$/.exec(rest) ?? [];
  const digit = (sign: string) => Math.max(0, DIGITS.indexOf(sign));
  return (
    (hundreds === undefined ? 0 : digit(hundreds) * 100) +
    (tens === undefined ? 0 : (tens === "" ? 1 : digit(tens)) * 10) +
    (ones === "" ? 0 : digit(ones))
  );
}

test("what is quoted is an article that its rule cites, of a statute that was read in its own text", () => {
  expect(quotedRules.length).toBeGreaterThan(20);
  for (const rule of quotedRules) {
    const { cites, mark } = lawOf(rule);
    expect(Object.hasOwn(law, rule), rule).toBe(true);
    expect(mark, rule).toBe("T");
    const named = speaking("zh", () => citesIn(cites));
    const numbers = [...cites.matchAll(/\b\d+\b/g)].map(Number);
    for (const { law: of, article, text } of articlesOf(rule)) {
      const [, short = ""] = /《(?:中华人民共和国)?(.+)》/.exec(of) ?? [];
      expect(named, rule).toContain(`《${short}》`);
      expect(numbers, `${rule} ${article}`).toContain(numberOf(article));
      expect(text, rule).toMatch(/^[^\s\w].*。$/);
      expect(text, rule).not.toMatch(/[A-Za-z\s]/);
    }
  }
  expect(articlesOf("CN-PRC-01")).toEqual([]);
  expect(articlesOf("__proto__")).toEqual([]);
});

test("what is cited by number has its name as well", () => {
  expect(
    speaking("zh", () => withNames(citesIn("发改价格〔2025〕65号, section 2"))),
  ).toBe(
    "《关于建立公共数据资源授权运营价格形成机制的通知》（发改价格〔2025〕65号）第2部分",
  );
});
