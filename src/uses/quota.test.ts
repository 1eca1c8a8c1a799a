import {
  aGateway,
  aPermit,
  aRulebook,
  ownerCheck,
  priced,
} from "../../test/story-acts.ts";
import { day, theRulebook } from "../../test/story-founding.ts";
import { asked, asks, heads } from "../../test/story-uses.ts";
import { check, given } from "../../test/story.ts";
import type { Request } from "./plan.ts";

/** Everything that a use needs but the permit. */
const scene = given(day(1), ...priced, ownerCheck(), aGateway());
const served = [...scene, ...given(day(2), aPermit())];
const who = "huaxing";
const isOwner = (change: Partial<Request> = {}): Request => ({
  product: "owner-check",
  plan: {
    form: "answer",
    dataset: "owners",
    key: [{ field: "plate", value: "B1" }],
    values: [{ field: "owner", value: "7" }],
  },
  ...change,
});

check(
  "under a purpose that the rulebook no longer lists nothing is served, though the permit stands",
  ...served,
  [
    day(3),
    aRulebook({
      purposes: theRulebook.purposes.filter(
        (one) => one.purpose !== "vehicle-trade",
      ),
    }),
    "granted",
  ],
  asks(day(4), who, asked(), "V-PUR breach purpose vehicle-trade"),
);

check(
  "a quota of calls ends with the last call, over all days",
  ...scene,
  ...given(day(2), aPermit({ quota: { calls: 2 } })),
  asks(day(3), who, asked(), "by huaxing-vehicles, vehicles-fee 80"),
  asks(day(4), who, asked(), "by huaxing-vehicles, vehicles-fee 80"),
  asks(day(5), who, asked(), "V-QUOTA breach permit huaxing-vehicles, calls 2"),
  heads(day(6)),
);

check(
  "a quota of steps takes what fits and refuses what does not",
  ...scene,
  ...given(day(2), aPermit({ quota: { steps: 5 } })),
  asks(
    day(3),
    who,
    asked({ limit: 31 }),
    "by huaxing-vehicles, vehicles-fee 320",
  ),
  asks(
    day(3),
    who,
    asked({ limit: 11 }),
    "V-QUOTA breach permit huaxing-vehicles, steps 5",
  ),
  asks(
    day(3),
    who,
    asked({ limit: 10 }),
    "by huaxing-vehicles, vehicles-fee 80",
  ),
  asks(
    day(3),
    who,
    asked({ limit: 1 }),
    "V-QUOTA breach permit huaxing-vehicles, steps 5",
  ),
  heads(day(4)),
);

check(
  "when one permit is used up the next one serves",
  ...scene,
  ...given(
    day(2),
    aPermit({ quota: { calls: 1 } }),
    aPermit({ permit: "second", purpose: "traffic-safety" }),
  ),
  asks(day(3), who, asked(), "by huaxing-vehicles, vehicles-fee 80"),
  asks(day(3), who, asked(), "by second, CN-PRC-01 0"),
  heads(day(4)),
);

check(
  "an answer about a person is one step, whoever it is, and public under the hour",
  ...scene,
  ...given(
    day(2),
    aPermit({
      permit: "ask",
      product: "owner-check",
      fields: ["owner"],
      where: ["plate"],
      rowsMax: 1,
    }),
  ),
  asks(
    day(3) + 1234,
    who,
    isOwner(),
    "by ask, no fee in force for this class 0",
  ),
  asks(
    day(3) + 1234,
    who,
    isOwner({
      plan: {
        form: "answer",
        dataset: "owners",
        key: [{ field: "owner", value: "7" }],
        values: [{ field: "owner", value: "7" }],
      },
    }),
    "V-SCOPE breach permit ask, where 1",
  ),
  heads(day(4)),
);
