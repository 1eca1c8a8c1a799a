/** Signs that look alike to a reader and differ in code, made one. Tables of our own: no answer changes with the machine. */

const WIDE = /[\u3000\uff01-\uff5e\uffe0\uffe1\uffe5\uffe6]/g;
const WIDE_MONEY = new Map([
  ["\u3000", " "],
  ["\uffe0", "\u00a2"],
  ["\uffe1", "\u00a3"],
  ["\uffe5", "\u00a5"],
  ["\uffe6", "\u20a9"],
]);

/** Marks of text direction and width zero; copying from web pages and dialogues of Windows leaves them in cells. */
const UNSEEN =
  /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const DASHES = /[\u2010-\u2013\u2212\ufe58\ufe63]/g;
const APOSTROPHES = /[\u2018\u2019\u02bc\u0060\u00b4\u2032]/g;
const ARABIC_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;
const PLAIN = /^[\x20-\x5f\x61-\x7e]*$/;

/** Full-width signs as the ASCII that they stand for, a wide space as a space. */
export function halfWidth(text: string): string {
  return text.replace(
    WIDE,
    (sign) =>
      WIDE_MONEY.get(sign) ??
      String.fromCharCode(sign.charCodeAt(0) - 0xff01 + 0x21),
  );
}

/** The letters A to Z as a to z, no other letter: other alphabets fold otherwise in other languages. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) =>
    String.fromCharCode(letter.charCodeAt(0) + 0x20),
  );
}

/** A cell's text with one sign for every space, dash, apostrophe and digit, nothing unseen in it, and trimmed. */
export function plainText(text: string): string {
  if (PLAIN.test(text)) return text.trim();
  return halfWidth(text)
    .replace(UNSEEN, "")
    .replace(/\s/g, " ")
    .replace(DASHES, "-")
    .replace(APOSTROPHES, "'")
    .replace(ARABIC_DIGITS, (digit) => String(digit.charCodeAt(0) & 15))
    .trim();
}

/** Whether Chinese characters stand in it. */
export function isChinese(text: string): boolean {
  return /[\u3400-\u9fff\u{20000}-\u{323af}]/u.test(text);
}
