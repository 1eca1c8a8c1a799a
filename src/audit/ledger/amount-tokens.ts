import { type Meaning, meaningOf, wordAt } from "./money-words.ts";
import { type Problem, quoted } from "./problem.ts";

/** A part of an amount as it is written, and where it stands. */
export type Token = { readonly at: number; readonly end: number } & (
  | Meaning
  /** Digits with the marks between them. */
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "sign"; readonly negative: boolean }
  | { readonly kind: "bracket"; readonly opens: boolean }
);

const NUMBER = /\d+(?:[ ',.\u066b\u066c]\d+)*[.,]?|[.,\u066b]\d+/y;
const LATIN = /[A-Za-z\u0142]+[$\u00a5]?(?:\.(?:[A-Za-z]\.)*)?(?: [A-Za-z]+)*/y;
const LATIN_WORDS_MAX = 3;

/** What a text of `plainText` is made of; a word that means no money is a problem. */
export function tokensOf(text: string): readonly Token[] | Problem {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    if (text[at] === " ") {
      at++;
      continue;
    }
    const token = tokenAt(text, at);
    if (token === undefined)
      return {
        problem: `${quoted(text)} holds ${quoted(strangerAt(text, at))}, want an amount`,
      };
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function tokenAt(text: string, at: number): Token | undefined {
  NUMBER.lastIndex = at;
  const number = NUMBER.exec(text)?.[0];
  if (number !== undefined)
    return { kind: "number", text: number, at, end: at + number.length };
  const sign = text[at];
  const end = at + 1;
  switch (sign) {
    case "-":
    case "+":
    case "负":
    case "負":
      return { kind: "sign", negative: sign !== "+", at, end };
    case "(":
    case ")":
      return { kind: "bracket", opens: sign === "(", at, end };
    default:
      return latinAt(text, at) ?? signAt(text, at);
  }
}

/** The longest run of words that means something, so that "Hong Kong dollars" is one. */
function latinAt(text: string, at: number): Token | undefined {
  LATIN.lastIndex = at;
  const run = LATIN.exec(text)?.[0];
  if (run === undefined) return undefined;
  const words = run.split(" ", LATIN_WORDS_MAX);
  for (let count = words.length; count > 0; count--) {
    const word = words.slice(0, count).join(" ");
    const meaning = meaningOf(word) ?? meaningOf(word.replace(/\.$/, ""));
    if (meaning !== undefined) return { ...meaning, at, end: at + word.length };
  }
  return halfAt(words[0] ?? "", at);
}

/** The first half of CNYbn or mUSD: a currency and a unit written as one word. */
function halfAt(word: string, at: number): Token | undefined {
  for (let end = word.length - 1; end > 0; end--) {
    const first = meaningOf(word.slice(0, end));
    const second = meaningOf(word.slice(end));
    const isBoth =
      (first?.kind === "currency" && second?.kind === "unit") ||
      (first?.kind === "unit" && second?.kind === "currency");
    if (first !== undefined && isBoth) return { ...first, at, end: at + end };
  }
  return undefined;
}

function signAt(text: string, at: number): Token | undefined {
  // Half a Latin word means nothing, half a Chinese run of words does.
  if (/[A-Za-z]/.test(text.charAt(at))) return undefined;
  const found = wordAt(text, at);
  if (found === undefined) return undefined;
  return { ...found.meaning, at, end: at + found.word.length };
}

/** The word or the sign that means no money. */
function strangerAt(text: string, at: number): string {
  return /^(?:[A-Za-z]+|[^\dA-Za-z ()]+|.)/su.exec(text.slice(at))?.[0] ?? "";
}
