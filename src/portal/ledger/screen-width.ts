/** How many columns of a terminal a text takes, and texts brought to a width: East Asian signs take two. */

/** First and last code points of signs that are wide (Unicode Standard Annex 11, W and F), neighbours run together. */
const WIDE: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

export function screenWidth(text: string): number {
  let width = 0;
  for (const sign of text) width += widthOf(sign);
  return width;
}

/** Blanks behind the text; at the start of it where it is a number. */
export function padStartTo(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - screenWidth(text))) + text;
}

export function padEndTo(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - screenWidth(text)));
}

/** The text if it fits, else as much of it as fits with a sign that something is left out. */
export function cutTo(text: string, width: number): string {
  if (screenWidth(text) <= width) return text;
  let kept = "";
  let taken = 1;
  for (const sign of text) {
    taken += widthOf(sign);
    if (taken > width) break;
    kept += sign;
  }
  return `${kept.trimEnd()}…`;
}

function widthOf(sign: string): number {
  const point = sign.codePointAt(0) ?? 0;
  if (point < 0x300) return 1;
  if (NO_WIDTH.test(sign)) return 0;
  return WIDE.some(([first, last]) => first <= point && point <= last) ? 2 : 1;
}
