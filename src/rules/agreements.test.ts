import { anAgreementChange } from "../../test/story-agreements.ts";
import {
  anAuthorisation,
  anAuthorisationEnd,
  registered,
} from "../../test/story-acts.ts";
import {
  day,
  paperOf,
  theGenesis,
  theRulebook,
  without,
} from "../../test/story-founding.ts";
import { whole } from "../../test/story-procedures.ts";
import { approved, check, given } from "../../test/story.ts";

/** The agreement behind an authorisation: changed, renewed, left. */

const rights = given(day(1), ...registered, anAuthorisation({ to: day(700) }));
const renewed = (to: number) => anAgreementChange({ how: "renewed", to });
const left = (to: number) => anAgreementChange({ how: "left", to });
const unfiled = without(anAgreementChange(), "filing");

check(
  "an agreement is changed by two, and neither ends nor lengthens the right",
  ...rights,
  [day(2), anAgreementChange(), "granted"],
  [
    day(2),
    anAgreementChange({ to: day(900) }),
    `V-FORM breach how amended, to ${day(900)}`,
  ],
  [
    day(2),
    anAgreementChange({ authorisation: "none" }),
    "V-REF missing authorisation none",
  ],
);

check(
  "a renewal has an end behind the old one, inside the limit",
  ...rights,
  [day(2), anAgreementChange({ how: "renewed" }), "CN-OPS-10 missing end none"],
  [
    day(2),
    renewed(day(600)),
    `V-ORDER breach from ${day(700)}, to ${day(600)}`,
  ],
  [day(2), renewed(day(900)), "granted"],
  [
    day(2),
    renewed(day(900)),
    `V-ORDER breach from ${day(900)}, to ${day(900)}`,
  ],
);

check(
  "who leaves does so before the end, and is gone",
  ...rights,
  [day(2), left(day(800)), `V-ORDER breach from ${day(800)}, to ${day(700)}`],
  [day(2), left(day(30)), "granted"],
  [
    day(31),
    anAuthorisationEnd(),
    "V-ENDED breach authorisation sanhe-vehicles",
  ],
);

check(
  "where CN-OPS-09 counts, a change is filed, behind its decision",
  [
    day(0),
    theGenesis({
      rulebook: { ...theRulebook, rules: [{ rule: "CN-OPS-09" }] },
    }),
    "granted",
  ],
  ...given(
    day(1),
    ...registered,
    anAuthorisation({ to: day(700), procedure: whole }),
  ),
  [day(2), unfiled, "CN-OPS-09 missing fact filing"],
  [
    day(2),
    anAgreementChange({
      decision: { ...anAgreementChange().decision, on: "2026-03-02" },
    }),
    "CN-OPS-09 breach fact decision.on, after filing.on",
  ],
  [
    day(2),
    anAgreementChange({
      filing: { on: "2026-03-09", paper: paperOf("filed") },
    }),
    "CN-OPS-09 breach fact filing.on, after entry",
  ],
  [day(2), anAgreementChange(), "granted"],
);

check("what one person signed alone is no change", ...rights, [
  day(2),
  anAgreementChange(),
  approved("head"),
  "I4 missing role prepared, power prepareAuthorisations",
]);
