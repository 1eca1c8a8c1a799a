import { isRecord } from "../is-record.ts";
import type { LeafKind, Node, ObjectNode } from "./shape.ts";
import { readLeaf, showLeaf } from "./typed-leaf.ts";
import type { Wrong } from "./wrong.ts";

/** What stands in the fields of a form, by their names: the members on the way to a value, with dots between them. */
export type Typed = ReadonlyMap<string, readonly string[]>;

/** In which currency money is and where days begin. */
export type Reading = { readonly offsetMinutes: number };

/** Under this name behind a field's own stands which of several shapes was chosen. */
export const CHOSEN = "is";
/** Of a paper that the office has already: how an act names it, and how long it is. */
export const KEPT = "kept";
/** Of a private paper, its words. */
export const WORDS = "words";

export function join(path: string, name: string | number): string {
  return path === "" ? String(name) : `${path}.${name}`;
}

export function textAt(typed: Typed, path: string): string {
  return (typed.get(path)?.[0] ?? "").trim();
}

/** Whether a list of these is typed as one text with a line for each, or as boxes that are ticked. */
export function isPlainList(node: Node): boolean {
  return node.type === "list" && node.item.type === "leaf";
}

/** How many rows of a list were typed, blank ones among them. */
export function rowsTyped(typed: Typed, path: string): number {
  let count = 0;
  for (const name of typed.keys()) {
    if (!name.startsWith(`${path}.`)) continue;
    const [place = ""] = name.slice(path.length + 1).split(".");
    if (/^[0-9]{1,4}$/.test(place)) count = Math.max(count, Number(place) + 1);
  }
  return count;
}

/** What was typed as the value that it says; undefined where nothing was. What cannot be read goes to `wrong`, by field. */
export function readTyped(
  node: Node,
  path: string,
  typed: Typed,
  reading: Reading,
  wrong: Wrong[],
): unknown {
  switch (node.type) {
    case "leaf": {
      const read = readLeaf(node, textAt(typed, path), reading);
      if ("wrong" in read) wrong.push({ path, says: read.wrong });
      return "value" in read ? read.value : undefined;
    }
    case "paper":
      return readPaper(textAt(typed, join(path, KEPT)), node.isPublic);
    case "object":
      return orNothing(readMembers(node, path, typed, reading, wrong));
    case "list": {
      const { item } = node;
      if (item.type === "leaf") {
        const lines = (typed.get(path) ?? []).flatMap((one) => one.split("\n"));
        return manyOrNothing(
          lines
            .map((line) => line.trim())
            .filter((line) => line !== "")
            .flatMap((line) => {
              const read = readLeaf(item, line, reading);
              if ("wrong" in read) wrong.push({ path, says: read.wrong });
              return "value" in read ? [read.value] : [];
            }),
          node.min,
        );
      }
      return manyOrNothing(
        Array.from({ length: rowsTyped(typed, path) }, (_, place) =>
          readTyped(item, join(path, place), typed, reading, wrong),
        ).filter((value) => value !== undefined),
        node.min,
      );
    }
    case "oneOf":
      return readOneOf(node, path, typed, reading, wrong);
  }
}

function readMembers(
  { members }: ObjectNode,
  path: string,
  typed: Typed,
  reading: Reading,
  wrong: Wrong[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    members.flatMap(({ name, node, isOptional }) => {
      const read = readTyped(node, join(path, name), typed, reading, wrong);
      // Nobody states a list that may be missing by leaving it blank.
      if (isOptional && Array.isArray(read) && read.length === 0) return [];
      const value = read ?? (!isOptional && mayBeEmpty(node) ? {} : undefined);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function readOneOf(
  { by, branches }: Extract<Node, { type: "oneOf" }>,
  path: string,
  typed: Typed,
  reading: Reading,
  wrong: Wrong[],
): unknown {
  // One choice may say both the shape and its only member: organisation:sanhe-textiles.
  const [chosen = "", ...rest] = textAt(typed, join(path, CHOSEN)).split(":");
  const branch = branches.find(({ name }) => name === chosen);
  if (branch === undefined) return undefined;
  const inner =
    rest.length === 0
      ? typed
      : new Map([...typed, [join(path, chosen), [rest.join(":")]]]);
  if (by === undefined)
    return readTyped(branch.node, path, inner, reading, wrong);
  // What was chosen is said, whatever else is blank.
  const members =
    branch.node.type === "object"
      ? readMembers(branch.node, path, inner, reading, wrong)
      : {};
  return { [by]: branch.name, ...members };
}

/** Lists that may be empty say nothing by themselves. */
function orNothing(value: object): object | undefined {
  const says = Object.values(value).some(
    (one: unknown) => !Array.isArray(one) || one.length > 0,
  );
  return says ? value : undefined;
}

function mayBeEmpty(node: Node): boolean {
  return (
    node.type === "object" && node.members.every(({ isOptional }) => isOptional)
  );
}

/** An empty list is one where it may be empty; otherwise it is nothing. */
function manyOrNothing(
  values: readonly unknown[],
  min: number,
): readonly unknown[] | undefined {
  return values.length === 0 && min > 0 ? undefined : values;
}

/** As the form keeps a paper: its name, its kind and its size. */
function readPaper(text: string, isPublic: boolean): unknown {
  const [name, kind, size] = text.split(" ");
  if (name === undefined || kind === undefined) return undefined;
  return isPublic
    ? { paper: name, kind, size: Number(size) }
    : { commitment: name, kind };
}

/** A value as it stands in the fields of its form. */
export function typedOf(
  node: Node,
  path: string,
  value: unknown,
  reading: Reading,
  into: Map<string, readonly string[]> = new Map(),
): Map<string, readonly string[]> {
  if (value === undefined) return into;
  switch (node.type) {
    case "leaf":
      return into.set(path, [showLeaf(node, value, reading)]);
    case "paper": {
      if (!isRecord(value)) return into;
      const { paper, commitment, kind, size } = value;
      return into.set(join(path, KEPT), [
        [paper ?? commitment, kind, size]
          .filter((one) => one !== undefined)
          .map(String)
          .join(" "),
      ]);
    }
    case "object":
      for (const { name, node: member } of node.members)
        if (isRecord(value))
          typedOf(member, join(path, name), value[name], reading, into);
      return into;
    case "list": {
      if (!Array.isArray(value)) return into;
      const { item } = node;
      if (item.type === "leaf")
        return into.set(
          path,
          value.map((one) => showLeaf(item, one, reading)),
        );
      for (const [place, one] of value.entries())
        typedOf(item, join(path, place), one, reading, into);
      return into;
    }
    case "oneOf":
      return typedOneOf(node, path, value, reading, into);
  }
}

function typedOneOf(
  { by, branches }: Extract<Node, { type: "oneOf" }>,
  path: string,
  value: unknown,
  reading: Reading,
  into: Map<string, readonly string[]>,
): Map<string, readonly string[]> {
  if (!isRecord(value)) return into;
  const name =
    by === undefined
      ? "paper" in value
        ? "public"
        : "commitment" in value
          ? "private"
          : Object.keys(value).join("And")
      : String(value[by]);
  const branch = branches.find((one) => one.name === name);
  if (branch === undefined) return into;
  into.set(join(path, CHOSEN), [chosenText(branch.node, name, value)]);
  return typedOf(branch.node, path, value, reading, into);
}

/** Where the choice says its only member as well. */
function chosenText(
  node: Node,
  name: string,
  value: Readonly<Record<string, unknown>>,
): string {
  return isReference(node, name) ? `${name}:${String(value[name])}` : name;
}

const REFERENCES: ReadonlySet<LeafKind> = new Set(["id", "whole"]);

/** A shape whose only member is an id of the same name: `{organisation}`, `{body}`. */
export function isReference(node: Node, name: string): boolean {
  return (
    node.type === "object" &&
    node.members.length === 1 &&
    node.members[0]?.name === name &&
    node.members[0].node.type === "leaf" &&
    REFERENCES.has(node.members[0].node.leaf)
  );
}

/** Rows that are wholly blank go, and those behind them move up, so that a place in the form is a place in the act. */
export function withoutBlankRows(
  node: Node,
  path: string,
  typed: Typed,
): Map<string, readonly string[]> {
  const out = new Map(typed);
  squeeze(node, path, out);
  return out;
}

function squeeze(
  node: Node,
  path: string,
  typed: Map<string, readonly string[]>,
): void {
  switch (node.type) {
    case "object":
      for (const { name, node: member } of node.members)
        squeeze(member, join(path, name), typed);
      return;
    case "oneOf":
      for (const branch of node.branches) squeeze(branch.node, path, typed);
      return;
    case "list": {
      if (isPlainList(node)) return;
      const count = rowsTyped(typed, path);
      for (let place = 0; place < count; place++)
        squeeze(node.item, join(path, place), typed);
      let next = 0;
      for (let place = 0; place < count; place++) {
        const row = takeRow(typed, join(path, place));
        if (row.every(([, values]) => values.every((one) => one.trim() === "")))
          continue;
        for (const [rest, values] of row)
          typed.set(`${join(path, next)}${rest}`, values);
        next += 1;
      }
      return;
    }
    case "leaf":
    case "paper":
      return;
  }
}

/** Takes a row out, with the names of its fields as they go on behind its place. */
function takeRow(
  typed: Map<string, readonly string[]>,
  row: string,
): readonly (readonly [rest: string, values: readonly string[]])[] {
  const found = [...typed].filter(
    ([name]) => name === row || name.startsWith(`${row}.`),
  );
  for (const [name] of found) typed.delete(name);
  return found.map(([name, values]) => [name.slice(row.length), values]);
}

/** The same fields without one row of a list. */
export function withoutRow(
  typed: Typed,
  row: string,
): Map<string, readonly string[]> {
  const out = new Map(typed);
  takeRow(out, row);
  return out;
}
