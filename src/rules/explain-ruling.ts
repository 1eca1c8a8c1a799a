import type { Ruling } from "../acts/entry.ts";
import type { Primitives } from "../acts/primitives.ts";
import type { Power } from "../acts/shapes.ts";
import type { ReadRegister } from "../register/register.ts";
import { type LookedAt, rowsLookedAt } from "./adopted.ts";
import { decide } from "./decide.ts";
import { underLaw } from "./law-in-force.ts";
import { postsWith } from "./posts.ts";
import { type Signed, wanted } from "./signing.ts";

/**
 * How an act would be ruled on; every adopted rule that looked at it, rows first, then those with a function of their own; and where a fact
 * is missing, the posts that may state it.
 */
export function explainRuling(
  p: Primitives,
  register: ReadRegister,
  signed: Signed,
  at: number,
): {
  readonly ruling: Ruling;
  readonly looked: readonly LookedAt[];
  readonly mayState: readonly string[];
} {
  const asked = new Set<string>();
  const ruling = decide(p, { ...register, asked }, signed, at);
  const { act: given } = signed.statement;
  const act = given.kind === "override" ? given.act : given;
  const rows = rowsLookedAt(underLaw(register, act, at), act, at);
  const found =
    ruling.outcome === "refused" ? ruling.findings : (ruling.flags ?? []);
  const wants: { readonly approve: Power; readonly prepare?: Power } =
    wanted[act.kind];
  const lacks = found.some(
    ({ result, facts }) =>
      result === "missing" && facts.some(([name]) => name === "fact"),
  );
  return {
    ruling,
    mayState: lacks ? postsWith(register, wants.prepare ?? wants.approve) : [],
    looked: [
      ...rows,
      ...[...asked]
        .filter((rule) => !rows.some((row) => row.rule === rule))
        .map((rule): LookedAt => ({
          rule,
          result: found.find((one) => one.rule === rule)?.result ?? "kept",
        })),
    ],
  };
}
