import { expect, test } from "vitest";
import type { ActOf } from "../acts/act.ts";
import {
  day,
  keyIdNamed,
  p,
  publicKeyOf,
  secretOf,
  theGenesis,
  theRulebook,
} from "../../test/story-founding.ts";
import {
  act,
  approved,
  check,
  emptyHouse,
  found,
  prepared,
  said,
  statementOf,
  usual,
} from "../../test/story.ts";
import { decide } from "./decide.ts";

type Genesis = ActOf<"genesis">;
const [, ...others] = usual.genesis;
const rest = theGenesis().tenures.slice(1);
const keyed = (
  person: number,
  name = `person-${person}`,
): Genesis["keys"][number] => ({
  person,
  key: { form: "ed25519", publicKey: publicKeyOf(name) },
});

check("an office is founded by the holders of all its first keys", [
  day(0),
  theGenesis(),
  "granted",
]);

check(
  "nobody founds an office alone, or with keys that do not sign",
  [
    day(0),
    theGenesis({
      persons: theGenesis().persons.slice(0, 2),
      keys: [keyed(1), keyed(1, "second")],
      tenures: theGenesis().tenures.slice(0, 2),
    }),
    approved("head"),
    approved("head", { key: "second" }),
    "I17 missing founders 1",
  ],
  [
    day(0),
    theGenesis(),
    ...usual.genesis.slice(0, 4),
    `I17 missing signature-of 5; I17 missing signature-by ${keyIdNamed("person-5")}`,
  ],
  [
    day(0),
    theGenesis({ keys: [...theGenesis().keys, keyed(5, "second")] }),
    `I17 missing signature-by ${keyIdNamed("second")}`,
  ],
  [day(0), theGenesis(), "granted"],
);

/** The smallest office: two persons, two posts. */
const two = {
  posts: [
    {
      post: "head",
      title: "Head",
      body: "data-office",
      powers: ["register", "appoint", "administer"],
    },
    {
      post: "registrar",
      title: "Registrar",
      body: "data-office",
      powers: ["register", "appoint", "enrol"],
    },
  ] satisfies Genesis["posts"],
  persons: theGenesis().persons.slice(0, 2),
  keys: [keyed(1), keyed(2)],
  tenures: [
    { person: 1, post: "head", mode: "full" },
    { person: 2, post: "registrar", mode: "full" },
  ] satisfies Genesis["tenures"],
};

check(
  "two founders in two posts are enough, and each other's keys count as enrolled by the founding itself",
  [day(0), theGenesis(two), approved("head"), approved("registrar"), "granted"],
  [
    day(1),
    {
      kind: "post",
      post: "deputy",
      title: "Deputy",
      body: "data-office",
      powers: ["permit"],
    },
    prepared("head"),
    approved("registrar"),
    "granted",
  ],
  [
    day(1),
    { kind: "tenure", person: 1, post: "deputy", mode: "full" },
    prepared("head"),
    approved("registrar"),
    "granted",
  ],
);

check("one founder in two posts is one founder", [
  day(0),
  theGenesis({
    ...two,
    keys: [keyed(1), keyed(1, "second")],
    tenures: [
      { person: 1, post: "head", mode: "full" },
      { person: 1, post: "registrar", mode: "full" },
    ],
  }),
  approved("head"),
  approved("registrar", { person: 1, key: "second" }),
  "I17 missing founders 1",
]);

check(
  "two founders in one post are one founder: they sign for different posts",
  [
    day(0),
    theGenesis({
      persons: theGenesis().persons.slice(0, 2),
      keys: [keyed(1), keyed(2)],
      tenures: [
        { person: 1, post: "head", mode: "full" },
        { person: 2, post: "head", mode: "acting", to: day(9) },
      ],
    }),
    approved("head"),
    approved("head", { person: 2 }),
    "I17 missing founders 2",
  ],
);

check(
  "founders approve, for posts that they hold from that hour",
  [
    day(0),
    theGenesis(),
    prepared("head"),
    ...others,
    "I4 breach role prepared",
  ],
  [
    day(0),
    theGenesis(),
    approved("registrar", { person: 1 }),
    ...others,
    "I4 breach not-held-by-signer registrar",
  ],
  [
    day(0),
    theGenesis(),
    { role: "approved", person: 1, key: "person-1" },
    ...others,
    "I4 breach not-held-by-signer none",
  ],
  [
    day(0),
    theGenesis({
      tenures: [
        { person: 1, post: "head", mode: "full", from: day(0, 1) },
        ...rest,
      ],
    }),
    "V-ORDER breach tenure-of head",
  ],
  [
    day(0),
    theGenesis({
      tenures: [{ person: 1, post: "head", mode: "full", to: day(0) }, ...rest],
    }),
    "V-ORDER breach tenure-of head",
  ],
  [
    day(0),
    theGenesis({
      tenures: [
        { person: 1, post: "head", mode: "full", from: day(0), to: day(0, 1) },
        ...rest,
      ],
    }),
    "granted",
  ],
);

check(
  "a founding act names only what it holds",
  [
    day(0),
    theGenesis({
      tenures: [
        ...theGenesis().tenures,
        { person: 9, post: "head", mode: "acting", to: day(9) },
      ],
    }),
    "V-REF missing tenure-of head",
  ],
  [
    day(0),
    theGenesis({
      tenures: [
        ...theGenesis().tenures,
        { person: 1, post: "king", mode: "full" },
      ],
    }),
    "V-REF missing tenure-of king",
  ],
  [
    day(0),
    theGenesis({
      posts: [
        ...theGenesis().posts,
        { post: "x", title: "X", body: "nowhere", powers: [] },
      ],
    }),
    "V-REF missing body nowhere",
  ],
  [
    day(0),
    theGenesis({
      posts: [
        ...theGenesis().posts,
        {
          post: "x",
          title: "X",
          body: "data-office",
          powers: [],
          superior: "king",
        },
      ],
    }),
    "V-REF missing post king",
  ],
  [
    day(0),
    theGenesis({
      posts: [
        ...theGenesis().posts,
        {
          post: "x",
          title: "X",
          body: "data-office",
          powers: [],
          auditor: "x",
        },
      ],
    }),
    "V-REF missing post x",
  ],
  [
    day(0),
    theGenesis({ keys: [...theGenesis().keys, keyed(9)] }),
    ...usual.genesis,
    approved("head", { person: 9 }),
    "I4 breach not-held-by-signer head; V-REF missing person 9",
  ],
  [
    day(0),
    theGenesis({ origin: "story.example/log" }),
    "V-FORM breach origin story.example/log",
  ],
);

check(
  "a founding act names nothing twice",
  [
    day(0),
    theGenesis({
      persons: [
        ...theGenesis().persons,
        { person: 1, name: secretOf("again") },
      ],
    }),
    "V-NEW breach person 1",
  ],
  [
    day(0),
    theGenesis({
      posts: [
        ...theGenesis().posts,
        { post: "head", title: "Second head", body: "data-office", powers: [] },
      ],
    }),
    "V-NEW breach post head",
  ],
  [
    day(0),
    theGenesis({
      bodies: [
        ...theGenesis().bodies,
        { body: "data-office", title: "Second", level: "county" },
      ],
    }),
    "V-NEW breach body data-office",
  ],
  [
    day(0),
    theGenesis({ keys: [...theGenesis().keys, keyed(1)] }),
    `V-NEW breach key ${keyIdNamed("person-1")}`,
  ],
);

check("a founding act puts no unit under a body that it does not hold", [
  day(0),
  theGenesis({
    bodies: [
      ...theGenesis().bodies,
      { body: "unit", title: "Unit", level: "province", parent: "nowhere" },
    ],
  }),
  "V-REF missing parent nowhere",
]);

check(
  "an office is not founded under a rulebook that is over, to the very hour",
  [
    day(0),
    theGenesis({ rulebook: { ...theRulebook, until: day(0) } }),
    `I5 breach rulebook-until ${day(0)}`,
  ],
  [
    day(0),
    theGenesis({ rulebook: { ...theRulebook, until: day(0, 1) } }),
    "granted",
  ],
);

test("a second founding act is no act: it is turned away, and a form that explains it says I17", () => {
  const house = emptyHouse();
  found(house);
  expect(said(act(house, day(1), theGenesis()))).toBe(
    "turned away: misdirected",
  );
  const statement = statementOf(house, day(1), theGenesis());
  const findings = said(
    decide(p, house.register, { statement, keys: [] }, day(1)),
  );
  expect(findings).toBe("I17 breach entry 1");
  expect(house.entries).toHaveLength(1);
});
