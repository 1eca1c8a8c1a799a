import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { schemaFor } from "../../../test/postgres.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import {
  endsInOrder,
  refuses,
  type Web,
  webOf,
} from "../../../test/web-office.ts";

let office: SmallOffice;
let web: Web;
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_search")).url, {
    more: [
      {
        ...{ kind: "organisation", organisation: "lanjiang-water" },
        ...{ title: "澜江省水务有限公司 Lanjiang Waterworks" },
        class: "enterprise",
      },
      {
        ...{ kind: "organisation", organisation: "evil" },
        ...{ title: `<script>alert("x")</script> Société`, class: "research" },
      },
    ],
  });
  web = webOf(office);
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

const view = z.object({
  total: z.number(),
  meant: z.optional(z.string()),
  hits: z.array(
    z.object({
      kind: z.string(),
      id: z.string(),
      title: z.array(z.tuple([z.string(), z.boolean()])),
      href: z.string(),
    }),
  ),
  facets: z.array(
    z.object({
      name: z.string(),
      values: z.array(z.object({ value: z.string(), count: z.number() })),
    }),
  ),
});
const found = async (q: string, more = "") =>
  view.parse(
    await (
      await web.ask(`/search.json?q=${encodeURIComponent(q)}${more}`)
    ).json(),
  );
const ids = async (q: string, more = "") =>
  (await found(q, more)).hits
    .filter(({ kind }) => kind !== "act")
    .map(({ kind, id }) => `${kind} ${id}`);
const html = { headers: { Accept: "text/html" } };

describe("what is found", () => {
  test.each(["27", "entry 27", "Entry #27", "第27条记录"])(
    "%s finds that entry first",
    async (q) => {
      expect((await found(q)).hits[0]).toMatchObject({
        ...{ href: "/acts/27", id: "27" },
      });
    },
  );

  test("a thing is found first by its whole id, and counted once", async () => {
    const { hits, total } = await found("huaxing-vehicles");
    expect(hits[0]).toMatchObject({ kind: "permit", id: "huaxing-vehicles" });
    expect(new Set(hits.map(({ href }) => href)).size).toBe(hits.length);
    expect(total).toBe(hits.length);
    expect((await found("999999")).total).toBe(0);
  });

  test.each([
    ["vehicles", "dataset vehicles"],
    ["vehicle", "dataset vehicles"],
    ["VEHI", "dataset vehicles"],
    ["plate", "dataset vehicles"],
    ["vehicles.records", "product vehicles.records"],
    ["huaxing-vehicles", "permit huaxing-vehicles"],
    ["水务", "organisation lanjiang-water"],
    ["澜江省", "organisation lanjiang-water"],
    ["省", "organisation lanjiang-water"],
    ["水务有限公司 waterworks", "organisation lanjiang-water"],
    ["societe", "organisation evil"],
    ["CN-TND-03", "rule CN-TND-03"],
    ["trade", "purpose trade"],
  ])("%s finds %s", async (q, wanted) => {
    expect(await ids(q)).toContain(wanted);
  });

  test("a title comes before a text that only names it, and acts are found as well", async () => {
    expect((await ids("vehicles"))[0]).toMatch(/vehicles/);
    const acts = await found("permit huaxing", "&kind=act");
    expect(acts.hits.length).toBeGreaterThan(0);
    expect(acts.hits.every(({ kind }) => kind === "act")).toBe(true);
  });

  test("nobody is found: a person has no document", async () => {
    expect((await found("", "&kind=person")).total).toBe(0);
  });

  test("what two words have is less than what one has, and another word is suggested for one that is nowhere", async () => {
    const [one, both] = [
      await found("vehicles"),
      await found("vehicles plate"),
    ];
    expect(both.total).toBeLessThanOrEqual(one.total);
    expect((await found("waterwroks")).meant).toBe("waterwork");
    expect((await found("zzzzqq")).meant).toBeUndefined();
  });
});

describe("narrowing", () => {
  test("facets count what there is, and leave what they count", async () => {
    const all = await found("vehicles");
    for (const { name, values } of all.facets)
      for (const { value, count } of values)
        expect(
          (await found("vehicles", `&${name}=${value}`)).total,
          `${name} ${value}`,
        ).toBe(count);
    expect((await found("", "&kind=dataset")).total).toBe(
      office.house.office.register.datasets.size,
    );
  });

  test("served or not, free or charged, open or personal: as the register says", async () => {
    expect(await ids("", "&kind=dataset&served=yes")).toContain(
      "dataset vehicles",
    );
    expect(await ids("", "&kind=dataset&classification=open")).toEqual([
      "dataset stations",
    ]);
    expect(await ids("", "&kind=product&price=charged")).toEqual([
      "product vehicles.records",
    ]);
  });

  test("what is entered is found at once; what was refused is found as an act and as nothing else", async () => {
    const act = (title: string) =>
      ({
        kind: "organisation",
        organisation: "fresh",
        class: "welfare",
        title,
      }) as const;
    expect(await ids("zephyr")).toEqual([]);
    await office.granted(act("Zephyr Society"));
    expect(await ids("zephyr")).toContain("organisation fresh");
    // There is one already.
    await office.enter(act("Mistral Society"));
    expect(await ids("mistral")).toEqual([]);
    expect((await found("mistral")).hits.map(({ kind }) => kind)).toEqual([
      "act",
    ]);
  });
});

describe("odd queries", () => {
  test.each([
    "",
    "   ",
    "!!!",
    "%00",
    "\u0007",
    "a".repeat(200),
    "'; drop table entry; --",
    "\ud83d\ude00",
    "\u202ereversed",
    "__proto__",
    "constructor",
  ])("%j is answered with a page", async (q) => {
    const path = `/search?q=${encodeURIComponent(q)}`;
    expect((await web.ask(path, html)).status).toBe(200);
    expect((await web.ask(path.replace("?", ".json?"))).status).toBe(200);
  });

  test("a huge query, and choices that are none, are refused with a page that helps", async () => {
    for (const query of [
      `q=${"a".repeat(201)}`,
      "q=a&page=0",
      "q=a&page=x",
      "q=a&kind=%3Cscript%3E",
      "q=%00",
    ]) {
      await refuses(web.ask(`/search?${query}`), [400, /want|NUL/]);
      const page = await web.ask(`/search?${query}`, html);
      expect(page.status).toBe(400);
      expect(await page.text()).toContain("What you can do");
    }
  });

  test("what is looked for is marked, and a title or a query that is a script is text", async () => {
    const page = await (
      await web.ask(`/search?q=${encodeURIComponent("<script> societe")}`, html)
    ).text();
    expect(page).not.toContain("<script>alert");
    expect(page).toContain("<mark>Société</mark>");
  });
});
