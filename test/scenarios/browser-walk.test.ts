import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launched } from "../browser.ts";
import { Hand, type Lang, pattern } from "./hand.ts";
import { hasChromium, root, run, verifier } from "./program.ts";
import { SCREENS, screensFolder, snap, taken, takeScreen } from "./screens.ts";
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

/** A person must be done with each of the three journeys in less. */
const PERSON_SECONDS_MAX = 240;
const DESK = { width: 1200, height: 800 } as const;
const PHONE = { width: 390, height: 844 } as const;

/** Runs a line that a page offered, as whoever copied it would; gives what it printed. */
function shell(line: string): Promise<string> {
  return new Promise((resolve) => {
    execFile("bash", ["-c", line], (_, out, err) => resolve(`${out}${err}`));
  });
}

/** docs/ten-minutes.md by the pages alone, from the first click to the entry in the log; twice, because an id is used once for ever. */
describe.runIf(hasChromium).each(["en", "zh"] as const)(
  "the first ten minutes in a browser: %s (skipped where Chromium is missing)",
  (lang) => {
    let browser: Browser;
    let office: Start;
    let context: BrowserContext;
    let hand: Hand;

    beforeAll(async () => {
      const folder = join(home, `walk-${lang}`);
      // The pictures show the whole history; the walk does with its last days.
      await laid(folder, screensFolder === undefined ? undefined : -1000);
      office = await start(folder);
      await until(office, READY);
      browser = await launched();
      context = await browser.newContext({ viewport: DESK });
      hand = await Hand.at(context, office.address, lang);
    }, LAID_MS_MAX);
    afterAll(async () => {
      await browser.close();
      await endAll();
    });

    test("0:45 the first screen of a phone says what the office is, what it serves, charged, refused and misses, and who watches", async () => {
      const phone = await browser.newContext({ viewport: PHONE });
      const { page } = await Hand.at(phone, office.address, lang);
      for (const message of [
        "This office registers what data the state holds, grants and prices access under published rules, serves it through one gate, and writes every act to a log that anyone can check.",
        "{served} of {known} known systems are served through this gate. {others} are not.",
        "who may use what, at which price",
        "charged in {year}, of which {without}",
        "{refused} refused acts, of {acts}",
        "{open} {due}, {missed} missed",
      ] as const) {
        const said = page.getByText(pattern(lang, message)).last();
        const box = await said.boundingBox();
        expect((box?.y ?? 9999) + (box?.height ?? 0), message).toBeLessThan(
          PHONE.height,
        );
      }
      const first = (await page.locator(".figures").innerText()).replaceAll(
        /\s+/g,
        " ",
      );
      expect(first).toMatch(/0\.00 (?:CNY|元)/);
      expect(first).toMatch(lang === "en" ? /One witness/ : /一名见证人/);
      const how = page.locator("summary", {
        hasText: hand.says("how computed"),
      });
      expect(await how.count()).toBeGreaterThanOrEqual(6);
      for (const one of await how.all()) {
        await one.click();
        const told = one.locator("xpath=..");
        expect((await told.innerText()).length).toBeGreaterThan(20);
        await one.click();
      }
      await phone.close();
    });

    test("1:30 a dataset's page offers a line that gives rows without an account", async () => {
      await hand.follow("Data");
      await hand.followTo("/datasets/earthquakes");
      expect(await shell(await hand.copied())).toContain('"rows"');
    });

    test("2:45 the fee that nobody may charge: three rules before the signature, refused and entered, public by post", async () => {
      await hand.signIn("pricing-officer");
      await draftFee(hand, "vehicles.answer", {
        ...{ payee: "body:transport.vehicle-register-centre", amount: "5.00" },
      });
      const before = await hand.main();
      for (const rule of ["CN-PRC-18", "CN-PRC-03", "CN-DEP-04"])
        expect(before).toContain(rule);
      await hand.reads("It would be refused.");
      await hand.reads("What it would have brought");
      await snap(hand.page, lang, "fee-refused");
      await hand.press("Sign it, although it is refused");
      await hand.signIn("head");
      await hand.follow("Set a price");
      await hand.press("Sign it, although it is refused");
      await hand.reads("Refused.");
      const entry = await hand.page
        .locator('main a[href^="/acts/"]')
        .first()
        .getAttribute("href");
      const page = await fetch(`${office.address}${entry ?? ""}`);
      expect(page.status).toBe(200);
      const text = await page.text();
      expect(text).toContain("pricing-officer");
      expect(text).not.toMatch(/person \d/);
      expect(await (await fetch(office.address)).text()).toContain(
        "fee standard vehicles.answer 5.00 CNY per call",
      );
    });

    test("a price from draft to first charge, with its receipt", async () => {
      hand.begin();
      await hand.signIn("pricing-officer");
      await draftFee(hand, "degrees.answer", {
        payee: "organisation:shuren-operations",
        amount: "2.40",
        ground: "operation-service-fee",
      });
      // A year's price would outlast its ceiling: the page says until when that is, and it is mended there.
      await hand.reads("It would be refused.");
      const bounds = await hand.page.locator("#what-if ~ ul").innerText();
      await hand.follow("Change it");
      await hand.fill("Valid until the beginning of", dayIn(bounds));
      await hand.press("See how the rules would rule");
      await hand.reads("It would be granted.");
      await hand.press("Sign");
      await hand.signIn("head");
      await hand.follow("Set a price");
      await hand.reads("It would be granted.");
      await hand.press("Sign");
      await hand.reads("Granted.");
      await hand.signIn("qiaolin-recruitment");
      await hand.followTo("/account/permits/qiaolin-degrees");
      expect(await hand.main()).toContain("2.40");
      await hand.press("Make a token");
      const line = (await hand.copied()).replaceAll(
        /("number"[^}]*"value":\s*)"[^"]*"/g,
        '$1"D-2019-0042"',
      );
      expect(line).toContain("D-2019-0042");
      const answer = await shell(`${line} -i`);
      expect(answer).toMatch(/vitrine-price: 240/i);
      expect(answer).toMatch(/"receipt":\{"v":1/);
      told(lang, "a fee from draft to first charge", hand);
    });

    test("3:45 a permit from the inbox to the first row, and its revocation", async () => {
      hand.begin();
      await hand.signIn("permit-officer");
      await hand.followTo("/desk/applications/a-2601");
      await hand.reads("granted, in force");
      await hand.follow("Grant a permit");
      const permit = await hand.page.locator("input#permit").inputValue();
      await hand.fill("Valid until the beginning of", "");
      await hand.press("See how the rules would rule");
      await hand.reads("It would be refused.");
      expect(await hand.main()).toContain("I5");
      await hand.follow("Change it");
      await hand.fill("Valid until the beginning of", inDays(300));
      await hand.press("See how the rules would rule");
      await hand.reads("It would be granted.");
      await hand.press("Sign");
      await hand.reads("Granted.");
      await hand.signIn("sanhe-textiles");
      const href = `/account/permits/${permit}`;
      await hand.followTo(href);
      await hand.press("Make a token");
      const line = await hand.copied();
      expect(await shell(line)).toContain('"rows"');
      told(lang, "a permit from application to first row", hand);
      await snap(hand.page, lang, "first-row");

      await hand.signIn("permit-officer");
      await hand.follow("Prepare an act");
      await hand.follow("Revoke a permit");
      await hand.choose("Permit", permit);
      await hand.choose("Reason", "breach");
      await hand.fill("In words", "It passed the counts on.");
      await hand.press("See how the rules would rule");
      await hand.press("Sign");
      await hand.reads("Granted.");
      await expect
        .poll(() => shell(line), { timeout: 10_000 })
        .toContain(permit);
      expect(await shell(line)).not.toContain('"rows"');
    });

    test("3:45 a purpose that is not on the list is said so; the officer decides", async () => {
      await hand.follow("Your desk");
      await hand.followTo("/desk/applications/a-2602");
      await hand.reads("{purpose}, which is not on the list of the rulebook");
      await hand.follow("Grant a permit");
      await hand.press("See how the rules would rule");
      await hand.reads("It would be refused.");
    });

    test("8:30 a post's holders in time, its powers and what it signed; no person's name", async () => {
      await hand.goes("/posts/head");
      await hand.reads("Who held it");
      expect(
        await hand.page.locator('meta[name="robots"]').getAttribute("content"),
      ).toContain("noindex");
    });

    test("9:00 from sign-in to question; in public it is one more question", async () => {
      const questions = async (): Promise<number> => {
        const feed = await fetch(
          `${office.address}/acts.json?kind=questionReceived`,
        );
        return (await feed.text()).split('"questionReceived","granted"').length;
      };
      const before = await questions();
      hand.begin();
      await hand.signIn("resident-0042");
      expect(await hand.main()).toContain("Qiaolin Recruitment");
      await hand.open("Ask");
      await hand.fill("Your question", "Why did you look?");
      await hand.press("Send the question");
      await hand.reads("Your question was taken");
      told(lang, "a citizen from sign-in to question", hand);
      await snap(hand.page, lang, "asked");
      await expect.poll(questions, { timeout: 30_000 }).toBe(before + 1);
      const acts = await (await fetch(`${office.address}/acts`)).text();
      expect(acts).not.toContain("0042");
      expect(acts).not.toContain("Why did you look?");
    });

    test.runIf(lang === "en")(
      "every picture of docs/screens is of a page that is there, and each is listed",
      async () => {
        for (const screen of SCREENS)
          await takeScreen(browser, office.address, screen);
        const listed = readFileSync(
          join(root, "docs", "screens", "README.md"),
          "utf8",
        );
        const inFolder = readdirSync(join(root, "docs", "screens")).filter(
          (name) => name.endsWith(".png"),
        );
        const named = [...listed.matchAll(/\]\(([\w-]+\.png)\)/g)].map(
          ([, name]) => name ?? "",
        );
        expect(named.toSorted()).toEqual(inFolder.toSorted());
        expect([...taken].map((name) => `${name}.png`).toSorted()).toEqual(
          inFolder.toSorted(),
        );
      },
    );

    test("7:00 opened from disk, and in one file, the stranger's check finds no contradiction", async () => {
      expect(hand.wrong).toEqual([]);
      const page = await context.newPage();
      await page.goto(
        pathToFileURL(join(root, "dist", "vitrine-check.html")).href,
      );
      await page.getByLabel("The office's address").fill(office.address);
      await page.getByRole("button", { name: "Check", exact: true }).click();
      await page.locator("#result").waitFor({ state: "visible" });
      expect(await page.locator("#conclusion").innerText()).toBe(
        "no contradiction found",
      );
      const { out } = await run(verifier, [office.address]);
      expect(out.trimEnd().split("\n").at(-1)).toBe("no contradiction found");
    });
  },
);

async function draftFee(
  hand: Hand,
  product: string,
  of: { payee: string; amount: string; ground?: string },
): Promise<void> {
  await hand.follow("Prepare an act");
  await hand.follow("Set a price");
  await hand.choose("Product", product);
  await hand.choose("Who is paid", of.payee);
  await hand.tick("enterprise");
  await hand.tick("smallEnterprise");
  await hand.fill("Price per unit", of.amount);
  if (of.ground !== undefined) await hand.choose("Ground", of.ground);
  await hand.press("See how the rules would rule");
}

/** The stopwatch of a journey: what it took, and what it would take somebody who never saw it. */
function told(lang: Lang, journey: string, hand: Hand): void {
  const { clicks, fields, pages, took, person } = hand.walked();
  process.stdout.write(
    `${journey} (${lang}): ${clicks} clicks, ${fields} fields, ${pages} pages, ${took.toFixed(1)} s by program, about ${person} s by hand\n`,
  );
  expect(person).toBeLessThan(PERSON_SECONDS_MAX);
}

const inDays = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The day that a text of a page names, in either language, as a field takes it. */
function dayIn(said: string): string {
  const [, day = "", month = "", year = ""] =
    /(\d+) (\w{3}) (\d{4}), 00:00/.exec(said) ?? [];
  if (year !== "")
    return new Date(`${day} ${month} ${year} UTC`).toISOString().slice(0, 10);
  const [, y = "", m = "", d = ""] =
    /(\d{4})年(\d+)月(\d+)日 00:00/.exec(said) ?? [];
  return `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`;
}
