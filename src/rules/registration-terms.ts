import type { ReadRegister } from "../register/register.ts";
import type {
  RegistrationAct,
  RegistrationState,
} from "../register/registrations.ts";
import { adoptedRule } from "./adopted.ts";
import { endOfTerm, type Term } from "./clocks.ts";

/** Before the end of a registration, on end: the window in which it is renewed. */
export const RENEWAL_DAYS = 60;

/** The number of a rule of registration, 0 where it has none; undefined where the rulebook did not adopt it. */
export function lawOfRegistration(
  register: ReadRegister,
  rule: string,
): number | undefined {
  return adoptedRule(register, rule)?.number;
}

/** The term of an adopted rule, in working days. */
export function registrationTerm(
  register: ReadRegister,
  rule: string,
): Term | undefined {
  const number = lawOfRegistration(register, rule);
  const calendar = register.rulebook?.act.calendar;
  if (number === undefined || calendar === undefined) return undefined;
  return { clock: "workingDays", number, calendar };
}

type Kind = RegistrationAct["kind"];
/** In which state the registry has a term, and by which steps it keeps it. */
const terms: Readonly<
  Partial<
    Record<RegistrationState, readonly [rule: string, ends: readonly Kind[]]>
  >
> = {
  applied: [
    "CN-REG-08",
    ["registrationAccepted", "registrationAsked", "registrationRefused"],
  ],
  accepted: ["CN-REG-09", ["registrationReviewed", "registrationRefused"]],
  cancelling: ["CN-REG-16", ["registrationCancelled"]],
};

/** By when the registry takes the next step of a registration that is in a state since then. */
export function dueOfStep(
  register: ReadRegister,
  state: RegistrationState,
  since: number,
):
  | {
      readonly rule: string;
      readonly by: number;
      readonly ends: readonly Kind[];
    }
  | undefined {
  const [rule, ends] = terms[state] ?? [];
  if (rule === undefined || ends === undefined) return undefined;
  const term = registrationTerm(register, rule);
  if (term === undefined) return undefined;
  return { rule, ends, by: endOfTerm(register, term, since) };
}
