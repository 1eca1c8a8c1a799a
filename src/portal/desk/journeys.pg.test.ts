import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launched } from "../../../test/browser.ts";
import { asDemonstration } from "../../../test/desk-office.ts";
import { listening, type Listening } from "../../../test/listening.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { hasChromium } from "../../../test/scenarios/program.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import { HOUR, vehicles } from "../../../test/simulation/small-office-acts.ts";
import {
  asking,
  endsInOrder,
  type Web,
  webOf,
} from "../../../test/web-office.ts";

let office: SmallOffice;
let web: Web;
let server: Listening;

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("desk_journeys")).url);
  for (const application of ["a-1", "a-2", "a-3"])
    await office.granted(
      {
        kind: "applicationReceived",
        application,
        organisation: "sanhe",
        product: "vehicles.records",
        purpose: "trade",
        due: Math.ceil(office.clock.now / HOUR) * HOUR + 8 * HOUR,
        paper: { kind: "application", commitment: "A".repeat(43) },
      },
      "permit-officer",
    );
  web = webOf(office, asDemonstration);
  server = await listening(web);
});
afterAll(async () => {
  await server.close();
  await endsInOrder(office, web);
  await office.close();
});

/** What Sanhe Textiles gets when it asks for vehicles with its token. */
async function asks(): Promise<number> {
  await office.house.followed();
  const response = await web.ask("/query", {
    method: "POST",
    headers: {
      ...(await asking(office, "sanhe")),
      "Content-Type": "application/json",
    },
    body: JSON.stringify({ plan: vehicles({ limit: 5 }) }),
  });
  return response.status;
}

describe.runIf(hasChromium)(
  "in a browser (skipped where Chromium is missing)",
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launched();
    });
    afterAll(() => browser.close());

    async function withPage(
      options: Parameters<Browser["newContext"]>[0],
      story: (page: Page, context: BrowserContext) => Promise<void>,
    ): Promise<void> {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      const wrong: string[] = [];
      page.on("pageerror", ({ message }) => void wrong.push(message));
      page.on("console", (message) => {
        if (message.type() === "error") wrong.push(message.text());
      });
      try {
        await story(page, context);
        expect(wrong).toEqual([]);
      } finally {
        await context.close();
      }
    }

    async function signIn(page: Page, post: string): Promise<void> {
      await page.goto(`${server.address}/sign-in`);
      await page.getByRole("button", { name: post, exact: true }).click();
      await page.waitForURL(`${server.address}/desk`);
    }

    async function grant(page: Page, application: string): Promise<void> {
      await signIn(page, "permit-officer");
      await page.getByRole("link", { name: application }).click();
      expect(await page.textContent("main")).toContain("granted, in force");
      await page.getByRole("link", { name: "Grant a permit" }).click();
      await page.getByRole("button", { name: "Tick all fields" }).click();
      await page.getByLabel("Valid until the beginning of").fill("");
      await page
        .getByRole("button", { name: "See how the rules" })
        .last()
        .click();
      const without = (await page.textContent("main")) ?? "";
      expect(without).toContain("It would be refused.");
      expect(without).toContain("I5");
      await page.getByRole("link", { name: "Change it" }).click();
      await page.getByLabel("Valid until the beginning of").fill("2027-10-01");
      await page
        .getByRole("button", { name: "See how the rules" })
        .last()
        .click();
      expect(await page.textContent("main")).toContain("It would be granted.");
      await page.getByRole("button", { name: "Sign", exact: true }).click();
      expect(await page.textContent("main")).toContain("Granted.");
    }

    test("a permit from application to first row, and its revocation", async () => {
      expect(await asks()).toBe(403);
      await withPage({}, async (page) => {
        await grant(page, "a-1");
        expect(await asks()).toBe(200);
        await page.getByRole("link", { name: "Back to your desk" }).click();
        await page.getByRole("link", { name: "Prepare an act" }).click();
        await page.getByRole("link", { name: "Revoke a permit" }).click();
        await page
          .getByLabel("Permit", { exact: true })
          .selectOption({ index: await lastOption(page) });
        await page.getByLabel("Reason", { exact: true }).selectOption("breach");
        await page
          .getByLabel("In words")
          .fill("It passed the rows on to somebody else.");
        await look(page);
        await page.getByRole("button", { name: "Sign", exact: true }).click();
        expect(await page.textContent("main")).toContain("Granted.");
        expect(await asks()).toBe(403);
      });
    });

    test("the same without JavaScript, in Chinese, on a phone", async () => {
      const phone = {
        javaScriptEnabled: false,
        viewport: { width: 320, height: 640 },
      };
      await withPage(phone, async (page) => {
        await page.goto(`${server.address}/sign-in?lang=zh`);
        await page.getByRole("button", { name: "permit-officer" }).click();
        await page.getByRole("link", { name: "a-2" }).click();
        await page.getByRole("link", { name: "准予许可" }).click();
        await page.getByRole("button", { name: "勾选全部字段" }).click();
        await page
          .getByRole("button", { name: "查看规则将如何裁定" })
          .last()
          .click();
        expect(await page.textContent("main")).toContain("将予准许。");
        await page.getByRole("button", { name: "签署", exact: true }).click();
        expect(await page.textContent("main")).toContain("已准予。");
        expect(await asks()).toBe(200);
      });
    });

    test("the same by keyboard alone", async () => {
      await withPage({}, async (page) => {
        await signIn(page, "permit-officer");
        await tabTo(page, "a-3");
        await page.keyboard.press("Enter");
        await page.waitForURL(/applications/);
        await tabTo(page, "Grant a permit");
        await page.keyboard.press("Enter");
        await page.waitForURL(/acts\/new/);
        await tabTo(page, "Tick all fields");
        await page.keyboard.press("Enter");
        await page.waitForURL(/acts\/new\/permit$/);
        await tabTo(page, "rowsMax");
        await page.keyboard.press("Enter");
        await page.waitForURL(/drafts/);
        await tabTo(page, "Sign");
        await page.keyboard.press("Enter");
        await page.getByText("Granted.", { exact: true }).waitFor();
      });
    });

    test("a price that no rule allows: it says so before, and is refused in public by post", async () => {
      await withPage({}, async (page) => {
        await signIn(page, "registrar");
        await draftFee(page, "body:office", "5.00");
        const said = (await page.textContent("main")) ?? "";
        expect(said).toContain("It would be refused.");
        expect(said).toContain("What could change that");
        await page
          .getByRole("button", { name: "Sign it, although it is refused" })
          .click();
        expect(await page.textContent("main")).toContain("signed");
      });
      await withPage({}, async (page) => {
        await signIn(page, "head");
        await page.getByRole("link", { name: "Set a price" }).click();
        expect(await page.textContent("main")).toContain(
          "It would be refused.",
        );
        await page
          .getByRole("button", { name: "Sign it, although it is refused" })
          .click();
        expect(await page.textContent("main")).toContain("Refused.");
      });
      const { refused } = office.house.office.register.counts;
      expect(refused).toBe(1);
    });

    test("a price from draft to first charge", async () => {
      await withPage({}, async (page) => {
        await signIn(page, "registrar");
        await draftFee(page, "organisation:sanhe", "0.90");
        expect(await page.textContent("main")).toContain(
          "It would be granted.",
        );
        await page.getByRole("button", { name: "Sign", exact: true }).click();
      });
      await withPage({}, async (page) => {
        await signIn(page, "head");
        await page.getByRole("link", { name: "Set a price" }).first().click();
        await page.getByRole("button", { name: "Sign", exact: true }).click();
        expect(await page.textContent("main")).toContain("Granted.");
      });
      await office.house.followed();
      const { charge } = await office.answered(
        vehicles({ limit: 15 }),
        "huaxing",
      );
      expect(charge).toBe(180);
    });
  },
);

async function look(page: Page): Promise<void> {
  await page
    .getByRole("button", { name: "See how the rules would rule" })
    .last()
    .click();
}

async function draftFee(
  page: Page,
  payee: string,
  amount: string,
): Promise<void> {
  await page.getByRole("link", { name: "Prepare an act" }).click();
  await page.getByRole("link", { name: "Set a price" }).click();
  await page.getByLabel("Product").selectOption("vehicles.records");
  await page.getByLabel("Who is paid").selectOption(payee);
  await page.getByLabel("enterprise", { exact: true }).check();
  await page.getByLabel("Price per unit").fill(amount);
  await page.getByLabel("Charged per").selectOption("step");
  await page.getByLabel("Ground").selectOption("operation-fee");
  await look(page);
}

/** Goes on with the tabulator until the link, button or field of that name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(
      "document.activeElement.id || document.activeElement.textContent.trim()",
    );
    if (at === name) return;
  }
  throw new Error(`Cannot reach ${name} by keyboard`);
}

async function lastOption(page: Page): Promise<number> {
  return (await page.locator("#permit option").count()) - 1;
}
