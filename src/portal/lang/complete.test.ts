import { expect, test } from "vitest";
import { filesOf, isTest, textOf } from "../../../test/files.ts";
import { law } from "../../rules/law.ts";
import { rows } from "../../rules/rows.ts";
import { speaking } from "../around.ts";
import { sayError } from "./error-text.ts";
import { LAW_APPEALS_ZH, LAW_HARMS_ZH } from "./zh-law-harms.ts";
import { LAW_NEXT_ZH } from "./zh-law-next.ts";
import { sayPlace, sayWord } from "./words.ts";

/**
 * What pages say in Chinese of things that are no messages of theirs: sentences of the law, names of facts, errors. Each stands in English where
 * it is made, so nothing but these tests finds one that has no Chinese.
 */
const HAN = /\p{Script=Han}/u;
const inChinese = <T>(work: () => T): T => speaking("zh", work);

test.each([
  ["next", LAW_NEXT_ZH],
  ["harm", LAW_HARMS_ZH],
  ["appeal", LAW_APPEALS_ZH],
] as const)("the %s of every rule has Chinese, and no other", (what, told) => {
  const said = new Set(Object.values(law).flatMap((one) => one[what] ?? []));
  // Of a rule that the edition does not know.
  if (what === "next") said.add("ask the office");
  expect(Object.keys(told).toSorted()).toEqual([...said].toSorted());
  expect(Object.values(told).filter((one) => !HAN.test(one))).toEqual([]);
});

test("every rule says itself in Chinese", () => {
  const without = Object.entries(law).filter(([, { zh }]) => !HAN.test(zh));
  expect(without).toEqual([]);
});

/** The texts between the brackets of calls that make findings. */
function findingsIn(source: string): readonly string[] {
  return [...source.matchAll(/\b(?:breach|missing)\(/g)].map(({ index }) => {
    let depth = 0;
    let end = source.indexOf("(", index);
    do {
      if (source[end] === "(") depth++;
      if (source[end] === ")") depth--;
      end++;
    } while (depth > 0 && end < source.length);
    return source.slice(index, end);
  });
}

test("every fact that a finding rests on has a Chinese name", () => {
  const names = new Set(
    filesOf(/^src\/(?:rules|uses)\/.*\.ts$/)
      .filter((path) => !isTest(path))
      .flatMap((path) => findingsIn(textOf(path)))
      .flatMap((call) => [...call.matchAll(/\[\s*"([a-z][a-z-]*)",/g)])
      .map(([, name = ""]) => name),
  );
  expect(names.size).toBeGreaterThan(100);
  const without = [...names].filter(
    (name) => !HAN.test(inChinese(() => sayWord(name))),
  );
  expect(without.toSorted()).toEqual([]);
});

test("every place in an act that a row of the law looks at has a Chinese name", () => {
  const places = new Set(
    rows.flatMap(({ looks }) =>
      looks.flatMap((look) => [
        look.of,
        ...("next" in look ? [look.next] : []),
        ...("whole" in look ? [look.whole] : []),
        ...("from" in look ? [look.from] : []),
        ...("before" in look ? [look.before] : []),
        ...("facts" in look ? look.facts : []),
      ]),
    ),
  );
  const without = [...places, "procedure.tender.objections.2.answered"].filter(
    (place) => !HAN.test(inChinese(() => sayPlace(place))),
  );
  expect(without.toSorted()).toEqual([]);
});

test("whoever is refused at a page is told why in Chinese", () => {
  const sources = filesOf(/^src\/portal\/.*\.tsx?$/).filter(
    (path) => !isTest(path) && !path.startsWith("src/portal/lang/"),
  );
  const whys = sources.flatMap((path) =>
    [...textOf(path).matchAll(/new Forbidden\(\s*"((?:[^"\\]|\\.)*)"/g)].map(
      ([, why = ""]) => `Cannot do this: ${why}`,
    ),
  );
  expect(whys.length).toBeGreaterThan(15);
  const without = whys.filter(
    (why) => inChinese(() => sayError(why)) === undefined,
  );
  expect(without).toEqual([]);
});

test("whoever did not sign is told why in Chinese", () => {
  const faults = ["src/acts/webauthn.ts", "src/acts/signatures.ts"].flatMap(
    (path) =>
      [
        ...textOf(path).matchAll(
          /(?:return|[?:]) "((?:it|its|the|nobody|whether) [^"]+)"/g,
        ),
      ].map(([, fault = ""]) => fault),
  );
  expect(faults.length).toBeGreaterThan(10);
  const whys = [
    ...faults.map(
      (fault) => `Cannot sign: the signature does not hold: ${fault}`,
    ),
    ...filesOf(/^src\/portal\/desk\/.*\.tsx?$/)
      .filter((path) => !isTest(path))
      .flatMap((path) => [...textOf(path).matchAll(/"(Cannot sign: [^"]+)"/g)])
      .map(([, why = ""]) => why),
  ];
  const without = whys.filter((why) =>
    /(?: [a-z]{2,}){3}/.test(
      inChinese(() => sayError(why)) ?? "it is not said",
    ),
  );
  expect(without).toEqual([]);
});

test.each([
  ["Nothing is at /nothing-is-here", "/nothing-is-here 没有内容"],
  [
    "Cannot do this: /desk is only for officials of this office",
    "/desk 只对工作人员开放",
  ],
  [
    "Cannot DELETE /acts: want GET or POST",
    "不能以 DELETE 访问 /acts：须用 GET 或者 POST",
  ],
  [
    "Cannot enter act permit: its time was over at 5, it is 6",
    "未予记入：签署的有效时间已过，请重新拟制",
  ],
  ["Cannot be said of anything", undefined],
])("%s is told as %s", (english, chinese) => {
  expect(sayError(english)).toBe(english);
  expect(inChinese(() => sayError(english))).toBe(chinese);
});
