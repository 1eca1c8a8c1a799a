import { anApplication, aRefusal } from "../../test/story-applications.ts";
import {
  anAuthorisation,
  anOrganisation,
  aPermit,
  aProduct,
} from "../../test/story-acts.ts";
import { day, paperOf } from "../../test/story-founding.ts";
import { founded } from "../../test/story-proceeding.ts";
import { check, given } from "../../test/story.ts";

/** One has alone what others are refused: it is seen. */

const exclusive = anAuthorisation({ exclusive: true });
check(
  "a sole partner stands with the ground, the end and the day of its review, or does not stand",
  ...founded([{ rule: "CN-CMP-01" }]),
  [day(2), exclusive, "CN-CMP-01 missing fact exclusivity.rule"],
  [
    day(2),
    { ...exclusive, exclusivity: { rule: "CN-CMP-02", review: day(701) } },
    `CN-CMP-01 breach review ${day(701)}, latest ${day(700)}`,
  ],
  [
    day(2),
    { ...exclusive, exclusivity: { rule: "CN-CMP-02", review: day(2) } },
    `V-ORDER breach from ${day(2)}, to ${day(2)}`,
  ],
  [
    day(2),
    anAuthorisation({
      exclusivity: { rule: "CN-CMP-02", review: day(300) },
    }),
    "V-FORM breach exclusivity none",
  ],
  [
    day(2),
    {
      ...exclusive,
      exclusivity: { rule: "CN-CMP-02", review: day(300) },
      procedure: {
        ...{ method: "openTender", record: paperOf("tender") },
        review: {
          ...{ conclusion: "noRestriction", on: "2026-03-03" },
          paper: paperOf("review"),
        },
      },
    },
    "CN-CMP-01 breach conclusion noRestriction",
  ],
  [
    day(2),
    { ...exclusive, exclusivity: { rule: "CN-CMP-02", review: day(300) } },
    "granted",
  ],
);
const rival = anOrganisation({ organisation: "rival", title: "Rival" });
check(
  "whoever is refused what one has alone, or what one like it may use, sees that in the refusal",
  ...founded([]),
  [day(2), anAuthorisation(), "granted"],
  ...given(day(2), aProduct(), rival, anApplication({ organisation: "rival" })),
  ...given(
    day(2),
    anApplication({ application: "second", organisation: "sanhe" }),
  ),
  [day(3), aPermit(), "granted"],
  [
    day(4),
    aRefusal(),
    [
      "granted, V-EFFECT breach dataset vehicles, permit huaxing-vehicles, holder huaxing",
      "V-ALIKE breach permit huaxing-vehicles, organisation huaxing, class enterprise",
    ].join("; "),
  ],
  [
    day(4),
    aPermit({
      permit: "for-rival",
      organisation: "rival",
      purpose: "insurance",
    }),
    "granted",
  ],
  [
    day(4),
    aRefusal({ application: "second" }),
    "granted, V-ALIKE breach permit huaxing-vehicles, organisation huaxing, class enterprise",
  ],
);
check(
  "whoever is refused what is operated exclusively sees by whom",
  ...founded([]),
  [day(2), exclusive, "granted"],
  ...given(day(2), aProduct(), anApplication()),
  [
    day(4),
    aRefusal(),
    "granted, V-EFFECT breach dataset vehicles, authorisation sanhe-vehicles, holder sanhe",
  ],
);
