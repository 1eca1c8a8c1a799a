import { afterAll, beforeAll, expect, test } from "vitest";
import { applyingAt } from "../../test/applicants.ts";
import { crawl } from "../../test/crawl.ts";
import { smallPersonas } from "../../test/desk-office.ts";
import { atDesk, leadsTo } from "../../test/desk-visitor.ts";
import { englishRunsIn } from "../../test/pages/english-in.ts";
import { wrongLanguagesIn } from "../../test/pages/languages-in.ts";
import { namesIn } from "../../test/pages/names-in.ts";
import { portalRoutes } from "../../test/portal-routes/all.ts";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice, START } from "../../test/simulation/small-office.ts";
import {
  DAY,
  isNamed,
  product,
  rulebook,
} from "../../test/simulation/small-office-acts.ts";
import { browserOf, type Visitor } from "../../test/visitor.ts";
import { endsInOrder, type Web } from "../../test/web-office.ts";
import type { Persona } from "./account/personas.ts";
import { ZH } from "./lang/zh.ts";

/** A Chinese reader walks the whole office: nobody, an official of each desk, an organisation, a citizen. */

let office: SmallOffice;
let web: Web;
const resident: Persona = {
  name: "resident",
  who: { kind: "citizen", by: "subject", person: "N7", subject: "N7" },
};
const inChinese = (title: string) => [{ lang: "zh-Hans", title }];
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_chinese")).url, {
    founding: {
      rulebook: {
        ...rulebook(START),
        purposes: [
          {
            ...{ purpose: "trade", title: "Trade in used goods" },
            ...{ titles: inChinese("旧货交易"), class: "industry" },
          },
          {
            ...{ purpose: "safety", title: "Safety of the roads" },
            ...{ titles: inChinese("道路安全"), class: "publicGovernance" },
          },
        ],
      },
    },
    more: [
      {
        ...{ kind: "dataset", dataset: "roads", system: "registers" },
        ...{ title: "Roads of the province", titles: inChinese("全省道路") },
        fields: [
          {
            ...{ name: "road", type: "text", identifier: false },
            ...{ classification: "restricted", meaning: "Name of the road" },
            meanings: inChinese("道路名称"),
          },
        ],
      },
      product({
        ...{ product: "roads.records", title: "Records of the roads" },
        ...{ titles: inChinese("道路记录") },
        content: [{ dataset: "roads", fields: ["road"] }],
      }),
    ],
  });
  await office.granted(
    {
      kind: "applicationReceived",
      application: "a-1",
      organisation: "sanhe",
      product: "vehicles.records",
      purpose: "trade",
      due: Math.floor((office.clock.now + 10 * DAY) / 3_600_000) * 3_600_000,
      paper: { kind: "application", commitment: "A".repeat(43) },
    },
    "permit-officer",
  );
  await office.answered(isNamed("N7", "Name 7"), "huaxing");
  ({ web } = applyingAt(office, {
    ...smallPersonas,
    list: async () => [...(await smallPersonas.list()), resident],
  }));
  // On a desk that says what it says.
  const officer = await atDesk(web, "permit-officer");
  await officer.text("/desk/acts/new/permitRevoked");
  await leadsTo(
    officer.send("/desk/acts/new/permitRevoked", {
      ...{ do: "keep", permit: "huaxing-vehicles", reason: "breach" },
    }),
  );
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

async function readerAs(persona: string): Promise<Visitor> {
  const browser = browserOf(web);
  await browser.text("/sign-in?lang=zh");
  if (persona !== "") {
    await browser.text("/sign-in");
    const sent = await browser.send("/sign-in/demonstration", {
      ...{ persona, to: "/" },
    });
    expect(sent.status).toBe(303);
  }
  return browser;
}

/** Pages that tell whoever is signed in something of their own, or that they may not see it. */
const OWN = /^\/(?:desk|account|my|objections)\b/;

/** Names of formats and protocols that stand in more than one word. */
const FORMATS = [
  ...["JSON Feed", "tlog-proof", "CC0 1.0 Universal"],
  "JSON, NDJSON, CSV, Parquet",
  "vitrine sign",
];
/** Pages to begin at that no link leads to: of each route one, and one that is not there. */
const starts = Object.entries(portalRoutes)
  .filter(([route]) => route.startsWith("GET ") && !/\.(?:json|js)/.test(route))
  .map(([route, path]) => (path === "" ? route.slice("GET ".length) : path));

test.each(["", "permit-officer", "head", "registrar", "huaxing", "resident"])(
  'whoever reads Chinese as "%s" meets no English sentence on any page',
  async (persona) => {
    const browser = await readerAs(persona);
    const english = new Map<string, string>();
    const names = [...namesIn(office.house.office.register), ...FORMATS];
    let pages = 0;
    const ask = async (path: string): Promise<Response> => {
      // What nobody in particular reads was read by nobody in particular.
      if (persona !== "" && !OWN.test(path)) return new Response("");
      const response = await browser.get(path);
      const kind = response.headers.get("content-type") ?? "";
      if (kind.startsWith("text/html") && path !== "/check") {
        pages++;
        const page = await response.clone().text();
        expect(page, path).toContain('lang="zh-Hans"');
        for (const run of englishRunsIn(page, names))
          english.set(run, english.get(run) ?? path);
        expect(wrongLanguagesIn(page), path).toEqual([]);
      }
      return response;
    };
    if (persona === "huaxing") {
      await browser.text("/account/tokens");
      await leadsTo(
        browser.send("/account/tokens", {
          ...{ permit: "huaxing-answer", system: "", days: "30" },
        }),
      );
      const made = await (await ask("/account/tokens/new")).text();
      expect(made).toContain('id="token"');
      expect(made).toContain("<figcaption>");
    }
    for (const start of persona === ""
      ? ["/"]
      : ["/desk/acts/new", "/account", "/my"])
      await crawl(ask, "zh", start);
    for (const path of [...starts, "/nothing-is-here"]) await ask(path);
    expect(pages).toBeGreaterThan(20);
    expect(Object.fromEntries(english)).toEqual({});
  },
  120_000,
);

test("a sentence that was left in English would be found", () => {
  const page = (text: string) => `<main lang="zh-Hans"><p>${text}</p></main>`;
  const [english = "", chinese = ""] =
    Object.entries(ZH).find(([one]) => one.startsWith("No rule stands")) ?? [];
  expect(englishRunsIn(page(english), [])).toEqual([
    "No rule stands in its way",
  ]);
  expect(englishRunsIn(page(chinese), [])).toEqual([]);
  expect(englishRunsIn(page("Vehicle Register：已登记"), [])).toHaveLength(1);
  expect(
    englishRunsIn(page("Vehicle Register：已登记"), ["Vehicle Register"]),
  ).toEqual([]);
});

test("a Chinese sentence that is said to be English, and an English one that is said to be Chinese, would be found", () => {
  const page = (inside: string) =>
    `<html lang="zh-Hans"><body><p>吊销许可</p>${inside}<br><p>吊销</p></body></html>`;
  expect(wrongLanguagesIn(page('<p lang="en">Revoked</p>'))).toEqual([]);
  expect(
    wrongLanguagesIn(page('<p lang="en">Revoked: <b>吊销</b></p>')),
  ).toEqual(["no English: 吊销"]);
  const both =
    '<html lang="en"><p>吊销</p><p lang="zh-Hans">Revoked <i>A</i></p></html>';
  expect(wrongLanguagesIn(both)).toEqual(["no Chinese: Revoked A"]);
});
