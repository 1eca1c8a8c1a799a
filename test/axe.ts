import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

/** What axe has against the page, in a line each; put in from outside, since the page lets no other script run. */
export async function accessible(page: Page): Promise<readonly string[]> {
  const source = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  await page.evaluate(readFileSync(source, "utf8"));
  return faultsBy(page, "{ resultTypes: ['violations'] }");
}

/** The same of a page that was looked at before and has other colours now. */
export function accessibleInColour(page: Page): Promise<readonly string[]> {
  return faultsBy(page, "{ runOnly: ['color-contrast'] }");
}

async function faultsBy(
  page: Page,
  options: string,
): Promise<readonly string[]> {
  const found: unknown = await page.evaluate(
    `axe.run(document, ${options}).then(({ violations }) => violations.map(({ id, nodes }) => \`\${id}: \${nodes.slice(0, 3).map(({ html }) => html).join(' ')}\`))`,
  );
  return Array.isArray(found) ? found.map(String) : ["axe said nothing"];
}
