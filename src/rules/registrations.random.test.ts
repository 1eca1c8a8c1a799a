import fc from "fast-check";
import { expect, test } from "vitest";
import type { Act, ActOf } from "../acts/act.ts";
import type { RegistrationAct } from "../register/registrations.ts";
import { offered } from "../../test/story-acts.ts";
import {
  day,
  DAY,
  HOUR,
  OFFSET,
  type paperOf,
  without,
} from "../../test/story-founding.ts";
import { actUnsigned } from "../../test/story-moves.ts";
import {
  aCancelling,
  aChange,
  aCode,
  aCorrection,
  anAsking,
  anObjection,
  anObjectionDecision,
  aPublicNotice,
  aRegistration,
  aRenewal,
  aReview,
  oneOfEachRegistration,
  registryFounded,
} from "../../test/story-registrations.ts";
import { given, type House, play, usual } from "../../test/story.ts";

/**
 * Registrations that go wrong in random places, and which rules that breaks: written down a second time, by hand, from the articles, with a
 * calendar of its own. Every rule is found that is broken, and none that is kept.
 */
const ID = "vehicles-r1";

/** What a stranger would write on a sheet of paper beside the register. */
type Sheet = {
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
const clean = (): Sheet => ({
  ...{ phase: "none", since: 0, wasAsked: false, noticeUntil: 0 },
  ...{ noticeFrom: 0, objections: new Map(), codedAt: 0, to: 0 },
  everCoded: false,
});

const off = new Set(["2026-05-01", "2026-05-04", "2026-05-05"]);
const dateOf = (at: number): string =>
  new Date(at + OFFSET * 60_000).toISOString().slice(0, 10);
const isWorked = (date: string): boolean =>
  date === "2026-05-09" ||
  (![0, 6].includes(new Date(`${date}T00:00Z`).getUTCDay()) && !off.has(date));
/** When so many working days, counted from the day after, are over. */
function over(at: number, workingDays: number): number {
  let midnight = Date.parse(`${dateOf(at)}T00:00Z`) - OFFSET * 60_000;
  for (let left = workingDays; left > 0;) {
    midnight += DAY;
    if (isWorked(dateOf(midnight))) left -= 1;
  }
  return midnight + DAY;
}
/** Three years later, at the same time of day. */
function threeYears(at: number): number {
  const local = new Date(at + OFFSET * 60_000);
  local.setUTCFullYear(local.getUTCFullYear() + 3);
  return local.getTime() - OFFSET * 60_000;
}

type Broken = { readonly stops: readonly string[]; readonly flags?: string[] };
const stops = (...rules: (string | false)[]): Broken => ({
  stops: rules.filter((one): one is string => one !== false),
});
const isOpen = (sheet: Sheet) =>
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

function broken(sheet: Sheet, act: RegistrationAct, at: number): Broken {
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
      act.evidence !== undefined && act.evidence.on >= dateOf(at) && "CN-REG-04",
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
      return act.lateReasons === undefined ? { stops: flags } : { stops: [], flags };
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
function note(sheet: Sheet, act: RegistrationAct, at: number): void {
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

type Kind = RegistrationAct["kind"];
/** What mostly comes next: an office that does its work. */
const usually: Readonly<Record<Sheet["phase"], readonly Kind[]>> = {
  none: ["registrationApplied"],
  applied: ["registrationAccepted", "registrationAccepted", "registrationAsked"],
  asked: ["registrationCompleted"],
  accepted: ["registrationReviewed"],
  reviewed: ["registrationNoticed"],
  noticed: [
    ...(["registrationCoded", "registrationCoded"] as const),
    ...(["registrationObjected", "objectionDecided"] as const),
  ],
  coded: [
    ...(["registrationRenewed", "registrationRenewed"] as const),
    ...(["registrationChanged", "registrationCorrected"] as const),
    "cancellationAccepted",
  ],
  cancelling: ["registrationCancelled"],
  over: ["registrationApplied"],
};
const kinds = Object.keys(oneOfEachRegistration) as readonly Kind[];

type Pick = {
  readonly usual: boolean;
  readonly which: number;
  readonly after: number;
  readonly span: number;
  readonly bent: number;
};
const pick: fc.Arbitrary<Pick> = fc.record({
  usual: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
  which: fc.nat({ max: 1_000 }),
  after: fc.oneof(
    fc.nat({ max: 4 * 24 }),
    fc.constantFrom(1, 24, 14 * 24, 17 * 24, 31 * 24, 1050 * 24),
  ),
  span: fc.oneof(
    fc.integer({ min: -2, max: 20 * 24 }),
    fc.constantFrom(14 * 24, 16 * 24, 1000 * 24, 1095 * 24, 1096 * 24, 1200 * 24),
  ),
  bent: fc.nat({ max: 9 }),
});

function actOf(sheet: Sheet, one: Pick, hour: number): RegistrationAct {
  const from = one.usual ? usually[sheet.phase] : kinds;
  const kind = from[one.which % from.length] ?? "registrationApplied";
  const to = hour + one.span * HOUR;
  switch (kind) {
    case "registrationApplied": {
      const bodies = ["transport", "transport", "price-authority"];
      const act = aRegistration({
        // Under a second name where the first registration is over.
        registration: sheet.phase === "over" ? "vehicles-r2" : ID,
        type: (one.bent % 2 === 0) === sheet.everCoded ? "further" : "first",
        registrant: { body: bodies[one.bent % 3] ?? "" },
        evidence: {
          on: dateOf(hour - (one.bent % 4) * 12 * HOUR),
          digest: aRegistration().evidence?.digest ?? "",
        },
      });
      return one.bent === 9 ? without(act, "evidence") : act;
    }
    case "registrationAsked":
      return anAsking({ by: to });
    case "registrationRefused": {
      const { reasons, ...bare } = oneOfEachRegistration.registrationRefused;
      return one.bent < 5 || reasons === undefined ? bare : { ...bare, reasons };
    }
    case "registrationReviewed":
      return one.bent < 5
        ? aReview()
        : aReview({ lateReasons: aReview().paper });
    case "registrationNoticed":
      return aPublicNotice({ until: to });
    case "registrationObjected": {
      const act = anObjection({ objection: `objection-${one.bent % 3}` });
      return one.bent === 7
        ? without(act, "by")
        : one.bent === 8
          ? without(act, "evidence")
          : act;
    }
    case "objectionDecided":
      return anObjectionDecision({
        objection: `objection-${one.bent % 4}`,
        outcome: one.bent > 7 ? "upheld" : "rejected",
      });
    case "registrationCoded":
      return aCode({ to });
    case "registrationRenewed":
      return aRenewal({ to: (one.bent < 7 ? sheet.to : hour) + one.span * HOUR });
    case "registrationChanged":
      return aChange({ on: dateOf(hour + (one.bent - 6) * DAY) });
    case "registrationCorrected": {
      const { proof, ...bare } = aCorrection();
      return one.bent < 3
        ? bare
        : one.bent < 6
          ? { ...bare, consent: aCancelling().paper }
          : { ...bare, ...(proof === undefined ? {} : { proof }) };
    }
    default:
      return oneOfEachRegistration[kind];
  }
}

const whole = [
  ...registryFounded(),
  ...given(day(1), ...offered.filter(({ kind }) => kind !== "product")),
];

/** Plays random acts in a new office beside a sheet; both must say the same of each. */
function playAll(picks: readonly Pick[], seen: Map<string, number>): void {
  const house: House = play(whole);
  const sheet = clean();
  let at = day(2);
  for (const one of picks) {
    at += one.after * HOUR;
    // Calendars are there for four years; a history ends before.
    if (at > day(1300)) return;
    const act = actOf(sheet, one, at);
    // The second registration is not followed: only whether it may be applied for.
    if (sheet.phase === "over" && act.kind !== "registrationApplied") continue;
    const wanted = broken(sheet, act, at);
    const ruling = actUnsigned(house, at, act, usual[act.kind]);
    const found =
      ruling.outcome === "granted" ? ruling.flags : ruling.findings;
    const expected = wanted.stops.length > 0 ? wanted.stops : (wanted.flags ?? []);
    expect(
      [ruling.outcome, ...new Set(found.map(({ rule }) => rule))].toSorted(),
      `${act.kind} in ${sheet.phase}`,
    ).toEqual(
      [
        wanted.stops.length > 0 ? "refused" : "granted",
        ...new Set(expected),
      ].toSorted(),
    );
    for (const rule of expected)
      seen.set(rule, (seen.get(rule) ?? 0) + 1);
    if (ruling.outcome === "refused") continue;
    if (act.kind === "registrationApplied" && sheet.phase === "over") return;
    note(sheet, act, at);
    mustHold(sheet, act, at);
    seen.set(act.kind, (seen.get(act.kind) ?? 0) + 1);
  }
}

/** No code with an open objection, without a notice of its days, or longer than three years. */
function mustHold(sheet: Sheet, act: Act, at: number): void {
  if (act.kind !== "registrationCoded") return;
  expect(isOpen(sheet)).toBe(false);
  expect(at).toBeGreaterThanOrEqual(over(sheet.noticeFrom, 10));
  expect(act.to).toBeLessThanOrEqual(threeYears(at));
}

test("of registrations that go wrong in random places every broken rule is found, and no other", () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(
      fc.array(pick, { minLength: 5, maxLength: 40, size: "max" }),
      (picks) => playAll(picks, seen),
    ),
    { numRuns: process.env["SOAK"] === "1" ? 5_000 : 300 },
  );
  const rules = [
    ...["CN-REG-04", "CN-REG-05", "CN-REG-08", "CN-REG-09", "CN-REG-10"],
    ...["CN-REG-11", "CN-REG-12", "CN-REG-13", "CN-REG-14", "CN-REG-15"],
    ...["CN-REG-16", "V-REGISTERED", "V-SCOPE", "V-PROCEDURE"],
  ];
  // None of it was a waste: each rule was broken, and each step was taken.
  expect(
    [...rules, ...kinds].filter((name) => (seen.get(name) ?? 0) < 3),
  ).toEqual([]);
});
