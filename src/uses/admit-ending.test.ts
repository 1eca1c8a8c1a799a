import {
  aGateway,
  anAuthorisation,
  anAuthorisationEnd,
  aPermit,
  aProduct,
  aReport,
  aRevocation,
  aWithdrawal,
  ownerCheck,
  priced,
  registered,
} from "../../test/story-acts.ts";
import { day, without } from "../../test/story-founding.ts";
import { asked, asks, heads } from "../../test/story-uses.ts";
import { check, given } from "../../test/story.ts";

/** Everything that a use needs but the permit. */
const scene = given(day(1), ...priced, ownerCheck(), aGateway());
const served = [...scene, ...given(day(2), aPermit())];
const who = "huaxing";

check(
  "a permit opens and closes on the hour",
  ...scene,
  ...given(day(2), aPermit({ from: day(3), to: day(4) })),
  asks(
    day(3) - 1,
    who,
    asked(),
    `I2 breach permit huaxing-vehicles, in-force-from ${day(3)}`,
  ),
  asks(day(3), who, asked(), "by huaxing-vehicles, vehicles-fee 80"),
  asks(day(4) - 1, who, asked(), "by huaxing-vehicles, vehicles-fee 80"),
  asks(
    day(4),
    who,
    asked(),
    `I2 breach permit huaxing-vehicles, until ${day(4)}`,
  ),
  heads(day(5)),
);

check(
  "a revoked permit serves nothing from the next moment on, and another one of the same holder still does",
  ...served,
  asks(day(3), who, asked(), "by huaxing-vehicles, vehicles-fee 80"),
  [day(3, 1), aRevocation(), "granted"],
  heads(day(3, 1)),
  asks(
    day(3, 1),
    who,
    asked(),
    "I2 breach permit huaxing-vehicles, ended-by-entry 16",
  ),
  ...given(day(4), aPermit({ permit: "second" })),
  asks(day(4), who, asked(), "by second, vehicles-fee 80"),
  heads(day(5)),
);

check(
  "a withdrawn product and an operator whose authorisation was ended serve nothing",
  ...served,
  asks(day(3), who, asked(), "by huaxing-vehicles, vehicles-fee 80"),
  [day(4), anAuthorisationEnd(), "granted"],
  heads(day(4)),
  asks(
    day(4),
    who,
    asked(),
    "I2 breach authorisation sanhe-vehicles, ended-by-entry 16",
  ),
  [day(5), aWithdrawal(), "granted"],
  heads(day(5)),
  asks(
    day(5),
    who,
    asked(),
    "I1 breach product vehicle-records, ended-by-entry 18",
  ),
);

check(
  "an authorisation that has run out serves nothing, to the hour",
  ...given(
    day(1),
    ...registered,
    anAuthorisation({ to: day(5) }),
    aProduct(),
    aGateway(),
    aPermit(),
  ),
  asks(
    day(5) - 1,
    who,
    asked(),
    "by huaxing-vehicles, no fee in force for this class 0",
  ),
  asks(
    day(5),
    who,
    asked(),
    `I2 breach authorisation sanhe-vehicles, until ${day(5)}`,
  ),
  heads(day(6)),
);

check(
  "what was reported from before the office serves nobody",
  ...given(
    day(1),
    ...registered,
    aReport(),
    aGateway(),
    without(aProduct(), "authorisation"),
  ),
  asks(day(2), "sanhe", asked(), "I2 missing permit-for vehicle-records"),
);
