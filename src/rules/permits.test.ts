import {
  aConfirmation,
  anAuthorisation,
  anOrganisation,
  aPermit,
  aProduct,
  aReport,
  aRevocation,
  aRulebook,
  aWithdrawal,
  offered,
  registered,
} from "../../test/story-acts.ts";
import {
  day,
  HOUR,
  posts,
  theGenesis,
  theRulebook,
  without,
} from "../../test/story-founding.ts";
import { approved, check, given, prepared } from "../../test/story.ts";

const known = given(day(1), ...registered);
const scene = given(day(1), ...offered);

check(
  "a permit for an offered product and a listed purpose is granted",
  ...scene,
  [day(2), aPermit(), "granted"],
);

check(
  "no permit for what is not offered, or not any more",
  ...known,
  [day(2), aPermit(), "I1 missing product vehicle-records"],
  ...given(day(3), anAuthorisation(), aProduct(), aWithdrawal()),
  [day(4), aPermit(), "I1 missing product vehicle-records"],
);

check(
  "no permit for a stranger, for a purpose outside the list, or for another purpose than the product's",
  ...scene,
  [
    day(2),
    aPermit({ organisation: "nobody" }),
    "V-REF missing organisation nobody",
  ],
  [day(2), aPermit({ purpose: "curiosity" }), "V-PUR breach purpose curiosity"],
  [
    day(2),
    aPermit({ purpose: "research" }),
    "V-SCOPE breach product vehicle-records, purpose research",
  ],
);

check(
  "a permit reaches no further than its product: no field and no row beyond it",
  ...scene,
  [
    day(2),
    aPermit({ fields: ["plate", "owner"] }),
    "V-SCOPE breach product vehicle-records, field owner",
  ],
  [
    day(2),
    aPermit({ where: ["owner"] }),
    "V-SCOPE breach product vehicle-records, field owner",
  ],
  [
    day(2),
    aPermit({ rowsMax: 1001 }),
    "V-SCOPE breach rows 1001, rows-max 1000",
  ],
  [day(2), aPermit({ rowsMax: 1000, where: [] }), "granted"],
);

/** Three years after 4 March 2026. */
const threeYears = Date.UTC(2029, 2, 3, 16);

check(
  "a permit ends, at most so many months after it begins, to the hour",
  ...scene,
  [day(2), without(aPermit(), "to"), "I5 missing end none"],
  [
    day(2),
    aPermit({ to: threeYears + HOUR }),
    `I5 breach to ${threeYears + HOUR}, latest ${threeYears}`,
  ],
  [day(2), aPermit({ to: threeYears }), "granted"],
);

check(
  "a permit does not begin before its entry, nor end before it begins",
  ...scene,
  [
    day(2) + 1,
    aPermit({ from: day(2) }),
    `I14 breach from ${day(2)}, entered ${day(2) + 1}`,
  ],
  [
    day(3),
    aPermit({ from: day(3), to: day(3) }),
    `V-ORDER breach from ${day(3)}, to ${day(3)}`,
  ],
  [day(3), aPermit({ from: day(3), to: day(3, 1) }), "granted"],
);

check(
  "a permit is revoked once, while it stands",
  ...scene,
  [day(2), aRevocation(), "V-REF missing permit huaxing-vehicles"],
  [day(2), aPermit({ to: day(4) }), "granted"],
  [day(2), aPermit(), "V-NEW breach permit huaxing-vehicles"],
  [day(4) - 1, aRevocation(), "granted"],
  [day(4) - 1, aRevocation(), "V-ENDED breach permit huaxing-vehicles"],
  [day(4), aPermit({ permit: "next", to: day(6) }), "granted"],
  [day(6), aRevocation({ permit: "next" }), "V-ENDED breach permit next"],
);

check(
  "under an expired rulebook what stands runs to its end, and no new right is granted",
  [
    day(0),
    theGenesis({ rulebook: { ...theRulebook, until: day(4) } }),
    "granted",
  ],
  ...scene,
  ...given(day(3), aReport()),
  [day(4) - 1, aPermit(), "granted"],
  [day(4), aPermit({ permit: "late" }), `I5 breach rulebook-until ${day(4)}`],
  [
    day(4),
    anAuthorisation({ authorisation: "late" }),
    `I5 breach rulebook-until ${day(4)}`,
  ],
  [day(4), aProduct({ product: "late" }), `I5 breach rulebook-until ${day(4)}`],
  [day(4), aConfirmation(), `I5 breach rulebook-until ${day(4)}`],
  [day(4), anOrganisation({ organisation: "late" }), "granted"],
  [day(4), aRevocation(), "granted"],
  [day(5), aRulebook({ until: day(1000) }), "granted"],
  [day(5), aPermit({ permit: "late" }), "granted"],
);

check(
  "only posts with that power prepare and grant a right, and not one person both",
  [
    day(0),
    theGenesis({ posts: posts("registrar", "authorise", "permit") }),
    "granted",
  ],
  ...scene,
  [
    day(2),
    aPermit(),
    approved("head"),
    "I4 missing role prepared, power preparePermits",
  ],
  [
    day(2),
    aPermit(),
    prepared("registrar"),
    "I4 missing role approved, power permit",
  ],
  [
    day(2),
    aPermit(),
    prepared("administrator"),
    approved("head"),
    "I4 breach post administrator, lacks-power preparePermits",
  ],
  [
    day(2),
    aPermit(),
    prepared("registrar"),
    approved("administrator"),
    "I4 breach post administrator, lacks-power permit",
  ],
  [
    day(2),
    aPermit(),
    prepared("registrar"),
    approved("registrar"),
    "I4 breach same-person prepared-and-approved",
  ],
  [
    day(2),
    anAuthorisation({ authorisation: "a" }),
    prepared("registrar"),
    approved("registrar"),
    "I4 breach same-person prepared-and-approved",
  ],
  [day(2), aPermit(), prepared("head"), approved("registrar"), "granted"],
);
