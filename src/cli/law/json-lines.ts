/** JSON as it stands in a file: its value, and on which line each of its members begins. */
export type JsonFile = {
  readonly value: unknown;
  readonly lineOf: (path: readonly PropertyKey[]) => number;
};
/** Where a file is wrong, and why. */
export type FaultAt = { readonly line: number; readonly reason: string };

class NotJson extends Error {
  override readonly name = "NotJson";
  readonly at: number;

  constructor(at: number, reason: string) {
    super(reason);
    this.at = at;
  }
}

const DEPTH_MAX = 64;
const token =
  /[\t\n\r ]*([{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)/y;

/** Reads it strictly: a member that stands twice is a fault, of which `JSON.parse` would hide one. */
export function readJson(text: string): JsonFile | FaultAt {
  // Editors on Windows put a mark before the first line.
  const clean = text.startsWith("\ufeff") ? text.slice(1) : text;
  const starts = new Map<string, number>();
  try {
    new Scan(clean, starts).whole();
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return { line: lineAt(clean, error.at), reason: error.message };
  }
  const value: unknown = JSON.parse(clean);
  const lineOf = (path: readonly PropertyKey[]): number => {
    // What is missing is told where what lacks it begins.
    const start = starts.get(keyOf(path));
    if (start !== undefined) return lineAt(clean, start);
    return path.length === 0 ? 1 : lineOf(path.slice(0, -1));
  };
  return { value, lineOf };
}

const keyOf = (path: readonly PropertyKey[]): string =>
  JSON.stringify(path.map(String));

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}

/** Walks a text from its beginning; it only owns where it is. */
class Scan {
  readonly #text: string;
  readonly #starts: Map<string, number>;
  #at = 0;
  /** Where the token began that was read last. */
  #start = 0;

  constructor(text: string, starts: Map<string, number>) {
    this.#text = text;
    this.#starts = starts;
  }

  whole(): void {
    this.#value(this.#next(), []);
    const rest = this.#text.slice(this.#at);
    const behind = rest.search(/[^\t\n\r ]/);
    if (behind >= 0)
      throw new NotJson(
        this.#at + behind,
        "it is not JSON: something stands behind its end",
      );
  }

  #next(): string {
    token.lastIndex = this.#at;
    const found = token.exec(this.#text);
    const [, read] = found ?? [];
    if (read === undefined) {
      const rest = this.#text.slice(this.#at);
      const bad = this.#at + Math.max(0, rest.search(/[^\t\n\r ]/));
      const here = this.#text.slice(bad, bad + 20).split("\n")[0] ?? "";
      throw new NotJson(
        rest.trim() === "" ? this.#text.trimEnd().length : bad,
        rest.trim() === ""
          ? "it is not JSON: it ends too early"
          : `it is not JSON at ${JSON.stringify(here)}`,
      );
    }
    this.#at = token.lastIndex;
    this.#start = this.#at - read.length;
    return read;
  }

  #want(wanted: string, found = this.#next()): void {
    if (found !== wanted)
      throw new NotJson(
        this.#start,
        `it is not JSON: want ${wanted}, found ${found}`,
      );
  }

  #value(first: string, path: readonly PropertyKey[]): void {
    if (path.length > DEPTH_MAX)
      throw new NotJson(this.#start, `it is deeper than ${DEPTH_MAX} levels`);
    const key = keyOf(path);
    if (!this.#starts.has(key)) this.#starts.set(key, this.#start);
    if (first === "{") return this.#members(path);
    if (first === "[") return this.#items(path);
    if (/^[}\],:]/.test(first))
      throw new NotJson(
        this.#start,
        `it is not JSON: want a value, found ${first}`,
      );
  }

  #members(path: readonly PropertyKey[]): void {
    const names = new Set<string>();
    let read = this.#next();
    if (read === "}") return;
    for (;;) {
      if (!read.startsWith('"'))
        throw new NotJson(
          this.#start,
          `it is not JSON: want the name of a member, found ${read}`,
        );
      const name = String(JSON.parse(read));
      if (names.has(name))
        throw new NotJson(this.#start, `the member ${read} stands twice`);
      names.add(name);
      this.#starts.set(keyOf([...path, name]), this.#start);
      this.#want(":");
      this.#value(this.#next(), [...path, name]);
      read = this.#next();
      if (read === "}") return;
      this.#want(",", read);
      read = this.#next();
    }
  }

  #items(path: readonly PropertyKey[]): void {
    let read = this.#next();
    if (read === "]") return;
    for (let index = 0; ; index += 1) {
      this.#value(read, [...path, index]);
      read = this.#next();
      if (read === "]") return;
      this.#want(",", read);
      read = this.#next();
    }
  }
}
