import { SaxesParser } from "saxes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { schemaFor } from "../../../test/postgres.ts";
import { SmallOffice } from "../../../test/simulation/small-office.ts";
import { browserOf } from "../../../test/visitor.ts";
import {
  endsInOrder,
  refuses,
  type Web,
  webOf,
} from "../../../test/web-office.ts";

let office: SmallOffice;
let web: Web;
/** A title that would be a script, and a formula in a spreadsheet. */
const EVIL = `=<script>alert("1")</script>&]]>`;
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_acts")).url, {
    more: [
      {
        ...{ kind: "organisation", organisation: "evil" },
        ...{ title: EVIL, class: "enterprise" },
      },
    ],
  });
  web = webOf(office);
  await office.answered(
    {
      ...{ form: "records", dataset: "vehicles", fields: ["plate"] },
      ...{ where: [], order: [], limit: 1 },
    },
    "huaxing",
  );
  await office.passHour();
  // Without an end: refused.
  await office.enter({
    ...{ kind: "permit", permit: "endless", organisation: "huaxing" },
    ...{ product: "vehicles.records", purpose: "trade" },
    ...{ fields: ["plate"], where: ["plate"], rowsMax: 1, quota: {} },
  });
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

const html = { headers: { Accept: "text/html" } };
const chinese = {
  headers: { Accept: "text/html", "Accept-Language": "zh-CN" },
};
const text = async (path: string, init: RequestInit = html) =>
  (await web.ask(path, init)).text();

const feed = z.object({
  version: z.literal("https://jsonfeed.org/version/1.1"),
  title: z.string(),
  home_page_url: z.url(),
  feed_url: z.url(),
  next_url: z.optional(z.url()),
  language: z.enum(["en", "zh-Hans"]),
  items: z.array(
    z.object({
      id: z.string().check(z.regex(/^tag:[a-z0-9.-]+,\d{4}-\d\d-\d\d:/)),
      url: z.url(),
      title: z.string(),
      content_text: z.string().check(z.minLength(1)),
      date_published: z.iso.datetime(),
      tags: z.array(z.string()),
      _vitrine: z.object({
        entry: z.number(),
        kind: z.string(),
        outcome: z.string(),
      }),
    }),
  ),
});
const feedAt = async (path: string) =>
  feed.parse(await (await web.ask(path)).json());

describe("the acts as a list", () => {
  test("a refused act stands first, with its sentence and its article, in both languages", async () => {
    const english = await text("/acts");
    expect(english).toContain(
      "permit for Organisation huaxing to use “Vehicles”, purpose “Trade”",
    );
    expect(english).toMatch(/class="refused">refused</);
    const page = await text("/acts", chinese);
    expect(page).toContain('lang="zh-Hans"');
    expect(page).toContain("请求事项");
    expect(page).toMatch(/class="refused">拒绝</);
  });

  test("filters leave what they say, and paging goes through all of it, each entry once", async () => {
    const refused = await feedAt("/acts.json?outcome=refused");
    expect(refused.items).toHaveLength(
      office.house.office.register.counts.refused,
    );
    const about = await feedAt("/acts.json?thing=product:vehicles.records");
    expect(about.items.length).toBeGreaterThan(1);
    const both = await feedAt(
      "/acts.json?thing=product:vehicles.records&refused=1&kind=permit&post=permit-officer",
    );
    expect(both.items.map(({ _vitrine }) => _vitrine.entry)).toEqual([
      office.house.office.register.size - 1,
    ]);
    expect((await feedAt("/acts.json?to=2000-01-01")).items).toEqual([]);
    expect((await feedAt("/acts.json?from=2026-11-02")).items.length).toBe(
      Math.min(50, office.house.office.register.counts.acts),
    );
    const csv = await text("/acts.csv");
    const seen: number[] = [];
    let next: string | undefined = "/acts.json";
    while (next !== undefined) {
      const part: z.infer<typeof feed> = await feedAt(next);
      seen.push(...part.items.map(({ _vitrine }) => _vitrine.entry));
      next = part.next_url?.replace(/^https?:\/\/[^/]+/, "");
    }
    expect(seen).toEqual([...new Set(seen)]);
    expect(seen).toHaveLength(office.house.office.register.counts.acts);
    expect(csv.trimEnd().split("\r\n")).toHaveLength(1 + seen.length);
  });

  test("an Atom feed is whole XML with what RFC 4287 wants, also of titles that would break it", async () => {
    for (const path of [
      "/acts.atom",
      "/acts.atom?kind=organisation&in=zh",
      "/follow/organisation/evil.atom",
      "/follow/dataset/vehicles.atom",
    ]) {
      const response = await web.ask(path);
      expect(response.headers.get("content-type")).toMatch(/atom\+xml/);
      const found = elementsOf(await response.text());
      for (const wanted of [
        ...["feed/id", "feed/title", "feed/updated", "feed/author/name"],
        ...["feed/entry/id", "feed/entry/title", "feed/entry/updated"],
        ...["feed/entry/content", "feed/entry/link"],
      ])
        expect(found, `${path} lacks ${wanted}`).toContain(wanted);
    }
  });

  test("a feed speaks the language that its address asks for", async () => {
    expect(
      (await feedAt("/acts.json?refused=1&in=zh")).items[0]?.title,
    ).toMatch(/^拒绝/);
    expect((await feedAt("/acts.json?refused=1")).items[0]?.title).toMatch(
      /^refused/,
    );
    await refuses(web.ask("/acts.json?in=fr"), [400, /want in=en or in=zh/]);
  });

  test("what cannot be asked is told, and a browser gets a page", async () => {
    await refuses(web.ask("/acts?kind=gift"), [400, /Cannot read kind 'gift'/]);
    await refuses(web.ask("/acts?thing=person:1"), [400, /Cannot read thing/]);
    await refuses(web.ask("/acts?from=2026-02-30"), [400, /a day|date/]);
    await refuses(web.ask("/acts?before=x"), [400, /Cannot read entry/]);
    await refuses(web.ask("/acts/99999"), [404, /is not public/]);
    const page = await web.ask("/acts?kind=gift", html);
    expect(page.status).toBe(400);
    expect(await page.text()).toContain("What you can do");
  });
});

describe("one entry", () => {
  test("a refused act says what was asked, why not, what is next, and that nothing changed", async () => {
    const last = office.house.office.register.size - 1;
    const page = await text(`/acts/${last}`);
    expect(page).toContain("Next lawful step");
    expect(page).toContain("A refused act changes nothing");
    expect(page).toContain(`/proof/register/${last}`);
    expect(page).toContain('name="robots" content="noindex"');
    const bytes = await web.ask(`/acts/${last}/bytes`);
    const [raw] = await office.house.office.entries(last, last + 1);
    expect(new Uint8Array(await bytes.arrayBuffer())).toEqual(raw);
  });

  test("every entry has a page and a twin in both languages, records as well", async () => {
    for (let entry = 0; entry < office.house.office.published.size; entry++) {
      const page = await web.ask(`/acts/${entry}`, entry % 2 ? html : chinese);
      expect(page.status, `entry ${entry}`).toBe(200);
      const twin = await web.ask(`/acts/${entry}.json`);
      expect(await twin.json()).toMatchObject({ line: { entry } });
    }
  });

  test("a title that is a script is text on every page", async () => {
    const { items } = await feedAt("/acts.json?thing=organisation:evil");
    const entry = items[0]?._vitrine.entry ?? -1;
    for (const path of [
      `/acts/${entry}`,
      "/acts?thing=organisation:evil",
      "/since?entry=0",
      "/follow?thing=organisation:evil",
      `/log/register/entries/${entry}`,
    ]) {
      const page = await text(path);
      expect(page, path).not.toContain("<script>alert");
      expect(page, path).toContain("&lt;script&gt;alert");
    }
  });
});

describe("the log explorer", () => {
  test("an entry is found by its number and by its leaf hash", async () => {
    const view = z
      .object({ leaf: z.string() })
      .parse(await (await web.ask("/acts/3.json")).json());
    for (const find of ["3", view.leaf]) {
      const found = await web.ask(`/log/register/entries?find=${find}`, html);
      expect(found.status).toBe(303);
      expect(found.headers.get("location")).toBe("/log/register/entries/3");
    }
    const leaf = await text("/log/register/entries/3");
    expect(leaf).toContain(view.leaf);
    expect(leaf).toContain(office.house.office.published.note.split("\n")[2]);
    expect(leaf).toContain("Code from the office cannot clear the office");
    await refuses(web.ask(`/log/register/entries?find=${"A".repeat(43)}`), [
      404,
      /has the leaf hash/,
    ]);
    await refuses(web.ask("/log/register/entries?find=..%2F"), [
      400,
      /Cannot find/,
    ]);
    await refuses(web.ask("/log/gate/hour/1999q1/entries"), [
      404,
      /No log gate/,
    ]);
    await refuses(web.ask("/log/..%2Fx/entries"), [404, /Nothing is at/]);
  });

  test("each log can be gone through, usage logs as well", async () => {
    const logs = z
      .object({ logs: z.array(z.object({ log: z.string() })) })
      .parse(await (await web.ask("/log.json")).json());
    for (const { log } of logs.logs) {
      const page = await text(`/log/${log}/entries`, chinese);
      expect(page).toContain(`/log/${log}/entries/`);
      expect(await text("/log")).toContain(`/log/${log}/entries`);
      expect((await web.ask(`/log/${log}/entries.json`)).status).toBe(200);
      expect((await web.ask(`/log/${log}/entries/0`, html)).status).toBe(200);
      expect((await web.ask(`/log/${log}/entries/0.json`)).status).toBe(200);
    }
    expect(logs.logs.length).toBeGreaterThan(1);
  });
});

describe("what changed since", () => {
  test("a visitor keeps where they are in their own browser, and forgets it", async () => {
    const visitor = browserOf(web);
    expect(await visitor.text("/since?entry=3")).toContain("Since entry 3");
    const marked = await visitor.send("/since/mark", { entry: "5" });
    expect(marked.status).toBe(303);
    expect(await visitor.text("/since")).toContain("Since entry 5");
    await visitor.send("/since/mark", { entry: "" });
    expect(await visitor.text("/since")).not.toContain("Your browser keeps");
  });

  test("it tells what was granted, refused, what prices came, and by thing", async () => {
    const view = z
      .object({
        entries: z.number(),
        granted: z.object({ total: z.number() }),
        refused: z.object({ total: z.number() }),
        prices: z.object({ total: z.number() }),
        things: z.array(z.object({ kind: z.string(), id: z.string() })),
      })
      .parse(await (await web.ask("/since.json?entry=0")).json());
    const { counts, size } = office.house.office.register;
    expect(view.entries).toBe(size - 1);
    expect(view.granted.total).toBe(counts.granted - 1);
    expect(view.refused.total).toBe(counts.refused);
    expect(view.prices.total).toBeGreaterThan(0);
    expect(view.things.map(({ kind }) => kind)).not.toContain("person");
  });
});

describe("following", () => {
  test("the feed of a body tells what is about its datasets, that of a post what it signed", async () => {
    const { register } = office.house.office;
    const system = register.datasets.get("vehicles")?.act.system ?? "";
    const body = register.systems.get(system)?.act.body ?? "";
    const titles = (await feedAt(`/follow/body/${body}.json`)).items.map(
      ({ title }) => title,
    );
    expect(titles.join("\n")).toContain("permit for Organisation huaxing");
    const signed = await feedAt("/follow/post/permit-officer.json");
    expect(signed.items[0]?._vitrine.kind).toBe("permit");
    await refuses(web.ask("/follow/person/1.atom"), [400, /Cannot read thing/]);
    await refuses(web.ask("/follow/dataset/none.atom"), [404, /No entry is/]);
  });
});

/** Every element by its path, of a document that is well formed. */
function elementsOf(xml: string): ReadonlySet<string> {
  const parser = new SaxesParser({ xmlns: true });
  const found = new Set<string>();
  const path: string[] = [];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ local, uri }) => {
    expect(uri).toBe("http://www.w3.org/2005/Atom");
    path.push(local);
    found.add(path.join("/"));
  });
  parser.on("closetag", () => void path.pop());
  parser.write(xml).close();
  return found;
}
