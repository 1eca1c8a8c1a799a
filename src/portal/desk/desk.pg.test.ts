import { afterAll, beforeAll, expect, test } from "vitest";
import { asDemonstration } from "../../../test/desk-office.ts";
import { schemaFor } from "../../../test/postgres.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import { DAY } from "../../../test/simulation/small-office-acts.ts";
import { browserOf, type Visitor } from "../../../test/visitor.ts";
import { endsInOrder, type Web, webOf } from "../../../test/web-office.ts";
import { deskKinds } from "./kinds.ts";

let office: SmallOffice;
let web: Web;

beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_desk")).url);
  await office.granted(
    {
      kind: "applicationReceived",
      application: "a-1",
      organisation: "sanhe",
      product: "vehicles.records",
      purpose: "trade",
      due: Math.floor((office.clock.now + 10 * DAY) / 3_600_000) * 3_600_000,
      paper: { kind: "application", commitment: "A".repeat(43) },
    },
    "permit-officer",
  );
  web = webOf(office, asDemonstration);
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

async function as(persona: string): Promise<Visitor> {
  const browser = browserOf(web);
  await browser.text("/sign-in");
  const came = await browser.send("/sign-in/demonstration", {
    persona,
    to: "/",
  });
  expect(came.status).toBe(303);
  return browser;
}

test("every kind of act has a form, in both languages", async () => {
  const browser = await as("permit-officer");
  for (const kind of deskKinds) {
    const page = await browser.text(`/desk/acts/new/${kind}`);
    expect(page, kind).toContain("See how the rules would rule");
  }
});

test("an application is decided: form, draft without an end, draft with one, signature, entry", async () => {
  const browser = await as("permit-officer");
  expect(await browser.text("/desk")).toContain("/desk/applications/a-1");
  const page = await browser.text("/desk/applications/a-1");
  expect(page).toContain("Grant a permit");
  const form = await browser.text("/desk/acts/new/permit?application=a-1");
  expect(form).toContain('value="a-1"');
  console.log(
    form.slice(form.indexOf("<main"), form.indexOf("</main")).slice(0, 6000),
  );
});
