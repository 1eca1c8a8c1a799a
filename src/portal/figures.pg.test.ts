import { afterAll, beforeAll, expect, test } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import { permit } from "../../test/simulation/small-office-acts.ts";
import { endsInOrder, type Web, webOf } from "../../test/web-office.ts";

let office: SmallOffice;
let web: Web;
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_figures")).url);
  // Refused: nobody knows such a product.
  await office.enter(permit({ permit: "odd", product: "odd.records" }));
  await office.granted({
    ...{ kind: "permitRevoked", permit: "other-people", reason: "request" },
  });
  await office.passHour();
  web = webOf(office);
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

test("each figure of the front page leads to what it counts, of which there are as many", async () => {
  const html = await (await web.ask("/")).text();
  const of = (figure: RegExp): readonly string[] =>
    figure.exec(html)?.slice(1) ?? [];
  for (const [figure, counted] of [
    [
      /<a href="(\/acts\?refused=1)"><b>(\d+)<\/b> refused act/,
      (n: string) => `${n} act matches.`,
    ],
    [
      /<a href="(\/permits\?show=inForce)"><b>(\d+)<\/b> permits? in force/,
      (n: string) => `<span>${n} in all</span>`,
    ],
    [
      /<a href="(\/overrides)#in-force"><b>(\d+)<\/b> in force against/,
      (n: string) => `<h2 id="in-force">Still in force (${n})</h2>`,
    ],
    [
      /<a href="(\/due)#open"><b>(\d+)<\/b> due/,
      (n: string) => `<h2 id="open">To be done (${n})</h2>`,
    ],
    [
      /<a href="(\/systems\?show=notServed)">(\d+)<\/a> are not/,
      (n: string) => `<span>${n} in all</span>`,
    ],
  ] as const) {
    const [path = "", n = "none"] = of(figure);
    const list = await web.ask(path, { headers: { Accept: "text/html" } });
    expect(await list.text(), path).toContain(counted(n));
  }
});
