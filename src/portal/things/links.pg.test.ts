import { afterAll, beforeAll, expect, test } from "vitest";
import { schemaFor } from "../../../test/postgres.ts";
import type { SmallOffice } from "../../../test/simulation/small-office.ts";
import { officeOfThings } from "../../../test/story-things.ts";
import { crawl } from "../../../test/crawl.ts";
import { endsInOrder, type Web, webOf } from "../../../test/web-office.ts";

let office: SmallOffice;
let web: Web;
beforeAll(async () => {
  office = await officeOfThings((await schemaFor("portal_links")).url);
  web = webOf(office);
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

test.each(["en", "zh"])(
  "whoever follows every link from the front page finds something behind each: %s",
  async (language) => {
    const { dead, seen } = await crawl(web.ask, language);
    // A paper to which an act of this small office commits, and which nobody handed in.
    const handedIn = dead.filter((one) => !/^404 \/paper\/(?:09)+ /.test(one));
    expect(handedIn).toEqual([]);
    for (const path of [
      "/bodies/road-bureau",
      "/systems/tolls",
      "/datasets/road-works",
      "/products/vehicles.records",
      "/organisations/welfare-house",
      "/authorisations/sanhe-vehicles",
      "/permits/gone",
      "/fees/costly",
      "/posts/price-authority",
      "/datasets/people/explain",
    ])
      expect(seen, path).toContain(path);
  },
);
