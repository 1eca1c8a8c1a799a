/** The languages of pages and of the law's sentences: English and Simplified Chinese. */
export const langs = ["en", "zh"] as const;
export type Lang = (typeof langs)[number];

/** As `lang` attributes and `Content-Language` name them. */
export const TAGS = {
  en: "en",
  zh: "zh-Hans",
} as const satisfies Record<Lang, string>;

/** In its own words: whoever looks for a language may not read the one that is shown. */
export const OWN_NAMES = {
  en: "English",
  zh: "中文",
} as const satisfies Record<Lang, string>;

export function readLang(text: string | undefined): Lang | undefined {
  return langs.find((one) => one === text);
}

/** The first language of an `Accept-Language` header that pages stand in; English where none does. */
export function acceptedLang(header: string | undefined): Lang {
  const wanted = (header ?? "")
    .split(",")
    .map((range) => {
      const [tag = "", ...parameters] = range.split(";");
      const q = parameters
        .map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1])
        .find((one) => one !== undefined);
      const [primary = ""] = tag.trim().toLowerCase().split("-");
      return { primary, weight: Number(q ?? "1") };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ primary }) => readLang(primary));
  return wanted.find((one) => one !== undefined) ?? "en";
}
