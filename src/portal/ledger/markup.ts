import type { Language } from "../../audit/ledger/show-amount.ts";
import { showLine } from "../../audit/says.ts";
import type { Said } from "./ledger-words.ts";

/** Text that is markup already: whoever makes one has escaped what stands in it. */
export type Markup = { readonly html: string };

type Part = Markup | string | number | undefined | readonly Part[];

/** Markup from a template: every text put into it is escaped, of whoever's making it is. */
export function html(
  strings: TemplateStringsArray,
  ...parts: readonly Part[]
): Markup {
  let made = strings[0] ?? "";
  for (const [index, part] of parts.entries())
    made += rendered(part) + (strings[index + 1] ?? "");
  return { html: made };
}

/** Markup of our own that was not made here: a style sheet, a script, base64. */
export function asItIs(text: string): Markup {
  return { html: text };
}

/** The same in both languages, of which the page shows one. */
export function said(of: (language: Language) => Part): Markup {
  const [en, zh] = (["en", "zh"] as const).map((each) => rendered(of(each)));
  if (en === zh) return { html: `${en}` };
  return html`<span class="en" lang="en">${asItIs(`${en}`)}</span
    ><span class="zh" lang="zh-Hans">${asItIs(`${zh}`)}</span>`;
}

/** Words in both languages. */
export function words(text: Said): Markup {
  return said((language) => text[language]);
}

/** For the start of a line: departments are written small in the words and large in a heading. */
export function capital({ en, zh }: Said): Said {
  return { zh, en: en.slice(0, 1).toUpperCase() + en.slice(1) };
}

function rendered(part: Part): string {
  if (part === undefined) return "";
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return escaped(part);
  return "html" in part ? part.html : part.map(rendered).join("");
}

function escaped(text: string): string {
  return showLine(text).replace(
    /[&<>"']/g,
    (sign) => `&#${sign.charCodeAt(0)};`,
  );
}
