import { registered } from "../test/story-acts.ts";
import { DAY, day, secretOf } from "../test/story-founding.ts";
import {
  aCancellation,
  aCancelling,
  aChange,
  aCode,
  aCompleting,
  aCorrection,
  aDenial,
  anAcceptance,
  anAsking,
  anObjection,
  anObjectionDecision,
  aPublicNotice,
  aRegistration,
  aRegistrationRevoked,
  aRenewal,
  aReview,
  registryActs,
} from "../test/story-registrations.ts";
import {
  dateAt,
  inDays,
  on,
  type Procedure,
  statesAfter,
} from "./procedure-scenes.ts";

/** A dataset is registered, under every rule about it; its notice ends on day 19 and its code on day 300. */
export function registrations(): Procedure {
  const known = [...registryActs(), ...registered.map(on(1))];
  const applied = [...known, on(1)(aRegistration())];
  const asked = [...applied, on(2)(anAsking())];
  const accepted = [...applied, on(2)(anAcceptance())];
  const reviewed = [...accepted, on(3)(aReview())];
  const noticed = [...reviewed, on(4)(aPublicNotice({ until: day(19) }))];
  const objected = [...noticed, on(5)(anObjection())];
  const upheld = anObjectionDecision({ outcome: "upheld" });
  const coded = [...noticed, on(19)(aCode({ to: day(300) }))];
  const cancelling = [...coded, on(240)(aCancelling())];
  const after = statesAfter;
  return {
    name: "The registration of a resource",
    states: {
      "not applied for": after(1, ...known),
      applied: after(2, ...applied),
      asked: after(3, ...asked),
      accepted: after(3, ...accepted),
      reviewed: after(4, ...reviewed),
      "in notice": after(6, ...noticed),
      "objection open": after(6, ...objected),
      "notice over": after(19, ...noticed),
      "in force": after(239, ...coded),
      "in its last 60 days": after(240, ...coded),
      cancelling: after(241, ...cancelling),
      lapsed: after(300, ...coded),
      refused: after(3, ...applied, on(2)(aDenial())),
      stopped: after(7, ...objected, on(6)(upheld)),
      cancelled: after(242, ...cancelling, on(241)(aCancellation())),
      revoked: after(241, ...coded, on(240)(aRegistrationRevoked())),
    },
    acts: acts(),
  };
}

function acts(): Procedure["acts"] {
  return {
    registrationApplied: () =>
      (["first", "further"] as const).map((type) =>
        aRegistration({ registration: "asked", type }),
      ),
    registrationAsked: (at) => [anAsking({ by: at + 10 * DAY })],
    registrationCompleted: () => [aCompleting()],
    registrationAccepted: () => [anAcceptance()],
    registrationRefused: () => [aDenial()],
    registrationReviewed: () => [
      aReview(),
      aReview({ lateReasons: secretOf("why it took so long") }),
    ],
    registrationNoticed: (at) =>
      inDays(at, 20).map((until) => aPublicNotice({ until })),
    registrationObjected: () => [anObjection({ objection: "asked" })],
    objectionDecided: () => [anObjectionDecision()],
    registrationCoded: (at) => [aCode({ to: at + 300 * DAY })],
    registrationRenewed: () => [aRenewal({ to: day(900) })],
    registrationChanged: (at) => [aChange({ on: dateAt(at) })],
    registrationCorrected: () => [aCorrection()],
    cancellationAccepted: () => [aCancelling()],
    registrationCancelled: () => [aCancellation()],
    registrationRevoked: () => [aRegistrationRevoked()],
  };
}
