import { decodeUtf8, Malformed } from "../acts/canonical.ts";

/** No schema goes so deep. */
const DEPTH_MAX = 32;
/** Strings, with the colon behind them where they name a member, what opens or closes an object or a list, and numbers. */
const TOKEN = /"(?:[^"\\]+|\\.)*"(\s*:)?|[{}[\]]|-?[0-9][0-9.eE+-]*/g;

/**
 * Reads JSON as people write it, with white space and members in any order. `JSON.parse` alone would hide a doubled member,
 * and the two sides of a wire might take different ones. Throws `Malformed`.
 */
export function readJson(bytes: Uint8Array, what: string): unknown {
  const text = decodeUtf8(bytes, what);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Malformed(`Cannot read ${what}: it is not JSON`, { cause });
  }
  checkMembers(text, what);
  return value;
}

function checkMembers(text: string, what: string): void {
  /** The names of each open object; a list has none. */
  const open: (Set<string> | undefined)[] = [];
  // `matchAll` would make an iterator and a list for each token; this is on the way of every request.
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found !== null; found = TOKEN.exec(text)) {
    const [token, colon] = found;
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(undefined);
    else if (token === "}" || token === "]") open.pop();
    else if (colon !== undefined) {
      const quoted = token.slice(0, -colon.length);
      const name = quoted.includes("\\")
        ? String(JSON.parse(quoted))
        : quoted.slice(1, -1);
      const members = open.at(-1);
      if (members?.has(name) === true)
        throw new Malformed(
          `Cannot read ${what}: member ${JSON.stringify(name)} stands twice, want it once`,
        );
      members?.add(name);
    }
    // Such a number would be read as one without end, and shown to whoever wrote it as null.
    else if (!token.startsWith('"') && !Number.isFinite(Number(token)))
      throw new Malformed(
        `Cannot read ${what}: the number ${token.slice(0, 40)} is too large, want a smaller one`,
      );
    if (open.length > DEPTH_MAX)
      throw new Malformed(
        `Cannot read ${what}: it is nested more than ${DEPTH_MAX} deep, want less`,
      );
  }
}
