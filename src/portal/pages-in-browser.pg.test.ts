import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { serve } from "@hono/node-server";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessible } from "../../test/axe.ts";
import { launched } from "../../test/browser.ts";
import { publicPages } from "../../test/pages/public-pages.ts";
import { schemaFor } from "../../test/postgres.ts";
import { hasChromium } from "../../test/scenarios/program.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import { asking, endsInOrder, type Web, webOf } from "../../test/web-office.ts";

let office: SmallOffice;
let web: Web;
let server: ReturnType<typeof serve>;
let address: string;
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_browser")).url);
  web = webOf(office, { lettersLead: () => "https://data.example" });
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
  ...publicPages,
  "/datasets/people/explain?limit=many",
  "/law?at=2026-11-02",
];
/** Each language in both themes, and at the width of the narrowest phone. */
const looks = [
  { lang: "en", colorScheme: "light", width: 1200 },
  { lang: "en", colorScheme: "dark", width: 390 },
  { lang: "en", colorScheme: "light", width: 320 },
  { lang: "zh", colorScheme: "dark", width: 1200 },
  { lang: "zh", colorScheme: "light", width: 390 },
  { lang: "zh", colorScheme: "dark", width: 320 },
] as const;

describe.runIf(hasChromium)(
  "in a browser (skipped where Chromium is missing)",
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launched();
    });
    afterAll(() => browser.close());

    async function see(
      path: string,
      {
        lang,
        colorScheme,
        width,
      }: Omit<(typeof looks)[number], "width"> & { readonly width: number },
      story: (page: Page) => Promise<void>,
    ): Promise<void> {
      const page = await browser.newPage({
        bypassCSP: true,
        locale: lang === "zh" ? "zh-CN" : "en-GB",
        colorScheme,
        viewport: { width, height: 800 },
      });
      const wrong: string[] = [];
      page.on("pageerror", ({ message }) => void wrong.push(message));
      try {
        await page.goto(`${address}${path}`);
        await story(page);
        expect(wrong).toEqual([]);
      } finally {
        await page.close();
      }
    }

    test.each(looks)(
      "every public page fits, and axe finds nothing: $lang, $colorScheme, $width",
      async (look) => {
        for (const path of pages)
          await see(path, look, async (page) => {
            const folder = process.env["SHOTS"];
            if (folder !== undefined)
              await page.screenshot({
                fullPage: true,
                path: `${folder}/${look.lang}-${look.width}${path.replace(/[^a-z]+/gi, "-")}.png`,
              });
            expect(
              await page.evaluate("document.documentElement.scrollWidth"),
              path,
            ).toBe(look.width);
            expect(await accessible(page), path).toEqual([]);
          });
      },
      300_000,
    );

    test("the head stands in one row, a caption lies within what is seen, and each link of the list of sections leads to its heading", async () => {
      const wide = { lang: "en", colorScheme: "light", width: 1280 } as const;
      await see("/datasets/stations", wide, async (page) => {
        const head = await page.locator(".bar-top").boundingBox();
        expect(head?.height).toBeLessThan(75);
        const links = await page.locator(".contents a").all();
        expect(links.length).toBeGreaterThan(4);
        for (const link of links) {
          const to = (await link.getAttribute("href")) ?? "";
          expect(await page.locator(`h2${to}`).textContent()).toBe(
            await link.textContent(),
          );
        }
      });
      await see("/datasets/stations", { ...wide, width: 800 }, async (page) => {
        expect(
          await page.evaluate(
            "[...document.querySelectorAll('caption')].every((one) => one.clientWidth <= one.closest('.scroll').clientWidth + 1)",
          ),
        ).toBe(true);
      });
    });

    test("whoever has only a keyboard skips the head, asks for another organisation and reads why", async () => {
      await see("/datasets/vehicles/explain", looks[0], async (page) => {
        await page.keyboard.press("Tab");
        expect(
          await page.evaluate("document.activeElement.textContent"),
        ).toMatch(/Skip to the content/);
        await page.keyboard.press("Enter");
        const focused = () => page.evaluate("document.activeElement.id");
        // Before the field stand the links to the rules that refused.
        for (let left = 9; left > 0 && (await focused()) !== "organisation";)
          await page.keyboard.press("Tab").then(() => left--);
        await page.keyboard.type("court");
        await page.keyboard.press("Enter");
        await page.waitForURL(/organisation=court/);
        expect(await page.locator("#decided ~ .notice").textContent()).toMatch(
          /^Admitted: Organisation court may have records of plate, make, year/,
        );
        expect(await page.locator("#organisation").inputValue()).toBe("court");
      });
    });
  },
);

test.each(["stations", "vehicles"])(
  "the examples for curl and Python on the page of %s give rows",
  async (dataset) => {
    const page = await fetch(`${address}/datasets/${dataset}`, {
      headers: { Accept: "text/html" },
    });
    const html = await page.text();
    const { Authorization } = await asking(office, "huaxing");
    const env = { ...process.env, TOKEN: Authorization.slice(7) };
    for (const [name, run] of [
      ["curl", ["sh", "-c"]],
      ["Python", ["python3", "-c"]],
    ] as const) {
      const [, text = ""] =
        new RegExp(
          `<figcaption>${name}</figcaption><pre[^>]*>([^<]+)</pre>`,
        ).exec(html) ?? [];
      const { stdout } = await promisify(execFile)(
        run[0],
        [run[1], text.replaceAll("&quot;", '"').replaceAll("&amp;", "&")],
        { env },
      );
      expect(stdout.match(/station|plate/g), text).toHaveLength(5);
    }
  },
);
