import { Hono } from "hono";
import { expect, test } from "vitest";
import { aProduct, aRulebook } from "../../test/story-acts.ts";
import { aRefusal, anApplication } from "../../test/story-applications.ts";
import { day } from "../../test/story-founding.ts";
import { aLocalEnd, aPilot, aPromotion } from "../../test/story-local-law.ts";
import {
  awarded,
  founded,
  national,
  ofLanan,
} from "../../test/story-places.ts";
import { unpublished } from "../../test/story-proofs.ts";
import { given, play, type Step } from "../../test/story.ts";
import { Malformed } from "../acts/canonical.ts";
import { law } from "../rules/law.ts";
import { speaking } from "./around.ts";
import { lawRoutes } from "./law-routes.tsx";
import type { LawView, RuleView } from "./law-view.ts";
import type { PurposesView } from "./purposes.ts";

/** What anybody can read of the law of an office, on any day: every figure from its entries. */
function pages(story: readonly Step[], now: number) {
  const { register } = play(story);
  const app = new Hono();
  lawRoutes(app, { ...unpublished(register), now: () => now });
  app.onError((error, c) =>
    c.text(error.message, error instanceof Malformed ? 400 : 500),
  );
  const ask = async (path: string) => app.request(path);
  return {
    text: async (path: string, lang: "en" | "zh" = "en") =>
      speaking(lang, async () => (await ask(path)).text()),
    status: async (path: string) => (await ask(path)).status,
    json: async <V>(path: string): Promise<V> => {
      const view: V = JSON.parse(await (await ask(path)).text());
      return view;
    },
  };
}

const pilot = aPilot({
  ...{ parent: "lanan-law", body: "jiangcheng", until: day(200) },
  rules: [{ rule: "CN-TND-03", number: 9 }],
});
/** Founded on 2 March 2026; the province on the 4th, the pilot on the 5th, kept on 10 June; the nation from 4 days to 6 on 1 May. */
const story: readonly Step[] = [
  ...founded,
  [day(2), ofLanan(), "granted"],
  [day(3), pilot, "granted"],
  [
    day(60, 12),
    aRulebook({
      ...national,
      rules: [{ rule: "CN-TND-03", number: 4 }, { rule: "CN-SSL-04" }],
      limits: { ...national.limits, permitMonthsMax: 30 },
      purposes: national.purposes.slice(0, 3),
      separated: [...national.separated, "withheld"],
      conflicts: [{ rule: "CN-LIC-02", against: "I5", applies: "I5" }],
    }),
    "granted",
  ],
  [day(100), aPromotion(), "granted"],
];
const { json, text, status } = pages(story, day(110));

async function notice(at: string) {
  const { texts } = await json<RuleView>(`/law/CN-TND-03.json${at}`);
  return texts
    .filter(({ inForce }) => inForce)
    .map(({ rulebook, where, number, pilot: isPilot }) => [
      ...[rulebook, where, number],
      ...(isPilot ? ["pilot"] : []),
    ]);
}
const OFFICE = "the whole office";
const LANAN = "lanan (invented) and its units";

test("on any day the page of a rule shows which text was in force where", async () => {
  expect(await notice("?at=2026-03-01")).toEqual([]);
  expect(await notice("?at=2026-03-03")).toEqual([["national", OFFICE, 3]]);
  expect(await notice("?at=2026-03-05")).toEqual([
    ["national", OFFICE, 3],
    ["lanan-law", LANAN, 5],
    ["pilot-1", "jiangcheng (invented) and its units", 9, "pilot"],
  ]);
  expect(await notice("")).toEqual([
    ["national", OFFICE, 4],
    ["lanan-law", LANAN, 5],
    ["pilot-1", LANAN, 9],
  ]);
  // Behind the end of the province's and the pilot's; then of the nation's.
  expect(await notice("?at=2027-10-23")).toEqual([["national", OFFICE, 4]]);
  expect(await notice("?at=2028-06-01")).toEqual([]);
});

test("and on the day of a change both texts, each until its hour", async () => {
  const { texts } = await json<RuleView>("/law/CN-TND-03.json?at=2026-05-01");
  expect(
    texts
      .filter(({ rulebook, inForce }) => rulebook === "national" && inForce)
      .map(({ number, from, until, entry }) => [number, from, until, entry]),
  ).toEqual([
    [3, "2026-03-02 00:00", "2026-05-01 12:00", 0],
    [4, "2026-05-01 12:00", "2028-03-01 00:00", 14],
  ]);
});

test("a rulebook that was ended is in force until then", async () => {
  const ended = pages(
    [
      ...founded,
      [day(2), ofLanan(), "granted"],
      [day(4), aLocalEnd({ rulebook: "lanan-law" }), "granted"],
    ],
    day(5),
  );
  const { texts } = await ended.json<RuleView>("/law/CN-SSL-04.json");
  expect(
    texts.map(({ rulebook, until, inForce }) => [rulebook, until, inForce]),
  ).toEqual([
    ["national", "2028-03-01 00:00", true],
    ["lanan-law", "2026-03-06 00:00", false],
  ]);
});

test("a rule is told with its number, its facts, and what each edition of the rulebook changed", async () => {
  const view = await json<RuleView>("/law/CN-TND-03.json");
  expect(view).toMatchObject({
    ...{ rule: "CN-TND-03", cites: "Tendering Regulation Art 54", mark: "T" },
    limit: { number: 3, unit: "days", direction: "min", bound: 180 },
  });
  expect(view.facts).toContainEqual({
    ...{ fact: "procedure.tender.noticeFrom", act: "authorisation" },
    power: "prepareAuthorisations",
  });
  expect(view.changes).toEqual([
    { entry: expect.any(Number), on: "2026-05-01 12:00", says: "4, before 3" },
  ]);
  const page = await text("/law/V-PILOT");
  for (const shown of ["24 months", "二十四个月", "Who loses what"])
    expect(page).toContain(shown);
});

test("the page of the law has every rule, how it counts here, and how each state of the rulebook differs", async () => {
  const view = await json<LawView>("/law.json");
  expect(view.rules.map(({ rule }) => rule)).toEqual(Object.keys(law));
  const state = (id: string) =>
    view.rules.find(({ rule }) => rule === id)?.state;
  expect([state("CN-TND-03"), state("CN-TND-01"), state("I5")]).toEqual([
    ...["adopted", "not adopted", "counts without adoption"],
  ]);
  const [first, second] = view.rulebooks;
  expect([first?.changes, second?.changes]).toEqual([
    undefined,
    [
      ...["CN-TND-03 4, before 3", "permitMonthsMax 30, before 36"],
      ...["purpose insurance: gone", "two persons for withheld: new"],
      "of two rules CN-LIC-02 and I5, I5 applies: new",
    ],
  ]);
  expect(await text("/law")).toContain("purpose insurance: gone");
});

test("of two rules that say different things both are shown, and which applies by which entry", async () => {
  const { conflicts } = await json<LawView>("/law.json");
  expect(conflicts).toEqual([
    {
      ...{ applies: "I5", entry: expect.any(Number) },
      rules: [
        expect.objectContaining({
          ...{ rule: "CN-LIC-02" },
          cites: "Administrative Licensing Law Art 50",
        }),
        expect.objectContaining({
          ...{ rule: "I5", cites: "Vitrine invariant 5" },
        }),
      ],
    },
  ]);
  expect((await json<LawView>("/law.json?at=2026-04-01")).conflicts).toEqual(
    [],
  );
  expect((await json<RuleView>("/law/CN-LIC-02.json")).conflicts).toEqual(
    conflicts,
  );
  expect(await text("/law/I5")).toContain(
    "Administrative Licensing Law Art 50",
  );
});

test("the closed list of purposes, where it is shorter, and what was refused since it is not on it", async () => {
  const homes = aProduct({
    ...{ product: "homes", purposes: ["research"] },
    content: [{ dataset: "haicheng-homes", fields: ["plate", "make"] }],
    authorisation: "homes-right",
  });
  const ask = pages(
    [
      ...founded,
      [day(2), ofLanan({ purposes: ["research"] }), "granted"],
      ...given(day(3), awarded("homes-right", "haicheng", 5)),
      [
        day(3),
        { ...homes, purposes: ["reputation-ranking"] },
        "V-PUR breach purpose reputation-ranking",
      ],
      [
        day(3),
        { ...homes, purposes: ["insurance"] },
        "V-PUR breach purpose insurance",
      ],
      ...given(
        day(4),
        homes,
        anApplication({
          ...{ organisation: "sanhe", product: "homes", due: day(20) },
          purpose: "reputation-ranking",
        }),
        aRefusal(),
      ),
    ],
    day(5),
  );
  const { purposes, refused } = await ask.json<PurposesView>("/purposes.json");
  expect(
    purposes.map(({ purpose, notIn }) => [
      purpose,
      notIn.map(({ where }) => where),
    ]),
  ).toEqual([
    ["traffic-safety", [LANAN]],
    ["research", []],
    ["vehicle-trade", [LANAN]],
    ["insurance", [LANAN]],
  ]);
  expect(
    refused.map(({ purpose, times, because }) => [purpose, times, because]),
  ).toEqual([
    [
      ...["reputation-ranking", 2],
      "no text forbids it by name: it is simply not on the list",
    ],
    ["insurance", 1, "a local rulebook left it out"],
  ]);
  expect(await ask.text("/purposes")).toContain("reputation-ranking");
});

test("a day that does not exist, a rule that nobody knows and another spelling are no pages", async () => {
  for (const path of ["/law", "/law.json", "/purposes", "/law/I5.json"])
    for (const at of ["2026-02-30", "yesterday", "2026-3-1", "@-1"])
      expect([path, at, await status(`${path}?at=${at}`)]).toEqual([
        ...[path, at, 400],
      ]);
  expect([await status("/law/CN-NO"), await status("/law/CN-NO.json")]).toEqual(
    [404, 404],
  );
  for (const path of ["/law/i5", "/law/I5%2e", "/law/constructor"])
    expect([path, await status(path)]).toEqual([path, 400]);
});

test("a rule is said in our words, and its article is quoted in Chinese where it was read so", async () => {
  for (const lang of ["en", "zh"] as const) {
    const page = await text("/law/CN-PRC-14", lang);
    expect(page).toContain(
      '<blockquote lang="zh-Hans">经营者不得在标价之外加价出售商品，不得收取任何未予标明的费用。</blockquote>',
    );
    expect(page).toContain("《中华人民共和国价格法》第十三条第二款");
    const unquoted = await text("/law/CN-PRC-03", lang);
    expect(unquoted).not.toContain("<blockquote");
    expect(unquoted).toContain("（发改价格〔2025〕65号）第2部分");
    expect(unquoted).toContain(
      lang === "en" ? "In our words, not those of the article" : "并非条文原文",
    );
  }
  // A convention of the program's own is nobody's article.
  expect(await text("/law/V-KEY")).not.toContain("In our words");
  expect(await json<RuleView>("/law/CN-PRC-14.json")).toMatchObject({
    citesZh: "《价格法》第13条",
    articles: [{ article: "第十三条第二款", as: "1997-12-29" }],
  });
});
