import type { Act } from "../acts/act.ts";
import { showInstant } from "../acts/dates.ts";
import { HOUR } from "../acts/shapes.ts";
import { isWaiting, type ReadRegister } from "../register/register.ts";
import { endOfTerm, localDay, type Term } from "../rules/clocks.ts";
import { applicationLaw } from "../rules/terms.ts";
import type { ApplicantContent } from "./applicant-contents.ts";
import type { Incoming, IncomingItems } from "./incoming.ts";

const DAY = 24 * HOUR;

/**
 * The act by which a post enters what an organisation sent, ready to be signed; undefined where the register has no place for it any more.
 * The day on which it came counts, also where it is entered later (docs/terms.md).
 */
export function actOfIncoming(
  register: ReadRegister,
  { content, received }: Pick<Incoming, "content" | "received">,
  now: number,
): Act | undefined {
  switch (content.kind) {
    case "objection":
      return undefined;
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

/** Whether the register has what was sent: by whichever way it was entered. An objection names nothing that tells. */
export function isEntered(
  register: ReadRegister,
  { content, received }: Pick<Incoming, "content" | "received">,
): boolean {
  switch (content.kind) {
    case "objection":
      return false;
    case "application":
      return register.applications.has(content.application);
    case "completion":
      return (
        register.applications.get(content.application)?.completed !== undefined
      );
    case "withdrawal":
      return (
        register.applications.get(content.application)?.decided?.outcome ===
        "withdrawn"
      );
    case "renewal": {
      const asked = register.permits.get(content.permit)?.renewal;
      return asked !== undefined && asked.at >= received;
    }
    case "organisation":
      return register.organisations.has(content.organisation);
  }
}

/** The same items, of which those that were entered meanwhile wait no longer. */
export async function settled<T extends Incoming>(
  incoming: IncomingItems | undefined,
  register: ReadRegister,
  items: readonly T[],
): Promise<readonly T[]> {
  return Promise.all(
    items.map(async (one) => {
      if (one.state !== "waiting" || !isEntered(register, one)) return one;
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
