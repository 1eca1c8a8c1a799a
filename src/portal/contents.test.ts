import { expect, test } from "vitest";
import { CONTENTS_MARK, withContents } from "./contents.ts";

const page = (...headings: readonly string[]) =>
  `<nav>${CONTENTS_MARK}</nav>${headings.join("<p>…</p>")}`;

test("a long page names its sections at its top, each with the way to it", () => {
  expect(
    withContents(
      page(
        "<h2>Fields</h2>",
        '<h2 id="prices">Prices &amp; <a href="/fees">more</a></h2>',
        "<h2>Who uses it</h2>",
      ),
    ),
  ).toBe(
    '<nav><ul class="links"><li><a href="#part-1">Fields</a></li><li><a href="#prices">Prices &amp; more</a></li><li><a href="#part-3">Who uses it</a></li></ul></nav><h2 id="part-1">Fields</h2><p>…</p><h2 id="prices">Prices &amp; <a href="/fees">more</a></h2><p>…</p><h2 id="part-3">Who uses it</h2>',
  );
});

test("a short page has none, and a page that wants none is left alone", () => {
  expect(withContents(page("<h2>One</h2>", "<h2>Two</h2>"))).toBe(
    "<nav></nav><h2>One</h2><p>…</p><h2>Two</h2>",
  );
  expect(withContents("<h2>One</h2>")).toBe("<h2>One</h2>");
});
