import type * as z from "zod/mini";
import type { Act } from "../../acts/act.ts";
import { act as actSchema } from "../../acts/act.ts";
import type { Message } from "../lang/say.ts";
import type { DeskKind } from "./kinds.ts";
import { type Node, shapeOf } from "./shape.ts";
import { isRecord } from "../is-record.ts";
import { join, type Reading, readTyped, type Typed } from "./typed.ts";
import type { Wrong } from "./wrong.ts";

/** The act that was typed, or what is wrong with it, said at each field. */
export function readAct(
  kind: DeskKind,
  typed: Typed,
  reading: Reading,
): { readonly act: Act } | { readonly wrong: readonly Wrong[] } {
  const node = shapeOf(kind);
  const wrong: Wrong[] = [];
  const members = readTyped(node, "", typed, reading, wrong);
  const value = { kind, ...(isRecord(members) ? members : {}) };
  const read = actSchema.safeParse(value);
  if (wrong.length === 0 && read.success) return { act: read.data };
  const known = new Set(wrong.map(({ path }) => path));
  const issues = read.success ? [] : read.error.issues;
  const more = issues.map((issue) => wrongAt(node, issue));
  // What a field says by itself goes before what its schema says of it.
  const first = new Map(
    more.filter(({ path }) => !known.has(path)).map((one) => [one.path, one]),
  );
  return { wrong: [...wrong, ...first.values()] };
}

function wrongAt(node: Node, issue: z.core.$ZodIssue): Wrong {
  const path = fieldOf(node, issue.path.map(String));
  return { path: path.path, says: saysOf(path.node, issue) };
}

/** The field that stands for a place in the act: a list that is typed as one field is one. */
function fieldOf(
  node: Node,
  steps: readonly string[],
  path = "",
): { readonly path: string; readonly node: Node } {
  const [step, ...rest] = steps;
  if (step === undefined) return { path, node };
  switch (node.type) {
    case "object": {
      const member = node.members.find(({ name }) => name === step);
      return member === undefined
        ? { path, node }
        : fieldOf(member.node, rest, join(path, step));
    }
    case "list":
      return node.item.type === "leaf"
        ? { path, node }
        : fieldOf(node.item, rest, join(path, step));
    case "oneOf": {
      for (const { node: branch } of node.branches) {
        const found = fieldOf(branch, steps, path);
        if (found.path !== path) return found;
      }
      return { path, node };
    }
    case "leaf":
    case "paper":
      return { path, node };
  }
}

function saysOf(node: Node, issue: z.core.$ZodIssue): Message {
  if (issue.code === "too_big") return "Too many, or too much";
  if (node.type === "list") return "Give at least one";
  if (node.type === "paper") return "Write something, or choose a file";
  if (node.type === "object" || node.type === "oneOf")
    return "Something is missing here";
  if (issue.input === undefined && issue.code === "invalid_type")
    return "Fill this in";
  switch (node.leaf) {
    case "choice":
    case "yesNo":
      return "Choose one";
    case "partialDate":
    case "date":
    case "day":
      return "Write a day such as 2026-03-01";
    case "whole":
    case "money":
      return "Write a whole number";
    case "code":
      return "This is not in the form that belongs here";
    default:
      return "Fill this in";
  }
}
