import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyingAt, type Applying } from "../../../test/applicants.ts";
import { accessible } from "../../../test/axe.ts";
import { launched } from "../../../test/browser.ts";
import { smallPersonas } from "../../../test/desk-office.ts";
import { listening, type Listening } from "../../../test/listening.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { hasChromium } from "../../../test/scenarios/program.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import {
  fee,
  HOUR,
  permit,
  revocation,
} from "../../../test/simulation/small-office-acts.ts";
import { browserOf, type Visitor } from "../../../test/visitor.ts";
import { endsInOrder } from "../../../test/web-office.ts";
import { DocumentNumbers } from "../../accounts/document-numbers.ts";

const REASONS = "The purpose <b>is not</b> on the list.";
let office: SmallOffice;
let at: Applying;
let server: Listening;
/** Entries by what they are. */
const entries = { asked: 0, refused: 0, permit: 0, revoked: 0, notTaken: 0 };

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("letters")).url);
  const whole = Math.ceil(office.clock.now / HOUR) * HOUR;
  at = applyingAt(office, smallPersonas);
  for (const application of ["a-1", "a-2"])
    await office.granted(
      {
        kind: "applicationReceived",
        ...{ application, organisation: "huaxing", purpose: "trade" },
        ...{ product: "vehicles.records", due: whole + 240 * HOUR },
        paper: { kind: "application", commitment: "A".repeat(43) },
      },
      "permit-officer",
    );
  const asked = await office.granted(
    {
      ...{ kind: "completionAsked", application: "a-2", left: 9 },
      by: whole + 120 * HOUR,
      paper: { kind: "missing", commitment: "A".repeat(43) },
    },
    "permit-officer",
  );
  entries.asked = asked.index;
  const given = permit({ permit: "huaxing-more" });
  entries.permit = (await office.granted(given)).index;
  entries.revoked = (await office.granted(revocation("huaxing-more"))).index;
  const notTaken = await office.enter(
    fee("nobody-may", 80, { ground: "no-such-ground" }),
  );
  entries.notTaken = "index" in notTaken ? notTaken.index : 0;
  await office.house.tick();
  server = await listening(at.web);
});
afterAll(async () => {
  await server.close();
  await endsInOrder(office, at.web);
  await office.close();
});

async function officer(): Promise<Visitor> {
  const browser = browserOf(at.web);
  await browser.text("/sign-in");
  await browser.send("/sign-in/demonstration", {
    ...{ persona: "permit-officer", to: "/" },
  });
  return browser;
}

function numberIn(page: string): string {
  return /office〔2026〕([0-9]+)号/.exec(page)?.[1] ?? "none";
}

test("a refusal at the desk becomes a letter, with the reasons, the law in its language, redress, and how it is checked", async () => {
  const desk = await officer();
  await desk.text("/desk/acts/new/applicationRefused?application=a-1");
  const kept = await desk.send("/desk/acts/new/applicationRefused", {
    ...{ do: "keep", application: "a-1", rule: "CN-LIC-01" },
    ...{ redress: ["court", "administrativeReview"] },
    redressUntil: "2027-02-01",
    "paper.words": REASONS,
  });
  const draft = kept.headers.get("location") ?? "";
  const page = await desk.text(draft);
  const statement = (
    /name="statement" value="([^"]*)"/.exec(page)?.[1] ?? ""
  ).replaceAll("&quot;", '"');
  expect((await desk.send(`${draft}/sign`, { statement })).status).toBe(303);
  await office.house.office.publish();
  const entered = await desk.text(draft);
  const link = /\/desk\/letters\/([0-9]+)/.exec(entered)?.[1] ?? "";
  entries.refused = Number(link);
  const letter = await desk.text(`/desk/letters/${link}`);
  const leaf = /<code>([A-Za-z0-9_-]{43})<\/code>/.exec(letter)?.[1] ?? "";
  for (const said of [
    "Organisation huaxing:",
    "Application a-1 of Organisation huaxing is refused.",
    "The purpose &lt;b&gt;is not&lt;/b&gt; on the list.",
    "administrative review",
    "1 Feb 2027",
    "permit-officer: approves",
    `/acts/${link}`,
  ])
    expect(letter).toContain(said);
  expect(letter).toMatch(/<p lang="zh-Hans">《行政许可法》/);
  const proof = await at.web.ask(`/proof/register/${leaf}`);
  expect(proof.status).toBe(200);
});

test("whoever opens letters at once, they are numbered without a gap, and each keeps its number", async () => {
  const desk = await officer();
  const own = await at.as("huaxing");
  const all = [entries.permit, entries.revoked, entries.asked, entries.refused];
  const opened = await Promise.all(
    [...all, ...all, ...all].map(async (entry, place) =>
      place % 2 === 0
        ? numberIn(await desk.text(`/desk/letters/${entry}`))
        : numberIn(await own.text(`/account/letters/${entry}`)),
    ),
  );
  const first = opened.slice(0, all.length);
  expect(first.map(Number).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
  expect(opened).toEqual([...first, ...first, ...first]);
});

test("forty letters of two bodies, numbered by several connections: no number twice, none passed over", async () => {
  const numbers = new DocumentNumbers(
    ...([office.house.sql, () => office.clock.now] as const),
    [{ body: "lan-data", code: "澜数据" }],
  );
  const wanted = Array.from({ length: 40 }, (_, place) => ({
    ...{ leaf: `leaf-${place >> 1}`, year: 2027 },
    body: place % 4 < 2 ? "lan-data" : "lan-prices",
  }));
  const given = await Promise.all(wanted.map((one) => numbers.of(one)));
  const inOrder = (code: string) =>
    Array.from({ length: 10 }, (_, n) => `${code}〔2027〕${n + 1}号`);
  expect(new Set(given)).toEqual(
    new Set([...inOrder("澜数据"), ...inOrder("lan-prices")]),
  );
  given.forEach((one, place) => expect(one).toBe(given[place ^ 1]));
  // A code that is changed later changes no letter that went out.
  const later = new DocumentNumbers(
    ...([office.house.sql, () => office.clock.now] as const),
    [{ body: "lan-data", code: "澜数局" }],
  );
  expect(await later.of({ leaf: "leaf-0", body: "lan-data", year: 2027 })).toBe(
    given[0],
  );
});

test("the addressee has the same letter, in both languages and as a file; nobody else has it", async () => {
  const own = await at.as("huaxing");
  expect(await own.text("/account/applications/a-1")).toContain(
    `/account/letters/${entries.refused}`,
  );
  expect(await own.text("/account/permits/huaxing-more")).toContain(
    `/account/letters/${entries.revoked}`,
  );
  const letter = await own.text(`/account/letters/${entries.refused}`);
  const number = numberIn(letter);
  expect(number).toBe(
    numberIn(await (await officer()).text(`/desk/letters/${entries.refused}`)),
  );
  const file = await own.text(
    `/account/letters/${entries.refused}/letter.html`,
  );
  expect(file).toContain(`office〔2026〕${number}号`);
  expect(file).not.toContain("<script");
  const paperless = await own.text(`/account/letters/${entries.asked}`);
  expect(paperless).toContain("of which this office keeps no text");
  expect(paperless).toContain("The entry names no way to go against it");
  await own.text("/account?lang=zh");
  const chinese = await own.text(`/account/letters/${entries.refused}`);
  expect(chinese).toContain("不予许可");
  expect(chinese).toContain("2026年11月2日");
  const other = await at.as("other");
  const closed = await other.text(`/account/letters/${entries.refused}`);
  expect(closed).toContain("Your organisation has nothing at this address");
  const atDesk = await other.text(`/desk/letters/${entries.refused}`);
  expect(atDesk).toContain("This is not open to you");
  const stranger = await at.web.ask(`/desk/letters/${entries.refused}`);
  expect(stranger.status).toBe(401);
});

test("what decides nothing has no letter, and the page says why", async () => {
  const desk = await officer();
  expect(entries.notTaken).toBeGreaterThan(0);
  for (const [entry, why] of [
    ["0", "decides on nobody"],
    [String(entries.notTaken), "was refused by the rules"],
    ["99999999", "No public entry"],
    ["-1", "No public entry"],
    ["x", "No public entry"],
  ] as const) {
    const answer = await at.web.ask(`/desk/letters/${entry}`);
    expect(answer.status).toBe(401);
    expect(await desk.text(`/desk/letters/${entry}`), entry).toContain(why);
  }
});

describe.runIf(hasChromium)(
  "in a browser (skipped where Chromium is missing)",
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launched();
    });
    afterAll(() => browser.close());

    test.each(["en", "zh"])(
      "it fits a phone, axe finds nothing, and it prints on A4: %s",
      async (lang) => {
        const context = await browser.newContext({
          viewport: { width: 320, height: 640 },
        });
        const page = await context.newPage();
        await page.goto(`${server.address}/sign-in?lang=${lang}`);
        await page
          .getByRole("button", { name: "permit-officer", exact: true })
          .click();
        await page.goto(`${server.address}/desk/letters/${entries.refused}`);
        const width = "document.documentElement.scrollWidth";
        expect(await page.evaluate(width)).toBe(320);
        expect(await accessible(page)).toEqual([]);
        const pdf = Buffer.from(
          await page.pdf({ preferCSSPageSize: true }),
        ).toString("latin1");
        expect(pdf).toMatch(/\/MediaBox \[0 0 59[45][0-9.]* 84[12][0-9.]*\]/);
        await page.emulateMedia({ media: "print" });
        expect(await page.locator(".bar-top").isVisible()).toBe(false);
        expect(await page.locator("h1").isVisible()).toBe(false);
        expect(await page.locator(".letter .number").isVisible()).toBe(true);
        await context.close();
      },
    );
  },
);
