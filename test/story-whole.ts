import {
  aBody,
  aFee,
  aFeeEnded,
  aGateway,
  aMachineKey,
  anOrganisation,
  aPermit,
  aRevocation,
  ownerCheck,
  priced,
} from "./story-acts.ts";
import { day } from "./story-founding.ts";
import type { Request } from "../src/uses/plan.ts";
import { asked, asks, closes, heads } from "./story-uses.ts";
import { given, record, type Step } from "./story.ts";

const hash = Buffer.alloc(32, 7).toString("base64url");
export const openRequest: Request = {
  plan: {
    form: "records",
    dataset: "stations",
    fields: ["station"],
    where: [],
    order: [],
    limit: 5,
  },
};
export const ownerRequest: Request = {
  product: "owner-check",
  plan: {
    form: "answer",
    dataset: "owners",
    key: [{ field: "plate", value: "B1" }],
    values: [{ field: "owner", value: "7" }],
  },
};
const who = "huaxing";

/** One quarter of an office with a gateway: uses under the hour and the minute, open data, a revocation, a new price, the closing. */
export const wholeStory: readonly Step[] = [
  ...given(day(1), ...priced, ownerCheck(), aGateway(), aMachineKey()),
  (house) =>
    record(
      house,
      day(1),
      {
        kind: "vintage",
        dataset: "vehicles",
        vintage: 1,
        rows: 3,
        digest: hash,
        schema: hash,
      },
      "importer",
    ),
  ...given(
    day(2),
    aPermit(),
    aPermit({
      permit: "ask",
      product: "owner-check",
      fields: ["owner"],
      where: ["plate"],
      rowsMax: 1,
      quota: { calls: 2 },
    }),
  ),
  asks(
    day(3),
    who,
    asked({ limit: 25 }),
    "by huaxing-vehicles, vehicles-fee 240",
  ),
  asks(day(3), undefined, openRequest, "open stations"),
  asks(
    day(3, 2),
    who,
    ownerRequest,
    "by ask, no fee in force for this class 0",
  ),
  asks(
    day(3, 3),
    who,
    ownerRequest,
    "by ask, no fee in force for this class 0",
  ),
  asks(day(3, 4), who, ownerRequest, "V-QUOTA breach permit ask, calls 2"),
  [day(4), anOrganisation(), "V-NEW breach organisation huaxing"],
  [day(5), aRevocation(), "granted"],
  heads(day(5) + 60_000),
  asks(
    day(5, 1),
    who,
    asked(),
    "I2 breach permit huaxing-vehicles, ended-by-entry 21",
  ),
  ...given(day(6), aPermit({ permit: "second" })),
  [day(7), aFee({ fee: "cheaper", amount: 30 }), "granted"],
  heads(day(7) + 1),
  asks(day(8), who, asked({ limit: 11 }), "by second, cheaper 60"),
  [day(9), aFeeEnded({ fee: "cheaper" }), "granted"],
  heads(day(9)),
  asks(day(9, 1), who, asked(), "by second, no fee in force for this class 0"),
  closes(day(31)),
  [day(32), aBody({ body: "last" }), "granted"],
];
