import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launched } from "../browser.ts";
import type { RealProvider } from "../openid-provider.ts";
import { Hand, pattern } from "./hand.ts";
import { freePort, hasChromium, program, root, run } from "./program.ts";
import { SCREENS, screensFolder, snap, taken, takeScreen } from "./screens.ts";
import {
  endAll,
  home,
  kill,
  laid,
  LAID_MS_MAX,
  READY,
  type Start,
  start,
  until,
} from "./starting.ts";
import {
  checked,
  dayIn,
  draftFee,
  filledIn,
  identifiedBy,
  inDays,
  shell,
  told,
} from "./walk.ts";

const DESK = { width: 1200, height: 800 } as const;
const PHONE = { width: 390, height: 844 } as const;

const PAPER = {
  ...{ name: "plan.pdf", mimeType: "application/pdf" },
  buffer: Buffer.from("%PDF-1.7 invented"),
} as const;
const HONEST = "no contradiction found";

/** docs/ten-minutes.md by the pages alone, from the first click to the entry in the log; twice, because an id is used once for ever. */
describe.runIf(hasChromium).each(["en", "zh"] as const)(
  "the first ten minutes in a browser: %s (skipped where Chromium is missing)",
  (lang) => {
    let browser: Browser;
    let office: Start;
    let context: BrowserContext;
    let hand: Hand;
    let provider: RealProvider;
    let ports: readonly [office: number, witness: number];
    const folder = join(home, `walk-${lang}`);

    beforeAll(async () => {
      // The pictures show the whole history; the walk does with its last days.
      await laid(folder, screensFolder === undefined ? undefined : -1000);
      ports = [await freePort(), await freePort()];
      provider = await identifiedBy(folder, ports[0]);
      office = await start(folder, {}, ports);
      await until(office, READY);
      browser = await launched();
      context = await browser.newContext({ viewport: DESK });
      // Providers lead back to the machine's name, and a session is of one host.
      const site = `http://localhost:${ports[0]}`;
      hand = await Hand.at(context, site, lang);
    }, LAID_MS_MAX);
    afterAll(async () => {
      await browser.close();
      await provider.close();
      await endAll();
    });

    test.runIf(lang === "en")(
      "the pages of docs/screens are there, as they are before anybody did anything",
      async () => {
        for (const screen of SCREENS)
          await takeScreen(browser, office.address, screen);
      },
    );

    test("0:45 the first screen of a phone says what the office is, what it serves, charged, refused and misses, and who watches", async () => {
      const phone = await browser.newContext({ viewport: PHONE });
      const { page } = await Hand.at(phone, office.address, lang);
      for (const message of [
        "This office registers what data the state holds, grants and prices access under published rules, serves it through one gate, and writes every act to a log that anyone can check.",
        "{served} of {known} known systems are served through this gate. {others} are not.",
        "who may use what, at which price",
        "charged in {year}, of which {without}",
        "{refused} refused acts, of {acts}",
        "{n} application due today",
        "{n} deadlines missed, by {who}",
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
      expect(first).toMatch(
        lang === "en" ? /Numbering Centre/ : /号码资源管理中心/,
      );
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

    test("2:00 refused, then answered: a page says of each asker what the gate would decide, and why", async () => {
      await hand.goes("/products/degrees.answer");
      await hand.follow("Who may have it, and why");
      // What no permit of an employer gives.
      for (const field of ["subject_of_study", "awarded"])
        await hand.untick(field);
      const asked = async (organisation: string): Promise<string> => {
        await hand.fill("Organisation", organisation);
        await hand.press("Explain");
        return hand.main();
      };
      await asked("beilu-insurance");
      await hand.reads("Why it would be refused");
      expect(await asked("qiaolin-recruitment")).toMatch(/2\.00 (?:CNY|元)/);
      expect(await asked("lanan-university")).toContain("CN-PRC-01");
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
      // A sentence first, from the register's own titles; the rules by their ids behind it.
      await hand.goes("/");
      const refused = await hand.main();
      expect(refused).toContain(
        lang === "en"
          ? "Vehicle Register Centre was to charge 5.00 CNY per call for “Vehicle facts confirmed or not”; no law lets this payee charge"
          : "机动车登记中心拟对“车辆事实是否属实”收费，每次 5.00 元；",
      );
      expect(refused).toContain("CN-DEP-04");
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
      const line = await filledIn(await hand.copied(), "D-2019-0042");
      const answer = await shell(`${line} -i`);
      expect(answer).toMatch(/vitrine-price: 2\.40 CNY/i);
      expect(answer).toMatch(/"receipt":\{"v":1/);
      told(lang, "a fee from draft to first charge", hand);
    });

    test("a permit from application to first row, by everybody's own pages", async () => {
      await hand.goes("/");
      hand.begin();
      await hand.signIn("baihu-machine-works");
      await hand.follow("Apply for a permit");
      await hand.choose("What you want to use", "export-markets.records");
      await hand.press("Begin");
      await hand.pick("export-promotion");
      await hand.fill("In your own words", "Which markets buy our lathes.");
      await hand.press("Keep it and go on");
      await hand.press("Tick all fields");
      await hand.press("Keep it and go on");
      await hand.attach("Add papers", PAPER);
      await hand.press("Keep it and go on");
      expect(await hand.main()).toContain(PAPER.name);
      await hand.reads("A permit as you ask for it would break no rule now.");
      await hand.press("Hand in the application");
      await hand.reads("handed in; the office has to enter it");

      await hand.signIn("permit-officer");
      await hand.followUnder("/desk/incoming/");
      expect(await hand.main()).toContain(PAPER.name);
      await hand.press("Enter it: see how the rules would rule, and sign");
      await hand.press("Sign");
      await hand.follow("Open the application, to decide it");
      await hand.follow("Grant a permit");
      await hand.press("See how the rules would rule");
      await hand.reads("It would be granted.");
      await hand.press("Sign");
      await hand.reads("Granted.");

      await hand.signIn("baihu-machine-works");
      await hand.followUnder("/account/permits/baihu-machine-works-export");
      await hand.press("Make a token");
      expect(await shell(await hand.copied())).toContain('"rows"');
      told(lang, "a permit from application to first row", hand);
      await snap(hand.page, lang, "first-row");
    });

    test("3:45 what is due today: how alike cases were decided, no permit without an end, five rows, and its revocation", async () => {
      await hand.signIn("permit-officer");
      await hand.followTo("/desk/applications/a-2601");
      await hand.reads("granted, in force");
      await hand.follow("Grant a permit");
      await hand.reads(
        "Which fields the application asks for cannot be read off its paper by this program, so none is ticked: look at the paper, and tick those that its purpose needs.",
      );
      await hand.press("Tick all fields");
      const permit = await hand.page.locator("input#permit").inputValue();
      await hand.fill("Valid until the beginning of", "");
      await hand.press("See how the rules would rule");
      await hand.reads("It would be refused.");
      expect(await hand.main()).toContain("I5");
      await hand.follow("Change it");
      await hand.fill("Valid until the beginning of", inDays(300));
      await hand.press("See how the rules would rule");
      await hand.press("Sign");
      await hand.reads("Granted.");
      await hand.signIn("sanhe-textiles");
      await hand.followTo(`/account/permits/${permit}`);
      await hand.press("Make a token");
      const line = await hand.copied();
      const rows = await shell(line);
      expect(rows.match(/"export_class"/g)).toHaveLength(5);
      expect(await shell(`${line} -i`)).toMatch(/vitrine-price: 0\r/i);

      await hand.signIn("permit-officer");
      await hand.follow("Prepare an act");
      await hand.follow("Revoke a permit");
      await hand.choose("Permit", permit);
      await hand.choose("Reason", "breach");
      await hand.fill("In words", "It passed the names on.");
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
      await hand.reads(
        "The application is for “{purpose}”, which is not on the list of the rulebook. No permit can be granted for that, and one for another purpose is not what was asked for.",
      );
      await hand.press("Tick all fields");
      await hand.choose("Purpose", "research");
      await hand.press("See how the rules would rule");
      await hand.reads("It would be refused.");
      expect(await hand.main()).toContain("V-SCOPE");
    });

    test("4:45 the whole city for one operator without an end, and a right that ended by itself", async () => {
      await hand.signIn("registrar");
      await hand.follow("Prepare an act");
      await hand.follow("Authorise an operator");
      await hand.choose("Operator", "shuren-operations");
      for (const dataset of ["vehicles", "companies", "health-visits"])
        await hand.tick(dataset);
      await hand.choose("Is it exclusive?", "yes");
      await hand.fill("Valid until the beginning of", "");
      await hand.press("See how the rules would rule");
      await hand.reads("It would be refused.");
      const city = await hand.main();
      for (const rule of ["CN-CMP-02", "CN-OPS-06", "CN-OPS-07", "CN-OPS-10"])
        expect(city).toContain(rule);
      await hand.goes("/datasets/health-visits/explain");
      await hand.fill("Organisation", "Qingshi Operations");
      await hand.press("Explain");
      await hand.reads("{what} {of} ended {at}, by itself");
    });

    test("8:30 a post's holders in time, its powers and what it signed; no person's name", async () => {
      await hand.goes("/posts/head");
      await hand.reads("Who held it");
      expect(
        await hand.page.locator('meta[name="robots"]').getAttribute("content"),
      ).toContain("noindex");
    });

    test("9:00 from sign-in at a provider of identities to question; in public it is one more question", async () => {
      const questions = async (): Promise<number> => {
        const feed = await fetch(
          `${office.address}/acts.json?kind=questionReceived`,
        );
        return (await feed.text()).split('"questionReceived","granted"').length;
      };
      const before = await questions();
      await hand.goes("/");
      hand.begin();
      await hand.signInAt("citizens", "resident-0042");
      expect(await hand.main()).toMatch(/Qiaolin Recruitment|乔林招聘/);
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
      "every picture of docs/screens was come by, and each is listed",
      () => {
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

    test("7:00 opened from disk, the stranger's check finds no contradiction", async () => {
      expect(hand.wrong).toEqual([]);
      expect(await checked(context, office)).toContain(HONEST);
    });

    test("9:30 killed: the copy holds without the office, and after the start the pages show the same", async () => {
      const acts = async (): Promise<string> =>
        (await fetch(`${office.address}/acts.csv`)).text();
      const before = await acts();
      const copy = join(home, `copy-${lang}`);
      await run(program, ["mirror", office.address, copy]);
      await kill(office);
      expect(await checked(context, { copy })).toContain(HONEST);
      office = await start(folder, {}, ports);
      await until(office, READY);
      expect(await acts()).toContain(before);
      await hand.goes("/acts");
      await hand.reads("What this office did, act by act");
    });
  },
);
