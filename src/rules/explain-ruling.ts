import type { Ruling } from "../acts/entry.ts";
import type { Primitives } from "../acts/primitives.ts";
import type { ReadRegister } from "../register/register.ts";
import { type LookedAt, rowsLookedAt } from "./adopted.ts";
import { decide } from "./decide.ts";
import { underLaw } from "./law-in-force.ts";
import type { Signed } from "./signing.ts";

/** How an act would be ruled on, and every adopted rule that looked at it: rows first, then those with a function of their own. */
export function explainRuling(
  p: Primitives,
  register: ReadRegister,
  signed: Signed,
  at: number,
): { readonly ruling: Ruling; readonly looked: readonly LookedAt[] } {
  const asked = new Set<string>();
  const ruling = decide(p, { ...register, asked }, signed, at);
  const { act: given } = signed.statement;
  const act = given.kind === "override" ? given.act : given;
  const rows = rowsLookedAt(underLaw(register, act, at), act, at);
  const found =
    ruling.outcome === "refused" ? ruling.findings : (ruling.flags ?? []);
  return {
    ruling,
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
