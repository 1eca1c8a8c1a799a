import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";
import type { Lang } from "./hand.ts";

/** A page that docs/screens shows. */
export type Screen = {
  readonly name: string;
  readonly path: string;
  readonly as?: string;
  readonly lang?: Lang;
  readonly isPhone?: boolean;
  readonly isDark?: boolean;
};

export const SCREENS: readonly Screen[] = [
  { name: "front-page", path: "/" },
  {
    name: "front-page-phone-zh-dark",
    path: "/",
    lang: "zh",
    isPhone: true,
    isDark: true,
  },
  { name: "sign-in", path: "/sign-in" },
  { name: "product", path: "/products/degrees.answer" },
  { name: "search", path: "/search?q=vehicle" },
  { name: "acts-zh", path: "/acts?refused=1", lang: "zh" },
  { name: "post", path: "/posts/head" },
  { name: "desk", path: "/desk", as: "permit-officer" },
  {
    name: "fee-form",
    path: "/desk/acts/new/feeStandard",
    as: "pricing-officer",
    isDark: true,
  },
  { name: "account", path: "/account", as: "sanhe-textiles" },
  {
    name: "my-uses-phone",
    path: "/my",
    as: "resident-0042",
    isPhone: true,
  },
];

/** Where `npm run screens` wants the pictures; nothing is written in any other run. */
export const screensFolder = process.env["SCREENS_FOLDER"];
/** The pictures that this run came to, written or not. */
export const taken = new Set<string>();

/** One picture of a page as the walk comes by, in its English life. */
export async function snap(
  page: Page,
  lang: Lang,
  name: string,
): Promise<void> {
  if (lang !== "en") return;
  taken.add(name);
  if (screensFolder !== undefined)
    await page.screenshot({
      path: join(screensFolder, `${name}.png`),
      fullPage: true,
    });
}

/** Opens a listed page as it is to be seen: the page must be there. */
export async function takeScreen(
  browser: Browser,
  address: string,
  screen: Screen,
): Promise<void> {
  const { name, path, as, lang = "en", isPhone, isDark } = screen;
  const context = await browser.newContext({
    viewport: isPhone
      ? { width: 390, height: 844 }
      : { width: 1200, height: 800 },
    colorScheme: isDark ? "dark" : "light",
  });
  const page = await context.newPage();
  if (as !== undefined || lang !== "en") {
    await page.goto(`${address}/sign-in?lang=${lang}`);
    if (as !== undefined) {
      await page.locator(`button[value="${as}"]`).click();
      await page.waitForLoadState();
    }
  }
  const response = await page.goto(`${address}${path}`);
  expect(response?.status(), `${name}: ${path}`).toBe(200);
  taken.add(name);
  if (screensFolder !== undefined)
    await page.screenshot({ path: join(screensFolder, `${name}.png`) });
  await context.close();
}
