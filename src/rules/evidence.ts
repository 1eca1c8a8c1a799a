import * as z from "zod/mini";
import { actSchemas } from "../acts/act.ts";
import { marks } from "../acts/shapes.ts";
import { law } from "./law.ts";
import type { Evidence } from "./law-shape.ts";
import { ownRules } from "./own-rules.ts";
import { type Look, type Row, rows } from "./rows.ts";

/** From the weakest up. */
const strength: readonly Evidence[] = [
  ...(["by attested paper", "by act", "computed"] as const),
];

/**
 * By what a rule is decided at its strongest: as its text says, else as its rows look, else computed, since a function of its own looks at the
 * register. Undefined where nothing decides it: it is cited, and its facts are missing.
 */
export function evidenceOf(rule: string): Evidence | undefined {
  const found = law[rule];
  if (found?.evidence !== undefined) return found.evidence;
  const looks = rows
    .filter((row) => row.rule === rule)
    .flatMap((row) => row.looks.map((look) => evidenceOfLook(row, look)));
  const strongest = strength.findLast((one) => looks.includes(one));
  if (strongest !== undefined) return strongest;
  return Object.hasOwn(ownRules, rule) || found?.mark === "house"
    ? "computed"
    : undefined;
}

function evidenceOfLook({ kind }: Row, look: Look): Evidence {
  switch (look.form) {
    case "presence":
      return isPaper(actSchemas[kind], look.of.split("."))
        ? "by attested paper"
        : "by act";
    case "untilBy":
      return "computed";
    case "term":
      // The right's own beginning, end or review, and no day that somebody tells of.
      return [look.of, look.next].some((fact) => fact.includes("."))
        ? "by act"
        : "computed";
    default:
      return "by act";
  }
}

/** Whether the members of a path lead to a paper. */
function isPaper(schema: unknown, path: readonly string[]): boolean {
  const inner = unwrapped(schema);
  const [member, ...rest] = path;
  if (member === undefined)
    return (
      inner instanceof z.core.$ZodType && marks.get(inner)?.mark === "paper"
    );
  return (
    inner instanceof z.core.$ZodObject &&
    isPaper(inner._zod.def.shape[member], rest)
  );
}

function unwrapped(schema: unknown): unknown {
  return schema instanceof z.core.$ZodOptional
    ? schema._zod.def.innerType
    : schema;
}
