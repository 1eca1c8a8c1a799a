import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyingAt } from "../../../test/applicants.ts";
import { accessible, accessibleInColour } from "../../../test/axe.ts";
import { launched } from "../../../test/browser.ts";
import { smallPersonas } from "../../../test/desk-office.ts";
import { listening, type Listening } from "../../../test/listening.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { hasChromium } from "../../../test/scenarios/program.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import {
  DAY,
  founding,
  HOUR,
  permit,
} from "../../../test/simulation/small-office-acts.ts";
import { oneOfEach } from "../../../test/story-acts.ts";
import { endsInOrder, type Web } from "../../../test/web-office.ts";
import { Drafts } from "../../accounts/drafts.ts";
import type { Act } from "../../acts/act.ts";
import { langs } from "../lang/lang.ts";

/**
 * The desk on the narrowest phone, in a browser that runs no script of a page: what an official does from the inbox to the entry, in both
 * languages and in both themes, and what axe has against any page on the way.
 */

let office: SmallOffice;
let web: Web;
let server: Listening;
/** Drafts of the permit officer by what they are. */
const drafts = new Map<string, string>();
const OFFICER = 5;
const WIDTH = 320;

/** The small office, whose permit officer is its own auditor of openings. */
const posts = founding(0, {
  ...{ origin: "", logKey: "", keyOf: () => "" },
  edition: { number: 1, digest: "" },
}).posts.map((post) =>
  post.post === "registrar" ? { ...post, auditor: "permit-officer" } : post,
);

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("desk_browser")).url, {
    founding: { posts },
  });
  const { house, clock } = office;
  const paper = { kind: "application", commitment: "A".repeat(43) };
  await office.granted(
    {
      ...{ kind: "applicationReceived", application: "a-1", paper },
      ...{ organisation: "sanhe", product: "vehicles.records" },
      ...{ purpose: "trade", due: Math.ceil(clock.now / HOUR + 240) * HOUR },
    },
    "permit-officer",
  );
  ({ web } = applyingAt(office, smallPersonas));
  server = await listening(web);
  const kept = new Drafts(house.sql, house.keys.seal, () => clock.now);
  const to = Math.ceil((clock.now + 90 * DAY) / HOUR) * HOUR;
  const { to: _, ...endless } = permit({ permit: "endless" });
  const prepared: Readonly<Record<string, Act>> = {
    granted: permit({ permit: "for-a-season", organisation: "sanhe", to }),
    refused: endless,
    ...{ one: permit({ permit: "one", to }) },
    ...{ two: permit({ permit: "two", to }) },
    ...{ enOnly: permit({ permit: "en", to }) },
    ...{ zhOnly: permit({ permit: "zh", to }) },
    ...{ rulebook: oneOfEach.rulebookAdopted, override: oneOfEach.override },
    ...{ tender: oneOfEach.procedureStep, key: oneOfEach.keyEnrolled },
  };
  for (const [name, act] of Object.entries(prepared))
    drafts.set(
      name,
      await kept.begin(OFFICER, act, [
        { role: "approved", person: OFFICER, post: "permit-officer" },
      ]),
    );
});
afterAll(async () => {
  await server.close();
  await endsInOrder(office, web);
  await office.close();
});

const LOOKED_AT = "/looked-at";

describe.runIf(hasChromium)(
  "in a browser (skipped where Chromium is missing)",
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launched();
    });
    afterAll(() => browser.close());

    test.each(langs)(
      "from the inbox to the entry without a script, in %s: it fits, is signed, and axe finds nothing",
      async (lang) => {
        const context = await browser.newContext({
          javaScriptEnabled: false,
          viewport: { width: WIDTH, height: 800 },
        });
        await context.addCookies([
          { name: "vitrine_language", value: lang, url: server.address },
        ]);
        const page = await context.newPage();
        // What looks for faults is a script itself: it looks at the same page in a browser that runs some.
        const looking = await browser.newPage({
          bypassCSP: true,
          viewport: { width: WIDTH, height: 800 },
        });
        let shown = "";
        await looking.route(`**${LOOKED_AT}`, (route) =>
          route.fulfill({ contentType: "text/html", body: shown }),
        );
        const faults: string[] = [];
        const looks = async (name: string): Promise<void> => {
          shown = `<!doctype html>${await page.content()}`;
          const wide: unknown = await page.evaluate(
            "document.documentElement.scrollWidth",
          );
          if (wide !== WIDTH) faults.push(`${name} is ${String(wide)} wide`);
          await looking.goto(`${server.address}${LOOKED_AT}`);
          await looking.emulateMedia({ colorScheme: "light" });
          const inLight = await accessible(looking);
          await looking.emulateMedia({ colorScheme: "dark" });
          const inDark = await accessibleInColour(looking);
          for (const fault of [...inLight, ...inDark])
            faults.push(`${name}: ${fault}`);
        };
        const goes = async (path: string): Promise<void> => {
          const came = await page.goto(`${server.address}${path}`);
          expect(came?.status(), path).toBe(200);
          await looks(path);
        };
        await page.goto(`${server.address}/sign-in`);
        await page
          .getByRole("button", { name: "permit-officer", exact: true })
          .click();
        await looks("the inbox");

        const draft = (name: string) => drafts.get(name) ?? "";
        for (const path of [
          ...["/desk/acts/new", "/desk/applications/a-1", "/desk/notes"],
          ...["/desk/openings", "/desk/incoming", "/desk/deputies"],
          ...["/desk/letter-applications", "/keys"],
          ...["granted", "refused"].map((one) => `/desk/drafts/${draft(one)}`),
          `/desk/acts/new/permit?application=a-1`,
          ...(["rulebook", "override", "tender", "key"] as const).map(
            (one) => `/desk/acts/new/${KINDS[one]}?draft=${draft(one)}`,
          ),
        ])
          await goes(path);

        // A form with everything wrong in it says so at its fields.
        await page.goto(`${server.address}/desk/acts/new/dataset`);
        await page.locator('button[value="add:fields"]').click();
        await page.locator('input[name="fields.0.name"]').fill("Not A Name");
        await page.locator('button.main[value="keep"]').click();
        expect(await page.locator("[role=alert] a").count()).toBeGreaterThan(3);
        expect(
          await page.locator('input[name="fields.0.name"]').inputValue(),
        ).toBe("Not A Name");
        await looks("a form with errors");

        // Two of a kind together.
        await page.goto(`${server.address}/desk`);
        await page.locator("details summary").last().click();
        for (const one of ["one", "two"])
          await page
            .locator(`input[type=checkbox][value="${draft(one)}"]`)
            .check();
        await page.locator('form[action="/desk/batches"] button').click();
        await looks("a batch");

        await page.goto(
          `${server.address}/desk/drafts/${draft(`${lang}Only`)}`,
        );
        await page.locator("#sign-form button.main").click();
        expect(office.house.office.register.permits.has(lang)).toBe(true);
        await looks("what was entered");
        await context.close();
        await looking.close();
        expect(faults).toEqual([]);
      },
    );
  },
);

const KINDS = {
  rulebook: "rulebookAdopted",
  override: "override",
  tender: "procedureStep",
  key: "keyEnrolled",
} as const;
