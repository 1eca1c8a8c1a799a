import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyingAt } from "../../../test/applicants.ts";
import { accessible } from "../../../test/axe.ts";
import { launched } from "../../../test/browser.ts";
import { smallPersonas } from "../../../test/desk-office.ts";
import { listening, type Listening } from "../../../test/listening.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { hasChromium } from "../../../test/scenarios/program.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import { endsInOrder, type Web } from "../../../test/web-office.ts";

/** A permit from application to first row: a company and an official, each in a browser of their own. */

let office: SmallOffice;
let web: Web;
let server: Listening;

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("journey")).url);
  web = applyingAt(office, smallPersonas).web;
  server = await listening(web);
});
afterAll(async () => {
  await server.close();
  await endsInOrder(office, web);
  await office.close();
});

describe.runIf(hasChromium)(
  "in a browser (skipped where Chromium is missing)",
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launched();
    });
    afterAll(() => browser.close());

    async function signedIn(
      name: string,
      options: Parameters<Browser["newContext"]>[0] = {},
    ): Promise<{ page: Page; context: BrowserContext }> {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      await page.goto(`${server.address}/sign-in`);
      await page.getByRole("button", { name, exact: true }).click();
      await page.waitForURL(/\/(?:account|desk)$/);
      return { page, context };
    }

    test("a company applies, an official enters and grants, the company asks for its first row", async () => {
      const { page, context } = await signedIn("Organisation court");
      await page.getByRole("link", { name: "Apply for a permit" }).click();
      await page
        .getByLabel("What you want to use")
        .selectOption("vehicles.records");
      await page.getByRole("button", { name: "Begin" }).click();
      await page.getByLabel("Trade").check();
      await page.getByLabel("In your own words").fill("Whose lorry it was.");
      await page.getByRole("button", { name: "Keep it and go on" }).click();
      await page.getByRole("button", { name: "Tick all fields" }).click();
      await page.getByLabel("Rows in one answer, at most").fill("many");
      await page.getByRole("button", { name: "Keep it and go on" }).click();
      await page.getByRole("alert").getByRole("link").click();
      expect(
        await page.getByLabel("Rows in one answer, at most").inputValue(),
      ).toBe("many");
      await page.getByLabel("Rows in one answer, at most").fill("20");
      await page.getByRole("button", { name: "Keep it and go on" }).click();
      await page.getByLabel("Add papers").setInputFiles({
        ...{ name: "order.pdf", mimeType: "application/pdf" },
        buffer: Buffer.from("%PDF-1.7 the order"),
      });
      await page.getByRole("button", { name: "Keep it and go on" }).click();
      expect(await page.textContent("main")).toContain(
        "would break no rule now",
      );
      await page.getByRole("button", { name: "Hand in" }).click();
      expect(await page.textContent("main")).toContain(
        "the office has to enter it",
      );
      const application = page.url();

      const desk = await signedIn("permit-officer");
      await desk.page.getByRole("link", { name: "1 item came in" }).click();
      await desk.page.getByRole("link", { name: "an application" }).click();
      expect(await desk.page.textContent("main")).toContain("order.pdf");
      await desk.page.getByRole("button", { name: /^Enter it/ }).click();
      await desk.page
        .getByRole("button", { name: "Sign", exact: true })
        .click();
      await desk.page.getByRole("link", { name: "Back to your desk" }).click();
      await desk.page.getByRole("link", { name: /^ap-/ }).click();
      expect(await desk.page.textContent("main")).toContain(
        "Whose lorry it was.",
      );
      await desk.page.getByRole("link", { name: "Grant a permit" }).click();
      await desk.page
        .getByLabel("Valid until the beginning of")
        .fill("2027-10-01");
      await desk.page
        .getByRole("button", { name: "See how the rules" })
        .last()
        .click();
      await desk.page
        .getByRole("button", { name: "Sign", exact: true })
        .click();
      expect(await desk.page.textContent("main")).toContain("Granted.");
      await desk.context.close();
      await office.house.followed();

      await page.goto(application);
      await page.getByRole("link", { name: /your permit/ }).click();
      await page.getByLabel("Name of the system").fill("court-desk");
      await page.getByRole("button", { name: "Make a token" }).click();
      const token = (await page.textContent("#token"))?.trim() ?? "";
      const example =
        (await page.locator("figure pre").first().textContent()) ?? "";
      expect(example).toContain(token);
      const [, url = ""] = /"(http[^"]*)"/.exec(example) ?? [];
      const answer = await fetch(url, {
        headers: { Authorization: `Bearer ${token}` },
      });
      expect(await answer.json()).toMatchObject({
        answer: { rows: [{ plate: "P0" }, {}, {}, {}, {}] },
      });
      await page.goto(`${server.address}/account`);
      expect(await page.textContent("main")).toContain("1 token in force");
      await context.close();
    });

    test.each([
      ["en", "light", 1024],
      ["en", "dark", 320],
      ["zh", "light", 320],
      ["zh", "dark", 1024],
    ] as const)(
      "its pages are accessible: %s, %s, %d pixels wide",
      async (lang, colorScheme, width) => {
        const { page, context } = await signedIn("Organisation huaxing", {
          ...{ colorScheme, viewport: { width, height: 800 } },
        });
        await page.goto(`${server.address}/account?lang=${lang}`);
        const paths = [
          "/account",
          "/account/applications/new",
          "/account/tokens",
          "/account/keys",
          "/account/receipts",
          "/account/permits/huaxing-vehicles",
        ];
        for (const path of paths) {
          await page.goto(`${server.address}${path}`);
          expect(await accessible(page)).toEqual([]);
          expect(
            await page.evaluate("document.documentElement.scrollWidth"),
          ).toBeLessThanOrEqual(width);
        }
        await page.goto(`${server.address}/account/applications/new`);
        await page.locator("main form button").first().click();
        const draft = page.url().replace(/\/purpose$/, "");
        await page.locator("form[action$=purpose] textarea").fill("…");
        await page.locator("form[action$=purpose] button").click();
        expect(await accessible(page)).toEqual([]);
        await page.locator("input[type=radio]").first().check();
        await page.locator("form[action$=purpose] button").click();
        await page.locator("button[name=tick]").click();
        for (const step of ["purpose", "extent", "papers", "send"]) {
          await page.goto(`${draft}/${step}`);
          expect(page.url()).toContain(step);
          expect(await accessible(page)).toEqual([]);
          expect(
            await page.evaluate("document.documentElement.scrollWidth"),
          ).toBeLessThanOrEqual(width);
        }
        await context.close();
      },
    );
  },
);
