import type { ActOf } from "../acts/act.ts";
import { rememberPurpose } from "./refused-purposes.ts";
import type { Application, Entered, Register } from "./register.ts";

export type ApplicationAct = ActOf<
  | "applicationReceived"
  | "completionAsked"
  | "completionReceived"
  | "applicationExtended"
  | "applicationRefused"
  | "applicationWithdrawn"
>;

/** How applications stand: received, waiting for their applicant, decided. */
export function applyApplication(
  register: Register,
  act: ApplicationAct,
  where: Entered,
): void {
  if (act.kind === "applicationReceived") {
    register.applications.set(act.application, {
      ...{ act, due: act.due },
      ...where,
    });
    return;
  }
  switch (act.kind) {
    case "completionAsked":
      return change(register, act.application, {
        asked: { ...where, left: act.left, by: act.by },
      });
    case "completionReceived":
      return change(register, act.application, {
        completed: where,
        due: act.due,
      });
    case "applicationExtended":
      return change(register, act.application, {
        extended: where,
        due: act.due,
      });
    case "applicationRefused":
      if (act.rule === "V-PUR")
        rememberPurpose(
          register,
          register.applications.get(act.application)?.act.purpose ?? "",
          where,
        );
      return change(register, act.application, {
        decided: { ...where, outcome: "refused" },
      });
    case "applicationWithdrawn":
      return change(register, act.application, {
        decided: { ...where, outcome: "withdrawn" },
      });
  }
}

/** A permit decides the application that it names. */
export function applyDecision(
  register: Register,
  application: string,
  where: Entered,
): void {
  change(register, application, { decided: { ...where, outcome: "granted" } });
}

/** The permit that decided it never took effect: it waits again. */
export function reopenApplication(
  register: Register,
  application: string | undefined,
  by: number,
): void {
  const found = register.applications.get(application ?? "");
  if (found?.decided?.entry !== by) return;
  const { decided: _, ...rest } = found;
  register.applications.set(found.act.application, rest);
}

function change(
  register: Register,
  id: string,
  news: Partial<Application>,
): void {
  const found = register.applications.get(id);
  if (found !== undefined) register.applications.set(id, { ...found, ...news });
}
