import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Applying,
  applyingAt,
  begun,
  filledIn,
} from "../../../test/applicants.ts";
import { accessible } from "../../../test/axe.ts";
import { launched } from "../../../test/browser.ts";
import { smallPersonas } from "../../../test/desk-office.ts";
import { atDesk, leadsTo } from "../../../test/desk-visitor.ts";
import { listening, type Listening } from "../../../test/listening.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { hasChromium } from "../../../test/scenarios/program.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import { DAY } from "../../../test/simulation/small-office-acts.ts";
import { endsInOrder } from "../../../test/web-office.ts";
import { DeskNotes, NOTE_MONTHS } from "../../accounts/desk-notes.ts";

/** What officials note for each other: no act, seen by posts that may open the case, and never silently gone. */

let office: SmallOffice;
let at: Applying;
let server: Listening;
const CASE = "/desk/applications/a-1";

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("desk_notes")).url);
  at = applyingAt(office, smallPersonas);
  server = await listening(at.web);
  await office.granted(
    {
      ...{ kind: "applicationReceived", application: "a-1" },
      ...{ organisation: "sanhe", product: "vehicles.records" },
      ...{ purpose: "trade", due: office.clock.now + 10 * DAY },
      paper: { kind: "application", commitment: "A".repeat(43) },
    },
    "permit-officer",
  );
});
afterAll(async () => {
  await server.close();
  await endsInOrder(office, at.web);
  await office.close();
});

const note = (text: string, about = "application a-1") => ({
  ...{ about, text, post: "permit-officer" },
});
const idIn = (page: string): string =>
  /class="note" id="(n-[0-9a-f]{16})"/.exec(page)?.[1] ?? "";

test("a note stands at the case by post and day, sealed, and leaves the log as it was", async () => {
  const { size } = office.house.office.register;
  const officer = await atDesk(at.web, "permit-officer");
  const form = await officer.text(CASE);
  expect(form).toContain("A note is no act: it decides nothing");
  expect(form).toContain("has a right by law to see the file");
  const words = "The purpose reads like <resale>; ask the head.";
  expect(await leadsTo(officer.send("/desk/notes", note(words)))).toBe(
    `${CASE}#notes`,
  );
  const registrar = await atDesk(at.web, "registrar");
  const seen = await registrar.text(CASE);
  expect(seen).toContain("The purpose reads like &lt;resale&gt;");
  expect(seen).toContain("<strong>permit-officer</strong>");
  expect(seen).not.toMatch(/person 5|Strike it out/);
  expect(office.house.office.register.size).toBe(size);
  const [row] = await office.house.sql<
    { all: string }[]
  >`select encode(sealed, 'escape') as all from desk_note`;
  expect(row?.all).not.toMatch(/resale|permit-officer/);
  const huaxing = await at.as("huaxing");
  expect(await huaxing.text(CASE)).not.toContain("resale");
  expect((await huaxing.send("/desk/notes", note("Mine"))).status).toBe(403);
});

test("its writer alone strikes it out, once, and what it said stays readable with a line that says so", async () => {
  const officer = await atDesk(at.web, "permit-officer");
  const id = idIn(await officer.text(CASE));
  const strike = `/desk/notes/${id}/strike`;
  const registrar = await atDesk(at.web, "registrar");
  await registrar.text(CASE);
  expect((await registrar.send(strike, {})).status).toBe(403);
  expect(await registrar.text(CASE)).not.toContain("Struck out");
  await officer.text(CASE);
  await leadsTo(officer.send(strike, {}));
  const struck = await registrar.text(CASE);
  expect(struck).toMatch(/Struck out by its writer on [^<]*2026/);
  expect(struck).toContain("<del>The purpose reads like &lt;resale&gt;");
  await office.pass(DAY);
  const again = await atDesk(at.web, "permit-officer");
  expect(await again.text(CASE)).not.toContain(strike);
  await leadsTo(again.send(strike, {}));
  const line = /Struck out by its writer on [^<]*/;
  expect(line.exec(await again.text(CASE))?.[0]).toBe(line.exec(struck)?.[0]);
});

test("a draft's notes are for those who may open it, and outlive it for their writer", async () => {
  const registrar = await atDesk(at.web, "registrar");
  await registrar.text("/desk/acts/new/organisation");
  const draft = await leadsTo(
    registrar.send("/desk/acts/new/organisation", {
      ...{ do: "keep", organisation: "noted-one", title: "Noted" },
      class: "research",
    }),
  );
  const about = `draft ${draft.split("/").at(-1)}`;
  const said = { about, text: "Wait for their statutes.", post: "registrar" };
  await registrar.text(draft);
  expect(await leadsTo(registrar.send("/desk/notes", said))).toBe(
    `${draft}#notes`,
  );
  expect(await registrar.text(draft)).toContain("Wait for their statutes.");
  const officer = await atDesk(at.web, "permit-officer");
  await officer.text("/desk");
  const foreign = await officer.send("/desk/notes", note("Me too", about));
  expect(foreign.status).toBe(403);
  await registrar.text(draft);
  await leadsTo(registrar.send(`${draft}/withdraw`, {}));
  expect(await registrar.text("/desk/notes")).toContain(
    "Wait for their statutes.",
  );
  expect(await officer.text("/desk/notes")).not.toContain("statutes");
});

test("what is wrong stands at the field, and what was typed stays", async () => {
  const officer = await atDesk(at.web, "permit-officer");
  await officer.text(CASE);
  const wrongs = [
    [note(""), "Write what is to be noted"],
    [note("w".repeat(4_001)), "This has 4001 characters"],
    [{ ...note("Kept words"), post: "head" }, "Choose a post that you hold"],
  ] as const;
  for (const [fields, says] of wrongs) {
    const answer = await officer.send("/desk/notes", fields);
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain(says);
    expect(page).toContain(fields.text);
  }
  for (const about of ["application none", "post head", "", "draft none"])
    expect(
      (await officer.send("/desk/notes", note("Words", about))).status,
      about,
    ).toBe(403);
});

test("a note at what came in about an application is a note of its case", async () => {
  const huaxing = await at.as("huaxing");
  const path = await begun(huaxing, "vehicles.records");
  await filledIn(huaxing, path);
  await huaxing.text(`${path}/send`);
  await leadsTo(huaxing.send(`${path}/send`, {}));
  const line = (await at.incoming.list("waiting")).at(-1);
  const item = `/desk/incoming/${line?.id}`;
  const officer = await atDesk(at.web, "permit-officer");
  await officer.text(item);
  const said = note("Came with last week's call.", `incoming ${line?.id}`);
  expect(await leadsTo(officer.send("/desk/notes", said))).toBe(
    `${item}#notes`,
  );
  expect(await officer.text(item)).toContain("last week&#39;s call");
  await at.enterNewest();
  const application = path.split("/").at(-1) ?? "";
  expect(await officer.text(`/desk/applications/${application}`)).toContain(
    "last week&#39;s call",
  );
});

test("a note goes when its time is over, struck out or not", async () => {
  const { sql, keys } = office.house;
  let now = office.clock.now;
  const notes = new DeskNotes(sql, keys.seal, () => now);
  const said = { post: "head", text: "Old" };
  await notes.write("incoming in-old", 1, said);
  now += (NOTE_MONTHS / 12) * 366 * DAY;
  expect(await notes.about("incoming in-old")).toEqual([]);
  await notes.write("incoming in-new", 1, said);
  const rows = await sql<{ about: string }[]>`
    select about from desk_note where about like 'incoming %'`;
  expect(rows.map(({ about }) => about)).toEqual(["incoming in-new"]);
});

describe.runIf(hasChromium)(
  "in a browser (skipped where Chromium is missing)",
  () => {
    test.each(["en", "zh"] as const)(
      "a note is written and struck out without JavaScript on a phone, accessible: %s",
      async (lang) => {
        const browser = await launched();
        const context = await browser.newContext({
          javaScriptEnabled: false,
          viewport: { width: 320, height: 640 },
        });
        const page = await context.newPage();
        await page.goto(`${server.address}/sign-in?lang=${lang}`);
        await page.getByRole("button", { name: "permit-officer" }).click();
        await page.goto(`${server.address}${CASE}`);
        const words =
          lang === "en" ? "Called; no answer yet." : "已致电，尚未答复。";
        await page.locator("summary").last().click();
        await page.locator("#text").fill(words);
        await page.locator("#text").press("Tab");
        await page.keyboard.press("Enter");
        await page.waitForURL(/#notes$/);
        const own = page.locator("article.note", { hasText: words });
        await own.getByRole("button").click();
        await page.waitForURL(/\/desk\/notes/);
        expect(
          await page.locator("article.note del", { hasText: words }).count(),
        ).toBe(1);
        const state = await context.storageState();
        await context.close();
        const seeing = await browser.newContext({
          ...{ storageState: state, viewport: { width: 320, height: 640 } },
        });
        const looked = await seeing.newPage();
        for (const path of [CASE, "/desk/notes"]) {
          await looked.goto(`${server.address}${path}`);
          await looked.evaluate(
            "for (const one of document.querySelectorAll('details')) one.open = true",
          );
          expect(await accessible(looked)).toEqual([]);
          expect(
            await looked.evaluate(
              "document.documentElement.scrollWidth <= innerWidth",
            ),
          ).toBe(true);
        }
        await browser.close();
      },
    );
  },
);
