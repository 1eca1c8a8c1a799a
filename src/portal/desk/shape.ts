import type * as z from "zod/mini";
import { actSchemas, type ActKind } from "../../acts/act.ts";
import * as shapes from "../../acts/shapes.ts";

/** How a value without members is typed. */
export type LeafKind =
  | "title"
  | "id"
  | "code"
  | "day"
  | "instant"
  | "date"
  | "partialDate"
  | "month"
  | "money"
  | "percent"
  | "whole"
  | "yesNo"
  | "choice"
  | "value";

export type Leaf = {
  readonly type: "leaf";
  readonly leaf: LeafKind;
  /** Of a choice. */
  readonly among?: readonly string[];
};
export type Paper = { readonly type: "paper"; readonly isPublic: boolean };
export type Member = {
  readonly name: string;
  readonly node: Node;
  readonly isOptional: boolean;
};
export type Branch = {
  readonly name: string;
  readonly node: Node;
};
/** What a form asks for, as the schema of the act has it. */
export type Node =
  | Leaf
  | Paper
  | { readonly type: "object"; readonly members: readonly Member[] }
  | {
      readonly type: "list";
      readonly item: Node;
      readonly min: number;
      readonly max: number;
    }
  /** One of several shapes: told apart by a member, or by which members they have. */
  | {
      readonly type: "oneOf";
      readonly by: string | undefined;
      readonly branches: readonly Branch[];
    };
export type ObjectNode = Extract<Node, { type: "object" }>;

/** Shapes that stand for a way of typing. */
const LEAVES = new Map<z.core.$ZodType, LeafKind>([
  [shapes.title, "title"],
  [shapes.slug, "id"],
  [shapes.hourInstant, "day"],
  [shapes.instant, "instant"],
  [shapes.date, "date"],
  [shapes.partialDate, "partialDate"],
  [shapes.month, "month"],
  [shapes.basisPoints, "percent"],
  [shapes.flag, "yesNo"],
]);

/** Members that hold minor units; the shape of a count is the same. */
const MONEY = new Set([
  ...["amount", "total", "tax", "subsidy", "deduction", "income"],
  ...["platform", "processing", "staff", "acquisition", "period"],
  ...["charged", "excess"],
]);

const made = new Map<ActKind, ObjectNode>();

/** What the form of a kind asks for: its members but for the kind itself. */
export function shapeOf(kind: ActKind): ObjectNode {
  const known = made.get(kind);
  if (known !== undefined) return known;
  const node = nodeOf(actSchemas[kind], "");
  if (node.type !== "object")
    throw new Error(`Cannot make a form of ${kind}: its schema is no object`);
  const shape: ObjectNode = {
    type: "object",
    members: node.members.filter(({ name }) => name !== "kind"),
  };
  made.set(kind, shape);
  return shape;
}

function nodeOf(schema: z.core.$ZodType, name: string): Node {
  if (schema === shapes.publicPaper) return { type: "paper", isPublic: true };
  if (schema === shapes.privatePaper) return { type: "paper", isPublic: false };
  const leaf = LEAVES.get(schema);
  if (leaf !== undefined) return { type: "leaf", leaf };
  if (!isKnown(schema)) throw unknown(schema);
  const { def } = schema._zod;
  switch (def.type) {
    case "object":
      return { type: "object", members: membersOf(def.shape) };
    case "array":
      return {
        ...{ type: "list", item: nodeOf(def.element, name) },
        min: bound(def.checks, "min_length") ?? 0,
        max: bound(def.checks, "max_length") ?? 1,
      };
    case "union":
      return unionOf(def, name);
    case "enum":
      return choice(Object.values(def.entries));
    case "literal":
      return choice(def.values);
    case "number":
      return { type: "leaf", leaf: MONEY.has(name) ? "money" : "whole" };
    case "string":
      return { type: "leaf", leaf: "code" };
    default:
      throw unknown(schema);
  }
}

function choice(values: readonly unknown[]): Leaf {
  return { type: "leaf", leaf: "choice", among: values.map(String) };
}

function membersOf(
  shape: Readonly<Record<string, z.core.$ZodType>>,
): readonly Member[] {
  return Object.entries(shape).map(([name, schema]) => {
    if (isKnown(schema) && schema._zod.def.type === "optional") {
      const { innerType } = schema._zod.def;
      return { name, node: nodeOf(innerType, name), isOptional: true };
    }
    return { name, node: nodeOf(schema, name), isOptional: false };
  });
}

function unionOf(def: z.core.$ZodUnionDef, name: string): Node {
  const options = def.options.map((one) => nodeOf(one, name));
  // A value of a column: text, a number, true or false, as people write it.
  if (options.every(({ type }) => type === "leaf"))
    return { type: "leaf", leaf: "value" };
  const by = "discriminator" in def ? String(def.discriminator) : undefined;
  return {
    ...{ type: "oneOf", by },
    branches: options.flatMap((node) =>
      namesOf(node, by).map((one) => ({
        name: one,
        node:
          node.type === "object" && by !== undefined
            ? {
                type: "object" as const,
                members: node.members.filter((member) => member.name !== by),
              }
            : node,
      })),
    ),
  };
}

/** What a branch is called: by the values of the member that tells it, or by its members. */
function namesOf(node: Node, by: string | undefined): readonly string[] {
  if (node.type === "paper") return [node.isPublic ? "public" : "private"];
  if (node.type !== "object") return [node.type];
  if (by === undefined)
    return [node.members.map(({ name }) => name).join("And")];
  const told = node.members.find(({ name }) => name === by)?.node;
  return told?.type === "leaf" ? (told.among ?? []) : [];
}

function bound(
  checks: readonly z.core.$ZodCheck[] | undefined,
  name: "min_length" | "max_length",
): number | undefined {
  for (const { _zod } of checks ?? []) {
    const { def } = _zod;
    if (def.check !== name) continue;
    if ("minimum" in def && typeof def.minimum === "number") return def.minimum;
    if ("maximum" in def && typeof def.maximum === "number") return def.maximum;
  }
  return undefined;
}

/** Every schema of the vocabulary is one of zod's own. */
function isKnown(schema: z.core.$ZodType): schema is z.core.$ZodTypes {
  return "type" in schema._zod.def;
}

function unknown(schema: z.core.$ZodType): Error {
  return new Error(
    `Cannot make a form: no way of typing ${schema._zod.def.type} is known`,
  );
}
