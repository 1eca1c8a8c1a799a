import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { schemaFor } from "../../../test/postgres.ts";
import { watched } from "../../../test/simulation/small-office-witness.ts";
import type { SmallOffice } from "../../../test/simulation/small-office.ts";
import { permit } from "../../../test/simulation/small-office-acts.ts";
import { NASTY, officeOfThings } from "../../../test/story-things.ts";
import {
  endsInOrder,
  readerOf,
  refuses,
  type Web,
  webOf,
} from "../../../test/web-office.ts";

import { coverage } from "../../register/coverage.ts";
import { servedSystems } from "./look-up.ts";

let office: SmallOffice;
let web: Web;
beforeAll(async () => {
  office = await officeOfThings((await schemaFor("portal_things")).url);
  web = webOf(office);
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

const { html, text, says } = readerOf(() => web);

test("the departments with their units, and one of them with everything that belongs to it", async () => {
  await says(
    "/bodies",
    "Transport Department province",
    "Road Bureau Transport Department province 0 0 2 0",
  );
  await says(
    "/bodies/office",
    "1 of 1 known systems of it are served through the gate.",
    "System registers served described 4",
    /registrar register bodies, systems and datasets, .*appoint to posts/,
    "charges nothing through this office",
    "Road works every month entry",
  );
  await says(
    "/bodies/road-bureau",
    "0 of 2 known systems",
    `Tolls ${NASTY} not served by its existence only 0`,
    "Unit of Transport Department",
    "No post of it is registered.",
  );
});

test("a system says whether it is served, and what that means", async () => {
  await says(
    "/systems",
    "1 of 3 known systems are served through this gate. 2 are not",
  );
  const shown = await text("/systems?show=notServed");
  expect(shown).toContain("Roads");
  expect(shown).not.toContain("System registers");
  await says(
    "/systems/roads",
    "Not served: nothing of it leaves through this gate.",
    "Road works not served: none of its rows have been entered yet",
  );
  await says(
    "/systems/registers",
    "Served: data of it leave through this gate",
    "Dataset people served to whoever has a permit",
    "Dataset stations served to everybody: it is open",
  );
});

test("the list of datasets is narrowed by body with its units, system, classification and form", async () => {
  const titles = async (query: string) =>
    [
      ...(await html(`/datasets?${query}`)).matchAll(
        /<td[^>]*data-column="Dataset"><div><a href="\/datasets\/([^"]*)"/g,
      ),
    ].map(([, id]) => id);
  expect(await titles("")).toHaveLength(5);
  expect(await titles("body=transport")).toEqual(["road-works"]);
  expect(await titles("system=roads")).toEqual(["road-works"]);
  expect(await titles("classification=personal")).toEqual(["people"]);
  expect(await titles("form=answer")).toEqual(["people"]);
  expect(await titles("form=records&classification=restricted")).toEqual([
    "vehicles",
  ]);
  expect(await titles("body=nothing")).toEqual([]);
  await refuses(web.ask("/datasets?page=0"), [400, /Cannot read page '0'/]);
});

test("a dataset says where it belongs, who uses it, which states it had, and what happened to it", async () => {
  await says(
    "/datasets/vehicles",
    /Body The office System System registers Classification restricted/,
    /Who has a permit for it Organisation huaxing · Organisation other · Organisation court/,
    /Its states .* 1 400 /,
    "sanhe-vehicles Organisation sanhe no in force",
    /granted registrar head|granted registrar/,
  );
  // Rows leave by the gate alone, which here gives those of open data: what is about persons shows none.
  expect(await html("/datasets/stations")).toMatch(/>S\d+</);
  expect(await html("/datasets/people")).not.toMatch(/>Town \d/);
});

test("a product is JSON for programs at the same address, and its page says who pays what", async () => {
  const program = await web.ask("/products/vehicles.records");
  expect(await program.json()).toMatchObject({ permits: [], entry: 11 });
  await says(
    "/products/vehicles.records",
    "Trade enterprise 0.80 CNY per step ( vehicles-fee)",
    "Trade research 0.90 CNY per step",
    "Safety everybody free of charge for this purpose ( CN-PRC-01)",
    "Offered by Organisation sanhe Under the authorisation sanhe-vehicles",
  );
  await says(
    "/products",
    `Long ${NASTY} records Dataset vehicles the office in force`,
  );
});

test("a price says what it costs to serve, by heads, and what was charged under it", async () => {
  await says(
    "/fees/costly",
    "12,345.00 CNY a year over 10,000 units is 1.24 CNY for one; asked is 0.90 CNY per step",
    "platform 10,000.00 CNY staff 2,345.00 CNY",
    "Nothing that was charged under it is public yet.",
  );
  await says(
    "/fees/vehicles-fee",
    /2026-11 2 2 \d+ \d+\.\d\d CNY 2026-12 1 1 /,
    "vehicles-max entry",
  );
});

test("a permit says what it stands on, what was used under it by month, and how it ended", async () => {
  await says(
    "/permits/huaxing-vehicles",
    /Dataset Dataset vehicles registered .*Authorisation sanhe-vehicles in force: .*Product Vehicles in force: .*Permit huaxing-vehicles in force/,
    "Price now 0.80 CNY per step",
    "above how often it was used, at most 2 times, below what was charged",
    /Nov 2026 vehicles-fee 2 2 /,
  );
  await says(
    "/permits/gone",
    "It was revoked. Reason: breach of its terms.",
    /over: .* ended by entry \d+/,
  );
  // What ends a permit names it alone, and is about its holder all the same.
  await says("/organisations/welfare-house", /permit revoked gone granted/);
  await says(
    "/permits?organisation=welfare-house",
    "gone Organisation welfare-house",
  );
});

test("an organisation with its permits, its authorisations, what is paid to it, and ties that were declared", async () => {
  await says(
    "/organisations/sanhe",
    "sanhe-vehicles Dataset vehicles no in force",
    "vehicles-fee Vehicles Organisation sanhe 0.80 CNY per step enterprise operation-fee",
    "person 4 family 2020 to no end entry",
  );
  await says("/organisations/other", "Nobody declared a tie to it.");
  expect(await text("/organisations?class=welfare")).not.toContain(
    "Organisation sanhe",
  );
});

test("an authorisation says how its operator was chosen, or that nobody told", async () => {
  await says(
    "/authorisations/sanhe-vehicles",
    "How the operator was chosen is not told.",
    "Not known from the register: how the operator was chosen.",
    "Vehicles records Dataset vehicles Organisation sanhe in force",
  );
});

describe("posts", () => {
  test("show holders in time, what is certain and what is only possible, and are not for search engines", async () => {
    const page = await html("/posts/head");
    expect(page).toContain('<meta name="robots" content="noindex"');
    await says(
      "/posts/head",
      "person 1 full holder in force: from 2 Nov 2026, 16:00, with no end",
      "person 2 full holder 2019 to 2021-06 1 Jan 2019, 00:00 to 1 Jul 2021, 00:00 31 Dec 2019, 00:00 to 1 Jun 2021, 00:00",
      /What was signed for it .*refused/,
    );
    expect(await html("/posts")).toContain('content="noindex"');
  });

  test("name persons by number, and no page leads from a person to another post", async () => {
    for (const path of ["/posts", "/posts/head", "/organisations/sanhe"])
      expect(await html(path)).not.toMatch(/href="[^"]*person/);
  });

  test("what rests on a post is what is still in force of what it signed", async () => {
    const page = await text("/posts/permit-officer");
    const resting = page.slice(page.indexOf("What rests on it"));
    expect(resting).toContain("huaxing-vehicles Organisation huaxing");
    expect(resting.slice(0, resting.indexOf("What it promised"))).not.toContain(
      "gone",
    );
  });
});

test("promises that are open, missed and kept", async () => {
  await says(
    "/promises",
    "0 still to be kept, 1 missed, 1 kept, 0 given up.",
    /Road works every month entry \d+ registrar 2 Dec 2026, 16:00 missed/,
    /A report entry \d+ registrar .* kept in time/,
  );
});

test("what is not registered has a page that helps, and an id in another spelling is refused", async () => {
  for (const path of [
    "/bodies",
    "/systems",
    "/organisations",
    "/permits",
    "/posts",
    "/authorisations",
    "/fees",
    "/products",
  ]) {
    const missing = await web.ask(`${path}/nothing`, {
      headers: { Accept: "text/html" },
    });
    expect(missing.status, path).toBe(404);
    expect(await missing.text()).toContain(`<a href="${path}">`);
    await refuses(web.ask(`${path}/nothing.json`), [
      404,
      / nothing is registered$/,
    ]);
    for (const odd of ["%6eothing", "UPPER", "a_b", "-a", "a..b"])
      expect((await web.ask(`${path}/${odd}`)).status, odd).toBe(400);
  }
  const named = await web.ask("/datasets/named.json");
  expect(await named.json()).toMatchObject({
    dataset: { dataset: "named.json" },
  });
});

test("what people wrote as HTML is text on every page", async () => {
  for (const path of [
    "/systems",
    "/systems/tolls",
    "/bodies/road-bureau",
    "/products",
    "/products/vehicles.long",
  ]) {
    const page = await html(path);
    expect(page, path).toContain("&lt;script&gt;");
    expect(page, path).not.toContain("<script");
  }
});

test.each([
  ["/datasets", "数据集"],
  ["/bodies/office", "信息系统"],
  ["/systems/roads", "未提供：其数据不经此网关流出"],
  ["/organisations/sanhe", "付费者类别"],
  ["/authorisations/sanhe-vehicles", "未说明运营机构如何选定"],
  ["/permits/gone", "已撤销。原因：违反条件。"],
  ["/fees/costly", "每年 12,345.00 元"],
  ["/posts/head", "历任任职者"],
  ["/promises", "逾期 1 项"],
  ["/products/vehicles.records", "目前谁付多少"],
])("%s stands in Chinese as well", async (path, sentence) => {
  const page = await text(path, "zh");
  expect(page).toContain(sentence);
  expect(page).not.toMatch(/\b(?:in force|Entered|Nobody|What)\b/);
});

test("a page says on which entries it rests, since which checkpoint they are public, and who outside saw it", async () => {
  await says(
    "/permits/gone",
    /What this page rests on .*the checkpoint of \d+ entries nobody outside cosigned that checkpoint proof/,
  );
  const { office: seen } = await watched("portal_things_watched");
  const watchedWeb = webOf(seen);
  const response = await watchedWeb.ask("/organisations/huaxing.json");
  const entered = seen.house.office.register.organisations.get("huaxing");
  expect(await response.json()).toMatchObject({
    proof: {
      entries: [
        {
          entry: entered?.entry,
          at: entered?.at,
          checkpoint: {
            size: expect.any(Number),
            witnesses: 1,
            cosignedAt: expect.any(Number),
          },
          proof: `/proof/register/${entered?.entry}`,
        },
      ],
    },
  });
  const proof = await watchedWeb.ask(`/proof/register/${entered?.entry}`);
  expect(proof.status).toBe(200);
  await endsInOrder(seen, watchedWeb);
});

test("what belongs together is found also when it came later, and systems are served as the coverage says", async () => {
  const listed = async (path: string) =>
    z
      .looseObject({ inAll: z.number(), rows: z.array(z.unknown()) })
      .parse(await (await web.ask(path)).json());
  const before = await listed("/permits.json?organisation=huaxing");
  await office.granted(
    permit({
      permit: "huaxing-again",
      organisation: "huaxing",
      purpose: "safety",
      product: "people.records",
      fields: ["name"],
      where: [],
    }),
  );
  const after = await listed("/permits.json?organisation=huaxing");
  expect(after.inAll).toBe(before.inAll + 1);
  expect(after.rows[0]).toMatchObject({ permit: { id: "huaxing-again" } });
  await office.granted({
    kind: "bodySucceeded",
    body: "road-bureau",
    successors: ["transport"],
    how: "merged",
  });
  await says(
    "/bodies/transport",
    "It took over the work of Road Bureau",
    "2 systems of the bodies whose work it took over stand in the register under them still",
  );
  await says(
    "/bodies/road-bureau",
    "Its work went to Transport Department",
    "in the register its systems stand under it still",
  );
  await says(
    "/bodies",
    "its work went to others; its systems are registered under it still",
  );
  const { register } = office.house.office;
  const served = coverage(register, office.clock.now).served;
  expect([...servedSystems(register, office.clock.now)]).toEqual(served);
});
