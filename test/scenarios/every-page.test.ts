import { join } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible } from "../axe.ts";
import { launched } from "../browser.ts";
import { faultsByKeyboard } from "../walk/by-keyboard.ts";
import { lookOf } from "../walk/family.ts";
import { type Page, walk, type Walker } from "../walk/walk.ts";
import { hasChromium } from "./program.ts";
import {
  endAll,
  home,
  laid,
  LAID_MS_MAX,
  READY,
  start,
  until,
} from "./starting.ts";

/**
 * Every page of the demonstration office, as everybody sees it. A run looks at a few of each family of pages, each in one of the four
 * looks; under `npm run soak` at many, in all of them.
 */
const SOAK = process.env["SOAK"] === "1";
const OF_EACH_MAX = SOAK ? 100 : 2;
const TABS_MAX = SOAK ? 1_000 : 30;
const WIDTH = 320;

const walkers = [
  [undefined, "en"],
  [undefined, "zh"],
  ["permit-officer", "zh"],
  ["pricing-officer", "en"],
  ["head", "zh"],
  ["auditor", "en"],
  ["shuren-operations", "en"],
  ["sanhe-textiles", "zh"],
  ["qinghe-new-roads", "en"],
  ["resident-0042", "zh"],
] as const;

let address = "";
const pages: Page[] = [];
/** The families of pages that somebody has walked. */
const known = new Set<string>();

beforeAll(async () => {
  const folder = join(home, "every-page");
  await laid(folder);
  const office = await start(folder);
  await until(office, READY);
  // By its name: passkeys belong to one.
  address = office.address.replace("127.0.0.1", "localhost");
}, LAID_MS_MAX);
afterAll(endAll);

test.each(walkers)(
  "no link of %s leads to nothing, and every page is valid: %s",
  async (persona, lang) => {
    const walker: Walker = { address, persona, lang };
    const { pages: found, faults } = await walk(walker, OF_EACH_MAX, known);
    expect(faults).toEqual([]);
    expect(found.length).toBeGreaterThan(30);
    pages.push(...found.filter(({ family }) => !known.has(family)));
    for (const { family } of found) known.add(family);
  },
  600_000,
);

describe.runIf(hasChromium)(
  "in a browser (skipped where Chromium is missing)",
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launched();
    });
    afterAll(() => browser.close());

    const looks = (["en", "zh"] as const).flatMap((lang) =>
      (["light", "dark"] as const).map((colorScheme) => ({
        lang,
        colorScheme,
      })),
    );

    async function contextFor(
      { cookie }: Page,
      {
        lang,
        ...options
      }: Parameters<Browser["newContext"]>[0] & {
        readonly lang: string;
      },
    ): Promise<BrowserContext> {
      const context = await browser.newContext({
        ...options,
        viewport: { width: WIDTH, height: 800 },
      });
      const kept = cookie.replace(/(?<=vitrine_language=)[a-z]+/, lang);
      await context.addCookies(
        kept.split("; ").map((one) => {
          const [name = "", value = ""] = one.split(/=(.*)/);
          return { name, value, url: address };
        }),
      );
      return context;
    }

    /** One page of each look, or all that were walked. */
    function looked(): readonly Page[] {
      if (SOAK) return pages;
      return [
        ...new Map(
          pages.toReversed().map((one) => [lookOf(one.family), one]),
        ).values(),
      ];
    }

    test("no page scrolls sideways on the narrowest phone, axe finds nothing, and a keyboard gets everywhere", async () => {
      const faults: string[] = [];
      for (const [index, one] of looked().entries())
        for (const look of SOAK ? looks : [looks[index % looks.length]]) {
          if (look === undefined) continue;
          const context = await contextFor(one, { ...look, bypassCSP: true });
          const page = await context.newPage();
          await page.goto(`${address}${one.path}`);
          const wide: unknown = await page.evaluate(
            "document.documentElement.scrollWidth",
          );
          const found = [
            ...(wide === WIDTH ? [] : [`is ${String(wide)} wide`]),
            ...(await accessible(page)),
            ...(await faultsByKeyboard(page, TABS_MAX)),
          ];
          for (const says of found)
            faults.push(
              `${one.path} (${look.lang}, ${look.colorScheme}) ${says}`,
            );
          await context.close();
        }
      expect(faults).toEqual([]);
    }, 3_600_000);

    test("pages that have a script say all of it without one, and what cannot be done then", async () => {
      const scripted = looked().filter(({ html }) => /<script/.test(html));
      expect(scripted.length).toBeGreaterThan(0);
      for (const one of scripted) {
        const says = await Promise.all(
          [true, false].map(async (javaScriptEnabled) => {
            const { lang } = one.walker;
            const context = await contextFor(one, { lang, javaScriptEnabled });
            const page = await context.newPage();
            await page.goto(`${address}${one.path}`, { waitUntil: "load" });
            const text = await page.locator("main").innerText();
            await context.close();
            return text;
          }),
        );
        const [withScript = "", without = ""] = says;
        expect(without.split("\n"), one.path).toEqual(
          expect.arrayContaining(withScript.split("\n")),
        );
      }
    });
  },
);
