import type { ActOf } from "../acts/act.ts";
import { civilAt, showDate } from "../acts/dates.ts";
import {
  type Happened,
  paperId,
  type Procedure,
  stepOf,
  withStep,
} from "./procedures.ts";
import type { Entered, Register } from "./register.ts";
import { push } from "./standing.ts";

export type ProcedureAct = ActOf<
  | "procedureOpened"
  | "procedureStep"
  | "procedureAwarded"
  | "procedureWithdrawn"
  | "objectionReceived"
  | "objectionAnswered"
  | "attested"
>;

/** How procedures stand, and what was attested; `by` are the persons who signed. */
export function applyProcedure(
  register: Register,
  act: ProcedureAct,
  by: readonly number[],
  where: Entered,
): void {
  if (act.kind === "attested") {
    register.attestations.set(act.attestation, where);
    for (const paper of act.papers)
      push(register.attestedPapers, paperId(paper), {
        ...where,
        found: act.found,
        by,
      });
    return;
  }
  if (act.kind === "procedureOpened") {
    const history = [{ what: "opened", ...where } as const];
    register.procedures.set(act.procedure, {
      ...{ act, made: {}, objections: [], history, by },
      ...where,
    });
    for (const id of new Set(act.datasets))
      push(register.runningOver, id, act.procedure);
    return;
  }
  const found = register.procedures.get(act.procedure);
  if (found === undefined) return;
  const set = (next: Procedure, happened: Omit<Happened, "at" | "entry">) =>
    register.procedures.set(act.procedure, {
      ...next,
      history: [...found.history, { ...happened, ...where }],
    });
  switch (act.kind) {
    case "procedureStep":
    case "procedureAwarded": {
      const step = stepOf(act);
      const signed = [...new Set([...found.by, ...by])];
      set(
        { ...withStep(found, step), by: signed },
        { what: step.name, on: step.on },
      );
      return;
    }
    case "procedureWithdrawn":
      stops(register, found);
      for (const id of new Set(found.act.datasets))
        push(register.withdrawnOver, id, act.procedure);
      set(
        { ...found, withdrawn: { ...where, reason: act.reason } },
        { what: "withdrawn", of: act.reason },
      );
      return;
    case "objectionReceived": {
      const { kind: _, procedure: __, ...objection } = act;
      set(
        {
          ...found,
          objections: [...found.objections, { ...objection, ...where }],
        },
        { what: "objection", on: act.on, of: act.objection },
      );
      return;
    }
    case "objectionAnswered": {
      const on = showDate(civilAt(where.at, register.offsetMinutes));
      const answered = { ...where, on, outcome: act.outcome };
      set(
        {
          ...found,
          objections: found.objections.map((one) =>
            one.objection === act.objection ? { ...one, answered } : one,
          ),
        },
        { what: "answer", on, of: act.objection },
      );
      return;
    }
  }
}

/** An authorisation ends the procedure from which it comes. */
export function applyAuthorised(
  register: Register,
  { authorisation, procedureOf }: ActOf<"authorisation">,
  where: Entered,
): void {
  const found = register.procedures.get(procedureOf ?? "");
  if (found === undefined) return;
  stops(register, found);
  register.procedures.set(found.act.procedure, {
    ...found,
    authorised: { authorisation, ...where },
    history: [
      ...found.history,
      { what: "authorised", of: authorisation, ...where },
    ],
  });
}

/** The authorisation that came from it never took effect: it runs again. */
export function reopenProcedure(
  register: Register,
  procedure: string | undefined,
  by: number,
  where: Entered,
): void {
  const found = register.procedures.get(procedure ?? "");
  if (found?.authorised?.entry !== by) return;
  const { authorised, ...rest } = found;
  for (const id of new Set(found.act.datasets))
    push(register.runningOver, id, found.act.procedure);
  register.procedures.set(found.act.procedure, {
    ...rest,
    history: [
      ...found.history,
      { what: "disowned", of: authorised.authorisation, ...where },
    ],
  });
}

/** It runs no longer over its datasets. */
function stops(register: Register, { act }: Procedure): void {
  for (const id of act.datasets)
    register.runningOver.set(
      id,
      (register.runningOver.get(id) ?? []).filter(
        (one) => one !== act.procedure,
      ),
    );
}
