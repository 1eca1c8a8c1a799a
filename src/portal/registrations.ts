import { showInstant } from "../acts/dates.ts";
import type { ReadRegister } from "../register/register.ts";
import {
  lawfulSteps,
  type Registration,
  registrationState,
  resourceName,
  type RegistrationState,
} from "../register/registrations.ts";
import { officeTitle, titleIn, titleOf } from "./lang/title-in.ts";

export type RegistrationLine = {
  readonly registration: string;
  /** Its code, from the entry that issued it on. */
  readonly code?: string;
  /** `dataset` or `product`, and its id. */
  readonly resource: string;
  readonly title: string;
  readonly description: string;
  readonly registrant: string;
  readonly registry: string;
  readonly type: "first" | "further";
  readonly state: RegistrationState;
  /** Kinds of act that are lawful now. */
  readonly next: readonly string[];
  readonly valid?: { readonly from: string; readonly until: string };
  readonly objections: { readonly open: number; readonly decided: number };
  readonly steps: readonly {
    readonly kind: string;
    readonly at: string;
    readonly entry: number;
  }[];
};
/** A notice during which anybody may object. */
export type NoticeLine = Pick<
  RegistrationLine,
  "registration" | "registrant" | "type" | "title" | "description"
> & { readonly until: string; readonly entry: number };
export type RegistrationsView = {
  readonly title: string;
  readonly at: string;
  readonly notices: readonly NoticeLine[];
  /** The newest of them; how many there are says `inAll`. */
  readonly registrations: readonly RegistrationLine[];
  readonly inAll: number;
};

const SHOWN = 500;

/** Each registration with its state, its steps and how long it is valid, the newest first; and the notices that are open now. */
export function registrationsView(
  register: ReadRegister,
  now: number,
): RegistrationsView {
  const all = [...register.registrations.values()];
  return {
    title: officeTitle(register),
    at: showInstant(now, register.offsetMinutes),
    notices: all
      .filter(
        ({ reached, notice }) =>
          reached === "noticed" && notice !== undefined && now < notice.until,
      )
      .map((found) => noticeLine(register, found))
      .slice(-SHOWN),
    registrations: all
      .slice(-SHOWN)
      .toReversed()
      .map((found) => line(register, found, now)),
    inAll: all.length,
  };
}

function noticeLine(register: ReadRegister, found: Registration): NoticeLine {
  const { act, title, description, notice } = found;
  return {
    ...{ registration: act.registration, type: act.type },
    ...{ title: saidTitle(title), description: description.text },
    registrant: registrantOf(register, found),
    until: showInstant(notice?.until ?? 0, register.offsetMinutes),
    entry: notice?.entry ?? found.entry,
  };
}

function line(
  register: ReadRegister,
  found: Registration,
  now: number,
): RegistrationLine {
  const { act, title, description, code, objections } = found;
  const show = (at: number) => showInstant(at, register.offsetMinutes);
  const state = registrationState(found, now);
  const open = objections.filter(({ outcome }) => outcome === undefined).length;
  return {
    registration: act.registration,
    ...(code === undefined ? {} : { code: code.act.code }),
    resource: resourceName(act.resource),
    ...{ title: saidTitle(title), description: description.text },
    registrant: registrantOf(register, found),
    registry: titleOf(register.bodies.get(act.registry), act.registry),
    ...{ type: act.type, state, next: nextIn(found, state, now) },
    ...(code === undefined
      ? {}
      : { valid: { from: show(code.from), until: show(code.to) } }),
    objections: { open, decided: objections.length - open },
    steps: found.steps.map(({ kind, at, entry }) => ({
      ...{ kind, at: show(at), entry },
    })),
  };
}

/** While a notice runs nothing is coded, and behind it nobody objects. */
function nextIn(
  { notice }: Registration,
  state: RegistrationState,
  now: number,
): readonly string[] {
  const early: string =
    notice !== undefined && now < notice.until
      ? "registrationCoded"
      : "registrationObjected";
  return lawfulSteps[state].filter((kind) => kind !== early);
}

export function saidTitle({ text, titles }: Registration["title"]): string {
  return titleIn({
    title: text,
    ...(titles === undefined ? {} : { titles }),
  });
}

function registrantOf(
  register: ReadRegister,
  { act: { registrant } }: Registration,
): string {
  return "body" in registrant
    ? titleOf(register.bodies.get(registrant.body), registrant.body)
    : titleOf(
        register.organisations.get(registrant.organisation),
        registrant.organisation,
      );
}
