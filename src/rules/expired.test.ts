import {
  aCeiling,
  aFee,
  anAuthorisation,
  aPermit,
  aRulebook,
  offered,
} from "../../test/story-acts.ts";
import { day, HOUR } from "../../test/story-founding.ts";
import { aPromotion } from "../../test/story-local-law.ts";
import { founded, national, ofLanan } from "../../test/story-places.ts";
import {
  aCode,
  anAcceptance,
  aPublicNotice,
  aRegistration,
  aReview,
  registryActs,
} from "../../test/story-registrations.ts";
import { aRevenue } from "../../test/story-revenue.ts";
import { check, given, type Step } from "../../test/story.ts";

/** A rulebook ends: what stands runs on, and nothing is granted after it, nor before it for a time after it. */

const registry = registryActs({ until: day(20) }).map(([at, act]): Step => [
  at,
  act,
  "granted",
]);
const over = `I5 breach rulebook-until ${day(20)}`;
check(
  "after its end no code is given to what was registered, and no revenue is permitted",
  ...registry,
  ...given(day(1), ...offered),
  ...given(day(2), aRegistration()),
  ...given(day(3), anAcceptance()),
  ...given(day(4), aReview(), aPublicNotice({ until: day(19) })),
  [day(20), aCode(), over],
  [day(20), aRevenue(), over],
);
check(
  "nor is a local rulebook adopted, or a pilot promoted",
  ...founded,
  [
    day(2),
    ofLanan({ pilot: true, body: "jiangcheng", until: day(300) }),
    "granted",
  ],
  [day(3), aRulebook({ ...national, until: day(200) }), "granted"],
  [
    day(200),
    aPromotion({ rulebook: "lanan-law" }),
    `I5 breach rulebook-until ${day(200)}`,
  ],
);
const LATE = day(364);
const behind = (from: number) =>
  `I5 breach from ${from}, rulebook-until ${LATE}`;
check(
  "nothing begins behind its end: no permit, authorisation, ceiling or fee",
  ...given(day(1), ...offered),
  ...given(day(1), aRulebook({ until: LATE })),
  [day(2), aPermit({ from: LATE, to: LATE + 24 * HOUR }), behind(LATE)],
  [
    day(2),
    anAuthorisation({
      ...{ authorisation: "later", from: day(20_000), to: day(20_100) },
    }),
    behind(day(20_000)),
  ],
  [
    day(2),
    aCeiling({ ceiling: "later", from: LATE, to: day(400) }),
    behind(LATE),
  ],
  [
    day(2),
    aFee({ fee: "later", from: LATE, to: day(400) }),
    `CN-PRC-03 missing ceiling none; ${behind(LATE)}`,
  ],
  [day(2), aPermit({ from: LATE - HOUR, to: LATE + 24 * HOUR }), "granted"],
);
