import type { Titles } from "../../acts/shapes.ts";
import type { ReadRegister } from "../../register/register.ts";
import { around } from "../around.ts";
import type { Lang } from "./lang.ts";

type Meant = { readonly meaning: string; readonly meanings?: Titles };
export type Titled = { readonly title: string; readonly titles?: Titles };

/** Which tags fit a language of the pages, the best first. */
const FITTING: Readonly<Record<Lang, readonly RegExp[]>> = {
  en: [/^en$/, /^en-/],
  zh: [/^zh-Hans$/, /^zh-Hans-/, /^zh(?:-CN|-SG)?$/, /^zh/],
};

/** A title in the language of the page, where the act has it in one that fits; the title that counts everywhere else. */
export function titleIn({ title, titles = [] }: Titled): string {
  for (const fits of FITTING[around().lang]) {
    const found = titles.find(({ lang }) => fits.test(lang));
    if (found !== undefined) return found.title;
  }
  return title;
}

/** What something that stands in the register is called; its id where nothing is known of it. */
export function titleOf(
  found: { readonly act: Titled } | undefined,
  id: string,
): string {
  return found === undefined ? id : titleIn(found.act);
}

/** What a field of a dataset means. */
export function meaningIn({ meaning, meanings }: Meant): string {
  return titleIn({
    title: meaning,
    ...(meanings === undefined ? {} : { titles: meanings }),
  });
}

/** What a purpose is called in the rulebook in force; one that is not on its list stands as it was asked for. */
export function purposeTitle(
  { rulebook }: Pick<ReadRegister, "rulebook">,
  asked: string,
): string {
  const found = rulebook?.act.purposes.find(({ purpose }) => purpose === asked);
  return found === undefined ? asked : titleIn(found);
}

/** What the office is called; empty before its founding act. */
export function officeTitle(register: {
  readonly title: string;
  readonly titles: Titles;
}): string {
  return titleIn(register);
}
