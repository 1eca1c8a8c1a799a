import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EDITION, editions } from "../../src/rules/editions.ts";
import { launched } from "../browser.ts";
import { serveFiles } from "../file-server.ts";
import { hasChromium, root } from "./program.ts";

const hasPython = spawnSync("python3", ["--version"]).status === 0;
const file = join(root, "dist", "vitrine-check.html");

/** Offices whose acts are signed by passkeys, laid out by the second encoder, checked by a browser's own cryptography. */
describe.runIf(hasChromium && hasPython)(
  "the verifying page and passkeys",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "vitrine-passkeys-"));
    let browser: Browser;
    beforeAll(async () => {
      browser = await launched();
    });
    afterAll(async () => {
      await browser.close();
      rmSync(folder, { recursive: true });
    });

    test.each([
      ["valid/passkeys", "no contradiction found"],
      ["valid/passkeys-as-browsers-say-it", "no contradiction found"],
      ["invalid/passkey-of-another-key", "1 contradiction"],
      ["invalid/passkey-of-another-key-rsa", "1 contradiction"],
      ["invalid/passkey-of-another-alg", "1 contradiction"],
      ["invalid/passkey-origin-wrong", "1 contradiction"],
    ])("%s: %s", async (story, conclusion) => {
      const place = join(folder, story);
      execFileSync(
        "python3",
        [
          join(root, "test", "independent", "encode.py"),
          "--export",
          story,
          place,
        ],
        {
          env: { ...process.env, VITRINE_EDITION: editions.get(EDITION) ?? "" },
        },
      );
      const { address } = await serveFiles(place);
      const page = await browser.newPage();
      await page.goto(pathToFileURL(file).href);
      await page.getByLabel("The office's address").fill(address);
      await page.getByRole("button", { name: "Check", exact: true }).click();
      await page.locator("#result").waitFor({ state: "visible" });
      expect(await page.locator("#conclusion").innerText()).toBe(conclusion);
      await page.close();
    });
  },
);
