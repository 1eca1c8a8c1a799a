import type { ActOf } from "../../acts/act.ts";
import type { ApplicationDraft, Typed } from "../../accounts/applications.ts";
import type { Attached, ToSend } from "../../accounts/applicant-contents.ts";
import { contentFields } from "../../register/fields.ts";
import { isOffered } from "../../register/offered.ts";
import type { Product, ReadRegister } from "../../register/register.ts";
import { say } from "../lang/say.ts";
import { addDays, dayStart } from "./days.ts";
import type { Wrong } from "./fields.tsx";

export const TEXT_CHARACTERS_MAX = 10_000;
const NUMBER = /^[1-9][0-9]{0,11}$/;

type Draft = Pick<ApplicationDraft, "id" | "typed">;
type ApplicationToSend = Extract<ToSend, { readonly kind: "application" }>;
type Permit = Omit<ActOf<"permit">, "kind">;

/**
 * What an application begins with. No field is ticked, since each is asked for because the purpose needs it; but for the key, without which the
 * product answers nobody.
 */
export function firstTyped(product: Product): Typed {
  return {
    ...{ product: product.product, purpose: "", text: "" },
    ...{ fields: [], where: [...(product.key ?? [])] },
    rowsMax: String(product.rowsMax),
    ...{ calls: "", steps: "", from: "", to: "" },
  };
}

/** All of a product, as far as it is offered. */
export function allFields(product: Product): Pick<Typed, "fields" | "where"> {
  const fields = contentFields(product);
  return { fields: [...fields], where: [...(product.key ?? fields)] };
}

/** Products that somebody can apply for now. */
export function offered(
  register: ReadRegister,
  now: number,
): readonly Product[] {
  return [...register.products.values()]
    .filter((one) => isOffered(register, one, now))
    .map(({ act }) => act);
}

export function purposesFor(register: ReadRegister, product: Product) {
  return (register.rulebook?.act.purposes ?? []).filter(({ purpose }) =>
    product.purposes.includes(purpose),
  );
}

export const steps = ["purpose", "extent", "papers", "send"] as const;
export type Step = (typeof steps)[number];

/** What is wrong with what was typed in one step; nothing is refused that the office could decide. */
export function wrongIn(
  register: ReadRegister,
  product: Product,
  typed: Typed,
  step: Step,
  now: number,
): Wrong {
  switch (step) {
    case "purpose":
      return wrongPurpose(register, product, typed);
    case "extent":
      return {
        ...wrongFields(product, typed),
        ...wrongNumbers(product, typed),
        ...wrongDays(register, typed, now),
      };
    case "papers":
    case "send":
      return {};
  }
}

function wrongPurpose(
  register: ReadRegister,
  product: Product,
  { purpose, text }: Typed,
): Wrong {
  const listed = purposesFor(register, product);
  return {
    ...(listed.some((one) => one.purpose === purpose)
      ? {}
      : { purpose: say("Choose one of the purposes") }),
    ...(text === ""
      ? { text: say("Say in your own words what you need the data for") }
      : text.length > TEXT_CHARACTERS_MAX
        ? {
            text: say("This has {n} characters; at most {max} are taken", {
              n: text.length,
              max: TEXT_CHARACTERS_MAX,
            }),
          }
        : {}),
  };
}

function wrongFields(product: Product, { fields, where }: Typed): Wrong {
  const known = new Set(contentFields(product));
  return {
    ...(fields.length === 0 || !fields.every((one) => known.has(one))
      ? { fields: say("Choose at least one field that you want to see") }
      : {}),
    ...(where.every((one) => known.has(one))
      ? {}
      : { where: say("Choose among the fields of the product") }),
  };
}

function wrongNumbers(product: Product, typed: Typed): Wrong {
  const wrong: Record<string, string> = {};
  for (const name of ["calls", "steps"] as const)
    if (typed[name] !== "" && !NUMBER.test(typed[name]))
      wrong[name] = say("Write a whole number of 1 or more, or nothing");
  if (!NUMBER.test(typed.rowsMax) || Number(typed.rowsMax) > product.rowsMax)
    wrong["rowsMax"] = say("Write a whole number from 1 to {max}", {
      max: product.rowsMax,
    });
  return wrong;
}

function wrongDays(
  { offsetMinutes }: ReadRegister,
  typed: Typed,
  now: number,
): Wrong {
  const from = dayStart(typed.from, offsetMinutes);
  const to = dayStart(typed.to, offsetMinutes);
  const wrong: Record<string, string> = {};
  if (typed.from !== "" && from === undefined)
    wrong["from"] = say("Write a day such as 2027-03-31, or nothing");
  if (typed.to !== "" && to === undefined)
    wrong["to"] = say("Write a day such as 2027-03-31, or nothing");
  if (to !== undefined && addDays(to, 1) <= Math.max(now, from ?? now))
    wrong["to"] = say("This day lies before the beginning");
  return wrong;
}

/** The permit that would follow if the office gave all of it; a beginning that has gone by is none. */
export function permitOf(
  register: ReadRegister,
  organisation: string,
  { id, typed }: Draft,
  now: number,
): Permit {
  const { product, purpose, fields, where } = typed;
  const { offsetMinutes } = register;
  const from = dayStart(typed.from, offsetMinutes);
  const to = dayStart(typed.to, offsetMinutes);
  return {
    ...{ permit: id, organisation, product, purpose },
    ...{ fields: [...fields], where: [...where] },
    rowsMax: Number(typed.rowsMax),
    quota: {
      ...(typed.calls === "" ? {} : { calls: Number(typed.calls) }),
      ...(typed.steps === "" ? {} : { steps: Number(typed.steps) }),
    },
    ...(from !== undefined && from > now ? { from } : {}),
    ...(to === undefined ? {} : { to: addDays(to, 1) }),
  };
}

/** What goes to the office. */
export function toSend(
  permit: Permit,
  { id, typed }: Draft,
  papers: readonly Attached[],
): ApplicationToSend {
  const { fields, where, rowsMax, quota, from, to } = permit;
  return {
    ...({ kind: "application", application: id } as const),
    organisation: permit.organisation,
    ...{ product: permit.product, purpose: permit.purpose },
    wanted: {
      ...{ fields, where, rowsMax, ...quota },
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    },
    text: typed.text,
    papers: [...papers],
  };
}
