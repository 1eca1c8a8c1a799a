import { afterAll, beforeAll, expect, test } from "vitest";
import { schemaFor } from "../../../test/postgres.ts";
import { fee, HOUR } from "../../../test/simulation/small-office-acts.ts";
import type { SmallOffice } from "../../../test/simulation/small-office.ts";
import { officeOfThings } from "../../../test/story-things.ts";
import {
  endsInOrder,
  readerOf,
  type Web,
  webOf,
} from "../../../test/web-office.ts";

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

const { text, says } = readerOf(() => web);

test("of two prices in force for one product and class each page says which is charged", async () => {
  const older = [...office.house.office.register.fees.values()].find(
    ({ act }) =>
      act.product === "vehicles.records" && act.classes.includes("enterprise"),
  );
  await office.granted(fee("vehicles-fee-second", 90));
  const charged =
    "Of several prices in force this one, entered last, is charged to: enterprise";
  const instead =
    /Not charged to: enterprises?\. .*vehicles-fee-second.* was entered later and is charged in its place\./;
  await says("/fees/vehicles-fee-second", charged);
  await says(`/fees/${older?.act.fee ?? ""}`, instead);
  await says("/products/vehicles.records", charged, instead);
  await says("/fees", charged, instead);

  // A lower price that was stopped: nobody pays more for it, so what is in force is charged to nobody, and says so.
  await office.granted(fee("vehicles-fee-lower", 10));
  await office.granted({
    kind: "feeEnded",
    fee: "vehicles-fee-lower",
    reason: "replaced",
  });
  await office.pass(HOUR);
  await says("/fees/vehicles-fee-second", "Not charged now to: enterprise");
  await says("/fees", "Not charged now to: enterprise");
});

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
