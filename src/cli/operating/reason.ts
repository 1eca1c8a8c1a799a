import { showLine } from "../../audit/says.ts";
import type { Fields } from "./journal.ts";

const SAYS_CHARACTERS_MAX = 500;
const FRAMES = 6;

/** Callers' own words, or a database's, stand in these: only that it happened is told. */
const OF_CALLERS = new Set(["Malformed", "Unauthorised", "HTTPException"]);

/**
 * What may be told of an error. Our own sentences begin with what could not be done and are told; of errors of others (a
 * database's shows values, a socket's an address) the name, the code and the place in our code.
 */
export function reasonOf(error: unknown): Fields {
  if (!(error instanceof Error)) return { says: "no error was given" };
  const { name, message, cause } = error;
  const isOurs = /^Cannot |^nothing can be /.test(message);
  return {
    error: name,
    ...codeOf(error, "code"),
    ...(isOurs && !OF_CALLERS.has(name)
      ? { says: showLine(message, SAYS_CHARACTERS_MAX) }
      : { at: placesIn(error.stack) }),
    ...(cause instanceof Error
      ? { cause: cause.name, ...codeOf(cause, "causeCode") }
      : {}),
  };
}

function codeOf(error: Error, name: string): Fields {
  return "code" in error && typeof error.code === "string"
    ? { [name]: error.code }
    : {};
}

/** Function and line of the innermost frames: never the message above them, and no folder of this machine. */
function placesIn(stack = ""): string {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, FRAMES)
    .map((line) =>
      line
        .trim()
        .replace(/^at /, "")
        .replaceAll(/(?:file:\/\/)?(?:\/[^/\s()]+)+\//g, ""),
    )
    .join(" < ");
}

const ADDRESSES: readonly (readonly [RegExp, string])[] = [
  // A connection string: who connects, with what and where.
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s/@]*@[^\s]*/gi, "[address]"],
  [/\b(?:https?|postgres(?:ql)?):\/\/[^\s,;)]+/gi, "[address]"],
  [/\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/g, "[address]"],
  [/(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])/gi, "[address]"],
  // What a caller sent stands between quotes in our sentences.
  [/"[^"]*"|'[^']*'/g, "[value]"],
  [/\?[^\s]*=[^\s]*/g, "?[value]"],
  [/\bBearer\s+\S+/gi, "Bearer [token]"],
];

/** A text without addresses, values of callers and tokens. A name of three kinds of letters and this length is a token. */
export function withoutPersons(text: string): string {
  let told = text;
  for (const [pattern, by] of ADDRESSES) told = told.replaceAll(pattern, by);
  return told.replaceAll(/[A-Za-z0-9_-]{20,}/g, (word) =>
    /[a-z]/.test(word) && /[A-Z]/.test(word) && /[0-9]/.test(word)
      ? "[token]"
      : word,
  );
}
