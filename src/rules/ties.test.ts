import {
  aBody,
  aFee,
  aKey,
  anAuthorisationEnd,
  anOrganisation,
  aPermit,
  aPerson,
  aPost,
  aProduct,
  aRevocation,
  aRulebook,
  aTenure,
  aTenureEnd,
  offered,
  priced,
} from "../../test/story-acts.ts";
import { anApplication, aRefusal } from "../../test/story-applications.ts";
import { aRecusal, aTie, aTieEnd } from "../../test/story-beyond.ts";
import { day, theRulebook } from "../../test/story-founding.ts";
import {
  anObjection,
  anObjectionAnswer,
  aProcedureEnd,
} from "../../test/story-procedure-steps.ts";
import { founded, noticed } from "../../test/story-proceeding.ts";
import {
  approved,
  check,
  given,
  prepared,
  type Step,
} from "../../test/story.ts";

/** Who is tied to an organisation stays out of what touches it. */
const adopted = aRulebook({
  rules: [{ rule: "CN-COI-01" }, { rule: "CN-COI-02" }],
});
const known: readonly Step[] = [
  ...given(day(0), adopted),
  ...given(day(1), ...offered),
];
const tied = (person: number, sign: string, tie = "tie-1", org = "huaxing") =>
  `CN-COI-01 breach tie ${tie}, person ${person}, organisation ${org}, let-sign ${sign}`;

check(
  "the head's brother owns the company: somebody else decides, and the refusal says who may",
  ...known,
  ...given(day(1), aTie()),
  [day(2), aPermit(), tied(1, "none")],
  // Person 7 becomes a deputy, who is not tied.
  ...given(
    day(2),
    aPerson(7),
    aKey(7),
    aPost({ post: "deputy", powers: ["permit"] }),
  ),
  ...given(day(3), aTenure({ post: "deputy" })),
  [day(4), aPermit(), tied(1, "deputy")],
  [
    day(4),
    aPermit(),
    prepared("registrar"),
    approved("deputy", { person: 7 }),
    "granted",
  ],
  [day(5), aRevocation(), tied(1, "deputy")],
  // Of others he decides as before.
  [day(5), aPermit({ permit: "other", organisation: "sanhe" }), "granted"],
  [day(6), aBody({ body: "rail" }), "granted"],
);
check(
  "who prepares stays out as well, and of an application in every step",
  ...known,
  ...given(day(1), aTie({ person: 2, nature: "ownership" })),
  [day(2), aPermit(), tied(2, "head")],
  [day(2), anApplication(), tied(2, "none")],
  ...given(
    day(2),
    anApplication({ application: "free", organisation: "sanhe" }),
  ),
  [day(3), aRefusal({ application: "free" }), "granted"],
);
check(
  "prices and rights of an operator are touched by ties to the operator",
  ...given(day(0), adopted),
  ...given(day(1), ...priced),
  ...given(day(1), aTie({ to: { organisation: "sanhe" } })),
  [day(2), aFee({ fee: "cheaper" }), tied(1, "none", "tie-1", "sanhe")],
  [day(2), anAuthorisationEnd(), tied(1, "none", "tie-1", "sanhe")],
  [day(2), aProduct({ product: "second" }), tied(1, "none", "tie-1", "sanhe")],
);
check(
  "a tie of a close relative is one's own; that of a colleague is not",
  ...known,
  ...given(
    day(1),
    aTie({ tie: "theirs", person: 3, nature: "employment" }),
    aTie({ tie: "colleague", to: { person: 3 }, nature: "hospitality" }),
  ),
  [day(2), aPermit(), "granted"],
  ...given(day(2), aTie({ tie: "sister", to: { person: 3 } })),
  [day(3), aRevocation(), tied(1, "none", "theirs")],
);
check(
  "nobody appoints a relative",
  ...known,
  ...given(day(1), aPerson(7), aKey(7), aPost({ powers: ["prepareFees"] })),
  ...given(day(1), aTie({ person: 4, to: { person: 7 } })),
  [
    day(2),
    aTenure(),
    "CN-COI-01 breach tie tie-1, person 4, about-person 7, let-sign none",
  ],
);
check(
  "a tie counts from its beginning to its end, as far as these are known",
  ...known,
  ...given(
    day(1),
    aTie({ tie: "past", from: "2019", until: "2026-02" }),
    aTie({ tie: "to-come", from: "2026-04" }),
  ),
  [day(2), aPermit(), "granted"],
  [day(31), aRevocation(), tied(1, "none", "to-come")],
  ...given(day(31), aTieEnd({ tie: "to-come" })),
  [day(31), aTieEnd({ tie: "to-come" }), "V-ENDED breach tie to-come"],
  // What ends at this instant frees nobody in it.
  [day(31), aRevocation(), tied(1, "none", "to-come")],
  [day(31) + 1, aRevocation(), "granted"],
);
check(
  "a tie between two persons is the tie of both, whoever of them declared it",
  ...known,
  ...given(
    day(1),
    aTie({ tie: "theirs", person: 5, nature: "ownership" }),
    aTie({ tie: "sister", person: 5, to: { person: 1 } }),
  ),
  [day(2), aPermit(), tied(1, "none", "theirs")],
);
check(
  "nobody ends the tie of their own or of a relative",
  ...known,
  ...given(day(1), aTie({ person: 4 })),
  [day(2), aTieEnd({ tie: "tie-1" }), tied(4, "none")],
);
check(
  "who judges bids, awards them or answers an objection is tied to nobody who bid",
  ...given(day(0), adopted),
  ...founded([{ rule: "CN-COI-01" }]).slice(1),
  ...noticed,
  ...given(day(28), anObjection(), aTie({ person: 1, nature: "ownership" })),
  [day(29), anObjectionAnswer(), tied(1, "none")],
  [day(29), aProcedureEnd(), tied(1, "none")],
);
check(
  "where no rulebook has adopted it a tie is declared and refuses nothing; who said that they stay out does",
  ...given(day(1), ...offered),
  ...given(day(1), aTie()),
  [day(2), aPermit(), "granted"],
  ...given(day(2), aRecusal()),
  [
    day(3),
    aRevocation(),
    "V-RECUSED breach person 1, organisation huaxing, let-sign none",
  ],
);
check(
  "who stays out of one application decides others of the same company",
  ...given(day(1), ...offered),
  ...given(day(1), anApplication()),
  ...given(day(1), aRecusal({ from: { application: "application-1" } })),
  [
    day(2),
    aPermit({ decides: "application-1" }),
    "V-RECUSED breach person 1, application application-1, let-sign none",
  ],
  [day(2), aPermit(), "granted"],
);
check(
  "a tie is of people and organisations that are known, and not to oneself",
  ...known,
  [day(2), aTie({ person: 9 }), "V-REF missing person 9"],
  [
    day(2),
    aTie({ to: { organisation: "nobody" } }),
    "V-REF missing organisation nobody",
  ],
  [day(2), aTie({ to: { person: 1 } }), "V-SCOPE breach tie tie-1, person 1"],
  [
    day(2),
    aTie({ from: "2026-02", until: "2026-01" }),
    "V-ORDER breach from 2026-02, to 2026-01",
  ],
  [
    day(2),
    aTie(),
    approved("head"),
    "I4 breach post head, lacks-power appoint",
  ],
  [day(2), aTie(), "granted"],
  [day(2), aTie(), "V-NEW breach tie tie-1"],
);

const left = day(10);
const facts = (begins: number) =>
  `post registrar, left-post ${left}, begins ${begins}`;
const works = (tie: string, from: string) =>
  aTie({ tie, person: 2, nature: "employment", from });
const instant = (text: string) => Date.parse(`${text}T00:00:00+08:00`);
check(
  "who left a post that grants and works for a company too soon is told of, in two years for sure and in three if it was a leader",
  ...known,
  ...given(day(1), anOrganisation({ organisation: "rival" })),
  [left, aTenureEnd({ post: "registrar", person: 2 }), "granted"],
  [
    day(1100),
    works("after-one", "2027-03"),
    `granted, CN-COI-02 breach ${facts(instant("2027-03-01"))}`,
  ],
  [
    day(1100),
    works("after-two", "2028-06"),
    `granted, CN-COI-02 missing fact rank-of-post, ${facts(instant("2028-06-01"))}`,
  ],
  [day(1100), works("after-three", "2029-03-12"), "granted"],
);
check(
  "three years may be made more by a rulebook, never less",
  [
    day(0),
    aRulebook({ rules: [{ rule: "CN-COI-02", number: 35 }] }),
    "I13 breach rule CN-COI-02, number 35, parent 36",
  ],
  [
    day(0),
    aRulebook({
      rules: [{ rule: "CN-COI-02", number: 48 }],
      title: theRulebook.title,
    }),
    "granted",
  ],
);
