import { expect, test } from "vitest";
import {
  aBody,
  aGateway,
  aPermit,
  aProduct,
  aRevocation,
  aRulebook,
  offered,
  priced,
} from "../../test/story-acts.ts";
import { anApplication, aRefusal } from "../../test/story-applications.ts";
import {
  aDutyDone,
  aLongerAppeal,
  anAppeal,
  anAppealDecision,
  anOrder,
  aPromise,
  aKeeping,
  aGivingUp,
} from "../../test/story-beyond.ts";
import { day, HOUR } from "../../test/story-founding.ts";
import { asked, asks, heads } from "../../test/story-uses.ts";
import { aWithholding } from "../../test/story-withholding.ts";
import { approved, check, given, play, type Step } from "../../test/story.ts";
import { deadlinesOf } from "./due.ts";

/** What others decide about the office is entered, and takes effect. */
const known = given(day(1), ...offered);
const permitted = [...known, ...given(day(2), aPermit())];
/** Its permit stands in entry 10: the founding, nine acts, and then it. */
const PERMIT = 10;
const adopted = aRulebook({ rules: [{ rule: "CN-REV-01" }] });

check(
  "an appeal goes against an entry that was granted, on a day between it and now",
  ...permitted,
  [day(3), aPermit(), "V-NEW breach permit huaxing-vehicles"],
  [day(4), anAppeal({ against: 99 }), "V-REF missing entry 99"],
  // A refusal by the program is none of the office's decisions.
  [day(4), anAppeal({ against: PERMIT + 1 }), "V-REF missing entry 11"],
  [
    day(4),
    anAppeal({ against: PERMIT, on: "2026-03-03" }),
    `V-ORDER breach on 2026-03-03, decided ${day(2)}, entered ${day(4)}`,
  ],
  [
    day(4),
    anAppeal({ against: PERMIT, on: "2026-03-07" }),
    `V-ORDER breach on 2026-03-07, decided ${day(2)}, entered ${day(4)}`,
  ],
  [
    day(4),
    anAppeal({ against: PERMIT, on: "2026-03-05", organisation: "nobody" }),
    "V-REF missing organisation nobody",
  ],
  [
    day(4),
    anAppeal({ against: PERMIT, on: "2026-03-05" }),
    approved("head"),
    "I4 breach post head, lacks-power receiveOrders",
  ],
  [
    day(4),
    anAppeal({ against: PERMIT, on: "2026-03-05", organisation: "sanhe" }),
    "granted",
  ],
  [
    day(4),
    anAppeal({ against: PERMIT, on: "2026-03-05" }),
    "V-NEW breach appeal appeal-1",
  ],
);
check(
  "an appeal after 60 days is entered and flagged: whoever reviews says whether it counts",
  ...given(day(0), adopted),
  ...permitted,
  [
    day(100),
    anAppeal({ against: PERMIT + 1, on: "2026-05-04" }),
    "granted, CN-REV-01 breach days 61, wanted 60",
  ],
  [
    day(100),
    anAppeal({ appeal: "next", against: PERMIT + 1, on: "2026-05-03" }),
    "granted",
  ],
  [
    day(100),
    anAppeal({
      ...{ appeal: "court", against: PERMIT + 1 },
      ...{ on: "2026-05-04", forum: "court" },
    }),
    "granted",
  ],
);
check(
  "a review is extended once, decided once, and has an effect where it is binding and went against the office",
  ...permitted,
  ...given(day(4), anAppeal({ against: PERMIT, on: "2026-03-05" })),
  [day(5), aLongerAppeal(), "granted"],
  [day(5), aLongerAppeal(), "V-ONCE breach appeal appeal-1, step extended"],
  [day(6), anAppealDecision({ body: "moon" }), "V-REF missing body moon"],
  ...(
    [
      ["upheld", true, "yes"],
      ["annulled", false, "no"],
    ] as const
  ).map(([outcome, binding, says]): Step => [
    day(6),
    anAppealDecision({
      ...{ outcome, binding },
      effects: [{ does: "ends", what: "permit", id: "huaxing-vehicles" }],
    }),
    `V-SCOPE breach appeal appeal-1, outcome ${outcome}, binding ${says}`,
  ]),
  [
    day(6),
    anAppealDecision({
      outcome: "annulled",
      effects: [
        { does: "ends", what: "permit", id: "huaxing-vehicles" },
        {
          ...{ does: "obliges", duty: "duty-1", what: "permit" },
          ...{ id: "huaxing-vehicles", by: day(36) },
        },
      ],
    }),
    "granted",
  ],
  [day(7), anAppealDecision(), "V-ENDED breach appeal appeal-1"],
  [day(7), aRevocation(), "V-ENDED breach permit huaxing-vehicles"],
  [
    day(7),
    aLongerAppeal(),
    "V-ENDED breach appeal appeal-1; V-ONCE breach appeal appeal-1, step extended",
  ],
  [day(8), aDutyDone({ entry: PERMIT }), "V-ORDER breach from 17, to 10"],
  [day(8), aDutyDone({ entry: 500 }), "V-REF missing entry 500"],
  ...given(day(9), aPermit({ permit: "anew" })),
  [day(9), aDutyDone({ duty: "other" }), "V-REF missing duty other"],
  [day(9), aDutyDone({ entry: 23 }), "granted"],
  [day(9), aDutyDone({ entry: 23 }), "V-ENDED breach duty duty-1"],
);
check(
  "an extension is of a review, not of a court",
  ...permitted,
  ...given(
    day(4),
    anAppeal({ against: PERMIT, on: "2026-03-05", forum: "court" }),
  ),
  [day(5), aLongerAppeal(), "V-SCOPE breach appeal appeal-1, forum court"],
);

const gate: readonly Step[] = [
  ...given(day(1), ...priced, aGateway()),
  ...given(day(2), aPermit()),
  asks(day(3), "huaxing", asked(), "by huaxing-vehicles, vehicles-fee 80"),
];
/** The time goes on, to when it is checked. */
const last: Step = [day(7), aBody({ body: "last" }), "granted"];
const suspends = (what: "permit" | "fee" | "product", id: string, to: number) =>
  anOrder({ effects: [{ does: "suspends", what, id, until: to }] });
check(
  "an order ends a permit: nothing is served from its entry on",
  ...gate,
  [day(4), anOrder(), "granted"],
  heads(day(4) + 60_000),
  asks(
    day(4, 1),
    "huaxing",
    asked(),
    "I2 breach permit huaxing-vehicles, ended-by-entry 15",
  ),
  [
    day(5),
    anOrder(),
    "V-NEW breach order order-1; V-ENDED breach permit huaxing-vehicles",
  ],
);
check(
  "an order suspends a permit until an hour, a stay among them; then it is served again, and no act was needed",
  ...gate,
  [
    day(4),
    suspends("permit", "huaxing-vehicles", day(4)),
    `V-ORDER breach from ${day(4)}, to ${day(4)}`,
  ],
  [day(4) + 1, suspends("permit", "huaxing-vehicles", day(6)), "granted"],
  heads(day(4) + 60_000),
  asks(
    day(4, 1),
    "huaxing",
    asked(),
    `I2 breach permit huaxing-vehicles, suspended-until ${day(6)}, by-entry 16`,
  ),
  asks(
    day(6) - 1,
    "huaxing",
    asked(),
    `I2 breach permit huaxing-vehicles, suspended-until ${day(6)}, by-entry 16`,
  ),
  asks(day(6), "huaxing", asked(), "by huaxing-vehicles, vehicles-fee 80"),
  last,
);
check(
  "a price that is suspended is not charged meanwhile",
  ...gate,
  [day(4), suspends("fee", "vehicles-fee", day(5)), "granted"],
  heads(day(4) + 60_000),
  asks(
    day(4, 1),
    "huaxing",
    asked(),
    "by huaxing-vehicles, no fee in force for this class 0",
  ),
  asks(day(5), "huaxing", asked(), "by huaxing-vehicles, vehicles-fee 80"),
  last,
);
check(
  "no product is offered on a right that is suspended, and what is withheld can be opened by order",
  ...known,
  ...given(
    day(2),
    anOrder({
      effects: [
        {
          ...{ does: "suspends", what: "authorisation" },
          ...{ id: "sanhe-vehicles", until: day(50) },
        },
      ],
    }),
    aWithholding({ dataset: "owners" }),
  ),
  [
    day(3),
    aProduct({ product: "second" }),
    "V-ENDED breach authorisation sanhe-vehicles",
  ],
  [day(50), aProduct({ product: "second" }), "granted"],
  [
    day(51),
    anOrder({
      order: "open-it",
      effects: [{ does: "ends", what: "withholding", id: "camp-roads" }],
    }),
    "granted",
  ],
);
check(
  "an order names what stands, bodies and appeals that are known, each duty once",
  ...permitted,
  ...given(day(2), anApplication(), aRefusal({ redressUntil: day(70) })),
  [day(3), anOrder({ body: "moon" }), "V-REF missing body moon"],
  [day(3), anOrder({ appeal: "none" }), "V-REF missing appeal none"],
  [
    day(3),
    anOrder({ effects: [{ does: "ends", what: "fee", id: "none" }] }),
    "V-REF missing fee none",
  ],
  ...(["", "-2"] as const).map((more): Step => [
    day(3),
    anOrder({
      effects: ["duty-1", `duty-1${more}`].map((duty) => ({
        ...{ does: "obliges" as const, duty, what: "application" as const },
        ...{ id: "application-1", by: day(20) },
      })),
    }),
    more === "" ? "V-NEW breach duties 2" : "granted",
  ]),
);

test("what others decide is due in their terms, what they oblige to in theirs", () => {
  const story: readonly Step[] = [
    ...given(day(0), adopted),
    ...permitted,
    ...given(
      day(4),
      anAppeal({ against: PERMIT + 1, on: "2026-03-05" }),
      anAppeal({
        ...{ appeal: "short", against: PERMIT + 1, on: "2026-03-05" },
        forum: "reviewSummary",
      }),
      anAppeal({
        ...{ appeal: "court", against: PERMIT + 1, on: "2026-03-05" },
        forum: "court",
      }),
      aLongerAppeal({ appeal: "short" }),
      anOrder({
        effects: [
          {
            ...{ does: "obliges", duty: "duty-1", what: "permit" },
            ...{ id: "huaxing-vehicles", by: day(20) },
          },
        ],
      }),
    ),
  ];
  const lines = (steps: readonly Step[], at: number) => {
    const { due, missed } = deadlinesOf(play(steps).register, at);
    const text = ({ id, by }: { readonly id: string; readonly by: number }) =>
      `${id} ${(by - day(0)) / (24 * HOUR)}`;
    return [due.map(text), missed.map(text)];
  };
  expect(lines(story, day(5))).toEqual([
    ["duty-1 permit huaxing-vehicles 20", "appeal-1 64", "short 64"],
    [],
  ]);
  const late: readonly Step[] = [
    ...story,
    ...given(day(30), aRevocation(), aDutyDone({ entry: 17 })),
    ...given(day(60), anAppealDecision()),
  ];
  expect(lines(late, day(70))).toEqual([
    [],
    ["duty-1 permit huaxing-vehicles 20", "short 64"],
  ]);
});

check(
  "a post promises for itself, keeps it or gives it up, each once",
  [
    day(1),
    aPromise({ post: "registrar" }),
    "I4 missing post registrar, role approved",
  ],
  [
    day(1),
    aPromise({ due: day(1) }),
    `V-ORDER breach from ${day(1)}, to ${day(1)}`,
  ],
  [day(1), aPromise(), "granted"],
  [day(2), aPromise(), "V-NEW breach promise rail"],
  [day(3), aKeeping({ promise: "other" }), "V-REF missing promise other"],
  [
    day(3),
    aKeeping(),
    approved("registrar"),
    "I4 breach post registrar, lacks-power promise",
  ],
  [day(3), aKeeping(), "granted"],
  [day(4), aGivingUp(), "V-ENDED breach promise rail"],
);

test("a promise that was not kept by its day is missed by its post, also when it is given up late", () => {
  const missed = (...steps: readonly Step[]) =>
    deadlinesOf(
      play([...given(day(1), aPromise()), ...steps]).register,
      day(40),
    ).missed.map(({ id, posts, done }) => [id, posts, done]);
  expect(missed()).toEqual([["rail", ["head"], undefined]]);
  expect(missed([day(31), aGivingUp(), "granted"])).toEqual([
    ["rail", ["head"], day(31)],
  ]);
  expect(missed([day(29), aKeeping(), "granted"])).toEqual([]);
});
