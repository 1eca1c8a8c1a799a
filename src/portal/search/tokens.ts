/** A word of a text as the index has it, and where it stands. Of Chinese, two signs at a time: no spaces stand between words. */
export type Token = {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly isHan: boolean;
};

const RUN = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}])+/gu;
const HAN = /^\p{Script=Han}/u;
/** A longer word is no word. */
const WORD_MAX = 64;

export function tokensOf(text: string): readonly Token[] {
  const found: Token[] = [];
  for (const { 0: run, index: from } of text.matchAll(RUN)) {
    if (HAN.test(run)) pairs(run, from, found);
    else {
      const word = stem(fold(run)).slice(0, WORD_MAX);
      if (word !== "")
        found.push({ text: word, from, to: from + run.length, isHan: false });
    }
  }
  return found;
}

function pairs(run: string, from: number, found: Token[]): void {
  const signs = Array.from(run);
  let at = from;
  for (const [place, sign] of signs.entries()) {
    const next = signs[place + 1];
    if (next !== undefined || signs.length === 1)
      found.push({
        text: fold(sign + (next ?? "")),
        from: at,
        to: at + sign.length + (next?.length ?? 0),
        isHan: true,
      });
    at += sign.length;
  }
}

/** One spelling of what is written with capitals, accents or full width. */
export function fold(text: string): string {
  // Most words are plain, and a large office has millions.
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}

/** English plurals, and no more: a wrong stem finds what nobody meant. */
function stem(word: string): string {
  if (!/^[a-z]{4,}$/.test(word)) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  return /[^s]s$/.test(word) && !/[iu]s$/.test(word) ? word.slice(0, -1) : word;
}

/** Whether one word comes from another by one letter more, less, other or exchanged; by two where the word is long. */
export function isNear(a: string, b: string): boolean {
  const most = Math.max(a.length, b.length) >= 7 ? 2 : 1;
  if (Math.abs(a.length - b.length) > most) return false;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (isSame ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
    }
    [before, row] = [row, next];
    if (Math.min(...row) > most) return false;
  }
  return (row[b.length] ?? Infinity) <= most;
}
