import { showLine } from "../says.ts";

/** Why a cell could not be read: what stands there, then what is wanted. The caller adds file, line and column. */
export type Problem = { readonly problem: string };

const SHOWN_CHARACTERS_MAX = 40;

/** What stands in a cell, on one line and cut, between quotes. */
export function quoted(text: string): string {
  return `"${showLine(text, SHOWN_CHARACTERS_MAX)}"`;
}
