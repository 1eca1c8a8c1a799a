import { expect, test } from "vitest";
import {
  aGateway,
  anAuthorisation,
  aPermit,
  aProduct,
  aRulebook,
  registered,
} from "../../test/story-acts.ts";
import { day, must, theRulebook, without } from "../../test/story-founding.ts";
import {
  aCancellation,
  aCancelling,
  aCode,
  anAcceptance,
  aPublicNotice,
  aRegistration,
  aRegistrationRevoked,
  aRenewal,
  aReview,
  registrationRules,
  registryFounded,
} from "../../test/story-registrations.ts";
import { asked, asks, aUse, heads } from "../../test/story-uses.ts";
import { check, given, play, sayFindings } from "../../test/story.ts";
import { admit } from "./admit.ts";
import { admitAgain } from "./admit-again.ts";

/** A registration is shorter than the authorisation behind it: the gate looks at both. */

const who = "huaxing";
const free = "by huaxing-vehicles, no fee in force for this class 0";
const steps = (registration: string, from: number, type: "first" | "further") =>
  [
    ...given(
      day(from),
      aRegistration({ registration, type }),
      anAcceptance({ registration }),
      aReview({ registration }),
      aPublicNotice({ registration, until: day(from + 20) }),
    ),
    ...given(
      day(from + 20),
      aCode({ registration, code: registration, to: day(200) }),
    ),
  ] as const;
const scene = given(
  day(1),
  ...[...registered, anAuthorisation(), aProduct(), aGateway()],
);
const coded = [
  ...registryFounded(),
  ...scene,
  ...steps("vehicles-r1", 1, "first"),
  ...given(day(21), aPermit()),
];

check(
  "what is no longer registered is no longer served, to the hour, and a renewal goes on",
  ...coded,
  asks(day(200) - 1, who, asked(), free),
  heads(day(200) - 1),
  asks(
    day(200),
    who,
    asked(),
    `CN-REG-01 breach registration vehicles-r1, until ${day(200)}`,
  ),
);
check(
  "a renewed registration goes on",
  ...coded,
  ...given(day(190), aRenewal({ to: day(400) })),
  asks(day(200), who, asked(), free),
  heads(day(201)),
);
check(
  "from a registrant who lied the gate serves nothing from the next moment on, until it is registered again",
  ...coded,
  asks(day(22), who, asked(), free),
  [day(23), aRegistrationRevoked(), "granted"],
  heads(day(23)),
  asks(
    day(23),
    who,
    asked(),
    "CN-REG-01 breach registration vehicles-r1, ended-by-entry 22",
  ),
  ...steps("vehicles-r2", 24, "further"),
  asks(day(45), who, asked(), free),
  heads(day(46)),
);
check(
  "what was permitted before the rule was adopted, and never registered, is served to its end",
  ...scene,
  ...given(day(2), aPermit()),
  ...given(
    day(3),
    aRulebook({
      ...{ ...theRulebook, calendar: "lanan" },
      rules: registrationRules.map((rule) => ({ rule })),
    }),
  ),
  heads(day(3)),
  asks(day(4), who, asked(), free),
  heads(day(5)),
);

test("a use behind the end of a registration is found when it is admitted again, and an admission rests on the code", () => {
  const { register } = play(coded);
  const again = (slot: number) =>
    sayFindings(
      admitAgain(
        register,
        without(aUse({ slot, charge: 0 }), "fee"),
        "minute",
        { calls: 0, steps: 0 },
      ),
    );
  expect(again(day(199))).toBe("");
  expect(again(day(200))).toBe(
    `CN-REG-01 breach registration vehicles-r1, until ${day(200)}`,
  );
  const { register: renewed } = play([
    ...coded,
    ...given(day(190), aRenewal({ to: day(400) })),
  ]);
  const admission = admit(renewed, asked(), who, day(199), () => ({
    ...{ calls: 0, steps: 0 },
  }));
  expect(admission.outcome === "admitted" ? admission.basis : -1).toBe(
    must(must(renewed.registrations.get("vehicles-r1")).code).entry,
  );
});

const sold = [
  ...registryFounded({
    rules: registrationRules
      .filter((rule) => rule !== "CN-REG-01")
      .map((rule) => ({ rule })),
  }),
  ...scene,
  ...given(
    day(2),
    aRegistration({
      ...{ registration: "product-r1", type: "first" },
      resource: { product: "vehicle-records" },
      registrant: { organisation: "sanhe" },
    }),
    anAcceptance({ registration: "product-r1" }),
    aReview({ registration: "product-r1" }),
    aPublicNotice({ registration: "product-r1", until: day(22) }),
  ),
  ...given(
    day(22),
    aCode({ registration: "product-r1", code: "product-r1", to: day(700) }),
    aPermit(),
  ),
];
const over = [
  ...sold,
  ...given(
    day(30),
    aCancelling({ registration: "product-r1" }),
    aCancellation({ registration: "product-r1" }),
  ),
];
/** By the entry that cancelled it. */
const refused = (entry: number) =>
  `CN-REG-02 breach registration product-r1, ended-by-entry ${entry}`;
check(
  "a product that is no longer registered is no longer served",
  ...sold,
  asks(day(30) - 1, who, asked(), free),
  ...over.slice(sold.length),
  heads(day(30)),
  asks(day(31), who, asked(), refused(23)),
);
test("a use of a product that is no longer registered is found when it is admitted again", () => {
  const { register } = play(over);
  const use = without(aUse({ slot: day(31), charge: 0 }), "fee");
  const found = admitAgain(register, use, "minute", { calls: 0, steps: 0 });
  expect(sayFindings(found)).toBe(refused(22));
});
