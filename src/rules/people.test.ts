import {
  anOrganisation,
  aPerson,
  aPost,
  aReportedTenure,
  aTenure,
  aTenureEnd,
} from "../../test/story-acts.ts";
import { day, HOUR, posts, theGenesis } from "../../test/story-founding.ts";
import { approved, check, given, prepared } from "../../test/story.ts";

check(
  "a person is a number, and a number is one person",
  [day(1), aPerson(7), "granted"],
  [day(1), aPerson(7), "V-NEW breach person 7"],
  [day(1), aPerson(1), "V-NEW breach person 1"],
);

check(
  "a post belongs to a body, under posts that are there",
  [day(1), aPost({ body: "unheard-of" }), "V-REF missing body unheard-of"],
  [day(1), aPost({ superior: "king" }), "V-REF missing post king"],
  [day(1), aPost({ auditor: "pope" }), "V-REF missing post pope"],
  [
    day(1),
    aPost({ post: "head" }),
    "V-NEW breach post head; I17 breach post head",
  ],
  [day(1), aPost({ post: "registrar" }), "V-NEW breach post registrar"],
  [day(1), aPost(), "granted"],
);

check(
  "nobody is their own superior or their own auditor",
  [day(1), aPost({ superior: "clerk" }), "I17 breach post clerk"],
  [day(1), aPost({ auditor: "clerk" }), "I17 breach post clerk"],
);

check(
  "a post is filled with a registered person, once at a time",
  ...given(day(1), aPerson(7), aPerson(8), aPost()),
  [day(2), aTenure({ person: 9 }), "V-REF missing person 9"],
  [day(2), aTenure({ post: "king" }), "V-REF missing post king"],
  [day(2), aTenure({ to: day(10) }), "granted"],
  [day(3), aTenure({ person: 8 }), "V-NEW breach post clerk, tenure full"],
  [
    day(3),
    aTenure({ person: 8, from: day(10) - HOUR }),
    "V-NEW breach post clerk, tenure full",
  ],
  [day(3), aTenure({ person: 8, from: day(10), to: day(20) }), "granted"],
  [
    day(3),
    aTenure({ person: 7, from: day(19) }),
    "V-NEW breach post clerk, tenure full",
  ],
  [day(4), aTenure({ from: day(20) }), "granted"],
);

check(
  "a post may be filled up to the hour at which its next holder begins, and is left until its last",
  ...given(
    day(1),
    aPerson(7),
    aPerson(8),
    aPost(),
    aTenure({ person: 8, from: day(9), to: day(12) }),
  ),
  [
    day(2),
    aTenure({ to: day(9) + HOUR }),
    "V-NEW breach post clerk, tenure full",
  ],
  [day(2), aTenure({ to: day(9) }), "granted"],
  [day(9), aTenureEnd(), "V-REF missing tenure-of clerk"],
  [day(12) - 1, aTenureEnd({ person: 8 }), "granted"],
);

check(
  "a post that was left is free at once",
  ...given(day(1), aPerson(7), aPerson(8), aPost(), aTenure()),
  [day(2), aTenureEnd({ person: 8 }), "V-REF missing tenure-of clerk"],
  [day(2), aTenureEnd({ post: "king" }), "V-REF missing tenure-of king"],
  [day(2), aTenureEnd(), "granted"],
  [day(2), aTenureEnd(), "V-REF missing tenure-of clerk"],
  [day(2), aTenure({ person: 8 }), "granted"],
);

check(
  "who only stands in for somebody has an end; a full tenure needs none",
  ...given(day(1), aPerson(7), aPerson(8), aPost(), aTenure()),
  [day(2), aTenure({ person: 8, mode: "acting" }), "I5 missing end none"],
  [
    day(2),
    aTenure({ person: 8, mode: "delegated", delegator: 7 }),
    "I5 missing end none",
  ],
  [day(2), aTenure({ person: 8, mode: "acting", to: day(9) }), "granted"],
  [
    day(2),
    aTenure({ person: 8, mode: "delegated", delegator: 7, to: day(9) }),
    "granted",
  ],
);

check(
  "only who holds a post delegates it",
  ...given(day(1), aPerson(7), aPerson(8), aPost()),
  [
    day(2),
    aTenure({ person: 8, mode: "delegated", delegator: 7, to: day(9) }),
    "V-REF missing delegator-of clerk",
  ],
  ...given(day(2), aTenure({ to: day(5) })),
  [
    day(2),
    aTenure({ person: 8, mode: "delegated", to: day(9) }),
    "V-REF missing delegator-of clerk",
  ],
  [
    day(2),
    aTenure({ person: 8, mode: "delegated", delegator: 1, to: day(9) }),
    "V-REF missing delegator-of clerk",
  ],
  [
    day(2),
    aTenure({
      person: 8,
      mode: "delegated",
      delegator: 7,
      from: day(5),
      to: day(9),
    }),
    "V-REF missing delegator-of clerk",
  ],
  [
    day(2),
    aTenure({
      person: 8,
      mode: "delegated",
      delegator: 7,
      from: day(5) - HOUR,
      to: day(9),
    }),
    "granted",
  ],
  [
    day(5),
    aTenure({ person: 7, mode: "delegated", delegator: 8, to: day(9) }),
    "V-REF missing delegator-of clerk",
  ],
);

check(
  "a tenure does not begin before its entry, nor end before it begins",
  ...given(day(1), aPerson(7), aPost()),
  [
    day(2) + 1,
    aTenure({ from: day(2) }),
    `I14 breach from ${day(2)}, entered ${day(2) + 1}`,
  ],
  [
    day(3),
    aTenure({ from: day(5), to: day(5) }),
    `V-ORDER breach from ${day(5)}, to ${day(5)}`,
  ],
  [day(3), aTenure({ from: day(3), to: day(3, 1) }), "granted"],
);

check(
  "no post appoints itself, its superior or its auditor: the bureau behind the data cage chose its own keepers",
  ...given(day(1), aPerson(7)),
  [
    day(2),
    aTenure({ post: "personnel" }),
    "V-NEW breach post personnel, tenure full; I17 breach post personnel, appointed-by personnel",
  ],
  [
    day(2),
    aTenure({ post: "price-officer", mode: "acting", to: day(9) }),
    "I17 breach post price-officer, appointed-by personnel",
  ],
  [
    day(2),
    aTenure({ post: "head", mode: "acting", to: day(9) }),
    "I17 breach post head, appointed-by registrar",
  ],
  [
    day(2),
    aTenure({ post: "registrar", mode: "acting", to: day(9) }),
    "I17 breach post registrar, appointed-by registrar",
  ],
  [
    day(2),
    aTenure({ post: "administrator", mode: "acting", to: day(9) }),
    "granted",
  ],
);

check(
  "nobody approves the own appointment, though anybody may prepare it, and no post empties the one that oversees it",
  ...given(day(1), aPost()),
  [day(2), aTenure({ person: 4 }), "I17 breach person 4, appointed-by itself"],
  [day(2), aTenure({ person: 2 }), "granted"],
  [
    day(2),
    aTenureEnd({ post: "price-officer", person: 5 }),
    "I17 breach post price-officer, ended-by personnel",
  ],
  [day(2), aTenureEnd({ post: "personnel", person: 4 }), "granted"],
);

check(
  "the head appoints no auditor of the head, with whatever power",
  [
    day(0),
    theGenesis({ posts: posts("head", "appoint", "register") }),
    "granted",
  ],
  ...given(day(1), aPerson(7), aPost()),
  [
    day(2),
    aTenure({ post: "registrar", mode: "acting", to: day(9) }),
    prepared("head"),
    approved("personnel"),
    "I17 breach post registrar, appointed-by head",
  ],
  [
    day(2),
    aTenure({ post: "registrar", mode: "acting", to: day(9) }),
    prepared("personnel"),
    approved("head"),
    "I17 breach post registrar, appointed-by head",
  ],
  [day(2), aTenure(), prepared("personnel"), approved("head"), "granted"],
);

check(
  "one officer alone fills no post",
  [day(0), theGenesis({ posts: posts("personnel", "register") }), "granted"],
  ...given(day(1), aPerson(7), aPost()),
  [
    day(2),
    aTenure(),
    approved("personnel"),
    "I4 missing role prepared, power register",
  ],
  [
    day(2),
    aTenure(),
    prepared("personnel"),
    approved("personnel"),
    "I4 breach same-person prepared-and-approved",
  ],
  [
    day(2),
    aPost({ post: "second" }),
    prepared("personnel"),
    approved("personnel"),
    "I4 breach same-person prepared-and-approved",
  ],
  [day(2), aTenure(), "granted"],
);

check(
  "a tenure from before the office is told once, with its source, and is nobody's power",
  [day(1), aReportedTenure({ person: 9 }), "V-REF missing person 9"],
  [day(1), aReportedTenure({ post: "king" }), "V-REF missing post king"],
  [day(1), aReportedTenure(), "granted"],
  [day(1), aReportedTenure(), "V-NEW breach tenure-of head, from 2021"],
  [day(1), aReportedTenure({ from: "2019-05-03" }), "granted"],
  [
    day(2),
    aReportedTenure({ post: "registrar", person: 1, from: "2020" }),
    "granted",
  ],
  [
    day(2),
    anOrganisation(),
    approved("registrar", { person: 1 }),
    "I4 breach not-held-by-signer registrar",
  ],
);
