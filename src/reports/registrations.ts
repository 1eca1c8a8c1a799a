import {
  type FormRow,
  publicNoticeOf,
  registrationApplicationOf,
} from "../register/registration-forms.ts";
import {
  lawfulSteps,
  type Registration,
  registrationState,
} from "../register/registrations.ts";
import type { ReadRegister } from "../register/register.ts";
import type { Draft } from "./shape.ts";

/** What would bring a field that is empty; of any other it is whoever sends the form. */
const FILLS: Readonly<Record<string, string>> = {
  authorisation: "an act authorisation, where it is operated",
  "operated-until": "an act authorisation with an end, where it is operated",
  rows: "a record vintage, entered with its first import",
  "evidence-day": "an act registrationApplied with its evidence",
  "evidence-digest": "an act registrationApplied with its evidence",
  "notice-from": "an act registrationNoticed",
  "notice-until": "an act registrationNoticed",
};
const BY_HAND = "whoever sends it adds it on their own copy: no act states it";

/** Of every registration what was applied with, and what stands in public notice (CN-REG-10). */
export function registrationForms(
  register: ReadRegister,
  now: number,
): readonly Draft[] {
  const all = [...register.registrations.values()];
  // What ended before its notice never has one.
  const shown = all.filter(
    (one) =>
      one.notice !== undefined ||
      lawfulSteps[registrationState(one, now)].length > 0,
  );
  const none = "Nothing was registered.";
  return [
    {
      ...{ id: "application", title: "Application for registration", none },
      ...forms(register, all, registrationApplicationOf),
    },
    {
      ...{ id: "notice", title: "Public notice", none },
      ...forms(register, shown, publicNoticeOf),
    },
  ];
}

function forms(
  register: ReadRegister,
  all: readonly Registration[],
  formOf: (
    register: ReadRegister,
    id: string,
  ) => readonly FormRow[] | undefined,
): Pick<Draft, "columns" | "rows"> {
  return {
    columns: ["Registration", "Field", "Value"],
    rows: all.flatMap(({ act: { registration }, entry: applied }) =>
      (formOf(register, registration) ?? []).map(({ field, value, entry }) => {
        const name = field.replaceAll("-", " ");
        return {
          cells: [
            ...[registration, name],
            value ?? { missing: name, fill: FILLS[field] ?? BY_HAND },
          ],
          entries: [entry ?? applied],
        };
      }),
    ),
  };
}
