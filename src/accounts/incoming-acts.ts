import type { Act } from "../acts/act.ts";
import { showInstant } from "../acts/dates.ts";
import { HOUR } from "../acts/shapes.ts";
import {
  type Entered,
  isWaiting,
  type ReadRegister,
} from "../register/register.ts";
import { dayOf as dayNumber } from "../register/calendar.ts";
import { endOfTerm, localDay, type Term } from "../rules/clocks.ts";
import { applicationLaw } from "../rules/terms.ts";
import type {
  ApplicantContent,
  ApplicationContent,
} from "./applicant-contents.ts";
import type { Incoming, IncomingItems } from "./incoming.ts";

const DAY = 24 * HOUR;

/**
 * The act by which a post enters what an organisation sent, ready to be signed; undefined where the register has no place for it any more.
 * The day on which it came counts, also where it is entered later (docs/terms.md).
 */
export function actOfIncoming(
  register: ReadRegister,
  {
    content,
    received,
  }: { readonly content: ApplicantContent; readonly received: number },
  now: number,
): Act | undefined {
  switch (content.kind) {
    case "application":
      return receivedAct(register, content, received, now);
    case "completion": {
      const found = register.applications.get(content.application);
      if (found === undefined || !isWaiting(found)) return undefined;
      return {
        kind: "completionReceived",
        application: content.application,
        due: endOfTerm(register, leftOf(register, found.asked.left), now),
        paper: { commitment: content.paper, kind: "completion" },
      };
    }
    case "withdrawal":
      return {
        kind: "applicationWithdrawn",
        application: content.application,
        paper: { commitment: content.paper, kind: "withdrawal" },
      };
    case "renewal":
      return {
        kind: "renewalAsked",
        permit: content.permit,
        paper: { commitment: content.paper, kind: "renewal" },
      };
    case "organisation":
      return {
        kind: "organisation",
        organisation: content.organisation,
        title: content.title,
        class: content.class,
        ...(content.registration === undefined
          ? {}
          : { registration: content.registration }),
      };
  }
}

/** Where the register has what was sent: the entry that took it in, and the one that answers it. */
export type Settling = { readonly entry: number; readonly answer?: number };

/**
 * What settled an item, by whichever way it was entered; a refused act leaves nothing in the register, and settles nothing. What was
 * given a number when it was sent is known by that number.
 */
export function settlingOf(
  register: ReadRegister,
  { id, content, received }: Pick<Incoming, "id" | "content" | "received">,
): Settling | undefined {
  switch (content.kind) {
    case "objection":
      return ofObjection(register, content, objectionOf(id));
    case "application": {
      const found = register.applications.get(content.application);
      return found && settling(found, found.decided);
    }
    case "completion": {
      const found = register.applications.get(content.application);
      return found?.completed && settling(found.completed, found.decided);
    }
    case "withdrawal": {
      const decided = register.applications.get(content.application)?.decided;
      return decided?.outcome === "withdrawn" ? settling(decided) : undefined;
    }
    case "renewal": {
      const asked = register.permits.get(content.permit)?.renewal;
      return asked !== undefined && asked.at >= received
        ? settling(asked)
        : undefined;
    }
    case "organisation": {
      const found = register.organisations.get(content.organisation);
      return found && settling(found);
    }
  }
}

/** The number under which an objection stands in public: its sender, who has the item's, finds it there. */
export function objectionOf(item: string): string {
  return item.replace(/^in-/, "ob-");
}

function ofObjection(
  register: ReadRegister,
  { about }: ObjectionContent,
  objection: string,
): Settling | undefined {
  if (about.what === "procedure") {
    const found = register.procedures
      .get(about.id)
      ?.objections.find((one) => one.objection === objection);
    return found && settling(found, found.answered);
  }
  const found = register.registrations
    .get(about.id)
    ?.objections.find((one) => one.objection === objection);
  return found && settling(found);
}

function settling(by: Entered, answer?: Entered): Settling {
  return {
    entry: by.entry,
    ...(answer === undefined ? {} : { answer: answer.entry }),
  };
}

/** The papers of an objection, by what the act commits to: who objects, and what they say. */
export type ObjectionPapers = { readonly by: string; readonly says: string };

/** The act by which an objection is entered; undefined where the register does not know what it is about. */
export function actOfObjection(
  register: ReadRegister,
  { id, content: { about }, received }: ObjectionItem,
  { by, says }: ObjectionPapers,
  now: number,
): Act | undefined {
  const objection = objectionOf(id);
  const on = dayOf(register, received);
  if (about.what === "procedure")
    return about.stage === "notice" || !register.procedures.has(about.id)
      ? undefined
      : {
          ...({ kind: "objectionReceived", procedure: about.id } as const),
          ...{ objection, stage: about.stage, on },
          paper: { commitment: says, kind: "objection" },
        };
  return register.registrations.has(about.id)
    ? {
        ...({ kind: "registrationObjected", objection } as const),
        registration: about.id,
        ...(localDay(register, received) < localDay(register, now)
          ? { on }
          : {}),
        by: { commitment: by, kind: "objector" },
        evidence: { commitment: says, kind: "objection" },
      }
    : undefined;
}

export type ObjectionContent = Extract<
  Incoming["content"],
  { readonly kind: "objection" }
>;
export type ObjectionItem = Pick<Incoming, "id" | "received"> & {
  readonly content: ObjectionContent;
};

/** The same items, of which those that were entered meanwhile wait no longer. */
export async function settled<T extends Incoming>(
  incoming: IncomingItems | undefined,
  register: ReadRegister,
  items: readonly T[],
): Promise<readonly T[]> {
  return Promise.all(
    items.map(async (one) => {
      if (one.state !== "waiting" || settlingOf(register, one) === undefined)
        return one;
      await incoming?.settle(one.id, "entered");
      return { ...one, state: "entered" as const };
    }),
  );
}

/** By when an application is decided that came at this moment. */
export function dueOf(
  register: ReadRegister,
  received: number,
  now: number,
): number {
  const { term } = applicationLaw(register.rulebook?.act);
  const due = endOfTerm(register, term, beginOf(register, received, now));
  // What was held back until its term was over is decided within a day (rules/applications.ts).
  return due > now ? due : Math.floor((now + DAY) / HOUR) * HOUR;
}

function receivedAct(
  register: ReadRegister,
  content: Extract<ApplicantContent, { readonly kind: "application" }>,
  received: number,
  now: number,
): Act {
  const came = localDay(register, received);
  return {
    kind: "applicationReceived",
    application: content.application,
    organisation: content.organisation,
    product: content.product,
    purpose: content.purpose,
    due: dueOf(register, received, now),
    ...(came < localDay(register, now)
      ? { on: dayOf(register, received) }
      : {}),
    paper: { commitment: content.paper, kind: "application" },
  };
}

/** In public, what tells an application that came by letter from one that came over the pages. */
const PAPER_OF_LETTER = "application-on-paper";

/**
 * The act that enters an application which came by letter. It always states the day of arrival, and its term runs from that day, also
 * where it is entered on the same one.
 */
export function actOfLetter(
  register: ReadRegister,
  content: Pick<
    ApplicationContent,
    "application" | "organisation" | "product" | "purpose"
  > & { readonly arrived: string; readonly paper: string },
  now: number,
): Act {
  const { application, organisation, product, purpose, arrived } = content;
  const begins = dayNumber(arrived) * DAY - register.offsetMinutes * 60_000;
  return {
    kind: "applicationReceived",
    ...{ application, organisation, product, purpose },
    due: dueOf(register, begins, now),
    on: arrived,
    paper: { commitment: content.paper, kind: PAPER_OF_LETTER },
  };
}

/** Entered on the day on which it came: from that moment on; later: from that day on. */
function beginOf(
  register: ReadRegister,
  received: number,
  now: number,
): number {
  const came = localDay(register, received);
  return came < localDay(register, now)
    ? came * DAY - register.offsetMinutes * 60_000
    : received;
}

function dayOf({ offsetMinutes }: ReadRegister, at: number): string {
  return showInstant(at, offsetMinutes).slice(0, 10);
}

function leftOf(register: ReadRegister, number: number): Term {
  const { term } = applicationLaw(register.rulebook?.act);
  return term.clock === "workingDays"
    ? { ...term, number }
    : { clock: "days", number };
}
