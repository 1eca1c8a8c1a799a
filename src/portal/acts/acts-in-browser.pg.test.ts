import { serve } from "@hono/node-server";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible } from "../../../test/axe.ts";
import { launched } from "../../../test/browser.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { hasChromium } from "../../../test/scenarios/program.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import { endsInOrder, type Web, webOf } from "../../../test/web-office.ts";

let office: SmallOffice;
let web: Web;
let server: ReturnType<typeof serve>;
let address: string;
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("acts_browser")).url);
  await office.enter({
    ...{ kind: "permit", permit: "endless", organisation: "huaxing" },
    ...{ product: "vehicles.records", purpose: "trade" },
    ...{ fields: ["plate"], where: ["plate"], rowsMax: 1, quota: {} },
  });
  web = webOf(office);
  address = await new Promise((resolve) => {
    server = serve(
      { fetch: web.app.fetch, port: 0, hostname: "127.0.0.1" },
      ({ port }) => resolve(`http://127.0.0.1:${port}`),
    );
  });
});
afterAll(async () => {
  server.close();
  await endsInOrder(office, web);
  await office.close();
});

const pages = [
  "/acts",
  "/acts?refused=1",
  "/acts?kind=gift",
  "/acts/10",
  "/log/register/entries",
  "/log/register/entries/10",
  "/since?entry=3",
  "/follow",
  "/follow?thing=dataset:vehicles",
  "/search",
  "/search?q=vehicles",
  "/search?q=nothingatall",
];
const looks = [
  { locale: "en", colorScheme: "light", width: 1200 },
  { locale: "zh-CN", colorScheme: "dark", width: 390 },
  { locale: "zh-CN", colorScheme: "light", width: 320 },
  { locale: "en", colorScheme: "dark", width: 320 },
] as const;

describe.runIf(hasChromium)(
  "in a browser (skipped where Chromium is missing)",
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launched();
    });
    afterAll(() => browser.close());

    test.each(looks)(
      "every page fits, and axe finds nothing: $locale, $colorScheme, $width",
      async ({ locale, colorScheme, width }) => {
        const page = await browser.newPage({
          ...{ bypassCSP: true, locale, colorScheme },
          viewport: { width, height: 800 },
        });
        for (const path of pages) {
          await page.goto(`${address}${path}`);
          expect(await page.getAttribute("html", "lang")).toBe(
            locale === "en" ? "en" : "zh-Hans",
          );
          expect(
            await page.evaluate("document.documentElement.scrollWidth"),
            path,
          ).toBeLessThanOrEqual(width);
          expect(await accessible(page), path).toEqual([]);
        }
        await page.close();
      },
      120_000,
    );

    test("by keyboard alone: from the field in the bar to what was found", async () => {
      const page = await browser.newPage({ locale: "en" });
      await page.goto(`${address}/`);
      await page.focus(".find input");
      await page.keyboard.type("vehicles plate");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/search\?q=vehicles/);
      expect(await page.locator(".hits li").count()).toBeGreaterThan(0);
      await page.close();
    });
  },
);
