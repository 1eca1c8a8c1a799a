import type { Act } from "../acts/act.ts";
import {
  aCeiling,
  aFee,
  anAuthorisation,
  aPermit,
  aProduct,
  aRulebook,
  offered,
  registered,
} from "../../test/story-acts.ts";
import { day } from "../../test/story-founding.ts";
import {
  aCode,
  anAcceptance,
  aPublicNotice,
  aRegistration,
  aReview,
  registryFounded,
} from "../../test/story-registrations.ts";
import { check, given } from "../../test/story.ts";

/** What waits for a registration, and what comes of measures that lapse. */

check(
  "of what is in the scope of an authorisation nothing is permitted before it is registered, and no product of an operator is sold",
  ...registryFounded(),
  ...given(day(1), ...offered, aCeiling()),
  [
    day(1),
    aPermit(),
    "CN-REG-01 missing dataset vehicles, next-step registrationApplied",
  ],
  ...given(day(1), aRegistration()),
  [
    day(1),
    aPermit(),
    "CN-REG-01 missing dataset vehicles, next-step registrationAccepted",
  ],
  [
    day(1),
    aFee(),
    "CN-REG-02 missing product vehicle-records, next-step registrationApplied",
  ],
  ...given(
    day(1),
    aRegistration({
      ...{ registration: "product-r1", registrant: { organisation: "sanhe" } },
      resource: { product: "vehicle-records" },
    }),
  ),
  ...given(day(2), ...both((registration) => anAcceptance({ registration }))),
  ...given(day(3), ...both((registration) => aReview({ registration }))),
  ...given(
    day(4),
    ...both((registration) => aPublicNotice({ registration, until: day(19) })),
  ),
  // The product is operated for less than three years: as long as that.
  [
    day(19),
    aCode({ registration: "product-r1", to: day(699) }),
    `CN-REG-13 breach to ${day(699)}, operated-until ${day(700)}`,
  ],
  [day(19), aCode({ registration: "product-r1", to: day(700) }), "granted"],
  [day(19), aFee(), "granted"],
  [day(19), aCode({ code: "dj-2026-0002" }), "granted"],
  [day(19), aPermit(), "granted"],
);
check(
  "what was authorised and offered is applied for within twenty working days, and later is seen",
  ...registryFounded(),
  ...given(day(1), ...registered, anAuthorisation()),
  ...given(day(2), aProduct()),
  // Wednesday, 4 March: twenty working days are over with 1 April.
  [
    day(31),
    aRegistration(),
    `granted, CN-REG-06 breach due ${day(31)}, entered ${day(31)}`,
  ],
);
check(
  "a rulebook that counts on the measures ends with them, and what it adopted it keeps",
  [
    day(1),
    aRulebook({ until: day(1461), rules: [{ rule: "CN-REG-18" }] }),
    `CN-REG-18 breach until ${day(1461)}, latest ${day(1460)}`,
  ],
  [
    day(1),
    aRulebook({ until: day(1460), rules: [{ rule: "CN-REG-18" }] }),
    "granted",
  ],
  [
    day(1460),
    aRulebook({ until: day(1800), rules: [{ rule: "CN-REG-18" }] }),
    `granted, CN-REG-18 breach until ${day(1800)}, latest ${day(1460)}`,
  ],
  [
    day(1461),
    aRulebook({
      ...{ until: day(1800), calendar: "lanan" },
      rules: [{ rule: "CN-REG-18" }, { rule: "CN-REG-10", number: 9 }],
    }),
    "I13 breach rule CN-REG-10, number 9, parent 10",
  ],
);

function both(make: (registration: string) => Act): readonly Act[] {
  return ["vehicles-r1", "product-r1"].map(make);
}
