import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { visibleWords } from "../../test/visible-words.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  fee,
  organisation,
  permit,
  system,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import {
  asking,
  endsInOrder,
  refusedIn,
  type Web,
  webOf,
} from "../../test/web-office.ts";
import { fromBase64, toBase64url } from "../acts/bytes.ts";
import { leafHash } from "../log/hash.ts";
import { primitives } from "../store/crypto.ts";
import type { AppOptions } from "./app.tsx";

const NASTY = "<script>alert(1)</script>";
const BREAKING = `"><img src=x onerror='alert(2)'>`;
let office: SmallOffice;
let web: Web;
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_page")).url, {
    more: [
      { ...organisation("nasty"), title: NASTY },
      { ...system("archive"), title: BREAKING },
      permit({ permit: "nasty-vehicles", organisation: "nasty" }),
    ],
  });
  web = webOf(office);
  await office.answered(vehicles({ limit: 15 }), "huaxing");
  await office.answered(vehicles({ limit: 1 }), "nasty");
  await office.answered(vehicles({ limit: 1 }), "court");
  // Above the ceiling of 5.00: refused.
  await office.enter(fee("dear", 501, { classes: ["research"] }));
  // A page says no more than what is public.
  await office.passHour();
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

async function page(change: Partial<AppOptions> = {}, of = office) {
  const shown = webOf(of, change);
  const response = await shown.ask("/");
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/html; charset=UTF-8");
  const html = await response.text();
  isWhole(html);
  expect(shown.bugs).toEqual([]);
  return html;
}

const unescaped = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
/** What a reader sees of a piece of HTML. */
const textOf = (html: string): string =>
  unescaped(html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ")).trim();

/** The cells of each row of the table with that label; the first row is its head. */
function table(html: string, label: string): readonly (readonly string[])[] {
  const [, from = ""] = html.split(`aria-label="${label}"><table>`);
  const [body = ""] = from.split("</table>");
  return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = ""]) =>
      textOf(cell),
    ),
  );
}

const EMPTY = new Set(["meta", "link"]);

/** Every element is closed where it must be; one main, one heading of the first rank, and what a page needs to be read aloud. */
function isWhole(html: string): void {
  expect(html).toMatch(/^<!doctype html><html lang="en">/);
  const open: string[] = [];
  for (const [, end, name = "", self] of html
    .slice("<!doctype html>".length)
    .matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (end === "/") expect(open.pop()).toBe(name);
    else if (self !== "/" && !EMPTY.has(name)) open.push(name);
  }
  expect(open).toEqual([]);
  const count = (pattern: RegExp) => [...html.matchAll(pattern)].length;
  for (const name of ["title", "h1", "header", "main", "footer"])
    expect(count(new RegExp(`<${name}[ >]`, "g")), name).toBe(1);
  expect(html).toMatch(/<title>[^<\s][^<]*<\/title>/);
  expect(html).toMatch(/<h1>[^<\s][^<]*<\/h1>/);
  expect(html).toMatch(/<a class="skip" href="#main">[^<]+<\/a>/);
  expect(html).toContain('<main id="main">');
  expect(count(/<caption>[^<]+<\/caption>/g)).toBe(count(/<table>/g));
  expect(
    count(/<thead><tr>(?:<th scope="col"[^>]*>[^<]+<\/th>)+<\/tr><\/thead>/g),
  ).toBe(count(/<table>/g));
  expect(count(/<svg /g)).toBe(
    count(/<svg [^>]*role="img" aria-label="[^"]+"/g),
  );
  for (const [, rank = ""] of html.matchAll(/<h([1-6])>/g))
    expect(["1", "2"]).toContain(rank);
  // Nothing comes from elsewhere and nothing runs.
  for (const [tag] of html.matchAll(/<[^>]*>/g))
    expect(tag).not.toMatch(/<script|\s(?:on[a-z]+|style)=|javascript:/i);
  for (const [, to] of html.matchAll(/\s(?:href|src)="([^"]*)"/g))
    expect(to).toMatch(/^(?:\/(?!\/)|#(?:main|part-\d+|prices|charged)$)/);
}

describe("the front page", () => {
  test("says first how much of what is known passes the gate", async () => {
    const html = await page();
    expect(textOf(html)).toContain(
      "1 of 2 known systems are served through this gate. 1 are not.",
    );
    expect(table(html, "Systems").slice(1)).toEqual([
      [
        ...["System registers", "The office", "yes"],
        "Dataset stations , Dataset vehicles , Dataset people",
      ],
      [BREAKING, "The office", "no", ""],
    ]);
  });

  test("says who may use what at which price, to whom it is paid and on what ground", async () => {
    const rows = table(await page(), "Permits and prices");
    const [huaxing] = rows.filter(
      ([, , , , , , permit]) => permit === "huaxing-vehicles",
    );
    expect(huaxing).toEqual([
      ...["Organisation huaxing", "enterprise", "Vehicles", "Trade"],
      ...[
        "0.80 CNY per step",
        "Organisation sanhe, CN-PRC-02; ceiling 5.00 CNY",
      ],
      ...["huaxing-vehicles", "1 Jan 2040, 08:00", "1"],
    ]);
    const [court] = rows.filter(([who]) => who === "Organisation court");
    expect(court?.slice(4)).toEqual([
      "free",
      "free of charge for this purpose (CN-PRC-01)",
      expect.any(String),
      "1 Jan 2040, 08:00",
      "1",
    ]);
    expect(rows).toHaveLength(1 + 8);
  });

  test("says what was charged, and that nothing was without ground", async () => {
    const html = await page();
    expect(table(html, "Charges").slice(1)).toEqual([
      [
        "vehicles-fee",
        "Vehicles",
        "Organisation sanhe",
        "CN-PRC-02",
        "2",
        "2.40 CNY",
      ],
    ]);
    expect(textOf(html)).toMatch(
      /2\.40 CNY charged in 2026, of which 0\.00 CNY without ground or approval/,
    );
  });

  test("shows the latest acts with their rulings, the refused ones with rule and article, by post and never by person", async () => {
    const html = await page();
    const [, latest] = table(html, "Latest acts");
    const [, refused, ...more] = table(html, "Refused acts");
    expect(refused).toEqual(latest);
    expect(more).toEqual([]);
    expect(refused?.slice(2, 4)).toEqual([
      "Organisation sanhe was to charge 5.01 CNY per step for “Vehicles”; a price needs an approved ceiling above it",
      "prepared by registrar, approved by head",
    ]);
    expect(refused?.[4]).toMatch(/^refused .*CN-PRC-03 , .*[^\s)]/);
    expect(table(html, "Latest acts")).toHaveLength(1 + 12);
    expect(textOf(html)).toContain("The last 12 of 28 acts.");
    expect(textOf(html)).toContain("1 refused act, of 28");
  });

  test("shows the head of the log, and the founding act by its fingerprint", async () => {
    const note = await (await web.ask("/log/register/checkpoint")).text();
    const [, size, root] = note.split("\n");
    const [genesis] = await office.house.office.entries(0, 1);
    const fingerprint = toBase64url(
      leafHash(primitives, genesis ?? new Uint8Array(0)),
    );
    const text = textOf(await page());
    expect(text).toContain(
      `Head: size ${size}, root ${root} , last entry 2 Nov 2026, 17:00 .`,
    );
    expect(text).toContain(`(its founding act): ${fingerprint} .`);
  });

  test("says in plain words that nobody outside watches", async () => {
    const text = textOf(await page());
    const words =
      "Nobody outside watches this log: its times and its completeness are the office's word";
    expect(text.split(words)).toHaveLength(3);
  });

  test("says how each of its numbers was computed", async () => {
    const html = await page();
    const [, figures = ""] = html.split('<ul class="figures">');
    const [items = ""] = figures.split("</ul>");
    const numbers = items.split("<li>").slice(1);
    expect(numbers).toHaveLength(6);
    for (const one of [html.split('<ul class="figures">')[0] ?? "", ...numbers])
      expect(one).toMatch(/<details><summary>how computed<\/summary>[^<]{30,}/);
  });

  test("shows what the last check could not check, and says that the office cannot clear itself", async () => {
    expect(textOf(await page())).toContain(
      "No check has ended yet since this program was started.",
    );
    const lastCheck = {
      at: "2026-11-02 16:00",
      lines: ["not checked  values of 3 uses", `not checked  ${NASTY}`],
      conclusion: "no contradiction found",
    };
    const html = await page({ lastCheck: () => lastCheck });
    expect(textOf(html)).toContain(
      "The office ran the stranger's check on itself at 2 Nov 2026, 16:00 : no contradiction found . Code from the office cannot clear the office: run your own copy.",
    );
    expect(unescaped(html)).toContain(
      `<pre tabindex="0">${lastCheck.lines.join("\n")}</pre>`,
    );
  });

  test("says that a demonstration is one, and nothing of the kind elsewhere", async () => {
    expect(textOf(await page({ demonstration: true }))).toContain(
      "A demonstration:",
    );
    expect(textOf(await page())).not.toContain("A demonstration:");
  });

  test("shows as text what people wrote as HTML", async () => {
    const html = await page();
    expect(html).not.toContain("<script");
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(table(html, "Permits and prices").map(([who]) => who)).toContain(
      NASTY,
    );
  });

  test("has a twin in JSON with the same facts", async () => {
    const twin: unknown = await (await web.ask("/index.json")).json();
    expect(twin).toMatchObject({
      title: "Small Public Data Office (invented)",
      coverage: { known: 2, served: ["registers"], notServed: ["archive"] },
      charged: {
        year: 2026,
        total: { CNY: 240 },
        withoutGround: { CNY: 0 },
        uses: 3,
      },
      counts: { acts: 28, refused: 1 },
      watchers: { witnesses: 0, sameMachine: false },
    });
    expect(twin).toHaveProperty("refusedActs.0.findings.0.rule", "CN-PRC-03");
    expect(
      fromBase64(
        String(Reflect.get(Object(Reflect.get(Object(twin), "head")), "root")),
      ),
    ).toHaveLength(32);
  });
});

test("nothing that is shown may be framed, run, guessed at or told to others, whatever was asked and whatever became of it", async () => {
  const asked = [
    web.ask("/"),
    web.ask("/index.json"),
    web.ask("/style.css"),
    web.ask("/health"),
    web.ask("/ready"),
    web.ask("/log/register/checkpoint"),
    web.ask("/log/register/tile/0/000.p/1"),
    web.ask("/data/stations?limit=1"),
    web.ask("/data/vehicles"),
    web.ask("/nowhere"),
    web.ask("/data/stations?limit=x"),
    web.ask("/data/stations", { headers: { Authorization: "x" } }),
    web.post("/query", "{"),
    web.post("/query", "{}", { "Content-Type": "text/plain" }),
    web.post("/query", "a".repeat(300_000)),
    webOf(office, { gateway: () => undefined }).ask("/data/stations"),
    webOf(office, {
      lastCheck: () => {
        throw new Error("a bug");
      },
    }).ask("/"),
  ];
  const seen = new Set<number>();
  for (const { status, headers } of await Promise.all(asked)) {
    seen.add(status);
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("set-cookie")).toBeNull();
  }
  expect([...seen].toSorted((a, b) => a - b)).toEqual([
    200, 400, 401, 403, 404, 413, 415, 500, 503,
  ]);
});

describe("an operator whose authorisation was ended", () => {
  test("leaves permits that nobody can use: the page does not show them, and the gate says which thing is wanted anew", async () => {
    const sold = await SmallOffice.granted(
      (await schemaFor("portal_ended")).url,
    );
    expect(table(await page({}, sold), "Permits and prices")).toContainEqual(
      expect.arrayContaining(["Organisation huaxing", "huaxing-vehicles"]),
    );
    await sold.granted({
      kind: "authorisationEnded",
      authorisation: "sanhe-vehicles",
      reason: "breach",
    });
    const rows = table(await page({}, sold), "Permits and prices");
    expect(rows.filter((row) => row.includes("huaxing-vehicles"))).toEqual([]);
    const shown = webOf(sold);
    const refused = await refusedIn(
      await shown.post(
        "/query",
        JSON.stringify({ plan: vehicles() }),
        await asking(sold, "huaxing"),
      ),
    );
    expect(refused.message).toMatch(
      /^authorisation sanhe-vehicles was ended by entry \d+$/,
    );
    expect(refused.findings?.map(({ next }) => next)).toEqual([
      "a new authorisation in place of the one that ended",
    ]);
    await endsInOrder(sold, shown);
    await sold.close();
  });
});

/** What a page says that was made from nothing. */
const ODD = /\b(?:1970|undefined|null|NaN)\b/;

describe("an office that has only begun", () => {
  test("without a founding act says that there is none yet; with nothing else, that there is nothing else", async () => {
    const fresh = await SmallOffice.open((await schemaFor("portal_fresh")).url);
    const before = await page({}, fresh);
    expect(textOf(before)).toContain("An office that is not founded yet");
    expect(textOf(before)).toContain("No founding act is public yet.");
    expect(before).not.toContain("<table>");
    expect(visibleWords(before)).not.toMatch(ODD);
    expect(await (await webOf(fresh).ask("/index.json")).json()).toMatchObject({
      title: "",
      head: { size: 0 },
      counts: { acts: 0 },
    });

    await fresh.found();
    const after = await page({}, fresh);
    expect(textOf(after)).toContain(
      "0 of 0 known systems are served through this gate. 0 are not.",
    );
    expect(textOf(after)).toContain(
      "0 charged in 2026, of which 0 without ground or approval",
    );
    expect(visibleWords(after)).not.toMatch(ODD);
    expect(table(after, "Systems")[1]).toEqual(["No system is registered."]);
    expect(table(after, "Permits and prices")[1]).toEqual([
      "No permit is in force.",
    ]);
    expect(table(after, "Charges")[1]).toEqual([
      "Nothing was charged this year.",
    ]);
    expect(table(after, "Refused acts")[1]).toEqual(["None yet."]);
    expect(table(after, "Latest acts").slice(1)).toEqual([
      [
        "0",
        "2 Nov 2026, 16:00",
        "founding act",
        "approved by head, approved by registrar, approved by administrator, approved by price-authority, approved by permit-officer",
        "granted",
      ],
    ]);
    expect(await fresh.faults()).toEqual([]);
    await fresh.close();
  });
});
