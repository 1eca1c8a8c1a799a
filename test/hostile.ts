import { expect } from "vitest";
import { SaxesParser } from "saxes";
import { type Act, act as actSchema } from "../src/acts/act.ts";
import { isGuarded } from "./whole-portal.ts";

/**
 * Text that means something to whatever shows it unescaped: a formula to a spreadsheet, the end of an attribute, an element and a handler to a
 * browser, a sum to templates, an entity to XML. It may stand in titles, which are public for ever.
 */
export const HOSTILE = `=vtq"'><vt-evil onvt=1>vt{{7*7}}\${7*7}<%=7*7%>&lt;`;
/** The same where lines may be, with another header behind its end and a text that runs the other way. */
export const HOSTILE_LINES = `${HOSTILE}\r\nX-Vt: 1\r\n\r\n<script>vt()</script>\u202e`;

/** Nothing of the hostile text is anything but text in an answer, whatever its type. */
export async function isInert(
  response: Response,
  what: string,
): Promise<string> {
  isGuarded(response, what);
  expect(response.status, what).toBeLessThan(500);
  for (const [name, value] of response.headers) {
    expect(name, what).not.toBe("x-vt");
    // Texts in headers are texts; but where they are quoted they end nothing.
    if (/^(?:link|content-disposition)$/.test(name))
      expect(value, `${what} ${name}`).not.toContain('vtq"');
  }
  const type = response.headers.get("content-type") ?? "";
  const text = await response.text();
  if (type.startsWith("text/html")) {
    const { index = -1 } = /vtq"|<vt-evil|<script>vt|vt49/i.exec(text) ?? {};
    expect(index === -1 ? "" : text.slice(index - 200, index + 100), what).toBe(
      "",
    );
  }
  if (/json/.test(type) && text !== "") JSON.parse(text);
  if (/\+xml/.test(type)) elementsOfXml(text, what);
  return text;
}

function elementsOfXml(text: string, what: string): void {
  const parser = new SaxesParser();
  const names = new Set<string>();
  parser.on("opentag", ({ name }) => names.add(name));
  parser.on("error", (error) => expect.fail(`${what}: ${error.message}`));
  parser.write(text).close();
  expect([...names], what).not.toContain("vt-evil");
}

/** The cells of a table of ours, none of which a spreadsheet takes for a formula. */
export function deadCellsOf(csv: string, what: string): readonly string[] {
  const cells = [
    ...csv.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(?:,|\r\n|$)/g),
  ].map(([, cell = ""]) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  );
  for (const cell of cells)
    if (!/^-?[0-9.]+$/.test(cell))
      expect(cell, what).not.toMatch(/^[=+\-@\t\r]/);
  return cells;
}

/** Members in which people write text. */
const WRITTEN: ReadonlySet<string> = new Set([
  ...["title", "meaning", "unit", "licence", "source", "description"],
  "value",
]);

/** Words of lists that stand in members of these names elsewhere. */
const VOCABULARY: ReadonlySet<string> = new Set([
  ...["described", "existence", "call", "step"],
]);

/** The same act with hostile text wherever people write some, as far as its schema lets it. */
export function withHostileText(act: Act): Act {
  const changed: unknown = JSON.parse(JSON.stringify(act), hostileIn);
  for (const tried of [
    Object.assign({}, changed, {
      titles: [{ lang: "zh-Hans", title: HOSTILE }],
    }),
    changed,
  ]) {
    const read = actSchema.safeParse(tried);
    if (read.success) return read.data;
  }
  throw new Error(`Cannot write into ${act.kind}: it is no act then`);
}

function hostileIn(name: string, value: unknown): unknown {
  const isWritten = WRITTEN.has(name) && typeof value === "string";
  return isWritten && !VOCABULARY.has(value) ? HOSTILE : value;
}
