import { decoded } from "../page-forms.ts";

const HAN = /\p{Script=Han}/u;
const VOID = /^(?:area|base|br|col|hr|img|input|link|meta|source|wbr)$/;

type Part = { readonly name: string; readonly lang: string; text: string };

/**
 * What parts of a page say of themselves to be in another language than they are, by which a screen reader would speak them wrongly: Chinese
 * in what is said to be English, and what is said to be Chinese and has no sign of it. Pages as a whole quote both: titles of Chinese law.
 */
export function wrongLanguagesIn(html: string): readonly string[] {
  const wrong: string[] = [];
  const open: Part[] = [];
  const close = (): void => {
    const part = open.pop();
    const said = part?.text.trim() ?? "";
    if (part?.lang.startsWith("zh") === true && said !== "" && !HAN.test(said))
      wrong.push(`no Chinese: ${said}`);
    const outer = open.at(-1);
    if (outer !== undefined) outer.text += part?.text ?? "";
  };
  const langNow = (): string =>
    open.slice(1).findLast(({ lang }) => lang !== "")?.lang ?? "";
  for (const [, text = "", tag = ""] of html.matchAll(/([^<]*)(<[^>]*>)?/g)) {
    const part = open.at(-1);
    if (part !== undefined && !/^(?:script|style)$/.test(part.name)) {
      part.text += decoded(text);
      if (langNow() === "en" && HAN.test(text))
        wrong.push(`no English: ${decoded(text).trim()}`);
    }
    const [, slash = "", name = ""] = /^<(\/?)([a-z0-9]+)/.exec(tag) ?? [];
    if (name === "") continue;
    if (slash === "/") {
      while (open.at(-1)?.name !== name && open.length > 1) close();
      close();
    } else if (!VOID.test(name) && !tag.endsWith("/>"))
      open.push({
        name,
        lang: / lang="([^"]*)"/.exec(tag)?.[1] ?? "",
        text: "",
      });
  }
  return wrong;
}
