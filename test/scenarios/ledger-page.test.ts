import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launched } from "../browser.ts";
import {
  type WriteOptions,
  writeReport,
} from "../../src/cli/ledger/write-report.ts";
import { showCount } from "../../src/audit/says.ts";
import {
  type Charged,
  inBatches,
  MIXED,
  sampleReceipts,
  sampleReport,
  UNAPPROVED,
} from "../../src/portal/ledger/report.sample.ts";
import { hasChromium } from "./program.ts";

const PAGE_BYTES_MAX = 15_000_000;
/** What the page may take, times what a busy machine may take longer. */
const USABLE_MS_MAX = 2_000 * 5;

type Look = {
  readonly locale?: string;
  readonly colorScheme?: "light" | "dark";
  readonly width?: number;
  readonly javaScriptEnabled?: boolean;
};

/** The page as it is mailed: a file, opened by a browser that has no network. */
describe.runIf(hasChromium)(
  "the ledger's page (skipped where Chromium is missing)",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "vitrine-page-"));
    let browser: Browser;
    let plain: string;
    let mixed: string;
    let short: string;

    beforeAll(async () => {
      browser = await launched();
      plain = await written("plain", UNAPPROVED, 5_000);
      mixed = await written("mixed", MIXED, 5_000, { language: "zh" });
      short = await written("short", MIXED, 200);
    });

    afterAll(async () => {
      await browser.close();
      rmSync(folder, { recursive: true });
    });

    async function written(
      name: string,
      charged: readonly Charged[],
      count: number,
      options: Partial<WriteOptions> = {},
    ): Promise<string> {
      const listed = sampleReceipts(count, charged);
      const [page = ""] = await writeReport(
        join(folder, name),
        sampleReport(listed),
        inBatches(listed),
        {
          language: "en",
          withPayers: true,
          receiptsFile: "receipts.outcomes.csv",
          rejectsFile: "receipts.rejected.csv",
          ...options,
        },
      );
      return page;
    }

    /** Opens a page and, when the story is over, says that it asked no network and that nothing in it failed. */
    async function see(
      path: string,
      { width = 1200, ...look }: Look,
      story: (page: Page) => Promise<void>,
    ): Promise<void> {
      const context = await browser.newContext({
        ...look,
        viewport: { width, height: 900 },
      });
      const page = await context.newPage();
      const asked: string[] = [];
      const wrong: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      page.on("pageerror", (error) => wrong.push(error.message));
      page.on("console", (line) => wrong.push(line.text()));
      const address = pathToFileURL(path).href;
      await page.goto(address);
      await story(page);
      expect(asked).toEqual([address]);
      expect(wrong).toEqual([]);
      await context.close();
    }

    test("the answer stands first, in the browser's language", async () => {
      await see(plain, { locale: "en-US" }, async (page) => {
        expect(await page.locator("h1").innerText()).toBe(
          "7 units charged about 248 million CNY. Nobody approved any of it.",
        );
        expect(await page.title()).toContain("248 million");
        const claim = page.getByText("Claimed 2.48 billion: ten times");
        expect((await claim.boundingBox())?.y).toBeLessThan(500);
      });
      await see(plain, { locale: "zh-CN" }, async (page) => {
        expect(await page.locator("h1").innerText()).toBe(
          "7 个单位收费约2.48亿 CNY，全部无人批准",
        );
        await page.getByRole("button", { name: "English" }).click();
        expect(await page.locator("h1").innerText()).toContain("7 units");
        expect(await page.locator("html").getAttribute("lang")).toBe("en");
      });
    });

    test("without scripts it is whole, in the language that it was made for", async () => {
      const look = { locale: "en-US", javaScriptEnabled: false };
      await see(mixed, look, async (page) => {
        const text = await page.locator("main").innerText();
        expect(text).toContain("收费");
        expect(text).not.toContain("charged");
        expect(text).toContain("248,372,500.00");
        expect(await page.locator("button.open:enabled").count()).toBe(0);
      });
    });

    test("every total opens to receipts that add up to it", async () => {
      await see(mixed, { locale: "en-US" }, async (page) => {
        await unfold(page);
        const totals = page.locator("button.open");
        const count = await totals.count();
        expect(count).toBeGreaterThan(300);
        const step = Math.ceil(count / 40);
        for (let index = 0; index < count; index += step) {
          await totals.nth(index).click();
          const sum = page.locator("#receipts-sum");
          await expect
            .poll(() => sum.innerText(), { timeout: 10_000 })
            .toContain("Added up here, they are the total that was opened.");
          await page.keyboard.press("Escape");
        }
      });
    });

    test("a total is opened, searched, turned, sorted and left by keyboard alone", async () => {
      await see(plain, { locale: "en-US" }, async (page) => {
        const transport = page
          .getByRole("row", { name: /^Transport/ })
          .getByRole("button", { name: "145,000,000.00" })
          .first();
        await transport.focus();
        await page.keyboard.press("Enter");
        await expect
          .poll(() => page.locator("#receipts-rows tr").count())
          .toBe(100);
        expect(await page.locator("#receipts-sum").innerText()).toContain(
          "charged 145,000,000.00 CNY",
        );
        await page.locator("#receipts-next").press("Enter");
        expect(await page.locator("#receipts-place").innerText()).toMatch(
          /^101–200 /,
        );
        await page.getByRole("button", { name: "Charged" }).press("Enter");
        const head = page.getByRole("columnheader", { name: "Charged" });
        await expect
          .poll(() => head.last().getAttribute("aria-sort"))
          .toBe("descending");
        const amounts = await page
          .locator("#receipts-rows tr td:nth-child(6)")
          .allInnerTexts();
        const numbers = amounts.map((text) => Number(text.replaceAll(",", "")));
        expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
        await page.locator("#receipts-find").fill("movement FILE");
        await expect
          .poll(() => page.locator("#receipts-sum").innerText())
          .toContain("charged 40,500,000.00 CNY");
        await page.keyboard.press("Escape");
        expect(
          await page.evaluate("document.activeElement.textContent.trim()"),
        ).toBe("145,000,000.00");
      });
    });

    test.each([
      { locale: "en-US", colorScheme: "light", width: 1200 },
      { locale: "en-US", colorScheme: "dark", width: 390 },
      { locale: "zh-CN", colorScheme: "light", width: 390 },
      { locale: "zh-CN", colorScheme: "dark", width: 1200 },
    ] as const)(
      "axe finds nothing: $locale, $colorScheme, $width",
      async (look) => {
        await see(short, look, async (page) => {
          const wide = await page.evaluate(
            "document.documentElement.scrollWidth",
          );
          expect(wide, "the page does not scroll sideways").toBe(look.width);
          await unfold(page);
          expect(
            await page.evaluate("document.documentElement.scrollWidth"),
          ).toBe(look.width);
          expect(await violations(page)).toEqual([]);
          await page.locator("button.open").first().click();
          await expect
            .poll(() => page.locator("#receipts-rows tr").count())
            .toBeGreaterThan(0);
          expect(await violations(page)).toEqual([]);
        });
      },
    );

    test("at 200 % on a small screen nothing is lost", async () => {
      await see(mixed, { locale: "en-US", width: 640 / 2 }, async (page) => {
        expect(
          await page.evaluate("document.documentElement.scrollWidth"),
        ).toBe(320);
      });
    });

    test("receipts at the edges of what there can be are listed as they are", async () => {
      const edges = sampleReceipts(4)
        .map((one, index) => ({
          ...one,
          outcome: index === 0 ? ("equal" as const) : ("over" as const),
          approvedMinor: [9_007_199_254_740_991, -1, 64, 0][index] ?? 0,
          receipt: {
            ...one.receipt,
            minor:
              [9_007_199_254_740_991, -9_007_199_254_740_991, 63, -64][index] ??
              0,
            day: [-25_567, 47_482, 0, 19_000][index] ?? 0,
            line: [2, 4_000_000_000, 3, 9][index] ?? 0,
            quantity: [undefined, 1, 128, 123_456_789][index],
            reference: ["", "票据一", "票据一\n二", "票据"][index] ?? "",
          },
        }))
        .slice(0, 4);
      await writeReport(
        join(folder, "edges"),
        sampleReport(edges),
        inBatches(edges),
        { language: "en", withPayers: true },
      );
      const path = join(folder, "edges", "report.html");
      await see(path, { locale: "en-US" }, async (page) => {
        await page.locator("button.open").first().click();
        await expect
          .poll(() => page.locator("#receipts-rows tr").count())
          .toBe(4);
        const rows = await page.locator("#receipts-rows tr").allInnerTexts();
        const cells = rows.map((row) => {
          const [reference, day, , , quantity, minor, approved, , place] = row
            .split("\t")
            .map((text) => text.trim());
          return [reference, day, quantity, minor, approved, place];
        });
        expect(cells).toEqual([
          [
            "",
            "1900-01-01",
            "",
            "90,071,992,547,409.91",
            "90,071,992,547,409.91",
            "receipts.csv:2",
          ],
          [
            "票据一",
            "2100-01-01",
            "1",
            "-90,071,992,547,409.91",
            "-0.01",
            "receipts.csv:4000000000",
          ],
          ["票据一 二", "1970-01-01", "128", "0.63", "0.64", "receipts.csv:3"],
          [
            "票据",
            "2022-01-08",
            "123,456,789",
            "-0.64",
            "0.00",
            "receipts.csv:9",
          ],
        ]);
      });
    });

    test("a text of the ledger is a text, whatever it says", async () => {
      const evil = `<img src="http://127.0.0.1:9/x.png" onerror="document.title='gone'"></script>`;
      const path = await written(
        "evil",
        UNAPPROVED.map((one) => ({ ...one, unit: evil, service: evil })),
        200,
      );
      await see(path, { locale: "en-US" }, async (page) => {
        expect(await page.locator("img").count()).toBe(0);
        await page.locator("button.open").first().click();
        await expect
          .poll(() => page.locator("#receipts-rows tr").count())
          .toBe(100);
        expect(await page.locator("img").count()).toBe(0);
        expect(await page.title()).not.toBe("gone");
      });
    });

    test("without payers no payer's name is in any file", async () => {
      const path = await written("nobody", UNAPPROVED, 500, {
        withPayers: false,
      });
      for (const file of ["report.html", "report.json", "totals.csv"])
        expect(readFileSync(join(folder, "nobody", file), "utf8")).not.toMatch(
          /Amber|Iris Bay/,
        );
      const [, packed = ""] =
        /data-column="payers">([^<]*)</.exec(readFileSync(path, "utf8")) ?? [];
      expect(gunzipSync(Buffer.from(packed, "base64")).length).toBe(0);
      await see(path, { locale: "en-US" }, async (page) => {
        await page.locator("button.open").first().click();
        await expect
          .poll(() => page.locator("#receipts-rows tr").count())
          .toBe(100);
        const text = await page.locator("#receipts-rows").innerText();
        expect(text).not.toMatch(/Amber|Birch|Cedar/);
      });
    });

    test("more receipts than it may hold: those that are not as approved, and it says so", async () => {
      const listed = sampleReceipts(3_000, MIXED);
      const other = listed.filter(({ outcome }) => outcome !== "equal").length;
      const path = await written("part", MIXED, 3_000, {
        receiptsMax: listed.length - 1,
      });
      await see(path, { locale: "en-US" }, async (page) => {
        expect(await page.locator("main").innerText()).toContain(
          `This file holds ${showCount(other)} of ${showCount(listed.length)} receipts: those whose outcome is not “as approved”, as far as it can hold them. All are in receipts.outcomes.csv.`,
        );
        await page
          .getByRole("row", { name: /^As approved/ })
          .getByRole("button")
          .first()
          .click();
        await expect
          .poll(() => page.locator("#receipts-sum").innerText())
          .toContain("this file does not hold them all");
      });
    });

    test("400,000 receipts: under 15 MB, open and usable at once", async () => {
      const path = await written("big", UNAPPROVED, 400_000);
      expect(statSync(path).size).toBeLessThan(PAGE_BYTES_MAX);
      const began = performance.now();
      await see(path, { locale: "en-US" }, async (page) => {
        await page.locator("button.open").first().click();
        await expect
          .poll(() => page.locator("#receipts-sum").innerText(), {
            timeout: USABLE_MS_MAX,
            interval: 20,
          })
          .toContain("Added up here, they are the total that was opened.");
        const took = performance.now() - began;
        expect(took).toBeLessThan(USABLE_MS_MAX);
      });
    });
  },
);

function unfold(page: Page): Promise<unknown> {
  return page.evaluate(
    "document.querySelectorAll('details').forEach((each) => { each.open = true; })",
  );
}

/** What axe has against the page, in a line each. Its script comes past the page's policy by the debugger. */
async function violations(page: Page): Promise<readonly string[]> {
  const source = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  await page.evaluate(readFileSync(source, "utf8"));
  const found: unknown = await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(' ')}`))",
  );
  return Array.isArray(found) ? found.map(String) : ["axe said nothing"];
}
