import type { Act } from "../acts/act.ts";
import type { Ruling } from "../acts/entry.ts";
import type { Primitives } from "../acts/primitives.ts";
import type { Power } from "../acts/shapes.ts";
import { type AlikeCase, alikeCases } from "../register/alike.ts";
import type { ReadRegister } from "../register/register.ts";
import { type LookedAt, rowsLookedAt } from "./adopted.ts";
import { decide } from "./decide.ts";
import { underLaw } from "./law-in-force.ts";
import { postsWith } from "./posts.ts";
import { type Signed, wanted } from "./signing.ts";

/**
 * How an act would be ruled on; every adopted rule that looked at it, rows first, then those with a function of their own; where a fact is
 * missing, the posts that may state it; and of a permit or a refusal, how cases like it were decided.
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
  readonly alike: readonly AlikeCase[];
} {
  const asked = new Set<string>();
  const ruling = decide(p, { ...register, asked }, signed, at);
  const { act: given } = signed.statement;
  const act = given.kind === "override" ? given.act : given;
  const rows = rowsLookedAt(underLaw(register, act, at), act, at);
  const found =
    ruling.outcome === "refused" ? ruling.findings : (ruling.flags ?? []);
  const wants: {
    readonly approve: Power | "signer";
    readonly prepare?: Power;
  } = wanted[act.kind];
  const states = wants.prepare ?? wants.approve;
  const lacks = found.some(
    ({ result, facts }) =>
      result === "missing" && facts.some(([name]) => name === "fact"),
  );
  return {
    ruling,
    alike: alikeTo(register, act, at),
    mayState: lacks && states !== "signer" ? postsWith(register, states) : [],
    looked: [
      ...rows,
      // Of rules that count without adoption those are known that found something.
      ...[...new Set([...asked, ...found.map(({ rule }) => rule)])]
        .filter((rule) => !rows.some((row) => row.rule === rule))
        .map((rule): LookedAt => ({
          rule,
          result: found.find((one) => one.rule === rule)?.result ?? "kept",
        })),
    ],
  };
}

function alikeTo(
  register: ReadRegister,
  act: Act,
  at: number,
): readonly AlikeCase[] {
  if (act.kind === "permit" || act.kind === "applicationReceived")
    return alikeCases(register, act, at);
  if (act.kind !== "applicationRefused") return [];
  const asked = register.applications.get(act.application)?.act;
  return asked === undefined ? [] : alikeCases(register, asked, at);
}
