import fc from "fast-check";
import type { Act, ActKind, ActOf } from "../src/acts/act.ts";
import type { RegistrationAct } from "../src/register/registrations.ts";
import { aCalendar } from "./story-calendars.ts";
import {
  day,
  HOUR,
  paperOf,
  type Rulebook,
  secretOf,
  theGenesis,
  theRulebook,
} from "./story-founding.ts";
import type { Step } from "./story.ts";

type Of<K extends ActKind> = Partial<ActOf<K>>;
const named = { registration: "vehicles-r1" } as const;
const withPaper = (name: string) => ({ ...named, paper: secretOf(name) });

export const aRegistration = (
  change: Of<"registrationApplied"> = {},
): ActOf<"registrationApplied"> => ({
  ...{ kind: "registrationApplied", resource: { dataset: "vehicles" } },
  ...{ registrant: { body: "transport" }, registry: "data-office" },
  ...{ type: "first", title: "Vehicles of the province" },
  description: "Plate, make and year of registered vehicles",
  evidence: { on: "2026-03-01", digest: paperOf("evidence").paper },
  ...withPaper("registration"),
  ...change,
});
export const anAsking = (
  change: Of<"registrationAsked"> = {},
): ActOf<"registrationAsked"> => ({
  ...{ kind: "registrationAsked", by: day(30) },
  ...withPaper("what the registration lacks"),
  ...change,
});
export const aCompleting = (
  change: Of<"registrationCompleted"> = {},
): ActOf<"registrationCompleted"> => ({
  ...{ kind: "registrationCompleted" },
  ...withPaper("what the registration lacked"),
  ...change,
});
export const anAcceptance = (
  change: Of<"registrationAccepted"> = {},
): ActOf<"registrationAccepted"> => ({
  kind: "registrationAccepted",
  ...named,
  ...change,
});
export const aDenial = (
  change: Of<"registrationRefused"> = {},
): ActOf<"registrationRefused"> => ({
  ...{ kind: "registrationRefused", reasons: secretOf("why not") },
  ...named,
  ...change,
});
export const aReview = (
  change: Of<"registrationReviewed"> = {},
): ActOf<"registrationReviewed"> => ({
  kind: "registrationReviewed",
  ...withPaper("record of the review"),
  ...change,
});
export const aPublicNotice = (
  change: Of<"registrationNoticed"> = {},
): ActOf<"registrationNoticed"> => ({
  ...{ kind: "registrationNoticed", until: day(20) },
  ...named,
  ...change,
});
export const anObjection = (
  change: Of<"registrationObjected"> = {},
): ActOf<"registrationObjected"> => ({
  ...{ kind: "registrationObjected", objection: "objection-1" },
  ...{ by: secretOf("real name"), evidence: secretOf("whose it is") },
  ...named,
  ...change,
});
export const anObjectionDecision = (
  change: Of<"objectionDecided"> = {},
): ActOf<"objectionDecided"> => ({
  ...{ kind: "objectionDecided", objection: "objection-1" },
  ...{ outcome: "rejected", ...withPaper("looked at again") },
  ...change,
});
export const aCode = (
  change: Of<"registrationCoded"> = {},
): ActOf<"registrationCoded"> => ({
  ...{ kind: "registrationCoded", code: "dj-2026-0001", to: day(1000) },
  ...named,
  ...change,
});
export const aRenewal = (
  change: Of<"registrationRenewed"> = {},
): ActOf<"registrationRenewed"> => ({
  ...{ kind: "registrationRenewed", to: day(2000) },
  ...withPaper("renewal"),
  ...change,
});
export const aChange = (
  change: Of<"registrationChanged"> = {},
): ActOf<"registrationChanged"> => ({
  ...{ kind: "registrationChanged", what: "content", on: "2026-03-02" },
  ...{ ...withPaper("what changed"), title: "Vehicles and trailers" },
  ...change,
});
export const aCorrection = (
  change: Of<"registrationCorrected"> = {},
): ActOf<"registrationCorrected"> => ({
  ...{ kind: "registrationCorrected", askedBy: "interestedPerson" },
  ...{ proof: secretOf("proof"), description: "Plate, make, year" },
  ...named,
  ...change,
});
export const aCancelling = (
  change: Of<"cancellationAccepted"> = {},
): ActOf<"cancellationAccepted"> => ({
  ...{ kind: "cancellationAccepted", cause: "waiver" },
  ...withPaper("cancellation"),
  ...change,
});
export const aCancellation = (
  change: Of<"registrationCancelled"> = {},
): ActOf<"registrationCancelled"> => ({
  kind: "registrationCancelled",
  ...named,
  ...change,
});
export const aRegistrationRevoked = (
  change: Of<"registrationRevoked"> = {},
): ActOf<"registrationRevoked"> => ({
  ...{ kind: "registrationRevoked", cause: "fraud" },
  ...withPaper("finding"),
  ...change,
});

/** The rules of registration that a story's rulebook adopts. */
export const registrationRules = [
  ...["CN-REG-01", "CN-REG-02", "CN-REG-03", "CN-REG-04", "CN-REG-05"],
  ...["CN-REG-06", "CN-REG-07", "CN-REG-08", "CN-REG-09", "CN-REG-10"],
  ...["CN-REG-11", "CN-REG-12", "CN-REG-13", "CN-REG-14", "CN-REG-15"],
  ...["CN-REG-16", "CN-REG-17"],
] as const;

/** An office that adopted them, with the calendars of its years. */
export function registryActs(
  change: Partial<Rulebook> = {},
): readonly (readonly [at: number, act: Act])[] {
  return [
    [
      day(0),
      theGenesis({
        rulebook: {
          ...{ ...theRulebook, calendar: "lanan" },
          rules: registrationRules.map((rule) => ({ rule })),
          ...change,
        },
      }),
    ],
    ...[2026, 2027, 2028, 2029].map(
      (year) =>
        [
          day(0),
          aCalendar(year === 2026 ? {} : { year, holidays: [], makeUps: [] }),
        ] as const,
    ),
  ];
}
export function registryFounded(
  change: Partial<Rulebook> = {},
): readonly Step[] {
  return registryActs(change).map(([at, act]) => [at, act, "granted"] as const);
}

/** In an order in which an office could grant them, but for the last, of a registration that is over. */
export const oneOfEachRegistration: {
  readonly [K in RegistrationAct["kind"]]: ActOf<K>;
} = {
  registrationApplied: aRegistration(),
  registrationAsked: anAsking(),
  registrationCompleted: aCompleting(),
  registrationAccepted: anAcceptance(),
  registrationReviewed: aReview(),
  registrationNoticed: aPublicNotice(),
  registrationObjected: anObjection(),
  objectionDecided: anObjectionDecision(),
  registrationCoded: aCode(),
  registrationRenewed: aRenewal(),
  registrationChanged: aChange(),
  registrationCorrected: aCorrection(),
  cancellationAccepted: aCancelling(),
  registrationCancelled: aCancellation(),
  registrationRevoked: aRegistrationRevoked(),
  registrationRefused: aDenial(),
};

type Dated = (hour: number) => Act;
const id = fc.constantFrom("vehicles-r1", "second-r1");
const hours = fc.constantFrom(-1, 1, 24 * 20, 24 * 1000);
const still = (make: (registration: string) => Act) =>
  id.map(
    (registration): Dated =>
      () =>
        make(registration),
  );
const dated = (make: (registration: string, to: number) => Act) =>
  fc.tuple(id, hours).map(
    ([one, more]): Dated =>
      (hour) =>
        make(one, hour + more * HOUR),
  );

/** Registrations in every order, in time and out of it. */
export const registering: {
  readonly [K in RegistrationAct["kind"]]: fc.Arbitrary<Dated>;
} = {
  registrationApplied: fc
    .tuple(
      id,
      fc.constantFrom<ActOf<"registrationApplied">["resource"][]>(
        { dataset: "vehicles" },
        { product: "vehicle-records" },
        { dataset: "nothing" },
      ),
      fc.constantFrom<ActOf<"registrationApplied">["registrant"][]>(
        { body: "transport" },
        { organisation: "sanhe" },
        { organisation: "nobody" },
      ),
      fc.constantFrom("first" as const, "further" as const),
    )
    .map(
      ([registration, resource, registrant, type]) =>
        () =>
          aRegistration({ registration, resource, registrant, type }),
    ),
  registrationAsked: dated((registration, by) =>
    anAsking({ registration, by }),
  ),
  registrationCompleted: still((registration) => aCompleting({ registration })),
  registrationAccepted: still((registration) => anAcceptance({ registration })),
  registrationRefused: still((registration) => aDenial({ registration })),
  registrationReviewed: still((registration) => aReview({ registration })),
  registrationNoticed: dated((registration, until) =>
    aPublicNotice({ registration, until }),
  ),
  registrationObjected: still((registration) => anObjection({ registration })),
  objectionDecided: fc
    .tuple(id, fc.constantFrom("upheld" as const, "rejected" as const))
    .map(
      ([registration, outcome]) =>
        () =>
          anObjectionDecision({ registration, outcome }),
    ),
  registrationCoded: dated((registration, to) =>
    aCode({ registration, code: registration, to }),
  ),
  registrationRenewed: dated((registration, to) =>
    aRenewal({ registration, to }),
  ),
  registrationChanged: still((registration) => aChange({ registration })),
  registrationCorrected: still((registration) => aCorrection({ registration })),
  cancellationAccepted: still((registration) => aCancelling({ registration })),
  registrationCancelled: still((registration) =>
    aCancellation({ registration }),
  ),
  registrationRevoked: still((registration) =>
    aRegistrationRevoked({ registration }),
  ),
};

/** Every step of a registration, signed alike. */
export function byRegistry<T>(
  signing: T,
): Readonly<Record<RegistrationAct["kind"], T>> {
  return {
    registrationApplied: signing,
    registrationAsked: signing,
    registrationCompleted: signing,
    registrationAccepted: signing,
    registrationRefused: signing,
    registrationReviewed: signing,
    registrationNoticed: signing,
    registrationObjected: signing,
    objectionDecided: signing,
    registrationCoded: signing,
    registrationRenewed: signing,
    registrationChanged: signing,
    registrationCorrected: signing,
    cancellationAccepted: signing,
    registrationCancelled: signing,
    registrationRevoked: signing,
  };
}
