import { day, DAY } from "../test/story-founding.ts";
import {
  anAuthorisation,
  aPermit,
  aProduct,
  offered,
  registered,
} from "../test/story-acts.ts";
import {
  aCompletion,
  anApplication,
  anExtension,
  aQuery,
  aRefusal,
  aRetreat,
} from "../test/story-applications.ts";
import {
  aDutyDone,
  aLongerAppeal,
  anAppeal,
  anAppealDecision,
  anOverride,
  aRenewal,
  aRenewalAsked,
  aRenewalRefused,
  aReview,
} from "../test/story-beyond.ts";
import {
  dateAt,
  founded,
  inDays,
  on,
  type Procedure,
} from "./procedure-scenes.ts";
import { registrations } from "./registration-states.ts";
import { tenders } from "./tender-states.ts";

/** Every procedure of the table: a further one is one more of these. */
export const procedures: readonly Procedure[] = [
  tenders(),
  registrations(),
  applications(),
  renewals(),
  appeals(),
  overrides(),
];

function applications(): Procedure {
  const received = [
    ...offered.map(on(1)),
    on(2)(anApplication({ due: day(22) })),
  ];
  const asked = [...received, on(4)(aQuery({ left: 10, by: day(30) }))];
  const after = founded();
  return {
    name: "An application for a permit",
    states: {
      "not received": after(3, ...offered.map(on(1))),
      received: after(3, ...received),
      "completion asked": after(5, ...asked),
      completed: after(7, ...asked, on(6)(aCompletion({ due: day(15) }))),
      extended: after(5, ...received, on(4)(anExtension({ due: day(30) }))),
      "term over": after(23, ...received),
      granted: after(
        5,
        ...received,
        on(4)(aPermit({ decides: "application-1" })),
      ),
      refused: after(5, ...received, on(4)(aRefusal())),
      withdrawn: after(5, ...received, on(4)(aRetreat())),
    },
    acts: {
      applicationReceived: (at) =>
        inDays(at, 20).map((due) => anApplication({ due })),
      completionAsked: (at) =>
        Array.from({ length: 20 }, (_, n) =>
          aQuery({ left: n + 1, by: at + 30 * DAY }),
        ),
      completionReceived: (at) =>
        inDays(at, 20).map((due) => aCompletion({ due })),
      applicationExtended: (at) =>
        inDays(at, 40).map((due) => anExtension({ due })),
      "permit that decides it": () => [
        aPermit({ permit: "asked", decides: "application-1" }),
      ],
      applicationRefused: (at) => [aRefusal({ redressUntil: at + 60 * DAY })],
      applicationWithdrawn: () => [aRetreat()],
    },
  };
}

/** A permit from 4 March to 4 June, of a product whose permits are administrative licences: silence may renew it until 4 September. */
function renewals(): Procedure {
  const [end, silent] = [day(94), day(186)];
  const licence = aProduct({ permitsAre: "administrativeLicence" });
  const permitted = [
    ...[...registered, anAuthorisation(), licence].map(on(1)),
    on(2)(aPermit({ from: day(2), to: end })),
  ];
  const asked = [...permitted, on(60)(aRenewalAsked({ silentTo: silent }))];
  const refusal = aRenewalRefused({ redressUntil: day(121) });
  const after = founded("CN-LIC-02");
  return {
    name: "The renewal of a permit",
    states: {
      "in force": after(60, ...permitted),
      "in its last 30 days": after(65, ...permitted),
      "over, not asked": after(95, ...permitted),
      asked: after(61, ...asked),
      renewed: after(62, ...asked, on(61)(aRenewal({ to: day(300) }))),
      refused: after(62, ...asked, on(61)(refusal)),
      "renewed by silence": after(95, ...asked),
    },
    acts: {
      renewalAsked: () => [
        aRenewalAsked(),
        // A renewed term is longer, and silence renews it for as long again.
        ...[silent, day(598)].map((silentTo) => aRenewalAsked({ silentTo })),
      ],
      renewalGranted: () => [aRenewal({ to: day(300) })],
      renewalRefused: (at) => [
        aRenewalRefused({ redressUntil: at + 60 * DAY }),
      ],
    },
  };
}

/** Of a permit, which stands in the entry behind the founding and what leads to it. */
function appeals(): Procedure {
  const permitted = [...offered.map(on(1)), on(2)(aPermit())];
  const against = permitted.length;
  const lodged = [...permitted, on(4)(anAppeal({ against, on: "2026-03-05" }))];
  const upheld = anAppealDecision();
  const annulled = anAppealDecision({
    outcome: "annulled",
    effects: [
      { does: "ends", what: "permit", id: "huaxing-vehicles" },
      {
        ...{ does: "obliges", duty: "duty-1", what: "permit" },
        ...{ id: "huaxing-vehicles", by: day(36) },
      },
    ],
  });
  const obliged = [...lodged, on(6)(annulled)];
  const anew = [...obliged, on(8)(aPermit({ permit: "anew" }))];
  const after = founded("CN-REV-01");
  return {
    name: "An appeal",
    states: {
      decided: after(4, ...permitted),
      lodged: after(5, ...lodged),
      extended: after(6, ...lodged, on(5)(aLongerAppeal())),
      upheld: after(7, ...lodged, on(6)(upheld)),
      "annulled, with a duty": after(7, ...obliged),
      "decided anew": after(9, ...anew),
      "duty done": after(10, ...anew, on(9)(aDutyDone({ entry: anew.length }))),
    },
    acts: {
      appealLodged: (at) => [anAppeal({ against, on: dateAt(at) })],
      appealExtended: () => [aLongerAppeal()],
      appealDecided: () => [upheld],
      dutyDone: () =>
        Array.from({ length: anew.length + 1 }, (_, entry) =>
          aDutyDone({ entry }),
        ),
    },
  };
}

/** An operator is to run the vehicle data for six years, where the rule says five in principle. */
function overrides(): Procedure {
  const sixYears = anAuthorisation({
    ...{ datasets: ["vehicles"], to: day(6 * 365) },
  });
  const known = registered.map(on(1));
  const decided = [...known, on(1)(anOverride(sixYears))];
  const after = founded();
  return {
    name: "A decision against a rule",
    states: {
      "not decided": after(1, ...known),
      "in force": after(200, ...decided),
      "confirmed in review": after(202, ...decided, [day(201), aReview()]),
      "ended in review": after(202, ...decided, [
        day(201),
        aReview({ outcome: "ended" }),
      ]),
    },
    acts: {
      override: (at) => [anOverride(sixYears, { review: at + 300 * DAY })],
      overrideReviewed: () => [aReview()],
    },
  };
}
