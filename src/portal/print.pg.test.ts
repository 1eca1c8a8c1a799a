import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launched } from "../../test/browser.ts";
import { listening, type Listening } from "../../test/listening.ts";
import { schemaFor } from "../../test/postgres.ts";
import { hasChromium } from "../../test/scenarios/program.ts";
import type { SmallOffice } from "../../test/simulation/small-office.ts";
import { officeOfThings } from "../../test/story-things.ts";
import { endsInOrder, type Web, webOf } from "../../test/web-office.ts";

/** CSS pixels of a sheet of A4 without the margins that Chromium leaves. */
const UPRIGHT = 718;
const WIDE = 1_046;

/** Read in the browser: what of a page would be cut, hidden or left over on paper. */
const LOOK = `(() => {
  const shown = (one) => one.getClientRects().length > 0;
  const rgb = (text) => text.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  return {
    left: [".bar-top", ".skip", "nav", "form", "button"].filter((one) =>
      [...document.querySelectorAll(one)].some(shown)),
    cut: [...document.querySelectorAll("table, pre, svg, dl, code")]
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 || one.scrollWidth > one.clientWidth + 1 && one.tagName !== "CODE" && one.clientWidth > 0)
      .map((one) => one.tagName + ": " + one.textContent.slice(0, 60)),
    hidden: [...document.querySelectorAll(".scroll")].filter((one) => getComputedStyle(one).overflowX !== "visible").length,
    pale: [...document.querySelectorAll("main a, main p, main td, main th")].filter(shown)
      .filter((one) => light(rgb(getComputedStyle(one).color)) > 0.18)
      .map((one) => one.outerHTML.slice(0, 80)),
    tables: document.querySelectorAll("main table").length,
    broken: [...document.querySelectorAll("tr, figure")].filter((one) => getComputedStyle(one).breakInside !== "avoid").length,
  };
})()`;

describe.runIf(hasChromium)(
  "on paper (skipped where Chromium is missing)",
  () => {
    let office: SmallOffice;
    let web: Web;
    let server: Listening;
    let browser: Browser;
    let page: Page;
    beforeAll(async () => {
      office = await officeOfThings((await schemaFor("portal_print")).url);
      web = webOf(office);
      server = await listening(web);
      browser = await launched();
      // Whoever reads in the dark prints in the light.
      page = await browser.newPage({ colorScheme: "dark", bypassCSP: true });
    });
    afterAll(async () => {
      await browser.close();
      await server.close();
      await endsInOrder(office, web);
      await office.close();
    });

    test.each([
      ["an act", "/acts/15"],
      ["a dataset", "/datasets/vehicles"],
      ["a product", "/products/vehicles.records"],
      ["a price with its picture", "/fees/vehicles-fee"],
      ["a rule with its article", "/law/CN-PRC-14"],
      ["a report", "/reports/registration"],
      ["a wide report", "/reports/disclosure?year=2026"],
    ])(
      "%s has no bar and no form, dark letters, and nothing of its tables is cut",
      async (_, path) => {
        for (const lang of ["en", "zh"]) {
          await page.emulateMedia({ media: "print" });
          await page.setViewportSize({ width: UPRIGHT, height: 1_000 });
          await page.goto(
            `${server.address}${path}${path.includes("?") ? "&" : "?"}lang=${lang}`,
          );
          await page.emulateMedia({ media: "screen" });
          expect(await page.locator(".printed").isVisible()).toBe(false);
          await page.emulateMedia({ media: "print" });
          const isWide = (await page.locator(".wide").count()) > 0;
          if (isWide) await page.setViewportSize({ width: WIDE, height: 700 });
          expect(await page.evaluate(LOOK), `${path} ${lang}`).toEqual({
            ...{ left: [], cut: [], hidden: 0, pale: [], broken: 0 },
            tables: expect.any(Number),
          });
          expect(await page.locator("h1").isVisible()).toBe(true);
          // Whoever finds the sheet sees whose it is, and of which state.
          const printed = await page.locator(".printed").innerText();
          expect(printed).toContain(
            await page.locator(".bar-top .home").textContent(),
          );
          expect(printed).toMatch(
            lang === "en"
              ? /State of the register: entry [\d,]+, \d+ \w{3} 20\d\d, \d\d:\d\d/
              : /登记状态：第 [\d,]+ 条记录，20\d\d年/,
          );
          const pdf = await page.pdf({ preferCSSPageSize: true });
          expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
        }
      },
    );
  },
);
