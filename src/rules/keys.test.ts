import {
  aKey,
  aKeyEnd,
  anOrganisation,
  aPerson,
  aPost,
  aTenure,
  aTenureEnd,
} from "../../test/story-acts.ts";
import {
  day,
  keyIdNamed,
  theGenesis,
  theRulebook,
} from "../../test/story-founding.ts";
import { approved, check, given, holder, prepared } from "../../test/story.ts";

/** Person 7 comes to the office: a number, a post that prepares fees, a key. */
const arrival = given(day(1), aPerson(7), aPost(), aTenure(), aKey(7));
const byClerk = approved("clerk", { person: 7 });
/** A clerk who may register: the power that is easiest to try out. */
const registering = given(
  day(1),
  aPerson(7),
  aPost({ powers: ["register"] }),
  aTenure({ to: day(9) }),
  aKey(7),
);

check(
  "a new key signs a day after it was enrolled, to the very hour, so that a theft can be seen in time",
  ...registering,
  [
    day(2) - 1,
    anOrganisation(),
    byClerk,
    `I4 breach key ${keyIdNamed("person-7")}, signs-from ${day(2)}`,
  ],
  [day(2), anOrganisation(), byClerk, "granted"],
);

check(
  "a rulebook may make new keys wait longer",
  [
    day(0),
    theGenesis({
      rulebook: {
        ...theRulebook,
        limits: { ...theRulebook.limits, keyDelayHours: 72 },
      },
    }),
    "granted",
  ],
  ...registering,
  [
    day(4) - 1,
    anOrganisation(),
    byClerk,
    `I4 breach key ${keyIdNamed("person-7")}, signs-from ${day(4)}`,
  ],
  [day(4), anOrganisation(), byClerk, "granted"],
);

check(
  "a tenure's last hour counts and the next does not",
  ...registering,
  [day(9) - 1, anOrganisation(), byClerk, "granted"],
  [
    day(9),
    anOrganisation({ organisation: "late" }),
    byClerk,
    "I4 breach not-held-by-signer clerk",
  ],
);

check(
  "who has left the post signs for it no more, though the key still holds",
  ...registering,
  [day(3), aTenureEnd(), "granted"],
  [day(3), anOrganisation(), byClerk, "I4 breach not-held-by-signer clerk"],
);

check(
  "no administrator enrols a key in an official's name without that official, nor their own",
  ...given(day(1), aPerson(7)),
  [day(2), aKey(7), approved("administrator"), "I4 missing role holder"],
  [day(2), aKey(7), holder(7), approved("registrar"), "granted"],
  [
    day(2),
    aKey(3, "stolen"),
    holder(3, "stolen"),
    approved("administrator"),
    "I4 breach same-person holder-and-enroller; I4 breach enrolled-by 0, wanted 2",
  ],
  [
    day(2),
    aKey(9, "ghost"),
    holder(9, "ghost"),
    approved("administrator"),
    "V-REF missing person 9",
  ],
);

check("who approves a key of their own is not its holder for that", [
  day(2),
  aKey(3, "fresh"),
  approved("administrator"),
  approved("registrar"),
  "I4 missing role holder; I4 breach same-person holder-and-enroller; I4 breach enrolled-by 1, wanted 2",
]);

check(
  "a key for a post that grants rights is enrolled by two, before and after the appointment",
  ...given(day(1), aPerson(7), aPerson(8), aPost({ powers: ["permit"] })),
  [
    day(2),
    aKey(1, "second"),
    holder(1, "second"),
    approved("administrator"),
    "I4 breach enrolled-by 1, wanted 2",
  ],
  [
    day(2),
    aKey(1, "second"),
    holder(1, "second"),
    approved("administrator"),
    approved("registrar"),
    "granted",
  ],
  [day(2), aKey(7), holder(7), approved("administrator"), "granted"],
  [
    day(2),
    aKey(8),
    holder(8),
    approved("administrator"),
    approved("registrar"),
    "granted",
  ],
  [
    day(2),
    aTenure(),
    `I4 breach key ${keyIdNamed("person-7")}, enrolled-by 1, wanted 2`,
  ],
  [day(2), aTenure({ person: 8, from: day(9), to: day(12) }), "granted"],
  [
    day(3),
    aKey(8, "third"),
    holder(8, "third"),
    approved("administrator"),
    "I4 breach enrolled-by 1, wanted 2",
  ],
  [day(3), aKeyEnd("person-7"), "granted"],
  [day(12), aTenure(), "granted"],
  [
    day(12),
    aKey(8, "third"),
    holder(8, "third"),
    approved("administrator"),
    "granted",
  ],
);

check(
  "a key is one person's, enrolled once",
  ...arrival,
  [day(2), aKey(7), "V-NEW breach key " + keyIdNamed("person-7")],
  [
    day(2),
    aKey(7, "person-1"),
    holder(7, "person-1"),
    approved("administrator"),
    "V-NEW breach key " + keyIdNamed("person-1"),
  ],
);

check(
  "enrolling takes the power to enrol",
  ...given(day(1), aPerson(7)),
  [
    day(2),
    aKey(7),
    holder(7),
    approved("head"),
    "I4 breach post head, lacks-power enrol",
  ],
  [day(2), aKey(7), holder(7), "turned away: unknownKey"],
  [
    day(2),
    aKey(7),
    holder(7),
    prepared("administrator"),
    "I4 breach enrolled-by 0, wanted 1; I4 missing role approved, power enrol",
  ],
);

check(
  "a stolen key is revoked at once, and what it signs is turned away",
  ...registering,
  [day(3), aKeyEnd("never"), `V-REF missing key ${keyIdNamed("never")}`],
  [day(3), anOrganisation(), byClerk, "granted"],
  [
    day(3),
    aKeyEnd("person-7", { doubtfulSince: day(2) }),
    approved("registrar"),
    "granted",
  ],
  [
    day(3),
    anOrganisation({ organisation: "late" }),
    byClerk,
    "turned away: unknownKey",
  ],
  [day(3), aKeyEnd("person-7"), `V-ENDED breach key ${keyIdNamed("person-7")}`],
  [day(4), aKey(7), "V-NEW breach key " + keyIdNamed("person-7")],
);

check(
  "whom a post was delegated to signs for it within the dates, as if they held it",
  ...given(
    day(1),
    aPerson(7),
    aPerson(8),
    aPost({ powers: ["register"] }),
    aTenure(),
  ),
  [day(1), aKey(8), holder(8), approved("administrator"), "granted"],
  ...given(
    day(2),
    aTenure({
      person: 8,
      mode: "delegated",
      delegator: 7,
      from: day(3),
      to: day(5),
    }),
  ),
  [
    day(3) - 1,
    anOrganisation(),
    approved("clerk", { person: 8 }),
    "I4 breach not-held-by-signer clerk",
  ],
  [day(3), anOrganisation(), approved("clerk", { person: 8 }), "granted"],
  [
    day(5),
    anOrganisation({ organisation: "late" }),
    approved("clerk", { person: 8 }),
    "I4 breach not-held-by-signer clerk",
  ],
);
