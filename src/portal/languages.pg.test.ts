import { afterAll, beforeAll, expect, test } from "vitest";
import { englishIn } from "../../test/pages/english-in.ts";
import { wrongLanguagesIn } from "../../test/pages/languages-in.ts";
import { namesIn } from "../../test/pages/names-in.ts";
import { publicPages } from "../../test/pages/public-pages.ts";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import { endsInOrder, type Web, webOf } from "../../test/web-office.ts";
import { faultsOfHtml } from "../../test/valid-html.ts";
import { law } from "../rules/law.ts";
import { langs } from "./lang/lang.ts";

let office: SmallOffice;
let web: Web;
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_languages")).url);
  web = webOf(office, { lettersLead: () => "https://data.example" });
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

async function pageIn(lang: string, path: string): Promise<string> {
  const response = await web.ask(path, {
    headers: { Accept: "text/html", "Accept-Language": lang },
  });
  expect(response.headers.get("Content-Language"), path).toBe(
    lang === "zh" ? "zh-Hans" : "en",
  );
  return response.text();
}

test.each(langs.flatMap((lang) => publicPages.map((path) => ({ lang, path }))))(
  "$path in $lang is valid HTML, and every part is in the language that it says",
  async ({ lang, path }) => {
    const page = await pageIn(lang, path);
    expect(await faultsOfHtml(page)).toEqual([]);
    expect(wrongLanguagesIn(page)).toEqual([]);
  },
);

/** What may stand in Latin letters on a Chinese page: names of formats and protocols, and what this office's data call things. */
const KNOWN = new Set([
  ...[
    "CSV",
    "JSON",
    "XLSX",
    "OpenAPI",
    "DuckDB",
    "ckanapi",
    "Python",
    "SHA",
    "Id",
  ],
  ...["curl", "HTTP", "LOG", "INDEX", "HASH", "LEAF", "English", "T", "X"],
  ...["Vitrine", "UTC", "EUR", "CNY", "tlog", "proof", "NDJSON", "Parquet"],
  ...["Atom", "Feed"],
  // Rules by their ids.
  ...Object.keys(law).flatMap((rule) => rule.split("-")),
]);

test.each(publicPages)(
  "%s says nothing in English to a Chinese reader but names, ids and quotations",
  async (path) => {
    const own = new Set(
      namesIn(office.house.office.register).flatMap((one) =>
        one.split(/[^A-Za-z]+/),
      ),
    );
    const english = englishIn(await pageIn("zh", path)).filter(
      (word) => !KNOWN.has(word) && !own.has(word),
    );
    expect(english).toEqual([]);
  },
);
