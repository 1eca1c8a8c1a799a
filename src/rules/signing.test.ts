import { expect, test } from "vitest";
import { type ActKind, actKinds } from "../acts/act.ts";
import { type Power, power } from "../acts/shapes.ts";
import {
  aBody,
  aCeiling,
  aKey,
  anOrganisation,
  aPermit,
  oneOfEach,
  aPerson,
  aPost,
  aRulebook,
  aTenure,
  offered,
} from "../../test/story-acts.ts";
import {
  day,
  keyIdNamed,
  posts,
  theGenesis,
  theRulebook,
} from "../../test/story-founding.ts";
import {
  approved,
  check,
  given,
  holder,
  play,
  prepared,
  published,
  sayFindings,
  type Signing,
  statementOf,
} from "../../test/story.ts";
import { may } from "../../test/story-moves.ts";
import { decideSigning } from "./signing.ts";

check(
  "an act is signed for a post that the signer holds",
  [day(1), aBody(), approved("registrar"), "granted"],
  [
    day(1),
    aBody({ body: "b" }),
    approved("registrar", { person: 1 }),
    "I4 breach not-held-by-signer registrar",
  ],
  [
    day(1),
    aBody({ body: "b" }),
    approved("king", { person: 1 }),
    "I4 breach not-held-by-signer king; I4 breach post king, lacks-power register",
  ],
);

check(
  "somebody must approve, and for a post: a bare name approves nothing",
  [
    day(1),
    aBody(),
    prepared("registrar"),
    "I4 missing role approved, power register",
  ],
  [
    day(1),
    aBody(),
    { role: "approved", person: 2, key: "person-2" },
    "I4 missing post-of-role approved; I4 breach post none, lacks-power register",
  ],
  [
    day(1),
    aBody(),
    prepared("registrar"),
    { role: "approved", person: 1, key: "person-1" },
    "I4 missing post-of-role approved; I4 breach post none, lacks-power register",
  ],
);

check(
  "every approver has the power, not just one of them: nobody lends their name",
  [
    day(1),
    aBody(),
    approved("registrar"),
    approved("head"),
    "I4 breach post head, lacks-power register",
  ],
  [
    day(1),
    aBody(),
    approved("registrar"),
    prepared("head"),
    "I4 breach post head, lacks-power register",
  ],
  [day(1), aBody(), prepared("registrar"), approved("registrar"), "granted"],
);

check(
  "roles without an office in this edition are refused",
  [
    day(1),
    aBody(),
    approved("registrar"),
    published("head"),
    "I4 breach role published",
  ],
  [day(1), aBody(), approved("registrar"), holder(1), "I4 breach role holder"],
);

check(
  "preparer and approver are two persons where the rulebook says so, whatever posts they hold",
  [day(0), theGenesis({ posts: posts("registrar", "permit") }), "granted"],
  ...given(day(1), ...offered),
  ...given(day(1), aPerson(7), aPost({ powers: ["preparePermits"] })),
  [
    day(2),
    aTenure({ person: 2, mode: "acting", to: day(99) }),
    prepared("registrar"),
    approved("personnel"),
    "granted",
  ],
  [
    day(2),
    aPermit(),
    prepared("clerk", { person: 2 }),
    approved("registrar"),
    "I4 breach same-person prepared-and-approved",
  ],
  [
    day(2),
    aPermit(),
    prepared("clerk", { person: 2 }),
    prepared("registrar"),
    approved("head"),
    "granted",
  ],
);

check(
  "where the rulebook does not separate them, one person may do both",
  [
    day(0),
    theGenesis({ rulebook: { ...theRulebook, separated: [] } }),
    "granted",
  ],
  ...given(day(1), ...offered),
  [day(2), aPermit(), approved("head"), "granted"],
  [
    day(2),
    aPermit({ permit: "second" }),
    prepared("head"),
    approved("head"),
    "granted",
  ],
  [day(3), aRulebook({ separated: ["permit"] }), "granted"],
  [
    day(3),
    aPermit({ permit: "third" }),
    approved("head"),
    "I4 missing role prepared, power preparePermits",
  ],
);

check(
  "preparer and approver are two persons for every kind of act that the rulebook separates",
  ...given(day(1), ...offered),
  ...given(
    day(2),
    aRulebook({ separated: [...theRulebook.separated, "feeCeiling"] }),
  ),
  [
    day(3),
    aCeiling(),
    prepared("price-officer"),
    approved("price-officer"),
    "I4 breach same-person prepared-and-approved",
  ],
);

check(
  "a preparer has the power to prepare or to approve",
  ...given(day(1), ...offered),
  [
    day(2),
    aPermit(),
    prepared("personnel"),
    approved("head"),
    "I4 breach post personnel, lacks-power preparePermits",
  ],
);

check(
  "a key too young does not count, beside others that do",
  ...given(
    day(1),
    aPerson(7),
    aPost({ powers: ["register"] }),
    aTenure(),
    aKey(7),
  ),
  [
    day(2) - 1,
    anOrganisation(),
    approved("registrar"),
    approved("clerk", { person: 7 }),
    `I4 breach key ${keyIdNamed("person-7")}, signs-from ${day(2)}`,
  ],
);

/** An office with a post for each single power, all held by person 5, and nothing separated. */
const powers = power.options;
const postWith = (one: Power): string => `only-${one.toLowerCase()}`;
const single = theGenesis({
  rulebook: { ...theRulebook, separated: [] },
  posts: [
    ...theGenesis().posts,
    ...powers.map((one) => ({
      post: postWith(one),
      title: one,
      body: "data-office",
      powers: [one],
    })),
  ],
  tenures: [
    ...theGenesis().tenures,
    ...powers.map((one) => ({
      person: 5,
      post: postWith(one),
      mode: "full" as const,
    })),
  ],
});
const house = play([[day(0), single, "granted"]]);

function signed(kind: ActKind, ...by: readonly Signing[]): string {
  return sayFindings(
    decideSigning(
      house.register,
      { statement: statementOf(house, day(1), oneOfEach[kind], by), keys: [] },
      day(1),
    ),
  );
}

const byPower = actKinds.filter((kind) => kind !== "disowned");

test.each(byPower)("of all powers one alone approves %s", (kind) => {
  const [approve, prepare] = may[kind];
  for (const one of powers) {
    const by = approved(postWith(one), { person: 5 });
    expect(signed(kind, by), one).toBe(
      one === approve
        ? ""
        : `I4 breach post ${postWith(one)}, lacks-power ${approve}`,
    );
    const beside = prepared(postWith(one), { person: 5 });
    const prepares = one === approve || one === prepare;
    expect(
      signed(kind, beside, approved(postWith(approve), { person: 5 })),
      one,
    ).toBe(
      prepares
        ? ""
        : `I4 breach post ${postWith(one)}, lacks-power ${prepare ?? approve}`,
    );
  }
});

test.each(byPower)(
  "no holder of a key stands beside the approver of %s, unless it enrols that key",
  (kind) => {
    expect(
      signed(kind, approved(postWith(may[kind][0]), { person: 5 }), holder(7)),
    ).toBe(kind === "keyEnrolled" ? "" : "I4 breach role holder");
  },
);
