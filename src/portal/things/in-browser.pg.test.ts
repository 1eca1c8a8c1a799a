import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible } from "../../../test/axe.ts";
import { launched } from "../../../test/browser.ts";
import { listening, type Listening } from "../../../test/listening.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { hasChromium } from "../../../test/scenarios/program.ts";
import type { SmallOffice } from "../../../test/simulation/small-office.ts";
import { officeOfThings } from "../../../test/story-things.ts";
import { endsInOrder, type Web, webOf } from "../../../test/web-office.ts";

const pages = [
  "/datasets",
  "/datasets/vehicles",
  "/datasets/stations",
  "/products",
  "/products/vehicles.records",
  "/bodies",
  "/bodies/office",
  "/systems",
  "/systems/tolls",
  "/organisations",
  "/organisations/sanhe",
  "/authorisations/sanhe-vehicles",
  "/permits",
  "/permits/huaxing-vehicles",
  "/permits/gone",
  "/fees/costly",
  "/fees/vehicles-fee",
  "/posts",
  "/posts/head",
  "/promises",
  "/bodies/nothing",
];
const looks = [
  { colorScheme: "light", width: 1200, locale: "en" },
  { colorScheme: "dark", width: 1200, locale: "zh-CN" },
  { colorScheme: "dark", width: 320, locale: "en" },
  { colorScheme: "light", width: 320, locale: "zh-CN" },
] as const;

describe.runIf(hasChromium)(
  "in a browser without scripts (skipped where Chromium is missing)",
  () => {
    let office: SmallOffice;
    let web: Web;
    let server: Listening;
    let browser: Browser;
    beforeAll(async () => {
      office = await officeOfThings((await schemaFor("things_browser")).url);
      web = webOf(office);
      server = await listening(web);
      browser = await launched();
    });
    afterAll(async () => {
      await browser.close();
      await server.close();
      await endsInOrder(office, web);
      await office.close();
    });

    test.each(looks)(
      "every page fits, and axe finds nothing: $colorScheme, $width, $locale",
      async ({ width, ...look }) => {
        const context = await browser.newContext({
          ...look,
          bypassCSP: true,
          viewport: { width, height: 800 },
        });
        const page = await context.newPage();
        const wrong: string[] = [];
        for (const path of pages) {
          await page.goto(`${server.address}${path}`);
          const folder = process.env["SHOTS"];
          if (folder !== undefined)
            await page.screenshot({
              fullPage: true,
              path: `${folder}/${width}-${look.locale}${path.replace(/[^a-z]+/g, "-")}.png`,
            });
          const wide: unknown = await page.evaluate(
            "document.documentElement.scrollWidth",
          );
          if (wide !== width) wrong.push(`${path} is ${String(wide)} wide`);
          for (const one of await accessible(page))
            wrong.push(`${path} ${one}`);
        }
        await context.close();
        expect(wrong).toEqual([]);
      },
      // Twenty pages, each looked at by axe.
      180_000,
    );
  },
);
