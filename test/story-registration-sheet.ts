import type { RegistrationAct } from "../src/register/registrations.ts";
import { DAY, OFFSET } from "./story-founding.ts";

/**
 * A second reading of how a registration goes, written down by hand from the articles, with a calendar of its own: which rules an act breaks,
 * and which of them only flag it.
 */
export const ID = "vehicles-r1";

/** What a stranger would write on a sheet of paper beside the register. */
export type Sheet = {
  /** How far it has come; nothing before anything was applied for. */
  phase:
    | "none"
    | "applied"
    | "asked"
    | "accepted"
    | "reviewed"
    | "noticed"
    | "coded"
    | "cancelling"
    | "over";
  since: number;
  wasAsked: boolean;
  noticeUntil: number;
  noticeFrom: number;
  objections: Map<string, "open" | "closed">;
  codedAt: number;
  to: number;
  everCoded: boolean;
};
export const clean = (): Sheet => ({
  ...{ phase: "none", since: 0, wasAsked: false, noticeUntil: 0 },
  ...{ noticeFrom: 0, objections: new Map(), codedAt: 0, to: 0 },
  everCoded: false,
});

const off = new Set(["2026-05-01", "2026-05-04", "2026-05-05"]);
export const dateOf = (at: number): string =>
  new Date(at + OFFSET * 60_000).toISOString().slice(0, 10);
const isWorked = (date: string): boolean =>
  date === "2026-05-09" ||
  (![0, 6].includes(new Date(`${date}T00:00Z`).getUTCDay()) && !off.has(date));
/** When so many working days, counted from the day after, are over. */
export function over(at: number, workingDays: number): number {
  let midnight = Date.parse(`${dateOf(at)}T00:00Z`) - OFFSET * 60_000;
  for (let left = workingDays; left > 0;) {
    midnight += DAY;
    if (isWorked(dateOf(midnight))) left -= 1;
  }
  return midnight + DAY;
}
/** Three years later, at the same time of day. */
export function threeYears(at: number): number {
  const local = new Date(at + OFFSET * 60_000);
  local.setUTCFullYear(local.getUTCFullYear() + 3);
  return local.getTime() - OFFSET * 60_000;
}

export type Broken = {
  readonly stops: readonly string[];
  readonly flags?: string[];
};
const stops = (...rules: (string | false)[]): Broken => ({
  stops: rules.filter((one): one is string => one !== false),
});
export const isOpen = (sheet: Sheet) =>
  [...sheet.objections.values()].includes("open");

/** Which step may follow in which phase, as Art 8, 9, 10, 12 and 15 say it. */
const follow: Readonly<Record<string, readonly Sheet["phase"][]>> = {
  registrationAsked: ["applied"],
  registrationCompleted: ["asked"],
  registrationAccepted: ["applied"],
  registrationRefused: ["applied", "asked", "accepted"],
  registrationReviewed: ["accepted"],
  registrationNoticed: ["reviewed"],
  registrationObjected: ["noticed"],
  objectionDecided: ["noticed"],
  registrationCoded: ["noticed"],
  registrationRenewed: ["coded"],
  registrationChanged: ["coded"],
  registrationCorrected: ["coded"],
  cancellationAccepted: ["coded"],
  registrationCancelled: ["cancelling"],
  registrationRevoked: ["coded", "cancelling"],
};
const behindTheCode = new Set([
  ...["registrationRenewed", "registrationChanged", "registrationCorrected"],
  ...["cancellationAccepted", "registrationCancelled", "registrationRevoked"],
]);

export function broken(sheet: Sheet, act: RegistrationAct, at: number): Broken {
  const lapsed =
    (sheet.phase === "coded" || sheet.phase === "cancelling") && sheet.to <= at;
  const phase = lapsed ? "over" : sheet.phase;
  if (act.kind === "registrationApplied") {
    const isOver = phase === "none" || phase === "over";
    const body = "body" in act.registrant ? act.registrant.body : "";
    return stops(
      phase !== "none" && act.registration === ID && "V-NEW",
      !isOver && "V-REGISTERED",
      (act.type === "first") === sheet.everCoded && "V-REGISTERED",
      body !== "transport" && "V-SCOPE",
      act.evidence === undefined && "CN-REG-04",
      act.evidence !== undefined &&
        act.evidence.on >= dateOf(at) &&
        "CN-REG-04",
    );
  }
  if (phase === "none") return stops("V-REF");
  if (act.kind === "registrationCoded" && phase === "noticed" && isOpen(sheet))
    return stops("CN-REG-11");
  const fits =
    follow[act.kind]?.includes(phase) === true &&
    (act.kind !== "objectionDecided" || isOpen(sheet));
  if (!fits) {
    if (act.kind === "registrationRenewed" && lapsed) return stops("CN-REG-14");
    return stops(behindTheCode.has(act.kind) ? "V-PROCEDURE" : "CN-REG-05");
  }
  const late = (rule: string, days: number): string[] =>
    at >= over(sheet.since, days) ? [rule] : [];
  switch (act.kind) {
    case "registrationAsked":
      return {
        ...stops(sheet.wasAsked && "CN-REG-08", act.by <= at && "V-ORDER"),
        flags: late("CN-REG-08", 3),
      };
    case "registrationAccepted":
      return { stops: [], flags: late("CN-REG-08", 3) };
    case "registrationRefused":
      return {
        ...stops(act.reasons === undefined && "CN-REG-08"),
        flags:
          phase === "accepted"
            ? late("CN-REG-09", 20)
            : phase === "applied"
              ? late("CN-REG-08", 3)
              : [],
      };
    case "registrationReviewed": {
      const flags = late("CN-REG-09", 20);
      return act.lateReasons === undefined
        ? { stops: flags }
        : { stops: [], flags };
    }
    case "registrationNoticed":
      return stops(
        act.until <= at && "V-ORDER",
        act.until < over(at, 10) && "CN-REG-10",
      );
    case "registrationObjected":
      return stops(
        sheet.objections.has(act.objection) && "V-NEW",
        at >= sheet.noticeUntil && "CN-REG-11",
        (act.by === undefined || act.evidence === undefined) && "CN-REG-11",
      );
    case "objectionDecided":
      return stops(
        !sheet.objections.has(act.objection) && "V-REF",
        sheet.objections.get(act.objection) === "closed" && "V-ENDED",
      );
    case "registrationCoded":
      return stops(
        at < sheet.noticeUntil && "CN-REG-12",
        act.to <= at && "V-ORDER",
        act.to > threeYears(at) && "CN-REG-13",
      );
    case "registrationRenewed":
      return stops(
        at < sheet.to - 60 * DAY && "CN-REG-14",
        act.to <= sheet.to && "V-ORDER",
        act.to > threeYears(sheet.to) && "CN-REG-14",
      );
    case "registrationChanged":
      return stops(act.on > dateOf(at) && "V-ORDER");
    case "registrationCorrected":
      return stops(
        act.consent === undefined && act.proof === undefined && "CN-REG-15",
      );
    case "registrationCancelled":
      return { stops: [], flags: late("CN-REG-16", 10) };
    default:
      return stops();
  }
}

/** What a granted step does to the sheet. */
export function note(sheet: Sheet, act: RegistrationAct, at: number): void {
  const to = (phase: Sheet["phase"]): void => {
    sheet.phase = phase;
    sheet.since = at;
  };
  switch (act.kind) {
    case "registrationApplied":
      return to("applied");
    case "registrationAsked":
      sheet.wasAsked = true;
      return to("asked");
    case "registrationCompleted":
      return to("applied");
    case "registrationAccepted":
      return to("accepted");
    case "registrationReviewed":
      return to("reviewed");
    case "registrationNoticed":
      sheet.noticeFrom = at;
      sheet.noticeUntil = act.until;
      return to("noticed");
    case "registrationObjected":
      sheet.objections.set(act.objection, "open");
      return;
    case "objectionDecided":
      sheet.objections.set(act.objection, "closed");
      if (act.outcome === "upheld") to("over");
      return;
    case "registrationCoded":
      sheet.codedAt = at;
      sheet.to = act.to;
      sheet.everCoded = true;
      return to("coded");
    case "registrationRenewed":
      sheet.to = act.to;
      return;
    case "cancellationAccepted":
      return to("cancelling");
    case "registrationRefused":
    case "registrationCancelled":
    case "registrationRevoked":
      return to("over");
    default:
      return;
  }
}
