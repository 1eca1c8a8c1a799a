import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Applying, applyingAt } from "../../../test/applicants.ts";
import { accessible } from "../../../test/axe.ts";
import { launched } from "../../../test/browser.ts";
import { smallPersonas } from "../../../test/desk-office.ts";
import { atDesk, leadsTo, signs } from "../../../test/desk-visitor.ts";
import { listening, type Listening } from "../../../test/listening.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { hasChromium } from "../../../test/scenarios/program.ts";
import { SmallOffice, START } from "../../../test/simulation/small-office.ts";
import { DAY, rulebook } from "../../../test/simulation/small-office-acts.ts";
import { endsInOrder } from "../../../test/web-office.ts";
import { saidInPaper } from "../../accounts/applicant-contents.ts";

/** An application that came by letter: typed at the desk, entered by the same act, and counted from the day on which it arrived. */

let office: SmallOffice;
let at: Applying;
let server: Listening;
const HERE = "/desk/letter-applications";
const SCAN = "%PDF-1.7 the letter of Huaxing (invented)";
const scan = new File([SCAN], "letter.pdf");

beforeAll(async () => {
  const { limits, ...rules } = rulebook(START);
  office = await SmallOffice.granted((await schemaFor("letters_typed")).url, {
    founding: {
      rulebook: {
        ...{ ...rules, calendar: "lanan" },
        limits: { ...limits, applicationWorkingDays: 20 },
      },
    },
  });
  for (const year of [2026, 2027])
    await office.granted(
      {
        ...{ kind: "calendarAdopted", calendar: "lanan", year },
        ...{ weekend: [6, 7], holidays: [], makeUps: [] },
      },
      "head",
    );
  at = applyingAt(office, smallPersonas);
  server = await listening(at.web);
  // Thursday, 5 November.
  await office.pass(3 * DAY);
});
afterAll(async () => {
  await server.close();
  await endsInOrder(office, at.web);
  await office.close();
});

const letter = {
  ...{ arrived: "2026-11-03", postmark: "2026-10-30", purpose: "trade" },
  ...{ text: "They price <lorries>.", fields: "plate", where: "plate" },
  ...{ rowsMax: "20", calls: "", steps: "90", from: "", to: "2027-06-30" },
};

async function begun(): Promise<{
  readonly officer: Awaited<ReturnType<typeof atDesk>>;
  readonly path: string;
}> {
  const officer = await atDesk(at.web, "permit-officer");
  await officer.text(HERE);
  const path = await leadsTo(
    officer.send(HERE, {
      ...{ organisation: "huaxing", product: "vehicles.records" },
    }),
  );
  expect(path).toMatch(/^\/desk\/letter-applications\/ap-[0-9a-f]{16}$/);
  await officer.text(path);
  return { officer, path };
}

test("it becomes the same act, marked as paper, and its term runs from its arrival in working days", async () => {
  const { officer, path } = await begun();
  const draft = await leadsTo(officer.upload(path, letter, [["papers", scan]]));
  expect(draft).toMatch(/^\/desk\/drafts\//);
  const id = path.split("/").at(-1) ?? "";
  const { register } = office.house.office;
  expect(register.applications.has(id)).toBe(false);
  expect(await signs(officer, draft)).toContain(
    "Received. Nothing is granted by it.",
  );
  const found = register.applications.get(id);
  expect(found?.act).toMatchObject({
    ...{ organisation: "huaxing", product: "vehicles.records" },
    ...{ purpose: "trade", on: "2026-11-03" },
    paper: { kind: "application-on-paper" },
  });
  // Twenty working days behind Tuesday, 3 November: until the end of 1 December, whatever the postmark says.
  expect(new Date(found?.due ?? 0).toISOString()).toBe(
    "2026-12-01T16:00:00.000Z",
  );
  const digest = createHash("sha256").update(SCAN).digest("hex");
  const seen = await officer.text(`/desk/applications/${id}`);
  for (const said of [
    ...["They price &lt;lorries&gt;.", digest, "letter.pdf"],
    ...["arrived on 3 Nov 2026", "postmark of 30 Oct 2026"],
    ...["typed by permit-officer", "to see: plate; to search by: plate"],
  ])
    expect(seen).toContain(said);
  // The paper to which the act commits names the scan by its commitment: one proof covers both.
  const paper = await officer.text(
    `/desk/papers/${found?.act.paper.commitment ?? ""}`,
  );
  const [kept] = saidInPaper(paper)?.papers ?? [];
  expect(await officer.text(`/desk/papers/${kept?.commitment}`)).toBe(SCAN);
  // What was finished is typed no more, and the permit's form has it.
  expect(await officer.text(path)).toContain("This is not open to you");
  expect(await officer.text(HERE)).not.toContain(id);
  const form = await officer.text(`/desk/acts/new/permit?application=${id}`);
  expect(form).toMatch(/name="quota\.steps"[^>]*value="90"/);
  const huaxing = await at.as("huaxing");
  expect(await huaxing.text(`/account/applications/${id}`)).toContain(
    "received; being decided",
  );
});

test("what arrived today is counted from today, and a letter that lay long is decided within a day and flagged", async () => {
  for (const [arrived, due, says] of [
    ["2026-11-05", "2026-12-03T16:00:00.000Z", "Received."],
    ["2026-09-01", "2026-11-06T08:00:00.000Z", "V-RECEIVED"],
  ] as const) {
    const { officer, path } = await begun();
    const draft = await leadsTo(
      officer.upload(path, { ...letter, arrived, postmark: "" }, [
        ["papers", scan],
      ]),
    );
    expect(await signs(officer, draft)).toContain(says);
    const id = path.split("/").at(-1) ?? "";
    const found = office.house.office.register.applications.get(id);
    expect(new Date(found?.due ?? 0).toISOString()).toBe(due);
  }
});

test("what is wrong stands at its field; what was typed and the scans stay", async () => {
  const { officer, path } = await begun();
  const bad = await officer.upload(
    path,
    {
      ...{ ...letter, arrived: "2026-11-06", postmark: "yesterday" },
      ...{ purpose: "", text: "", rowsMax: "many", fields: "none" },
    },
    [["papers", new File(["MZ"], "letter.exe")]],
  );
  expect(bad.status).toBe(422);
  const page = await bad.text();
  for (const id of [
    ...["arrived", "postmark", "purpose", "text"],
    ...["rowsMax", "fields", "papers"],
  ])
    expect(page, id).toContain(`id="${id}-wrong"`);
  expect(page).toContain('value="yesterday"');
  const late = await officer.upload(
    path,
    { ...letter, postmark: "2026-11-04" },
    [["papers", scan]],
  );
  const again = await late.text();
  expect(again).toContain("No letter arrives before its postmark");
  expect(again).toContain("letter.pdf");
  const none = await officer.send(HERE, {
    ...{ organisation: "nobody", product: "nothing" },
  });
  expect(none.status).toBe(422);
  const said = await none.text();
  expect(said).toContain("No organisation of the register is called so");
  expect(said).toContain('value="nobody"');

  // Without a scan there is no act; thrown away, nothing is left of it.
  const taken = /name="drop" value="([^"]+)"/.exec(again)?.[1] ?? "";
  await officer.text(path);
  await leadsTo(officer.send(path, { ...letter, drop: taken }));
  const bare = await officer.send(path, letter);
  expect(await bare.text()).toContain("Add a scan of the letter");
  await officer.text(path);
  await leadsTo(officer.send(`${path}/discard`, {}));
  expect(await officer.text(path)).toContain("This is not open to you");
});

test("whoever wrote is found by id, credit code or name; of several that are meant one is chosen, and no list of all is sent", async () => {
  await office.granted({
    ...{ kind: "organisation", organisation: "lanjiang" },
    ...{ title: "澜江水务", class: "enterprise" },
    registration: "91330000aaaaaaaa1x",
  });
  const { officer } = await begun();
  const typed = async (organisation: string, which = "") => {
    await officer.text(HERE);
    return officer.send(HERE, {
      ...{ organisation, which, product: "vehicles.records" },
    });
  };
  expect(await officer.text(HERE)).not.toContain("lanjiang");
  for (const whole of ["lanjiang", "91330000AAAAAAAA1X", "澜江水务"])
    expect((await typed(whole)).headers.get("location"), whole).toMatch(
      /^\/desk\/letter-applications\/ap-/,
    );
  const among = await typed("organisation");
  expect(among.status).toBe(422);
  const page = await among.text();
  expect(page).toContain("Choose which of these wrote");
  expect(page).toContain('value="organisation"');
  expect(page).toMatch(/type="radio"[^>]*name="which" value="huaxing"/);
  expect((await typed("organisation", "lanjiang")).status).toBe(422);
  expect((await typed("organisation", "huaxing")).status).toBe(303);
  // A part of one alone is that one: the next page says whom it took, and nothing is entered before.
  const part = await leadsTo(typed("江水"));
  expect(await officer.text(part)).toMatch(
    /<h1[\s\S]{0,200}澜江水务 \(lanjiang\)/,
  );
  for (const nothing of ["", "  "]) {
    const asked = await typed(nothing);
    expect(asked.status).toBe(422);
    const page = await asked.text();
    expect(page).toMatch(/id="organisation-wrong"[^>]*>[^<]*Fill this in/);
    expect(page).not.toContain("No organisation of the register");
  }
});

test("only the post that enters applications types one, and nobody another's", async () => {
  const { path } = await begun();
  const head = await atDesk(at.web, "head");
  expect(await head.text(HERE)).toContain("This is not open to you");
  expect(await head.text("/desk")).not.toContain(HERE);
  expect(await head.text(path)).toContain("This is not open to you");
  const huaxing = await at.as("huaxing");
  expect(await huaxing.text(path)).toContain("This is not open to you");
});

describe.runIf(hasChromium)(
  "in a browser (skipped where Chromium is missing)",
  () => {
    test.each([
      ["en", "Enter an application that came by letter", "letter.pdf"],
      ["zh", "登记书面（信函）申请", "letter.pdf"],
    ] as const)(
      "it is typed and signed on a phone: %s",
      async (lang, link, name) => {
        const browser = await launched();
        const context = await browser.newContext({
          viewport: { width: 320, height: 640 },
        });
        const page = await context.newPage();
        const looksRight = async () => {
          expect(await accessible(page)).toEqual([]);
          expect(
            await page.evaluate(
              "document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('main *, .lead *')].filter((one) => one.scrollWidth > innerWidth - 16).map((one) => one.outerHTML.slice(0, 150))",
            ),
          ).toEqual([]);
        };
        await page.goto(`${server.address}/sign-in?lang=${lang}`);
        await page.getByRole("button", { name: "permit-officer" }).click();
        await page.getByRole("link", { name: link }).click();
        await looksRight();
        await page.locator("#organisation").fill("Organisation");
        await page.locator("#product").selectOption("vehicles.records");
        await page.locator("main form.ask button").first().click();
        await looksRight();
        await page.locator('[name="which"][value="huaxing"]').check();
        await page.locator("#product").selectOption("vehicles.records");
        await page.locator("main form.ask button").first().click();
        await page.locator("#arrived").fill("2026-11-04");
        await page.locator("#purpose").selectOption("trade");
        await page.locator("#text").fill("Prices of lorries.");
        await page.locator("#see-plate").check();
        await page.locator("#papers").setInputFiles({
          ...{ name, mimeType: "application/pdf" },
          buffer: Buffer.from(SCAN),
        });
        await looksRight();
        await page.locator("main button.main").click();
        await page.waitForURL(/\/desk\/drafts\//);
        await looksRight();
        await page
          .locator("#sign ~ * button, section button.main")
          .last()
          .click();
        await page.locator('[role="status"]').waitFor();
        expect(await page.locator("strong.recorded").count()).toBe(1);
        await browser.close();
      },
    );
  },
);
