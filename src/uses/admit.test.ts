import {
  aDataset,
  aField,
  aGateway,
  anOrganisation,
  aPermit,
  aProduct,
  ownerCheck,
  priced,
  registered,
} from "../../test/story-acts.ts";
import { day, without } from "../../test/story-founding.ts";
import { asked, asks, heads } from "../../test/story-uses.ts";
import { check, given } from "../../test/story.ts";
import type { Request } from "./plan.ts";

/** Everything that a use needs but the permit. */
const scene = given(day(1), ...priced, ownerCheck(), aGateway());
const served = [...scene, ...given(day(2), aPermit())];
const who = "huaxing";
const open: Request = {
  plan: {
    form: "records",
    dataset: "stations",
    fields: ["station"],
    where: [],
    order: [],
    limit: 5,
  },
};
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
  "with a permit in force, a request is admitted and priced",
  ...served,
  asks(day(3), who, asked(), "by huaxing-vehicles, vehicles-fee 80"),
  asks(
    day(3),
    who,
    asked({ limit: 100 }),
    "by huaxing-vehicles, vehicles-fee 800",
  ),
  heads(day(4)),
);

check(
  "what is not registered is not served",
  ...served,
  asks(
    day(3),
    who,
    asked({ dataset: "secrets" }),
    "I1 missing dataset secrets",
  ),
  asks(
    day(3),
    who,
    asked({ product: "secrets" }),
    "I1 missing product secrets",
  ),
  asks(
    day(3),
    who,
    { plan: asked().plan },
    "I1 missing product vehicles.records",
  ),
);

check(
  "without a permit of one's own nothing restricted is served, whoever else has one",
  ...served,
  ...given(day(2), anOrganisation({ organisation: "rival" })),
  asks(day(3), "rival", asked(), "I2 missing permit-for vehicle-records"),
  asks(day(3), undefined, asked(), "I2 missing permit-for vehicle-records"),
  asks(day(3), "", asked(), "I2 missing permit-for vehicle-records"),
  asks(day(3), who, isOwner(), "I2 missing permit-for owner-check"),
);

check(
  "open data is served to anybody, and nothing else is for the asking",
  ...scene,
  asks(day(3), undefined, open, "open stations"),
  asks(
    day(3),
    "stranger",
    {
      plan: {
        form: "aggregate",
        dataset: "stations",
        measures: [{ measure: "count" }],
        by: [],
        where: [],
        limit: 1,
      },
    },
    "open stations",
  ),
  asks(
    day(3),
    undefined,
    { ...open, plan: { ...asked().plan } },
    "I1 missing product vehicles.records",
  ),
  asks(
    day(3),
    undefined,
    {
      plan: {
        form: "answer",
        dataset: "stations",
        key: [{ field: "station", value: "A" }],
        values: [{ field: "town", value: "B" }],
      },
    },
    "I1 missing product stations.answer",
  ),
  heads(day(4)),
);

check(
  "one closed field closes a dataset",
  ...given(
    day(1),
    ...registered,
    aDataset({
      dataset: "half",
      fields: [
        aField("a", { classification: "open" }),
        aField("b", { classification: "restricted" }),
      ],
    }),
  ),
  asks(
    day(2),
    undefined,
    { plan: { ...asked().plan, dataset: "half" } },
    "I1 missing product half.records",
  ),
);

check(
  "a product is asked for over its own dataset, in its own form",
  ...served,
  asks(
    day(3),
    who,
    isOwner({ product: "vehicle-records" }),
    "V-SCOPE breach product vehicle-records, dataset owners, form answer",
  ),
  asks(
    day(3),
    who,
    asked({ product: "owner-check" }),
    "V-SCOPE breach product owner-check, dataset vehicles, form records",
  ),
  asks(
    day(3),
    who,
    {
      product: "vehicle-records",
      plan: {
        form: "aggregate",
        dataset: "vehicles",
        measures: [{ measure: "count" }],
        by: [],
        where: [],
        limit: 1,
      },
    },
    "V-SCOPE breach product vehicle-records, dataset vehicles, form aggregate",
  ),
);

check(
  "a product named after its dataset and form need not be named",
  ...given(
    day(1),
    ...registered,
    aGateway(),
    without(aProduct({ product: "vehicles.records" }), "authorisation"),
    aPermit({ product: "vehicles.records" }),
  ),
  asks(
    day(2),
    who,
    { plan: asked().plan },
    "by huaxing-vehicles, no fee in force for this class 0",
  ),
  heads(day(3)),
);

check(
  "a permit reaches no further than its fields, its conditions and its rows",
  ...scene,
  ...given(
    day(2),
    aPermit({ fields: ["make", "year"], where: ["plate"], rowsMax: 50 }),
  ),
  asks(
    day(3),
    who,
    asked({ fields: ["plate"] }),
    "V-SCOPE breach permit huaxing-vehicles, fields 1",
  ),
  asks(
    day(3),
    who,
    asked({
      fields: ["make"],
      where: [{ field: "year", op: "eq", value: 2020 }],
    }),
    "V-SCOPE breach permit huaxing-vehicles, where 4",
  ),
  asks(
    day(3),
    who,
    asked({ fields: ["owner"] }),
    "V-SCOPE breach product vehicle-records, field owner",
  ),
  asks(
    day(3),
    who,
    asked({
      fields: ["make"],
      where: [{ field: "owner", op: "missing", value: true }],
    }),
    "V-SCOPE breach product vehicle-records, field owner",
  ),
  asks(
    day(3),
    who,
    {
      product: "vehicle-records",
      plan: {
        form: "records",
        dataset: "vehicles",
        fields: ["make"],
        where: [],
        order: [{ field: "year", direction: "asc" }],
        limit: 1,
      },
    },
    "V-SCOPE breach permit huaxing-vehicles, where 4",
  ),
  asks(
    day(3),
    who,
    asked({ fields: ["make"], limit: 51 }),
    "V-SCOPE breach permit huaxing-vehicles, rows 51, rows-max 50",
  ),
  asks(
    day(3),
    who,
    asked({
      fields: ["make"],
      limit: 50,
      where: [{ field: "plate", op: "eq", value: "B1" }],
    }),
    "by huaxing-vehicles, vehicles-fee 400",
  ),
  heads(day(4)),
);

check(
  "a purpose that was asked under is one of a permit's",
  ...served,
  asks(
    day(3),
    who,
    asked({ purpose: "traffic-safety" }),
    "I2 missing permit-for vehicle-records",
  ),
  asks(
    day(3),
    who,
    asked({ purpose: "vehicle-trade" }),
    "by huaxing-vehicles, vehicles-fee 80",
  ),
  ...given(day(4), aPermit({ permit: "safety", purpose: "traffic-safety" })),
  asks(
    day(5),
    who,
    asked({ purpose: "traffic-safety" }),
    "by safety, CN-PRC-01 0",
  ),
  heads(day(6)),
);

check(
  "public governance and public welfare pay nothing; so does a class without a fee",
  ...scene,
  ...given(
    day(2),
    anOrganisation({ organisation: "university", class: "research" }),
  ),
  ...given(
    day(2),
    aPermit({ permit: "safety", purpose: "traffic-safety" }),
    aPermit({
      permit: "study",
      organisation: "university",
      purpose: "insurance",
    }),
  ),
  asks(day(3), who, asked(), "by safety, CN-PRC-01 0"),
  asks(
    day(3),
    "university",
    asked(),
    "by study, no fee in force for this class 0",
  ),
  heads(day(4)),
);
