import {
  aCeiling,
  aDataset,
  aFee,
  aField,
  aGateway,
  anAuthorisation,
  anOrganisation,
  aPermit,
  aProduct,
  registered,
  stations,
} from "../../test/story-acts.ts";
import { aContribution, aNotice } from "../../test/story-contributions.ts";
import {
  day,
  HOUR,
  posts,
  theGenesis,
  theRulebook,
  without,
} from "../../test/story-founding.ts";
import { asked, asks, closes, heads } from "../../test/story-uses.ts";
import { approved, check, given, type Step } from "../../test/story.ts";

/** A holder that is no public body lends its data: on its terms, at its price, until its end, and takes them back with notice. */

const known = given(day(1), ...registered);
const trains = aDataset({
  dataset: "trains",
  title: "Trains",
  contribution: "rail-data",
  fields: [
    aField("train", { identifier: true }),
    aField("line"),
    aField("minutes", { type: "integer" }),
  ],
});
const records = aProduct({
  product: "train-records",
  title: "Train records",
  content: [{ dataset: "trains", fields: ["line", "minutes"] }],
  purposes: ["vehicle-trade"],
});
const trainRecords = without(records, "authorisation");
const trainPermit = aPermit({
  permit: "huaxing-trains",
  product: "train-records",
  fields: ["line", "minutes"],
  where: ["line"],
});
const trainFee = aFee({
  fee: "trains-fee",
  product: "train-records",
  ground: "contributor-fee",
});
const trainCeiling = aCeiling({
  ceiling: "trains-max",
  product: "train-records",
});

/** A rulebook with a provision that lets contributors be paid, beside the one for operators. */
const founding: Step = [
  day(0),
  theGenesis({
    rulebook: {
      ...theRulebook,
      grounds: [
        ...theRulebook.grounds,
        {
          ground: "contributor-fee",
          rule: "CN-PRC-02",
          payee: "contributor",
          purposes: ["industry"],
        },
      ],
    },
  }),
  "granted",
];
const lent = [
  founding,
  ...known,
  ...given(
    day(2),
    aContribution({ noticeDays: 10 }),
    trains,
    trainRecords,
    aGateway(),
  ),
];
const under = [...lent, ...given(day(3), trainCeiling)];
const served = [...under, ...given(day(3), trainFee, trainPermit)];
const trainsAsked = asked({
  product: "train-records",
  dataset: "trains",
  fields: ["line"],
});

check(
  "an organisation lends a dataset on its own terms, and the dataset is registered and offered on them",
  ...known,
  [day(2), trains, "V-REF missing contribution rail-data"],
  [day(2), aContribution(), "granted"],
  [day(2), aContribution(), "V-NEW breach contribution rail-data"],
  [day(2), trains, "granted"],
  [day(2), trainRecords, "granted"],
  [day(2), trainPermit, "granted"],
);

check(
  "nobody lends who is not registered as an organisation: no stranger, and no public body in its place",
  ...known,
  [
    day(2),
    aContribution({ contributor: "nobody" }),
    "V-REF missing organisation nobody",
  ],
  [
    day(2),
    aContribution({ contributor: "transport" }),
    "V-REF missing organisation transport",
  ],
);

check(
  "what is lent has an end, and does not begin before its entry",
  ...known,
  [day(2), without(aContribution(), "to"), "I5 missing end none"],
  [
    day(2) + 1,
    aContribution({ from: day(2) }),
    `I14 breach from ${day(2)}, entered ${day(2) + 1}`,
  ],
  [
    day(3),
    aContribution({ from: day(5), to: day(5) }),
    `V-ORDER breach from ${day(5)}, to ${day(5)}`,
  ],
  [day(3), aContribution({ from: day(5), to: day(5, 1) }), "granted"],
  [day(4), trains, "V-ENDED breach contribution rail-data"],
  [day(5), trains, "granted"],
);

check(
  "terms name purposes of the adopted list, and no product goes beyond them",
  ...known,
  [
    day(2),
    aContribution({ purposes: ["insurance", "curiosity"] }),
    "V-PUR breach purpose curiosity",
  ],
  [day(2), aContribution({ purposes: ["insurance", "research"] }), "granted"],
  [day(2), trains, "granted"],
  [
    day(2),
    trainRecords,
    "V-SCOPE breach contribution rail-data, purpose vehicle-trade",
  ],
  [day(2), { ...trainRecords, purposes: ["research"] }, "granted"],
);

check(
  "only a post with that power takes what is lent, and takes notice of its end",
  [
    day(0),
    theGenesis({ posts: posts("administrator", "contribute") }),
    "granted",
  ],
  ...known,
  [
    day(2),
    aContribution(),
    approved("registrar"),
    "I4 breach post registrar, lacks-power contribute",
  ],
  [day(2), aContribution(), approved("administrator"), "granted"],
  [
    day(3),
    aNotice(),
    approved("registrar"),
    "I4 breach post registrar, lacks-power contribute",
  ],
  [day(3), aNotice(), approved("administrator"), "granted"],
);

check(
  "the days of notice are kept to the hour",
  ...known,
  ...given(day(2), aContribution()),
  [
    day(3),
    aNotice({ ends: day(33) - HOUR }),
    `V-NOTICE breach ends ${day(33) - HOUR}, earliest ${day(33)}`,
  ],
  [day(3), aNotice({ ends: day(33) }), "granted"],
  [
    day(33),
    aNotice({ ends: day(63) }),
    "V-ENDED breach contribution rail-data",
  ],
);

check(
  "notice is given of what stands, and never makes it last longer",
  ...known,
  [day(2), aNotice(), `V-REF missing contribution rail-data`],
  [day(2), aContribution({ to: day(50) }), "granted"],
  [day(3), aNotice({ ends: day(60) }), "granted"],
  [day(50) - 1, trains, "granted"],
  [
    day(50),
    { ...trains, dataset: "more" },
    "V-ENDED breach contribution rail-data",
  ],
);

check(
  "with notice the data are served to the hour of their end, and from then on the refusal says why",
  ...served,
  asks(day(4), "huaxing", trainsAsked, "by huaxing-trains, trains-fee 80"),
  [day(5), aNotice({ ends: day(15) }), "granted"],
  heads(day(5)),
  asks(day(15) - 1, "huaxing", trainsAsked, "by huaxing-trains, trains-fee 80"),
  asks(
    day(15),
    "huaxing",
    trainsAsked,
    `I2 breach contribution rail-data, until ${day(15)}`,
  ),
  [
    day(16),
    { ...trains, dataset: "more" },
    "V-ENDED breach contribution rail-data",
  ],
  [
    day(16),
    { ...trainRecords, product: "more" },
    "V-ENDED breach contribution rail-data",
  ],
  closes(day(17)),
);

check(
  "without notice the data are served until the contribution ends by itself",
  founding,
  ...known,
  ...given(day(2), aContribution({ to: day(10) }), trains, trainRecords),
  ...given(day(2), aGateway(), trainPermit),
  asks(
    day(10) - 1,
    "huaxing",
    trainsAsked,
    "by huaxing-trains, no fee in force for this class 0",
  ),
  asks(
    day(10),
    "huaxing",
    trainsAsked,
    `I2 breach contribution rail-data, until ${day(10)}`,
  ),
  closes(day(11)),
);

check(
  "open data that were lent are open as long as they are lent",
  ...known,
  ...given(
    day(2),
    aContribution({ noticeDays: 10 }),
    { ...stations, dataset: "stops", contribution: "rail-data" },
    aGateway(),
  ),
  asks(
    day(3),
    undefined,
    without(asked({ dataset: "stops", fields: ["station"] }), "product"),
    "open stops",
  ),
  [day(4), aNotice({ ends: day(14) }), "granted"],
  heads(day(4)),
  asks(
    day(14) - 1,
    undefined,
    without(asked({ dataset: "stops", fields: ["station"] }), "product"),
    "open stops",
  ),
  asks(
    day(14),
    undefined,
    without(asked({ dataset: "stops", fields: ["station"] }), "product"),
    `I2 breach contribution rail-data, until ${day(14)}`,
  ),
  closes(day(15)),
);

check(
  "a contributor is paid on a ground of its own, under a ceiling",
  ...lent,
  [day(3), trainFee, "CN-PRC-03 missing ceiling none"],
  [day(3), trainCeiling, "granted"],
  [
    day(3),
    { ...trainFee, amount: 101 },
    "CN-PRC-03 breach amount 101, ceiling 100",
  ],
  [day(3), without(trainFee, "ground"), "I3 missing ground none"],
  [day(3), trainFee, "granted"],
);

check(
  "a contributor is not paid as an operator, and an operator not as a contributor",
  ...under,
  [
    day(3),
    { ...trainFee, ground: "operation-service-fee" },
    "I3 missing ground operation-service-fee",
  ],
  ...given(
    day(4),
    anAuthorisation({ authorisation: "operation" }),
    aProduct({ authorisation: "operation" }),
    aCeiling(),
  ),
  [
    day(5),
    aFee({ ground: "contributor-fee" }),
    "I3 missing ground contributor-fee",
  ],
  [day(5), aFee(), "granted"],
);

check(
  "money reaches a contributor for what it lent alone, and nobody else for that",
  ...under,
  ...given(
    day(3),
    anOrganisation({ organisation: "rival" }),
    without(aProduct(), "authorisation"),
    aCeiling(),
  ),
  [
    day(3),
    aFee({ ground: "contributor-fee" }),
    "I3 missing ground contributor-fee; I3 missing authorisation-of sanhe, product vehicle-records",
  ],
  [
    day(3),
    { ...trainFee, payee: { organisation: "rival" } },
    "I3 missing ground contributor-fee; I3 missing authorisation-of rival, product train-records",
  ],
  [
    day(3),
    { ...trainFee, payee: { body: "transport" } },
    "CN-PRC-18 breach payee-kind body; CN-DEP-04 breach payee-kind body",
  ],
);

check(
  "no price for what is not lent any more",
  ...under,
  [day(3), aNotice({ ends: day(13) }), "granted"],
  [day(13) - 1, trainFee, "granted"],
  [
    day(13),
    { ...trainFee, fee: "late" },
    "I3 missing authorisation-of sanhe, product train-records",
  ],
);

check(
  "a price of nothing is a price, a small enterprise pays less than another, and public purposes pay nothing",
  ...lent,
  ...given(
    day(3),
    trainCeiling,
    { ...trainFee, classes: ["enterprise"] },
    {
      ...trainFee,
      fee: "trains-small",
      classes: ["smallEnterprise"],
      amount: 20,
    },
    { ...trainFee, fee: "trains-welfare", classes: ["welfare"], amount: 0 },
    anOrganisation({ organisation: "small", class: "smallEnterprise" }),
    anOrganisation({ organisation: "relief", class: "welfare" }),
    trainPermit,
    { ...trainPermit, permit: "small-trains", organisation: "small" },
    { ...trainPermit, permit: "relief-trains", organisation: "relief" },
  ),
  asks(day(4), "huaxing", trainsAsked, "by huaxing-trains, trains-fee 80"),
  asks(day(4, 1), "small", trainsAsked, "by small-trains, trains-small 20"),
  asks(day(4, 2), "relief", trainsAsked, "by relief-trains, trains-welfare 0"),
  closes(day(5)),
);
