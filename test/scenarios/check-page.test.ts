import {
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHash } from "node:crypto";
import { launched } from "../browser.ts";
import { bundlePath } from "../../src/log/tiles.ts";
import {
  freePort,
  hasChromium,
  program,
  root,
  run,
  verifier,
} from "./program.ts";
import {
  endAll,
  home,
  laid,
  LAID_MS_MAX,
  READY,
  type Start,
  start,
  until,
} from "./starting.ts";

const file = join(root, "dist", "vitrine-check.html");
const axe = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

/** An hour's uses under a permit with a price stand in no shorter history; the same as test/scenarios/cheat.test.ts begins with. */
const SINCE_PAID_USES_DAY = -115;

/** A folder as any plain web server shows it, to every page. */
async function served(folder: string): Promise<[Server, string]> {
  const server = createServer((request, response) => {
    response.setHeader("Access-Control-Allow-Origin", "*");
    try {
      response.end(readFileSync(join(folder, request.url ?? "")));
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  return [server, `http://127.0.0.1:${port}`];
}

describe.runIf(hasChromium)(
  "the verifying page (skipped where Chromium is missing)",
  () => {
    const folder = join(home, "check");
    const demo = join(home, "demo");
    let browser: Browser;
    let office: Start;
    let ports: readonly [office: number, witness: number];

    beforeAll(async () => {
      mkdirSync(folder);
      await laid(demo);
      ports = [await freePort(), await freePort()];
      office = await start(demo, {}, ports);
      await until(office, READY);
      browser = await launched();
    }, LAID_MS_MAX);
    afterAll(async () => {
      await browser.close();
      await endAll();
    });

    /** Opens the page, from disk where nothing else is said; nothing in it may fail. */
    async function see(
      story: (page: Page) => Promise<void>,
      from = pathToFileURL(file).href,
      look: { width?: number; colorScheme?: "light" | "dark" } = {},
    ): Promise<void> {
      const { width = 1000, colorScheme = "light" } = look;
      const viewport = { width, height: 900 };
      const context = await browser.newContext({ viewport, colorScheme });
      const page = await context.newPage();
      const wrong: string[] = [];
      page.on("pageerror", (error) => wrong.push(error.message));
      page.on("console", (line) => {
        // A browser says of itself what it did not find: a public file may be there in another width.
        if (!line.text().includes("404")) wrong.push(line.text());
      });
      await page.goto(from);
      await story(page);
      expect(wrong).toEqual([]);
      await context.close();
    }

    async function check(page: Page, address?: string): Promise<string> {
      if (address !== undefined)
        await page.getByLabel("The office's address").fill(address);
      await page.getByRole("button", { name: "Check", exact: true }).click();
      await page.locator("#result").waitFor({ state: "visible" });
      return page.locator("#conclusion").innerText();
    }

    /** The report as the one-file program would print it, line by line. */
    async function linesOf(page: Page): Promise<readonly string[]> {
      const items = await page.locator("#lines li").all();
      const lines = await Promise.all(
        items.map(async (item) => {
          const label = await item.locator("b").innerText();
          const says = await item.locator("span").innerText();
          return `${label} ${says}`;
        }),
      );
      const conclusion = await page.locator("#conclusion").innerText();
      return [...lines, conclusion].filter(
        (line) => !line.startsWith("verified "),
      );
    }

    async function printed(place: string): Promise<readonly string[]> {
      const { out } = await run(verifier, [place]);
      const lines = out.trimEnd().split("\n");
      return lines.map((line) => line.replaceAll(/ {2,}/g, " "));
    }

    test("from disk, an honest office has no contradiction", async () => {
      await see(async (page) => {
        expect(await page.locator("#from").innerText()).toMatch(
          /^This page was opened from disk\./,
        );
        expect(await check(page, office.address)).toBe(
          "no contradiction found",
        );
        const lines = await linesOf(page);
        expect(lines[0]).toContain("data.lanan.example/register");
        expect(lines.join("\n")).toMatch(/signatures (\d+) of \1 acts by keys/);
        expect(await page.locator("#lines").innerText()).toMatch(
          /verified\n[1-9][0-9]+ signatures by this browser/,
        );
        // Whoever listens is taken to the conclusion.
        expect(await page.evaluate("document.activeElement.id")).toBe(
          "conclusion",
        );
      });
    });

    test("served by the office itself it says first that this clears nothing", async () => {
      const from = `${office.address}/check`;
      await see(async (page) => {
        const first = page.locator("main > *").first();
        expect(await first.innerText()).toContain(
          "Code from the office cannot clear the office",
        );
        expect(await check(page)).toBe("no contradiction found");
        expect(await page.locator("#means").innerText()).toContain(
          "by code from the office itself: that clears nothing",
        );
        await page
          .getByLabel("The office's address")
          .fill(office.address.replace("127.0.0.1", "localhost"));
        expect(await first.innerText()).toContain("cannot clear the office");
        await page
          .getByLabel("The office's address")
          .fill("https://data.example");
        expect(await first.innerText()).toContain("as good as whoever runs");
      }, from);
    });

    test("a Chinese page leads to it in Chinese; what the check prints stays as it is, and English is one press away", async () => {
      await see(async (page) => {
        expect(await page.title()).toBe("核验公共数据机构");
        const words = await page.locator("body").innerText();
        const latin = new Set(words.match(/[A-Za-z]{2,}/g));
        for (const name of ["English", "SHA", "log", "tlog", "policy"])
          latin.delete(name);
        for (const name of ["vitrine", "verify", "mjs"]) latin.delete(name);
        expect([...latin]).toEqual([]);
        await page.getByRole("button", { name: "核验", exact: true }).click();
        await page.locator("#result").waitFor({ timeout: 120_000 });
        expect(await page.locator("#conclusion").innerText()).toBe(
          "未发现矛盾",
        );
        expect(await page.locator("#means").innerText()).toContain(
          "不能证明其清白",
        );
        expect(await page.locator("#lines").innerText()).toContain(
          "data.lanan.example/register",
        );
        await page.locator("#other").click();
        await page
          .getByRole("button", { name: "Check", exact: true })
          .waitFor();
        expect(await page.title()).toBe("Check a public-data office");
      }, `${office.address}/check#zh`);
    });

    test("the office serves the file that the build made, lets its script run and no other, and shows its digest", async () => {
      const response = await fetch(`${office.address}/check`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const digest = createHash("sha256").update(bytes).digest("hex");
      expect(Buffer.from(bytes).equals(readFileSync(file))).toBe(true);
      const policy = response.headers.get("content-security-policy") ?? "";
      expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-/);
      expect(policy).not.toContain("unsafe");
      const shown = await (await fetch(`${office.address}/log`)).text();
      expect(shown).toContain(`${digest}  vitrine-check.html`);
      const build = readFileSync(join(root, "dist", "build.json"), "utf8");
      expect(build).toContain(digest);
    });

    test("a witness shows it too, and it checks the office from there", async () => {
      const from = `http://127.0.0.1:${ports[1]}/check`;
      await see(async (page) => {
        const given = await (await fetch(from)).text();
        expect(given).toBe(readFileSync(file, "utf8"));
        expect(await check(page, office.address)).toBe(
          "no contradiction found",
        );
        expect(await page.locator("#from").innerText()).toContain(
          `This page came from 127.0.0.1:${ports[1]}`,
        );
      }, from);
    });

    test("another fingerprint is another office, and a policy that is none is said", async () => {
      await see(async (page) => {
        await page.getByLabel("The office's fingerprint").fill("A".repeat(43));
        expect(await check(page, office.address)).toBe("could not check");
        expect((await linesOf(page)).join()).toContain("another office");
        await page.getByLabel("The office's fingerprint").fill("");
        await page.getByLabel("Witnesses that you trust").fill("quorum me");
        expect(await check(page)).toBe("could not check");
        expect((await linesOf(page)).join()).toContain("Cannot read policy");
      });
    });

    test("with a policy of the user's it asks the witness itself", async () => {
      const papers = await fetch(`${office.address}/log.json`);
      const [paper = ""] =
        /paper\/[0-9a-f]{64}/.exec(await papers.text()) ?? [];
      const policy = await fetch(`${office.address}/${paper}`);
      const text = await policy.text();
      await see(async (page) => {
        await page.getByLabel("Witnesses that you trust").fill(text);
        expect(await check(page, office.address)).toBe(
          "no contradiction found",
        );
        expect((await linesOf(page)).join("\n")).toContain(
          "by your policy; same machine: not independent; 1 of 1 said",
        );
      });
    });

    test("an address where nothing is, and one that is none, could not be checked", async () => {
      await see(async (page) => {
        expect(await check(page, "https://")).toBe("could not check");
        expect((await linesOf(page)).join()).toContain("want an address");
        const [server, address] = await served(folder);
        expect(await check(page, address)).toBe("could not check");
        expect((await linesOf(page)).join()).toContain(
          "no register log is there",
        );
        server.close();
      });
    });

    test("a check can be cancelled, by the keyboard alone", async () => {
      await see(async (page) => {
        await page.route("**/log/**", async (route) => {
          await new Promise((resolve) => setTimeout(resolve, 2_000));
          await route.abort().catch(() => undefined);
        });
        await page.getByLabel("The office's address").focus();
        await page.keyboard.type(office.address);
        await page.keyboard.press("Enter");
        const cancel = page.getByRole("button", { name: "Cancel" });
        await cancel.focus();
        await page.keyboard.press("Enter");
        expect(await page.locator("#working").isVisible()).toBe(false);
        expect(await page.evaluate("document.activeElement.id")).toBe("start");
      });
    });

    test.each([
      [1000, "light"],
      [320, "dark"],
    ] as const)(
      "at %i pixels, %s, nobody is shut out and nothing runs out of the page",
      async (width, colorScheme) => {
        await see(
          async (page) => {
            await check(page, office.address);
            // Not by a script element: the page lets none in.
            await page.evaluate(axe);
            const found: { violations: { id: string }[] } =
              await page.evaluate("axe.run()");
            expect(found.violations.map(({ id }) => id)).toEqual([]);
            const over: number = await page.evaluate(
              "document.documentElement.scrollWidth - innerWidth",
            );
            expect(over).toBeLessThanOrEqual(0);
          },
          undefined,
          { width, colorScheme },
        );
      },
    );

    describe("over a copy of its files, without the office", () => {
      const copy = join(folder, "copy");
      beforeAll(async () => {
        office.child.kill("SIGTERM");
        await office.ended;
        cpSync(join(demo, "public"), copy, { recursive: true });
      });

      test("it prints what the one-file program prints, by address and by picked folder", async () => {
        const [server, address] = await served(copy);
        const wanted = await printed(copy);
        expect(wanted.at(-1)).toMatch(/^no contradiction found/);
        await see(async (page) => {
          await check(page, address);
          expect(await linesOf(page)).toEqual(wanted);
          await page.getByLabel("or a copy of its logs").setInputFiles(copy);
          await check(page);
          expect(await linesOf(page)).toEqual(wanted);
        });
        server.close();
      });

      test("an office that charged a friend less contradicts itself, as the page says over the folder that it shows", async () => {
        const cheating = join(home, "cheating");
        await laid(cheating, SINCE_PAID_USES_DAY);
        const options = ["--folder", cheating, "--keep"];
        const { out } = await run(program, ["cheat", "friend", ...options]);
        const [, cheated = ""] = /^COPY is (.+)$/m.exec(out) ?? [];
        const [, shown = ""] =
          /COPY\/(shown-\d+)\n.*\[charge\]/.exec(out) ?? [];
        await see(async (page) => {
          const copy = page.getByLabel("or a copy of its logs");
          await copy.setInputFiles(join(cheated, shown));
          expect(await check(page)).toBe("1 contradiction");
          expect((await linesOf(page)).join("\n")).toMatch(
            /charged 0\.50 CNY, fee in force 2\.00 CNY, .* \[charge\]/,
          );
        });
        rmSync(cheated, { recursive: true });
      });

      test("a signature that was bent is found, as the one-file program finds it", async () => {
        const bent = join(folder, "bent");
        cpSync(copy, bent, { recursive: true });
        const log = join(bent, "log", "register");
        const note = readFileSync(join(log, "checkpoint"), "utf8");
        const size = Number(note.split("\n")[1]);
        const bundle = join(log, bundlePath(0, Math.min(256, size)));
        const bytes = readFileSync(bundle);
        // Of the last signature in the bundle: a letter of its middle.
        const at = bytes.lastIndexOf('"signature":"') + 40;
        bytes[at] = bytes[at] === 0x41 ? 0x42 : 0x41;
        writeFileSync(bundle, bytes);
        const [server, address] = await served(bent);
        const wanted = await printed(bent);
        expect(wanted.at(-1)).toMatch(/^[0-9]+ contradictions$/);
        await see(async (page) => {
          expect(await check(page, address)).toBe(wanted.at(-1));
          expect(await linesOf(page)).toEqual(wanted);
          const lines = await linesOf(page);
          expect(lines.join("\n")).toMatch(/\[(?:unsigned|record-signature)\]/);
          expect(lines.join("\n")).toContain("[tree-root]");
        });
        server.close();
      });
    });
  },
);
