import { expect, test } from "vitest";
import { filesOf, isTest, textOf } from "../../../test/files.ts";
import { speaking } from "../around.ts";
import { acceptedLang } from "./lang.ts";
import { say, sayCount } from "./say.ts";
import { ZH } from "./zh.ts";

const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).toSorted();

test("every message has Chinese words that name the same values", () => {
  const wrong = Object.entries(ZH).filter(
    ([english, chinese]) =>
      chinese.trim() === "" ||
      String(placeholders(english)) !== String(placeholders(chinese)),
  );
  expect(wrong).toEqual([]);
});

test("no message is kept that no page says", () => {
  const sources = filesOf(/^src\/portal\/.*\.tsx?$/)
    .filter((path) => !isTest(path) && !path.startsWith("src/portal/lang/zh"))
    .map((path) => unquoted(textOf(path)))
    .join("\n");
  expect(Object.keys(ZH).filter((one) => !sources.includes(one))).toEqual([]);
});

/** Source text as its strings read: what is escaped or broken over lines in the source is one message. */
function unquoted(text: string): string {
  return text.replaceAll('\\"', '"');
}

test("no part of the catalogue says the same English in other Chinese", async () => {
  const parts = filesOf(/^src\/portal\/lang\/zh\/.*\.ts$/);
  const seen = new Map<string, string>();
  const twice: string[] = [];
  for (const path of parts) {
    const module: Record<string, Record<string, string>> = await import(
      new URL(`../../../${path}`, import.meta.url).href
    );
    for (const part of Object.values(module))
      for (const [english, chinese] of Object.entries(part)) {
        if ((seen.get(english) ?? chinese) !== chinese) twice.push(english);
        seen.set(english, chinese);
      }
  }
  expect(twice).toEqual([]);
  expect(Object.keys(ZH).toSorted()).toEqual([...seen.keys()].toSorted());
});

test("a message stands in the language of the page, with what it is given", () => {
  const who = "the registrar";
  expect(say("Signed in as {who}", { who })).toBe("Signed in as the registrar");
  expect(speaking("zh", () => say("Signed in as {who}", { who }))).toBe(
    "当前登录：the registrar",
  );
  expect(sayCount(1, "Language", "Sign in", {})).toBe("Language");
  expect(speaking("zh", () => sayCount(1, "Language", "Sign in", {}))).toBe(
    "登录",
  );
});

test.each([
  [undefined, "en"],
  ["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
  ["de-DE,de;q=0.9,zh;q=0.2,en;q=0.1", "zh"],
  ["de, en;q=0.5", "en"],
  ["zh;q=0, fr", "en"],
] as const)("of the languages %s a page takes %s", (header, lang) => {
  expect(acceptedLang(header)).toBe(lang);
});
