import type { Act, ActKind } from "../acts/act.ts";
import type { Ruling } from "../acts/entry.ts";
import type { Primitives } from "../acts/primitives.ts";
import type { Power } from "../acts/shapes.ts";
import {
  type AlikeDecision,
  alikeDecisions,
  type AlikeStep,
} from "../register/alike-decisions.ts";
import type { Permit, ReadRegister } from "../register/register.ts";
import { type LookedAt, rowsLookedAt } from "./adopted.ts";
import { decide } from "./decide.ts";
import { underLaw } from "./law-in-force.ts";
import { postsWith } from "./posts.ts";
import { type Signed, wanted } from "./signing.ts";

/**
 * How an act would be ruled on; every adopted rule that looked at it, rows first, then those with a function of their own; where a fact is
 * missing, the posts that may state it; and of what decides about a permit or an application, how others fared in cases like it.
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
  readonly alike: readonly AlikeDecision[];
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
    // It goes through every case: whoever wants the ruling alone does not wait for it.
    get alike() {
      return alikeTo(register, act, at);
    },
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

/** Kinds of act beside which stands how others fared in cases like theirs, and which step theirs is. */
const ALIKE_STEPS: Readonly<Partial<Record<ActKind, AlikeStep>>> = {
  permit: "case",
  applicationReceived: "case",
  applicationRefused: "case",
  applicationExtended: "term",
  renewalAsked: "renewal",
  renewalGranted: "renewal",
  renewalRefused: "renewal",
};

export function hasAlike({ kind }: Act): boolean {
  return ALIKE_STEPS[kind] !== undefined;
}

function alikeTo(
  register: ReadRegister,
  act: Act,
  at: number,
): readonly AlikeDecision[] {
  const step = ALIKE_STEPS[act.kind];
  const asked = askedIn(register, act);
  return step === undefined || asked === undefined
    ? []
    : alikeDecisions(register, asked, step, at);
}

/** What was asked for in the case that an act is about. */
export function askedIn(
  { applications, permits }: ReadRegister,
  act: Act,
): Pick<Permit, "organisation" | "product" | "purpose"> | undefined {
  switch (act.kind) {
    case "permit":
    case "applicationReceived":
      return act;
    case "applicationRefused":
    case "applicationExtended":
      return applications.get(act.application)?.act;
    case "renewalAsked":
    case "renewalGranted":
    case "renewalRefused":
      return permits.get(act.permit)?.act;
    default:
      return undefined;
  }
}
