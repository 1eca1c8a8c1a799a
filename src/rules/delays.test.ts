import { expect, test } from "vitest";
import {
  aCeiling,
  aDisowning,
  aFee,
  aGateway,
  aKey,
  anAuthorisation,
  aPermit,
  aPerson,
  aPost,
  aRevocation,
  aRulebook,
  aTenure,
  priced,
  registered,
} from "../../test/story-acts.ts";
import { anApplication } from "../../test/story-applications.ts";
import { aRenewal, aRenewalAsked } from "../../test/story-beyond.ts";
import {
  day,
  HOUR,
  keyIdNamed,
  theRulebook,
} from "../../test/story-founding.ts";
import { asked, asks, heads } from "../../test/story-uses.ts";
import {
  act,
  approved,
  check,
  given,
  holder,
  play,
  prepared,
  rootText,
  said,
  type House,
  type Step,
} from "../../test/story.ts";

const who = "huaxing";
const served = "by huaxing-vehicles, vehicles-fee 80";
const limits = { ...theRulebook.limits, effectDelayHours: 72 };
/** Everything that a use needs but the permit, in an office whose grants take effect three days after their entry from day 50 on. */
const scene: readonly Step[] = [
  ...given(day(1), ...priced, aGateway()),
  [day(50), aRulebook({ limits }), "granted"],
];
/** The head has a second credential. */
const second: Step = [
  day(50),
  aKey(1, "second"),
  holder(1, "second"),
  approved("administrator"),
  approved("registrar"),
  "granted",
];
const bySecond = approved("head", { key: "second" });

/** A little after six on an evening; whole hours count, so it takes effect three days later at seven. */
const EVENING = day(60, 18) + 1;
const EFFECT = day(63, 19);
const not = (says: string) => `I2 breach permit huaxing-vehicles, ${says}`;

/** Number of the entry that comes next. */
const sizeOf = (story: readonly Step[]): number => play(story).register.size;
const PERMIT = sizeOf([...scene, second]);
const taken: readonly Step[] = [
  ...scene,
  second,
  // The key that was stolen signs as well as ever.
  [EVENING, aPermit(), "granted"],
];

check(
  "a stolen key permits something on an evening; who holds it disowns that with another credential, and the gate never served",
  ...taken,
  asks(EVENING + 1, who, asked(), not(`in-force-from ${EFFECT}`)),
  [day(61), aDisowning(PERMIT), bySecond, "granted"],
  heads(day(61)),
  asks(day(61, 1), who, asked(), not(`ended-by-entry ${PERMIT + 1}`)),
  asks(EFFECT, who, asked(), not(`ended-by-entry ${PERMIT + 1}`)),
  [
    EFFECT + 1,
    aDisowning(PERMIT),
    bySecond,
    `V-DISOWN breach entry ${PERMIT}, by-entry ${PERMIT + 1}`,
  ],
  heads(EFFECT + 2),
);

check(
  "too late it is refused, and the permit is revoked instead",
  ...taken,
  asks(EFFECT - 1, who, asked(), not(`in-force-from ${EFFECT}`)),
  asks(EFFECT, who, asked(), served),
  heads(EFFECT + 1),
  [
    EFFECT + 2,
    aDisowning(PERMIT),
    bySecond,
    `V-DISOWN breach entry ${PERMIT}, in-force-from ${EFFECT}`,
  ],
  [EFFECT + 3, aRevocation(), bySecond, "granted"],
  heads(EFFECT + 4),
  asks(EFFECT + HOUR, who, asked(), not(`ended-by-entry ${sizeOf(taken) + 3}`)),
  heads(EFFECT + 2 * HOUR),
);

check(
  "whoever signed it disowns it, in whatever role and from whatever post, and nobody else does",
  ...taken,
  [
    day(61),
    aDisowning(PERMIT),
    approved("administrator"),
    `V-DISOWN breach entry ${PERMIT}, not-signed-by 3`,
  ],
  [
    day(61),
    aDisowning(PERMIT),
    approved("head"),
    prepared("administrator"),
    `V-DISOWN breach entry ${PERMIT}, not-signed-by 3`,
  ],
  [
    day(61),
    aDisowning(PERMIT),
    prepared("registrar"),
    "I4 missing role approved",
  ],
  // Whoever prepared it has no power to permit, and none is wanted.
  [day(61), aDisowning(PERMIT), approved("registrar"), "granted"],
);

check(
  "who disowns it has seen its entry",
  ...taken,
  (house) => {
    const seen = { size: PERMIT, root: rootText(house, PERMIT) };
    expect(
      said(act(house, day(61), aDisowning(PERMIT), { slip: { seen } })),
    ).toBe(`V-DISOWN breach entry ${PERMIT}, seen ${PERMIT}`);
  },
  [
    day(61),
    aDisowning(PERMIT + 9),
    bySecond,
    `V-DISOWN missing delayed-entry ${PERMIT + 9}`,
  ],
);

check(
  "without a delay nothing can be disowned, and all is as it was",
  ...given(day(1), ...priced, aGateway()),
  [day(2), aPermit(), "granted"],
  asks(day(2), who, asked(), served),
  heads(day(2, 1)),
  [
    day(2, 2),
    aDisowning(sizeOf(given(day(1), ...priced, aGateway()))),
    `V-DISOWN missing delayed-entry ${sizeOf(given(day(1), ...priced, aGateway()))}`,
  ],
);

check(
  "what takes away takes effect at once, and is not disowned",
  ...given(day(1), ...priced, aGateway(), aPermit()),
  [day(50), aRulebook({ limits }), "granted"],
  asks(day(51), who, asked(), served),
  [day(52), aRevocation(), "granted"],
  heads(day(52)),
  asks(
    day(52),
    who,
    asked(),
    not(
      `ended-by-entry ${sizeOf(given(day(1), ...priced, aGateway(), aPermit())) + 2}`,
    ),
  ),
  heads(day(52, 1)),
);

check(
  "a delay is made longer and never shorter",
  ...scene,
  [
    day(51),
    aRulebook(),
    "I13 breach limit effectDelayHours, number 0, parent 72",
  ],
  [
    day(51),
    aRulebook({ limits: { ...limits, effectDelayHours: 71 } }),
    "I13 breach limit effectDelayHours, number 71, parent 72",
  ],
  [
    day(51),
    aRulebook({ limits: { ...limits, effectDelayHours: 73 } }),
    "granted",
  ],
);

check(
  "what would end before it takes effect is refused",
  ...scene,
  [
    EVENING,
    aPermit({ to: EFFECT }),
    `V-DELAY breach in-force-from ${EFFECT}, to ${EFFECT}`,
  ],
  [EVENING, aPermit({ to: EFFECT + HOUR }), "granted"],
);

/** A price of the same product for the same class takes the place of the one before only when it takes effect. */
const dearer = aFee({ fee: "dearer", amount: 100 });
const cheaper = aFee({ fee: "cheaper", amount: 10 });
const FEE = sizeOf([...scene, ...given(day(51), aPermit())]);
for (const [name, fee] of [
  ["dearer", dearer],
  ["cheaper", cheaper],
] as const)
  check(
    `a ${name} price is charged from its time of effect on, and the old one stays where it is disowned`,
    ...scene,
    ...given(day(51), aPermit()),
    [EVENING, fee, "granted"],
    asks(EFFECT - 1, who, asked(), served),
    heads(EFFECT - 1),
    asks(EFFECT, who, asked(), `by huaxing-vehicles, ${name} ${fee.amount}`),
    heads(EFFECT + 1),
  );
check(
  "a cheaper price that was disowned binds nobody to its amount",
  ...scene,
  ...given(day(51), aPermit()),
  [EVENING, cheaper, "granted"],
  [EVENING + 1, aDisowning(FEE), "granted"],
  asks(EFFECT, who, asked(), served),
  heads(EFFECT + 1),
);

check(
  "a higher ceiling lets nobody charge more before its time of effect",
  ...scene,
  [EVENING, aCeiling({ ceiling: "higher", amount: 200 }), "granted"],
  [
    EVENING,
    aFee({ fee: "early", amount: 150, from: day(62) }),
    // From its own time of effect on, which is that of the ceiling.
    "granted",
  ],
);

const TENURE = sizeOf([
  ...scene,
  ...given(day(51), aPerson(7), aPost({ powers: ["register"] })),
]);
const clerk: readonly Step[] = [
  ...scene,
  ...given(day(51), aPerson(7), aPost({ powers: ["register"] })),
  [EVENING, aTenure(), "granted"],
  [EVENING, aKey(7), "granted"],
];
const byClerk = approved("clerk", { person: 7 });
check(
  "a post is held, and a key signs, from the time of effect on",
  ...clerk,
  [
    EFFECT - 1,
    aPerson(8),
    byClerk,
    `I4 breach not-held-by-signer clerk; I4 breach key ${keyIdNamed("person-7")}, signs-from ${EFFECT}`,
  ],
  [EFFECT, aPerson(8), byClerk, "granted"],
);
check(
  "an appointment that was disowned holds nothing, and a key signs nothing",
  ...clerk,
  [day(61), aDisowning(TENURE), approved("personnel"), "granted"],
  [day(61), aDisowning(TENURE + 1), approved("administrator"), "granted"],
  [EFFECT, aPerson(8), byClerk, "turned away: unknownKey"],
  // Somebody else is appointed in the place of whoever was not.
  [EFFECT, aTenure({ person: 2 }), "granted"],
);

const END = day(64);
const RENEWAL = sizeOf([...scene, ...given(day(51), aPermit({ to: END }))]) + 1;
const renewed: readonly Step[] = [
  ...scene,
  ...given(day(51), aPermit({ to: END })),
  [day(61, 1), aRenewalAsked(), "granted"],
  [day(63), aRenewal({ to: day(300) }), "granted"],
];
check(
  "a longer term begins when it takes effect, be that after the old end",
  ...renewed,
  [day(63, 1), aRenewalAsked(), "granted"],
  [
    day(63, 2),
    aRenewal({ to: day(310) }),
    `V-DELAY breach by-entry ${RENEWAL}, in-force-from ${day(66)}`,
  ],
  asks(END - 1, who, asked(), served),
  heads(END),
  asks(END, who, asked(), not(`in-force-from ${day(66)}`)),
  asks(day(66) - 1, who, asked(), not(`in-force-from ${day(66)}`)),
  asks(day(66), who, asked(), served),
  heads(day(66, 1)),
);
check(
  "a longer term that was disowned leaves the old end, and can be granted again",
  ...renewed,
  [day(63, 1), aDisowning(RENEWAL), "granted"],
  heads(day(63, 1)),
  asks(END - 1, who, asked(), served),
  [END - 1, aRenewal({ to: day(310) }), "granted"],
  heads(END),
  asks(END, who, asked(), not(`in-force-from ${day(67)}`)),
  asks(day(67), who, asked(), served),
  heads(day(67, 1)),
);

const AUTHORISATION = sizeOf([
  [day(0), aRulebook({ limits }), "granted"],
  ...given(day(1), ...registered),
]);
test("an authorisation that was disowned is authorised under another name, and nothing of it is left in force", () => {
  const house: House = play([
    [day(0), aRulebook({ limits }), "granted"],
    ...given(day(1), ...registered, anAuthorisation()),
    [day(1, 1), aDisowning(AUTHORISATION), "granted"],
    [day(1, 2), anAuthorisation({ authorisation: "another" }), "granted"],
  ]);
  expect(house.register.authorisations.get("sanhe-vehicles")?.disowned).toEqual(
    { entry: AUTHORISATION + 1, at: day(1, 1) },
  );
  expect(house.register.authorisations.get("another")?.from).toBe(day(4, 2));
});

test("an application that a disowned permit decided waits again", () => {
  const applied: readonly Step[] = [
    ...scene,
    [day(51), anApplication({ due: day(65) }), "granted"],
  ];
  const entry = sizeOf(applied);
  const house = play([
    ...applied,
    [EVENING, aPermit({ decides: "application-1" }), "granted"],
    [EVENING + 1, aDisowning(entry), "granted"],
    [day(61), aPermit({ permit: "anew", decides: "application-1" }), "granted"],
  ]);
  expect(house.register.applications.get("application-1")?.decided).toEqual({
    ...{ entry: entry + 2, at: day(61) },
    outcome: "granted",
  });
});
