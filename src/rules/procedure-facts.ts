import type { Act } from "../acts/act.ts";
import {
  factsOf,
  type Procedure,
  stepOf,
  type StepName,
  withStep,
} from "../register/procedures.ts";
import type { ReadRegister } from "../register/register.ts";

/** Which rules are asked for with a step: behind it, what they want cannot come any more. */
const askedWith: Readonly<Partial<Record<StepName, readonly string[]>>> = {
  planDecided: ["CN-CMP-02", "CN-OPS-06"],
  documentsIssued: ["CN-OPS-07", "CN-TND-01", "CN-TND-02"],
  bidsClosed: ["CN-TND-08"],
  evaluated: ["CN-TND-01"],
  noticed: ["CN-TND-03", "CN-TND-03-BEGIN"],
  awarded: ["CN-TND-04"],
  signed: ["CN-TND-07", "CN-OPS-11"],
  agreementFiled: ["CN-OPS-09"],
};

/** What the rows about an authorisation look at: its facts, and which of them count already. */
type Seen = { readonly facts: unknown; readonly rules?: readonly string[] };

/**
 * The same rows look at a procedure that an authorisation tells, at one that it names, and at each step of one: the facts are put into the
 * same places. Undefined for every other act.
 */
export function seenInProcedure(
  register: ReadRegister,
  act: Act,
): Seen | undefined {
  switch (act.kind) {
    case "authorisation": {
      const found = register.procedures.get(act.procedureOf ?? "");
      return found === undefined
        ? { facts: act }
        : { facts: { ...act, procedure: factsOf(found) } };
    }
    case "procedureOpened":
      return {
        facts: { procedure: act },
        rules: act.plan === undefined ? [] : ["CN-OPS-06"],
      };
    case "procedureStep":
    case "procedureAwarded": {
      const next = procedureWith(register, act);
      if (next === undefined) return undefined;
      const rules = askedWith[stepOf(act).name] ?? [];
      return { facts: { procedure: factsOf(next) }, rules };
    }
    default:
      return undefined;
  }
}

/** The procedure that an act is about, once it is entered. */
export function procedureWith(
  register: ReadRegister,
  act: Act,
): Procedure | undefined {
  switch (act.kind) {
    case "authorisation":
      return register.procedures.get(act.procedureOf ?? "");
    case "procedureStep":
    case "procedureAwarded": {
      const found = register.procedures.get(act.procedure);
      return found === undefined ? undefined : withStep(found, stepOf(act));
    }
    default:
      return undefined;
  }
}
