import { lowerAscii, plainText } from "./width.ts";

/** Small letters and the marks that other programs write apart from them: each pair of texts is base and whole. */
const MARKED: readonly (readonly [
  mark: string,
  bases: string,
  wholes: string,
])[] = [
  ["\u0300", "aeiou", "àèìòù"],
  ["\u0301", "aeiouycnsz", "áéíóúýćńśź"],
  ["\u0302", "aeiou", "âêîôû"],
  ["\u0303", "ano", "ãñõ"],
  ["\u0304", "aeiou", "āēīōū"],
  ["\u0306", "agи", "ăğй"],
  ["\u0307", "ez", "ėż"],
  ["\u0308", "aeiouyе", "äëïöüÿё"],
  ["\u030a", "au", "åů"],
  ["\u030b", "ou", "őű"],
  ["\u030c", "cdenrstz", "čďěňřšťž"],
  ["\u0327", "cst", "çşţ"],
  ["\u0328", "aeiu", "ąęįų"],
];
const WHOLE: ReadonlyMap<string, string> = new Map(
  MARKED.flatMap(([mark, bases, wholes]) =>
    bases
      .split("")
      .map((base, at): [string, string] => [
        `${base}${mark}`,
        wholes.charAt(at),
      ]),
  ),
);

/** One sign that stands for several, as NFKC parts them: those that names of systems and units are written with. */
const ROMAN = "i ii iii iv v vi vii viii ix x xi xii".split(" ");
const PARTED: ReadonlyMap<string, string> = new Map([
  ...ROMAN.map((word, at): [string, string] => [
    String.fromCharCode(0x2160 + at),
    word,
  ]),
  ...ROMAN.map((word, at): [string, string] => [
    String.fromCharCode(0x2170 + at),
    word,
  ]),
  ...Array.from({ length: 20 }, (_, at): [string, string] => [
    String.fromCharCode(0x2460 + at),
    String(at + 1),
  ]),
  ["\u00b9", "1"],
  ["\u00b2", "2"],
  ["\u00b3", "3"],
  ["\u2116", "no"],
  ["\u2122", "tm"],
  ["\ufb01", "fi"],
  ["\ufb02", "fl"],
]);

const ONLY_ASCII = /^[\x20-\x7e]*$/;

/**
 * A text in small letters of Latin, Greek and Cyrillic, half width, a letter and its mark one sign. Tables of our own,
 * because the machine's follow its language; signs outside them stay as they are.
 */
export function folded(text: string): string {
  const plain = lowerAscii(plainText(text));
  if (ONLY_ASCII.test(plain)) return plain;
  return plain
    .replace(/[\u00c0-\u0178\u0391-\u03a9\u0400-\u042f]/g, lower)
    .replace(/.[\u0300-\u0328]/gu, (pair) => WHOLE.get(pair) ?? pair)
    .replace(
      /[\u00b2\u00b3\u00b9\u2116\u2122\u2160-\u217b\u2460-\u2473\ufb01\ufb02]/g,
      (sign) => PARTED.get(sign) ?? sign,
    );
}

function lower(letter: string): string {
  const code = letter.charCodeAt(0);
  return String.fromCharCode(code + distance(code));
}

/** How far the small letter is from the large one; 0 from a letter that is small, or whose small one differs by country. */
function distance(code: number): number {
  if (code <= 0xde) return code === 0xd7 ? 0 : 0x20;
  if (code < 0x100 || code === 0x130 || code === 0x131) return 0;
  if (code === 0x178) return 0xff - 0x178;
  if (code <= 0x137) return code % 2 === 0 ? 1 : 0;
  if (code <= 0x148) return code % 2;
  if (code <= 0x177) return code % 2 === 0 ? 1 : 0;
  if (code >= 0x410 || code < 0x400) return 0x20;
  return 0x50;
}
