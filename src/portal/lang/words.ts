import { VALUE_WORDS } from "../desk/value-words.ts";
import { around } from "../around.ts";
import { say } from "./say.ts";
import { FACT_PLACES_ZH } from "./zh-facts.ts";
import { WORDS_ZH } from "./zh-words.ts";

/**
 * A word of entries, rulings and reports. It is English wherever it stands in data; on a Chinese page it is said in Chinese where it is
 * known, and stands as it is where it is somebody's own: an id, a title.
 */
export function sayWord(word: string): string {
  if (around().lang !== "zh") return word;
  return chinese(word) ?? listOfWords(word) ?? word;
}

/** A word of the acts' own vocabulary, which the desk's forms have as well; in English it stands as the entry has it. */
export function sayTerm(word: string): string {
  if (around().lang !== "zh") return word;
  const known = VALUE_WORDS[word];
  return chinese(word) ?? (known === undefined ? word : say(known));
}

/** A fact by its place in an act; of one in a list its number in that list. */
export function sayPlace(place: string): string {
  if (around().lang !== "zh") return place;
  const [, objection, answered] =
    /^procedure\.tender\.objections\.(\d+)(\.answered)?$/.exec(place) ?? [];
  if (objection !== undefined)
    return `第${objection}项异议${answered === undefined ? "" : "的答复日期"}`;
  return FACT_PLACES_ZH[place] ?? chinese(place) ?? place;
}

function chinese(word: string): string | undefined {
  return Object.hasOwn(WORDS_ZH, word) ? WORDS_ZH[word] : undefined;
}

/** Reports join words of a closed list with commas. */
function listOfWords(text: string): string | undefined {
  const parts = text.split(", ").map(chinese);
  return parts.length > 1 && parts.every((one) => one !== undefined)
    ? parts.join("、")
    : undefined;
}
