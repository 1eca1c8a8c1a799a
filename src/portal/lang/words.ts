import { around } from "../around.ts";
import { WORDS_ZH } from "./zh-words.ts";

/**
 * A word of entries, rulings and reports. It is English wherever it stands in data; on a Chinese page it is said in Chinese where it is
 * known, and stands as it is where it is somebody's own: an id, a title.
 */
export function sayWord(word: string): string {
  if (around().lang !== "zh") return word;
  return chinese(word) ?? listOfWords(word) ?? word;
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
