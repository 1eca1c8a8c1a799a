import type { Field } from "../../../audit/ledger/receipt-row.ts";
import { ImportError } from "../../import-error.ts";
import { readJson } from "../../json.ts";
import { ReadError } from "../read-error.ts";
import { LINE_CHARACTERS_MAX, type Row } from "./row.ts";

const NAMES_MAX = 16_384;
const SHOWN_CHARACTERS_MAX = 2_000;

type Item = {
  readonly line: number;
  readonly members: ReadonlyMap<string, Field>;
  readonly text?: string;
  readonly reason?: string;
};

/** A list of flat objects as rows; the members' names, in the order in which they first come, are the headings. */
export function jsonRows(
  file: string,
  names: readonly string[],
): AsyncGenerator<readonly Row[]> {
  return rowsOf(listItems(file), names);
}

/** One object a line; a line that is none is a broken row. */
export function ndjsonRows(
  texts: AsyncIterable<string>,
  names: readonly string[],
): AsyncGenerator<readonly Row[]> {
  return rowsOf(lineItems(texts), names);
}

/** All members' names, of all objects: the last one may be the first with a status. */
export async function namesIn(
  file: string,
  texts: AsyncIterable<string> | undefined,
): Promise<readonly string[]> {
  const names = new Set<string>();
  const items = texts === undefined ? listItems(file) : lineItems(texts);
  for await (const batch of items)
    for (const { members } of batch)
      for (const name of members.keys()) {
        names.add(name);
        if (names.size > NAMES_MAX)
          throw new ReadError(
            file,
            `its objects have more than ${NAMES_MAX} members`,
          );
      }
  if (names.size === 0)
    throw new ReadError(
      file,
      "it holds no object with a member, want a list of receipts",
    );
  return [...names];
}

async function* rowsOf(
  items: AsyncIterable<readonly Item[]>,
  names: readonly string[],
): AsyncGenerator<readonly Row[]> {
  for await (const batch of items)
    yield batch.map(({ line, members, text, reason }) => ({
      line,
      fields: names.map((name) => members.get(name) ?? ""),
      ...(text === undefined ? {} : { text }),
      ...(reason === undefined ? {} : { broken: { column: "", reason } }),
    }));
}

async function* listItems(file: string): AsyncGenerator<readonly Item[]> {
  try {
    for await (const batch of readJson(file, "json"))
      yield batch.map(({ line, members }) => ({
        line,
        members: new Map(
          [...members].map(([name, value]) => [name, fieldOf(value)]),
        ),
      }));
  } catch (cause) {
    if (!(cause instanceof ImportError)) throw cause;
    throw new ReadError(file, cause.message.replace(/^[^:]*: /, ""), { cause });
  }
}

function fieldOf(value: string | number | boolean | null | bigint): Field {
  if (typeof value === "string" || typeof value === "number") return value;
  return value === null ? "" : String(value);
}

async function* lineItems(
  texts: AsyncIterable<string>,
): AsyncGenerator<readonly Item[]> {
  let rest = "";
  let line = 0;
  const itemsOf = (lines: readonly string[]): readonly Item[] =>
    lines.flatMap((text) => {
      line++;
      return text.trim() === "" ? [] : [itemOf(text, line)];
    });
  for await (const text of texts) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    // What is longer is refused, so that no more of it need be kept.
    if (rest.length > 2 * LINE_CHARACTERS_MAX)
      rest = rest.slice(0, LINE_CHARACTERS_MAX + 1);
    yield itemsOf(lines);
  }
  yield itemsOf([rest]);
}

function itemOf(raw: string, line: number): Item {
  const text = raw.slice(0, SHOWN_CHARACTERS_MAX).trimEnd();
  const wrong = (reason: string): Item => ({
    line,
    members: new Map(),
    text,
    reason,
  });
  if (raw.length > LINE_CHARACTERS_MAX)
    return wrong(
      `more than ${LINE_CHARACTERS_MAX} characters, want a shorter line`,
    );
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return wrong("is no JSON, want an object");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return wrong("is no object, want one");
  const members = new Map<string, Field>();
  for (const [name, member] of Object.entries(value))
    members.set(name, memberOf(member));
  return { line, members, text };
}

function memberOf(member: unknown): Field {
  switch (typeof member) {
    case "string":
    case "number":
      return member;
    case "boolean":
      return String(member);
    default:
      return member === null || member === undefined
        ? ""
        : JSON.stringify(member);
  }
}
