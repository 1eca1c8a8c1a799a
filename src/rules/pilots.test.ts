import { aBody, aRulebook, aSystem } from "../../test/story-acts.ts";
import { day } from "../../test/story-founding.ts";
import { aLocalEnd, aPilot, aPromotion } from "../../test/story-local-law.ts";
import {
  awarded,
  council,
  founded,
  national,
  ofJiangcheng,
  ofLanan,
} from "../../test/story-places.ts";
import { check, given } from "../../test/story.ts";

/** Something is tried in one city: it ends by itself, or it is kept for the whole province. */

const notice = (days: number, wanted: number) =>
  `CN-TND-03 breach fact procedure.tender.noticeUntil, days ${days}, wanted ${wanted}`;
const pilot = aPilot({
  ...{ parent: "lanan-law", body: "jiangcheng", until: day(200) },
  rules: [{ rule: "CN-TND-03", number: 9 }],
});
check(
  "a pilot holds in one city until its day, and ends by itself",
  ...founded,
  [day(2), ofLanan(), "granted"],
  [day(3), pilot, council("jiangcheng"), "granted"],
  [day(199), awarded("tried", "jiangcheng", 8), notice(8, 9)],
  [day(199), awarded("untried", "haicheng", 5), "granted"],
  // What its parent wants counts again.
  [day(200), awarded("short", "jiangcheng", 4), notice(4, 5)],
  [day(200), awarded("after", "jiangcheng", 5), "granted"],
  [day(201), aPromotion(), "V-ENDED breach rulebook pilot-1"],
);
check(
  "a pilot that was promoted holds wherever its parent holds, until its parent's end",
  ...founded,
  [day(2), ofLanan(), "granted"],
  [day(3), pilot, council("jiangcheng"), "granted"],
  [day(100), awarded("before", "haicheng", 5), "granted"],
  [
    day(101),
    aPromotion(),
    council("jiangcheng"),
    "V-LOCAL breach post jiangcheng-council, not-over lanan",
  ],
  [day(101), aPromotion(), council("lanan"), "granted"],
  [day(102), awarded("short", "haicheng", 8), notice(8, 9)],
  [day(102), awarded("national", "data-office", 3), "granted"],
  [day(599), awarded("still", "jiangcheng", 8), notice(8, 9)],
  [day(600), awarded("over", "jiangcheng", 3), "granted"],
);
check(
  "what a pilot under the national rulebook showed holds everywhere, once those promote it who adopt for everywhere",
  ...founded,
  [day(2), aPilot({ ...pilot, parent: "national" }), "granted"],
  [
    day(3),
    aPromotion(),
    council("lanan"),
    "V-LOCAL breach post lanan-council, lacks-power adopt",
  ],
  [day(3), aPromotion(), "granted"],
  [day(4), awarded("national", "data-office", 8), notice(8, 9)],
  [day(4), aPromotion(), "V-PILOT breach rulebook pilot-1"],
  [day(729), awarded("still", "haicheng", 8), notice(8, 9)],
);
check(
  "a pilot of the whole office is none, nor one of all that its parent's place holds",
  ...founded,
  [
    day(2),
    aPilot({ ...pilot, parent: "national", body: "data-office" }),
    "V-PILOT breach body data-office, parent national",
  ],
  [day(2), ofLanan({ rulebook: "east-law", body: "east-side" }), "granted"],
  ...given(
    day(2),
    aBody({ body: "new-town", parent: "haicheng" }),
    aBody({ body: "old-town", parent: "new-town" }),
    aSystem({ system: "old-register", body: "old-town" }),
  ),
  [day(3), ofLanan({ rulebook: "new-law", body: "new-town" }), "granted"],
  // All that the new town holds is held in the old one.
  [
    day(3),
    aPilot({ ...pilot, parent: "new-law", body: "old-town" }),
    "V-PILOT breach body old-town, parent new-law",
  ],
  [day(3), aPilot({ ...pilot, parent: "national", body: "lanan" }), "granted"],
);
// Two years from 6 March 2026 are 731 days; 200 and 31 of them were tried.
check(
  "the same is not tried again by the same body for more than its 24 months in all, under whatever name",
  ...founded,
  [day(2), aRulebook({ ...national, until: day(2000) }), "granted"],
  [
    day(4),
    aPilot({ ...pilot, parent: "national", until: day(204) }),
    "granted",
  ],
  [
    day(4),
    aPilot({
      ...pilot,
      rulebook: "again",
      parent: "national",
      until: day(735),
    }),
    `V-PILOT breach until ${day(735)}, latest ${day(535)}`,
  ],
  [
    day(4),
    aPilot({
      ...pilot,
      rulebook: "again",
      parent: "national",
      until: day(400),
    }),
    "granted",
  ],
  // It counts as long as it stood.
  [day(35), aLocalEnd({ rulebook: "again" }), "granted"],
  [
    day(35),
    aPilot({
      ...pilot,
      rulebook: "third",
      parent: "national",
      until: day(700),
    }),
    `V-PILOT breach until ${day(700)}, latest ${day(535)}`,
  ],
  [
    day(35),
    aPilot({
      ...pilot,
      rulebook: "third",
      parent: "national",
      until: day(535),
    }),
    "granted",
  ],
  // Another body tries it, and the same body something else.
  [
    day(36),
    aPilot({
      ...{ ...pilot, rulebook: "there", body: "haicheng" },
      ...{ parent: "national", until: day(700) },
    }),
    "granted",
  ],
  [
    day(36),
    aPilot({
      ...{ ...pilot, rulebook: "other", parent: "national" },
      ...{ until: day(700), rules: [{ rule: "CN-SSL-04", number: 6 }] },
    }),
    "granted",
  ],
);
check(
  "a pilot is limited in time and in place, and nothing rests on it",
  ...founded,
  [day(2), ofLanan({ until: day(730) }), "granted"],
  [
    day(3),
    aPilot({ ...pilot, body: "lanan" }),
    "V-PILOT breach body lanan, parent lanan-law",
  ],
  [day(3), pilot, "granted"],
  [
    day(4),
    ofJiangcheng({ body: "east-side", parent: "pilot-1", until: day(100) }),
    "V-LOCAL breach parent pilot-1, pilot-of jiangcheng",
  ],
  [day(5), aRulebook({ ...national, until: day(2000) }), "granted"],
  [
    day(5),
    aPilot({
      ...{ rulebook: "long", parent: "national", body: "haicheng" },
      until: day(800),
    }),
    `V-PILOT breach until ${day(800)}, latest ${day(736)}`,
  ],
  [
    day(6),
    aPromotion({ rulebook: "lanan-law" }),
    "V-PILOT breach rulebook lanan-law",
  ],
  [day(6), aPromotion({ rulebook: "none" }), "V-REF missing rulebook none"],
);
