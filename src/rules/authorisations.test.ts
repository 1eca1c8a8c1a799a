import {
  anAuthorisation,
  anAuthorisationEnd,
  anOrganisation,
  aRulebook,
  registered,
  sanhe,
} from "../../test/story-acts.ts";
import { day, HOUR, theRulebook, without } from "../../test/story-founding.ts";
import { check, given } from "../../test/story.ts";

const known = given(day(1), ...registered);

check(
  "an authorisation from a public procedure, limited in time, is granted",
  ...known,
  [day(2), anAuthorisation(), "granted"],
);

check("an organisation has one class of payer, for ever", ...known, [
  day(2),
  anOrganisation({ class: "research" }),
  "V-NEW breach organisation huaxing",
]);

/** Five years after 4 March 2026. */
const fiveYears = Date.UTC(2031, 2, 3, 16);

check(
  "nobody operates the people's data for ever: an authorisation ends, at most five years away, to the hour",
  ...known,
  [day(2), without(anAuthorisation(), "to"), "CN-OPS-10 missing end none"],
  [
    day(2),
    anAuthorisation({ to: fiveYears + HOUR }),
    `CN-OPS-10 breach to ${fiveYears + HOUR}, latest ${fiveYears}`,
  ],
  [day(2), anAuthorisation({ to: fiveYears }), "granted"],
  [
    day(2),
    anAuthorisation({
      authorisation: "later",
      from: day(3),
      to: fiveYears + 24 * HOUR,
    }),
    "granted",
  ],
  [
    day(2),
    anAuthorisation({
      authorisation: "latest",
      from: day(3),
      to: fiveYears + 25 * HOUR,
    }),
    `CN-OPS-10 breach to ${fiveYears + 25 * HOUR}, latest ${fiveYears + 24 * HOUR}`,
  ],
);

check(
  "a province's five years may be three: the rulebook's number counts",
  ...known,
  [
    day(2),
    aRulebook({
      limits: { ...theRulebook.limits, authorisationMonthsMax: 36 },
    }),
    "granted",
  ],
  [
    day(2),
    anAuthorisation({ to: fiveYears }),
    `CN-OPS-10 breach to ${fiveYears}, latest ${Date.UTC(2029, 2, 3, 16)}`,
  ],
);

check(
  "an authorisation does not begin before its entry, nor end before it begins",
  ...known,
  [
    day(2) + 1,
    anAuthorisation({ from: day(2) }),
    `I14 breach from ${day(2)}, entered ${day(2) + 1}`,
  ],
  [day(3), anAuthorisation({ from: day(3) }), "granted"],
);

check(
  "an end lies after its beginning, on the very hour too",
  ...known,
  [
    day(2),
    anAuthorisation({ from: day(5), to: day(5) }),
    `V-ORDER breach from ${day(5)}, to ${day(5)}`,
  ],
  [
    day(2),
    anAuthorisation({ to: day(2) }),
    `V-ORDER breach from ${day(2)}, to ${day(2)}`,
  ],
  [day(2), anAuthorisation({ from: day(5), to: day(5, 1) }), "granted"],
);

check(
  "an operator is a registered organisation and operates registered datasets",
  [day(1), sanhe, "granted"],
  [
    day(2),
    anAuthorisation(),
    "I1 missing dataset vehicles; I1 missing dataset owners",
  ],
  [
    day(2),
    anAuthorisation({ operator: "friend-of-the-head", datasets: ["vehicles"] }),
    "V-REF missing organisation friend-of-the-head; I1 missing dataset vehicles",
  ],
);

check(
  "an authorisation is ended once, and its id never comes back",
  ...known,
  [day(2), anAuthorisationEnd(), "V-REF missing authorisation sanhe-vehicles"],
  [day(2), anAuthorisation({ to: day(4) }), "granted"],
  [day(3), anAuthorisation(), "V-NEW breach authorisation sanhe-vehicles"],
  [day(3), anAuthorisationEnd(), "granted"],
  [day(3), anAuthorisationEnd(), "V-ENDED breach authorisation sanhe-vehicles"],
  [day(3), anAuthorisation({ authorisation: "second", to: day(5) }), "granted"],
  [
    day(5),
    anAuthorisationEnd({ authorisation: "second" }),
    "V-ENDED breach authorisation second",
  ],
);
