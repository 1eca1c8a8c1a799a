import type { Wanted } from "../../accounts/applicant-contents.ts";
import { addMonths, civilAt, showDate } from "../../acts/dates.ts";
import { HOUR } from "../../acts/shapes.ts";
import { alikePermits } from "../../register/alike.ts";
import {
  type Application,
  NEVER,
  type Permit,
  type ReadRegister,
  type StandingProduct,
} from "../../register/register.ts";
import { endOfTerm, workingDaysLeft } from "../../rules/clocks.ts";
import { applicationLaw, questionTerm } from "../../rules/terms.ts";
import { NEW } from "./choices.ts";
import type { DeskKind } from "./kinds.ts";
import { shapeOf } from "./shape.ts";
import { textAt, type Typed, typedOf } from "./typed.ts";

const DAY = 24 * HOUR;
const YEAR_MONTHS = 12;
/** How long somebody has to go against a refusal, where the office says nothing else: 60 days, as for administrative review. */
const REDRESS_DAYS = 60;

type Base = {
  readonly register: ReadRegister;
  readonly now: number;
  /**
   * Whether an entry of the log names what the act makes by that id: a refused act has made none, and two acts under one id are confused. While
   * nobody can say, no id is proposed.
   */
  readonly isNamed?: (id: string) => boolean;
  /** How much the application asks for that is decided, where the office can read it. */
  readonly wanted?: Wanted;
};

/** What a form says before anybody types: what the address names, what alike acts say, and days that the law lets pass. */
export function prefilled(
  kind: DeskKind,
  asked: ReadonlyMap<string, string>,
  base: Base,
): Typed {
  const { register } = base;
  const reading = { offsetMinutes: register.offsetMinutes };
  const value: Readonly<Record<string, unknown>> = {
    ...(asked.has("like")
      ? likeOf(kind, asked.get("like") ?? "", register)
      : {}),
    ...startOf(kind, asked, base),
  };
  const typed = typedOf(shapeOf(kind), "", value, reading);
  // What is named in the address is typed text: nothing else fits into it.
  const names = new Set(
    shapeOf(kind)
      .members.filter(({ node }) => node.type === "leaf")
      .map(({ name }) => name),
  );
  for (const [name, text] of asked)
    if (names.has(name) && !typed.has(name)) typed.set(name, [text]);
  const { isNamed } = base;
  const own = NEW[kind];
  if (isNamed !== undefined && own !== undefined && lacksId(kind, typed))
    typed.set(own, [freeId(kind, own, typed, { ...base, isNamed })]);
  // A purpose that nobody adopted is chosen by nobody: the form says that it was asked for.
  if (kind === "permit" && !isAdopted(register, textAt(typed, "purpose")))
    typed.delete("purpose");
  if (kind === "person")
    typed.set("person", [String(Math.max(0, ...register.persons.keys()) + 1)]);
  return typed;
}

/** Whether an act makes something whose id is still to be written. A person's is the next number. */
export function lacksId(kind: DeskKind, typed: Typed): boolean {
  const own = NEW[kind];
  return own !== undefined && kind !== "person" && textAt(typed, own) === "";
}

function likeOf(
  kind: DeskKind,
  id: string,
  register: ReadRegister,
): Readonly<Record<string, unknown>> {
  const kept: Readonly<Partial<Record<DeskKind, object | undefined>>> = {
    permit: register.permits.get(id)?.act,
    feeStandard: register.fees.get(id)?.act,
    feeCeiling: register.ceilings.get(id)?.act,
    product: register.products.get(id)?.act,
    authorisation: register.authorisations.get(id)?.act,
    dataset: register.datasets.get(id)?.act,
  };
  const found: Readonly<Record<string, unknown>> = { ...kept[kind] };
  const own = NEW[kind] ?? "";
  // A new act has its own id and its own days.
  const {
    [own]: _id,
    from: _from,
    to: _to,
    decides: _decides,
    ...rest
  } = found;
  return rest;
}

function startOf(
  kind: DeskKind,
  asked: ReadonlyMap<string, string>,
  base: Base,
): Readonly<Record<string, unknown>> {
  const { register, now } = base;
  const inAYear = yearFrom(base);
  switch (kind) {
    case "permit":
      return permitOf(asked, base);
    case "feeStandard":
    case "feeCeiling": {
      const [fee] = [...register.fees.values()].slice(-1);
      return {
        currency: fee?.act.currency ?? "CNY",
        unit: fee?.act.unit ?? "call",
        to: inAYear(register.rulebook?.act.limits.feeMonthsMax),
      };
    }
    case "authorisation":
      return {
        to: inAYear(register.rulebook?.act.limits.authorisationMonthsMax),
      };
    case "tenure":
      return asked.get("mode") === "delegated"
        ? { mode: "delegated", to: monthFrom(base) }
        : { mode: "full", to: inAYear(YEAR_MONTHS) };
    case "applicationReceived":
      return {
        due: endOfTerm(
          register,
          applicationLaw(register.rulebook?.act).term,
          hourOf(now),
        ),
      };
    case "questionReceived":
      return {
        due: endOfTerm(
          register,
          questionTerm(register.rulebook?.act),
          hourOf(now),
        ),
      };
    case "applicationExtended":
      return extendedOf(asked.get("application") ?? "", register);
    case "completionAsked":
      return completionOf(asked.get("application") ?? "", base);
    case "applicationRefused":
    case "renewalRefused":
      return {
        redress: ["administrativeReview", "court"],
        redressUntil: dayBegin(now + (REDRESS_DAYS + 1) * DAY, register),
      };
    default:
      return {};
  }
}

/** Ends of rights and prices: in a year, or as long as the rulebook lets them be and stands itself. */
function yearFrom({ register, now }: Base): (monthsMax?: number) => number {
  return (monthsMax = YEAR_MONTHS) => {
    const months = Math.min(YEAR_MONTHS, monthsMax);
    const end = dayBegin(
      addMonths(now, months, register.offsetMinutes),
      register,
    );
    return Math.min(end, register.rulebook?.act.until ?? NEVER);
  };
}

/** A deputy stands in for a month, where whoever appoints says nothing else. */
function monthFrom({ register, now }: Base): number {
  return dayBegin(addMonths(now, 1, register.offsetMinutes), register);
}

/** The beginning of the day of an instant in the office's own time, on a whole hour. */
export function dayBegin(
  at: number,
  { offsetMinutes }: Pick<ReadRegister, "offsetMinutes">,
): number {
  const local = at + offsetMinutes * 60_000;
  return Math.ceil((at - (local % DAY)) / HOUR) * HOUR;
}

/** The whole hour in which an instant lies. */
function hourOf(at: number): number {
  return Math.floor(at / HOUR) * HOUR;
}

export function isAdopted(
  { rulebook }: ReadRegister,
  purpose: string,
): boolean {
  return (rulebook?.act.purposes ?? []).some((one) => one.purpose === purpose);
}

/** The application that a form decides, by what its address names. */
export function decidedBy(
  asked: ReadonlyMap<string, string>,
  register: ReadRegister,
): Application | undefined {
  const id = asked.get("application") ?? asked.get("decides");
  return register.applications.get(id ?? "");
}

/** A quota for an application that says nothing of one, in a case that nobody was in before: low, and whoever decides is told whose it is. */
export const CALLS_PROPOSED = 1_000;

/**
 * A permit that grants what was asked, no limit where none was asked for. Of an application that says nothing of it, how much is as others in
 * the same case have it, and fields are ticked by whoever decides. An end behind the last one that the rules let it have, or a beginning that has gone by, would only lead into a refusal.
 */
function permitOf(
  asked: ReadonlyMap<string, string>,
  base: Base,
): Readonly<Record<string, unknown>> {
  const { register, now, wanted } = base;
  const application = decidedBy(asked, register)?.act;
  const product = register.products.get(
    application?.product ?? asked.get("product") ?? "",
  );
  if (product === undefined) return { to: yearFrom(base)() };
  const like =
    application === undefined
      ? undefined
      : newestAlike(register, application, now);
  return {
    ...(application === undefined
      ? {}
      : {
          organisation: application.organisation,
          product: application.product,
          purpose: application.purpose,
          decides: application.application,
        }),
    fields: wanted?.fields ?? [],
    where: wanted?.where ?? product.act.key ?? [],
    rowsMax: wanted?.rowsMax ?? like?.rowsMax ?? product.act.rowsMax,
    quota:
      wanted === undefined
        ? (like?.quota ?? { calls: CALLS_PROPOSED })
        : quotaIn(wanted),
    ...(wanted?.from !== undefined && wanted.from > now
      ? { from: wanted.from }
      : {}),
    to: Math.min(wanted?.to ?? NEVER, endAhead(product, base)),
  };
}

function quotaIn({ calls, steps }: Wanted): Permit["quota"] {
  return {
    ...(calls === undefined ? {} : { calls }),
    ...(steps === undefined ? {} : { steps }),
  };
}

function permitEnd({ act, to }: StandingProduct, base: Base): number {
  const { register } = base;
  const authorisation = register.authorisations.get(act.authorisation ?? "");
  const end = yearFrom(base)(register.rulebook?.act.limits.permitMonthsMax);
  return Math.min(end, to, authorisation?.to ?? NEVER);
}

/** An end that has gone by helps nobody: what stands in the way is said when the rules have looked. */
function endAhead(product: StandingProduct, base: Base): number {
  const end = permitEnd(product, base);
  return end > base.now ? end : yearFrom(base)();
}

/** The newest permit for the same product and purpose to the same class of payer. */
export function newestAlike(
  register: ReadRegister,
  application: {
    readonly organisation: string;
    readonly product: string;
    readonly purpose: string;
  },
  now: number,
): Permit | undefined {
  const alike = alikePermits(register, application, now).at(-1);
  return register.permits.get(alike?.id ?? "")?.act;
}

function extendedOf(
  application: string,
  register: ReadRegister,
): Readonly<Record<string, unknown>> {
  const found = register.applications.get(application);
  if (found === undefined) return {};
  const { extension } = applicationLaw(register.rulebook?.act);
  return { due: endOfTerm(register, extension, found.due) };
}

/** What is left of the term, as its clock is counted. */
function completionOf(
  application: string,
  { register, now }: Base,
): Readonly<Record<string, unknown>> {
  const found = register.applications.get(application);
  if (found === undefined) return {};
  const { term } = applicationLaw(register.rulebook?.act);
  const left =
    term.clock === "workingDays"
      ? workingDaysLeft(register, term.calendar, now, found.due)
      : Math.floor((found.due - now) / DAY);
  return {
    left: Math.max(1, left),
    by: dayBegin(now + 15 * DAY, register),
  };
}

/** An id that nothing has yet and no act has asked for: what it is about, and the day. */
function freeId(
  kind: DeskKind,
  own: string,
  typed: Typed,
  { register, now, isNamed }: Base & Required<Pick<Base, "isNamed">>,
): string {
  const about = [textAt(typed, "organisation"), textAt(typed, "product")]
    .filter((one) => one !== "")
    .join("-");
  const base = about === "" ? own : about;
  const day = showDate(civilAt(now, register.offsetMinutes));
  const taken = takenIds(kind, register);
  for (let n = 0; ; n++) {
    const id = `${base.slice(0, 48)}-${day}${n === 0 ? "" : `-${n + 1}`}`;
    if (!taken.has(id) && !isNamed(id)) return id;
  }
}

function takenIds(
  kind: DeskKind,
  register: ReadRegister,
): { readonly has: (id: string) => boolean } {
  const maps: Readonly<
    Partial<Record<DeskKind, { readonly has: (id: string) => boolean }>>
  > = {
    permit: register.permits,
    feeStandard: register.fees,
    feeCeiling: register.ceilings,
    product: register.products,
    dataset: register.datasets,
    authorisation: register.authorisations,
    organisation: register.organisations,
    applicationReceived: register.applications,
    questionReceived: register.questions,
    appealLodged: register.appeals,
    orderReceived: register.orders,
    override: register.overrides,
    promised: register.promises,
    permittedRevenue: register.revenues,
    refunded: register.refunds,
    tieDeclared: register.ties,
    procedureOpened: register.procedures,
    attested: register.attestations,
    registrationApplied: register.registrations,
    withheld: register.withholdings,
    contribution: register.contributions,
  };
  return maps[kind] ?? new Set<string>();
}
