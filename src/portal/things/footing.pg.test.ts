import { afterAll, beforeAll, expect, test } from "vitest";
import { schemaFor } from "../../../test/postgres.ts";
import type { SmallOffice } from "../../../test/simulation/small-office.ts";
import { officeOfThings } from "../../../test/story-things.ts";
import { endsInOrder, type Web, webOf } from "../../../test/web-office.ts";

let office: SmallOffice;
let web: Web;
beforeAll(async () => {
  office = await officeOfThings((await schemaFor("portal_footing")).url);
  web = webOf(office);
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

/** What stands on a page, as one line. */
async function text(path: string): Promise<string> {
  const response = await web.ask(path, { headers: { Accept: "text/html" } });
  expect(response.status, path).toBe(200);
  return (await response.text())
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ([:,.)])/g, "$1");
}

async function says(
  path: string,
  ...sentences: readonly (string | RegExp)[]
): Promise<void> {
  const page = await text(path);
  for (const one of sentences) expect(page, path).toMatch(one);
}

test("a product and a permit whose authorisation ended say so wherever they are named, and nobody is sent to apply", async () => {
  await says(
    "/products/vehicles.records",
    "Offered: whoever has a permit for it may ask",
    "Apply for a permit",
  );
  await office.granted({
    kind: "authorisationEnded",
    authorisation: "sanhe-vehicles",
    reason: "breach",
  });
  const lost =
    /in force, but its authorisation ended at .*: nobody is answered \( sanhe-vehicles\)/;
  await says(
    "/products/vehicles.records",
    "Not offered now: nobody is answered under it.",
    "Who may have it, and why",
    lost,
  );
  expect(await text("/products/vehicles.records")).not.toContain(
    "Apply for a permit",
  );
  await says("/permits/huaxing-vehicles", lost);
  await says("/products", /Vehicles records .*but its authorisation ended at/);
  await says("/datasets/vehicles", "Who has a permit for it nobody");
  expect(await text("/permits?show=inForce")).not.toContain("huaxing-vehicles");
});
