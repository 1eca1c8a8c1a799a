import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launched } from "../browser.ts";
import { addAuthenticator } from "../passkey.ts";
import { Hand } from "./hand.ts";
import { OwnOffice } from "./own-office.ts";
import { hasChromium } from "./program.ts";

const REGISTRAR = 2;

/** An office that has nothing but key files gets an official who signs in and signs at its pages. */
describe.runIf(hasChromium)(
  "from key files to a passkey that signs (skipped where Chromium is missing)",
  () => {
    let office: OwnOffice;
    let browser: Browser;
    let context: BrowserContext;
    let hand: Hand;

    beforeAll(async () => {
      office = await OwnOffice.make();
      await office.start();
      await office.found({});
      browser = await launched();
      context = await browser.newContext();
      // Passkeys belong to a host's name.
      const address = office.address.replace("127.0.0.1", "localhost");
      hand = await Hand.at(context, address, "en");
      await addAuthenticator(hand.page);
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
      await office.end();
    });

    /** Saves the statement of the draft that is open, has a founder sign it where their key lies, and puts in what was printed. */
    async function signsInFile(post: "head" | "administrator"): Promise<void> {
      await hand.open("Sign with a key in a file");
      const [download] = await Promise.all([
        hand.page.waitForEvent("download"),
        hand.page.locator('a[href$="/statement.json"]').first().click(),
      ]);
      const file = office.file(download.suggestedFilename());
      await download.saveAs(file);
      const ran = await office.vitrine(
        ...["sign", file, "--key", office.file(`${post}.key`)],
      );
      expect(ran.code, ran.err).toBe(0);
      expect(ran.err).toContain("signs     key for person 2");
      await hand.fill("What vitrine sign printed", ran.out);
      await hand.press("Hand the signature in");
    }

    test("the registrar comes in by an invitation, makes a passkey for signing, and two founders enrol it with their key files", async () => {
      const invited = await office.vitrine(
        ...["account", "invite", office.folder, "--person", String(REGISTRAR)],
      );
      expect([invited.code, invited.err]).toEqual([0, ""]);
      await hand.follow("Sign in");
      await hand.follow("Begin with an invitation");
      await hand.fill("The code", invited.out.trim());
      await hand.press("Go on");
      await hand.press("Make the passkey");
      await hand.page.waitForURL(/credentials/);
      await hand.follow("Your keys for signing");
      await hand.reads("signs at the command line");
      await hand.press("Make a passkey for signing");
      await hand.page.waitForURL(/drafts/);
      await hand.reads("It would be granted.");
      await hand.press("Sign");
      await hand.reads("Stands until {until}; then it is gone.");
      await signsInFile("head");
      await hand.reads("signed");
      await signsInFile("administrator");
      await hand.reads("Granted.");
    }, 60_000);

    test("a day later they sign in and sign an act, each with its own passkey, and a stranger finds no contradiction", async () => {
      await office.later(2);
      await hand.goes("/sign-in?to=%2Fdesk");
      await hand.press("Sign in with a passkey");
      await hand.page.waitForURL(/\/desk$/);
      await hand.goes("/desk/keys");
      await hand.reads("signs here");
      hand.begin();
      await hand.follow("Your desk");
      await hand.follow("Prepare an act");
      await hand.followTo("/desk/acts/new/organisation");
      await hand.fill("Organisation", "lanting-gardens");
      await hand.fill("Title", "Lanting Gardens (invented)");
      await hand.choose("Class of payers", "smallEnterprise");
      await hand.page
        .getByRole("button", {
          name: hand.says("See how the rules would rule"),
        })
        .last()
        .click();
      await hand.reads("It would be granted.");
      await hand.press("Sign");
      await hand.reads("Granted.");
      expect(hand.walked().person).toBeLessThan(120);
      expect(hand.wrong).toEqual([]);

      await expect
        .poll(
          async () =>
            (await fetch(`${office.address}/organisations/lanting-gardens`))
              .status,
        )
        .toBe(200);
      const checked = await office.vitrine("verify", office.address);
      expect(checked.out.trimEnd().split("\n").at(-1)).toBe(
        "no contradiction found",
      );
    }, 60_000);
  },
);
