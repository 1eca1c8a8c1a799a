import { ImportError, show } from "./import-error.ts";
import type { Found } from "./read-value.ts";
import { PART_CHARACTERS_MAX, textOf } from "./text-of.ts";

/** An object of a JSON file, its members flat; `line` is where it begins, `item` its number from 1. */
export type JsonItem = {
  readonly members: ReadonlyMap<string, Found>;
  readonly line: number;
  readonly item: number;
};

/** Objects of a list, or of a list in the member `features` of an object. */
export type JsonForm = "json" | "ndjson" | "geojson";

/** Reads a JSON file object by object, in batches: it may be larger than memory, and each object knows its line. */
export async function* readJson(
  file: string,
  form: JsonForm,
): AsyncGenerator<readonly JsonItem[]> {
  let item = 0;
  const read = (text: string, line: number): JsonItem => {
    item++;
    const value = parse(file, text, line, item);
    return {
      members:
        form === "geojson"
          ? featureMembers(file, value, line, item)
          : flat(value),
      line,
      item,
    };
  };
  const split = form === "ndjson" ? linesOf(file) : new Splitter(file, form);
  for await (const { text, ended } of textOf(file)) {
    yield split.take(text, ended).map((one) => read(one.text, one.line));
  }
}

/** `json`, `ndjson` or `geojson` by how the file begins. */
export async function sniffJson(file: string): Promise<JsonForm> {
  for await (const { text } of textOf(file)) {
    if (/^\s*\[/.test(text)) return "json";
    return /^\s*\{[^{}[\]]*"type"\s*:\s*"FeatureCollection"/.test(text) ||
      /^\s*\{\s*"features"\s*:\s*\[/.test(text)
      ? "geojson"
      : "ndjson";
  }
  return "json";
}

type Piece = { readonly text: string; readonly line: number };

function linesOf(file: string): {
  take(text: string, ended: boolean): readonly Piece[];
} {
  let rest = "";
  let line = 0;
  return {
    take(text, ended) {
      const lines = (rest + text).split("\n");
      rest = ended ? "" : (lines.pop() ?? "");
      checkLength(file, line + lines.length + 1, rest);
      return lines.flatMap((one) => {
        line++;
        return one.trim() === "" ? [] : [{ text: one, line }];
      });
    },
  };
}

function checkLength(file: string, line: number, text: string): void {
  if (text.length <= PART_CHARACTERS_MAX) return;
  throw new ImportError(
    file,
    `what begins in line ${line} does not end within ${PART_CHARACTERS_MAX} characters`,
  );
}

/**
 * Cuts a list into the texts of its items as it comes in. What is left, with a zero in the place of each item, is the
 * file's frame: it must be JSON too, so that a file that ends too early or has a comma too many is not taken.
 */
class Splitter {
  readonly #file: string;
  readonly #form: "json" | "geojson";
  #frame = "";
  #item = "";
  #line = 1;
  #itemLine = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** The depth of the list whose items are cut out, once it has begun; -1 once it has ended. */
  #listDepth = 0;

  constructor(file: string, form: "json" | "geojson") {
    this.#file = file;
    this.#form = form;
  }

  take(text: string, ended: boolean): readonly Piece[] {
    const pieces: Piece[] = [];
    // From where in this text on the current item or frame was not yet put away.
    let from = 0;
    const putAway = (to: number): void => {
      if (this.#itemLine > 0) this.#item += text.slice(from, to);
      else this.#frame += text.slice(from, to);
      from = to;
    };
    const endItem = (at: number): void => {
      if (this.#itemLine === 0) return;
      putAway(at);
      pieces.push({ text: this.#item, line: this.#itemLine });
      this.#frame += `0${"\n".repeat(this.#line - this.#itemLine)}`;
      this.#item = "";
      this.#itemLine = 0;
    };
    for (let at = 0; at < text.length; at++) {
      const char = text[at];
      if (char === "\n") this.#line++;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (char === "\\") this.#escaped = true;
        else if (char === '"') this.#inString = false;
        continue;
      }
      const inList = this.#listDepth > 0 && this.#depth === this.#listDepth;
      if (inList && (char === "," || char === "]")) endItem(at);
      else if (inList && this.#itemLine === 0 && !/\s/.test(char ?? "")) {
        putAway(at);
        this.#itemLine = this.#line;
      }
      if (char === '"') this.#inString = true;
      else if (char === "[" || char === "{") {
        this.#depth++;
        if (
          char === "[" &&
          this.#listDepth === 0 &&
          this.#begins(text, from, at)
        )
          this.#listDepth = this.#depth;
      } else if (char === "]" || char === "}") {
        if (this.#listDepth === this.#depth && inList) this.#listDepth = -1;
        this.#depth--;
      }
    }
    putAway(text.length);
    checkLength(this.#file, this.#itemLine, this.#item);
    if (this.#listDepth === 0) checkLength(this.#file, 1, this.#frame);
    if (ended) this.#end();
    return pieces;
  }

  #begins(text: string, from: number, at: number): boolean {
    if (this.#form === "json")
      return (
        this.#depth === 1 &&
        this.#frame.trim() === "" &&
        text.slice(from, at).trim() === ""
      );
    const before =
      this.#frame.slice(-100) + text.slice(Math.max(from, at - 100), at);
    return this.#depth === 2 && /"features"\s*:\s*$/.test(before);
  }

  #end(): void {
    if (this.#itemLine > 0)
      throw new ImportError(
        this.#file,
        `it ends within its list, at the item that begins in line ${this.#itemLine}`,
      );
    try {
      JSON.parse(this.#frame);
    } catch (cause) {
      throw new ImportError(
        this.#file,
        `${this.#whereBroken(cause)}it is not whole JSON`,
        { cause },
      );
    }
    if (this.#listDepth === 0)
      throw new ImportError(
        this.#file,
        `want ${this.#form === "json" ? "a list of objects" : "a FeatureCollection with features"}`,
      );
  }

  #whereBroken(cause: unknown): string {
    const position =
      cause instanceof Error
        ? /position (\d+)/.exec(cause.message)?.[1]
        : undefined;
    if (position === undefined)
      return this.#depth > 0 ? `it ends in line ${this.#line}: ` : "";
    return `line ${this.#frame.slice(0, Number(position)).split("\n").length}: `;
  }
}

function parse(file: string, text: string, line: number, item: number): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ImportError(file, `line ${line}, item ${item} is not JSON`, {
      cause,
    });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value;
  throw new ImportError(
    file,
    `line ${line}, item ${item} is ${show(value)}, want an object`,
  );
}

function flat(value: object): Map<string, Found> {
  return new Map(
    Object.entries(value).map(([name, member]) => [name, foundOf(member)]),
  );
}

/** Lists and objects within an object stand in a text field as their JSON. */
function foundOf(member: unknown): Found {
  switch (typeof member) {
    case "string":
    case "number":
    case "boolean":
      return member;
    default:
      return member === null || member === undefined
        ? null
        : JSON.stringify(member);
  }
}

const POSITION = ["longitude", "latitude", "depth"] as const;

/** A feature's properties, then its id and the position of its point, where no property has that name. */
function featureMembers(
  file: string,
  feature: object,
  line: number,
  item: number,
): Map<string, Found> {
  const members = flat(objectIn(feature, "properties") ?? {});
  const add = (name: string, value: unknown): void => {
    if (!members.has(name)) members.set(name, foundOf(value));
  };
  add("id", Reflect.get(feature, "id"));
  const geometry = objectIn(feature, "geometry");
  if (geometry === undefined) return members;
  const type: unknown = Reflect.get(geometry, "type");
  const coordinates: unknown = Reflect.get(geometry, "coordinates");
  if (type !== "Point" || !Array.isArray(coordinates))
    throw new ImportError(
      file,
      `line ${line}, item ${item} has a ${show(type)}, want a point`,
    );
  for (const [i, name] of POSITION.entries())
    if (i < coordinates.length) add(name, coordinates[i]);
  return members;
}

function objectIn(of: object, name: string): object | undefined {
  const member: unknown = Reflect.get(of, name);
  return typeof member === "object" && member !== null ? member : undefined;
}
