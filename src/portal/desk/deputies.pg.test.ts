import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible } from "../../../test/axe.ts";
import { launched } from "../../../test/browser.ts";
import { asDemonstration } from "../../../test/desk-office.ts";
import { listening, type Listening } from "../../../test/listening.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { hasChromium } from "../../../test/scenarios/program.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import {
  DAY,
  fee,
  founding,
  HOUR,
} from "../../../test/simulation/small-office-acts.ts";
import { browserOf } from "../../../test/visitor.ts";
import { endsInOrder, type Web, webOf } from "../../../test/web-office.ts";

let office: SmallOffice;
let web: Web;
let server: Listening;

/** The small office, whose administrator appoints as well. */
const posts = founding(0, {
  ...{ origin: "", logKey: "", keyOf: () => "" },
  edition: { number: 1, digest: "" },
}).posts.map((post) =>
  post.post === "administrator"
    ? { ...post, powers: [...post.powers, "appoint" as const] }
    : post,
);

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("deputies")).url, {
    founding: { posts },
  });
  for (const application of ["a-1", "a-2"])
    await office.granted(
      {
        kind: "applicationReceived",
        ...{ application, organisation: "sanhe", purpose: "trade" },
        product: "vehicles.records",
        due: Math.ceil(office.clock.now / HOUR) * HOUR + 480 * HOUR,
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

test("whoever appoints nobody is told who does; whoever is no official sees nothing", async () => {
  const browser = browserOf(web);
  await browser.text("/sign-in");
  await browser.send("/sign-in/demonstration", {
    ...{ persona: "permit-officer", to: "/" },
  });
  const page = await browser.text("/desk/deputies");
  expect(page).toContain("Your post appoints nobody. Who may: administrator");
  expect(page).not.toContain("mode=delegated");
  const stranger = await web.ask("/desk/deputies");
  expect(stranger.status).toBe(401);
});

describe.runIf(hasChromium)(
  "in a browser (skipped where Chromium is missing)",
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launched();
    });
    afterAll(() => browser.close());

    async function as(
      persona: string,
      story: (page: Page) => Promise<void>,
    ): Promise<void> {
      const context = await browser.newContext();
      const page = await context.newPage();
      try {
        await page.goto(`${server.address}/sign-in`);
        await page
          .getByRole("button", { name: new RegExp(`^${persona}`) })
          .click();
        await page.waitForURL(`${server.address}/desk`);
        await story(page);
      } finally {
        await context.close();
      }
    }
    const textOf = (page: Page): Promise<string | null> =>
      page.textContent("body");
    const look = (page: Page): Promise<void> =>
      page
        .getByRole("button", { name: "See how the rules would rule" })
        .last()
        .click();
    const sign = (page: Page): Promise<void> =>
      page.getByRole("button", { name: "Sign", exact: true }).click();

    /** A deputy of a post: person 2, who is the registrar, until a day. */
    async function appointed(page: Page, post: string): Promise<void> {
      await page.getByRole("link", { name: "Deputies" }).click();
      expect(await accessible(page)).toEqual([]);
      await page
        .getByRole("link", { name: `Name a deputy for ${post}` })
        .click();
      expect(await page.locator("#post").inputValue()).toBe(post);
      expect(await page.locator("#mode").inputValue()).toBe("delegated");
      expect(await page.locator("#delegator").inputValue()).not.toBe("");
      expect(await page.locator("#to").inputValue()).toMatch(/^2026-12-02/);
      await page.locator("#person").selectOption("2");
      await page.locator("#to").fill("");
      await look(page);
      // A delegation without an end is refused, before anybody signs.
      expect(await textOf(page)).toContain("It would be refused.");
      expect(await textOf(page)).toContain("I5");
      await page.getByRole("link", { name: "Change it" }).click();
      await page.locator("#to").fill("2026-11-12");
      await look(page);
      expect(await textOf(page)).toContain("It would be granted.");
      await sign(page);
      expect(await textOf(page)).toContain("Granted.");
      await office.house.tick();
    }

    test("a deputy sees the inbox of the post, signs in it, and the pages say in what capacity; it ends by itself on its day", async () => {
      await as("registrar", async (page) => {
        expect(await page.getByRole("link", { name: "a-1" }).count()).toBe(0);
      });
      await as("administrator", (page) => appointed(page, "permit-officer"));
      const capacity =
        "for permit-officer, by delegation until 12 Nov 2026, 00:00";
      await as("registrar", async (page) => {
        expect(await textOf(page)).toContain(
          `You are here as: registrar; ${capacity}`,
        );
        await page.getByRole("link", { name: "a-1" }).click();
        await page.getByRole("link", { name: "Grant a permit" }).click();
        await page.getByRole("button", { name: "Tick all fields" }).click();
        await look(page);
        const draft = (await textOf(page)) ?? "";
        expect(draft).toContain(capacity);
        expect(draft).toContain("It would be granted.");
        await sign(page);
        expect(await textOf(page)).toContain("Granted.");
        await office.house.tick();
        await page
          .getByRole("link", { name: "Letter of this decision" })
          .click();
        expect(await page.textContent(".letter")).toContain(capacity);
      });
      // Not a minute longer: the tenure was granted until the beginning of that day.
      await office.pass(10 * DAY);
      await as("registrar", async (page) => {
        expect(await textOf(page)).toContain("You are here as: registrar");
        expect(await textOf(page)).not.toContain("by delegation");
        expect(await page.getByRole("link", { name: "a-2" }).count()).toBe(0);
        await page.goto(`${server.address}/desk/applications/a-2`);
        expect(await textOf(page)).toContain(
          "Your posts may read this case and decide nothing in it.",
        );
      });
    });
  },
);

test("four eyes stay two persons: a deputy of the head approves nothing that they prepared", async () => {
  const end = Math.floor(office.clock.now / DAY) * DAY + 5 * DAY;
  await office.granted(
    {
      ...{ kind: "tenure", person: 2, post: "head", mode: "delegated" },
      ...{ delegator: 1, to: end },
    },
    "administrator",
  );
  const browser = browserOf(web);
  await browser.text("/sign-in");
  await browser.send("/sign-in/demonstration", {
    ...{ persona: "registrar", to: "/" },
  });
  expect(await browser.text("/desk")).toContain("for head, by delegation");
  const { product, amount, currency, unit, ground } = fee("f", 70);
  await browser.text("/desk/acts/new/feeStandard");
  const kept = await browser.send("/desk/acts/new/feeStandard", {
    ...{ do: "keep", fee: "by-one", product, amount: String(amount / 100) },
    ...{ currency, unit, ground: ground ?? "", classes: "enterprise" },
    ...{ "payee.is": "organisation", "payee.organisation": "sanhe" },
    ...{ payee: "organisation:sanhe", to: "2027-06-01" },
  });
  const draft = kept.headers.get("location") ?? "";
  expect(draft).toMatch(/^\/desk\/drafts\//);
  // The office proposes another person, and not the deputy once more.
  const proposed = await browser.text(draft);
  expect(proposed).toContain("It would be granted.");
  const statement = (page: string): string =>
    (/name="statement" value="([^"]*)"/.exec(page)?.[1] ?? "").replaceAll(
      "&quot;",
      '"',
    );
  expect(statement(proposed)).toMatch(
    /"signers":\[[^\]]*"person":1,"post":"head"/,
  );
  await browser.send(`${draft}/signers`, {
    holder: ["2 registrar", "2 head"],
    role: ["prepared", "approved"],
  });
  const alone = await browser.text(draft);
  expect(alone).toContain("It would be refused.");
  await browser.send(`${draft}/sign`, { statement: statement(alone) });
  const { fees, counts } = office.house.office.register;
  expect(fees.has("by-one")).toBe(false);
  expect(counts.refused).toBe(1);
  expect(await browser.text(draft)).toContain("Refused.");
});
