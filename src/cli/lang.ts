import { Option } from "commander";
import { type Lang, langs } from "../portal/lang/lang.ts";

/** In which language the sentences of the law are printed. */
export function langOption(): Option {
  return new Option("--lang <language>", "of the sentences of the law")
    .choices([...langs])
    .default("en");
}

export function langOf({ lang }: { readonly lang?: string }): Lang {
  return lang === "zh" ? "zh" : "en";
}
