import { decodeUtf8, Malformed } from "./canonical.ts";

/** No browser nests what it says of itself. */
const DEPTH_MAX = 8;

/**
 * The members of a `clientDataJSON`: an object of JSON (RFC 8259) in UTF-8, no member of it twice, so that no two programs read
 * another challenge or origin out of the same bytes. Undefined for anything else. Members that nobody knows are left alone.
 */
export function readClientData(
  raw: Uint8Array,
): Readonly<Record<string, unknown>> | undefined {
  try {
    const text = decodeUtf8(raw, "client data");
    if (isDoubledOrDeep(text)) return undefined;
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof Malformed || error instanceof SyntaxError)
      return undefined;
    throw error;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Looks at the text before it is parsed: a parser keeps the last of two members and does not say so. */
function isDoubledOrDeep(text: string): boolean {
  const names = new Set<string>();
  let depth = 0;
  let before = "";
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/gs)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else if (token === ":" && depth === 1 && before !== "") {
      const name = String(JSON.parse(before));
      if (names.has(name)) return true;
      names.add(name);
    }
    if (depth > DEPTH_MAX) return true;
    before = token.startsWith('"') ? token : "";
  }
  return false;
}
