import fc from "fast-check";
import { expect, test } from "vitest";
import type { Act } from "../acts/act.ts";
import type { RegistrationAct } from "../register/registrations.ts";
import { offered } from "../../test/story-acts.ts";
import {
  day,
  DAY,
  HOUR,
  theRulebook,
  without,
} from "../../test/story-founding.ts";
import {
  broken,
  clean,
  dateOf,
  ID,
  isOpen,
  note,
  over,
  type Sheet,
  threeYears,
} from "../../test/story-registration-sheet.ts";
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
  registryActs,
} from "../../test/story-registrations.ts";
import { emptyHouse, usual } from "../../test/story.ts";

/** Registrations that go wrong in random places, beside a sheet on which somebody notes what the articles say of each step. */
type Kind = RegistrationAct["kind"];
/** What mostly comes next: an office that does its work. */
const usually: Readonly<Record<Sheet["phase"], readonly Kind[]>> = {
  none: ["registrationApplied"],
  applied: [
    "registrationAccepted",
    "registrationAccepted",
    "registrationAsked",
  ],
  asked: [
    "registrationCompleted",
    "registrationCompleted",
    "registrationRefused",
  ],
  accepted: [
    "registrationReviewed",
    "registrationReviewed",
    "registrationRefused",
  ],
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
    fc.constantFrom(
      14 * 24,
      16 * 24,
      1000 * 24,
      1095 * 24,
      1096 * 24,
      1200 * 24,
    ),
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
      return one.bent < 5 || reasons === undefined
        ? bare
        : { ...bare, reasons };
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
      return aRenewal({
        to: (one.bent < 7 ? sheet.to : hour) + one.span * HOUR,
      });
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

const scene: readonly (readonly [at: number, act: Act])[] = [
  ...registryActs(),
  ...offered
    .filter(({ kind }) => kind !== "product")
    .map((act) => [day(1), act] as const),
];
/** Half of the histories begin with a code, since few get so far. */
const straight: readonly (readonly [at: number, act: RegistrationAct])[] = [
  [day(1), aRegistration()],
  [day(2), oneOfEachRegistration.registrationAccepted],
  [day(3), aReview()],
  [day(4), aPublicNotice({ until: day(19) })],
  [day(19), aCode({ to: day(90) })],
];

/** Plays random acts in a new office beside a sheet; both must say the same of each. */
function playAll(
  picks: readonly Pick[],
  isCoded: boolean,
  seen: Map<string, number>,
): void {
  const house = emptyHouse();
  const sheet = clean();
  for (const [at, act] of [...scene, ...(isCoded ? straight : [])])
    expect(actUnsigned(house, at, act, usual[act.kind]).outcome, act.kind).toBe(
      "granted",
    );
  if (isCoded) for (const [at, act] of straight) note(sheet, act, at);
  let at = day(20);
  for (const one of picks) {
    at += one.after * HOUR;
    // A history ends with its rulebook: then no code is given.
    if (at >= theRulebook.until) return;
    const act = actOf(sheet, one, at);
    // The second registration is not followed: only whether it may be applied for.
    if (sheet.phase === "over" && act.kind !== "registrationApplied") continue;
    const wanted = broken(sheet, act, at);
    const ruling = actUnsigned(house, at, act, usual[act.kind]);
    const found = ruling.outcome === "granted" ? ruling.flags : ruling.findings;
    const expected =
      wanted.stops.length > 0 ? wanted.stops : (wanted.flags ?? []);
    expect(
      [ruling.outcome, ...new Set(found.map(({ rule }) => rule))].toSorted(),
      `${act.kind} in ${sheet.phase}`,
    ).toEqual(
      [
        wanted.stops.length > 0 ? "refused" : "granted",
        ...new Set(expected),
      ].toSorted(),
    );
    for (const rule of expected) seen.set(rule, (seen.get(rule) ?? 0) + 1);
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
      fc.boolean(),
      (picks, isCoded) => playAll(picks, isCoded, seen),
    ),
    { numRuns: process.env["SOAK"] === "1" ? 20_000 : 1_000 },
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
