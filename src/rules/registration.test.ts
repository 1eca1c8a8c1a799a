import {
  aBody,
  aDataset,
  aField,
  anAuthorisation,
  anAuthorisationEnd,
  aProduct,
  aSuccession,
  aSystem,
  aWithdrawal,
  offered,
  ownerCheck,
  owners,
  registered,
  stations,
} from "../../test/story-acts.ts";
import { day, without } from "../../test/story-founding.ts";
import { approved, check, given, prepared } from "../../test/story.ts";

const known = given(day(1), ...registered);

check(
  "a unit belongs to a body that is registered",
  [day(1), aBody(), "granted"],
  [day(1), aBody({ body: "licences", parent: "transport" }), "granted"],
  [
    day(1),
    aBody({ body: "roads", parent: "unheard-of" }),
    "V-REF missing parent unheard-of",
  ],
  [
    day(1),
    aBody({ body: "self", parent: "self" }),
    "V-REF missing parent self",
  ],
  [day(1), aBody(), "V-NEW breach body transport"],
  [day(1), aBody({ body: "data-office" }), "V-NEW breach body data-office"],
);

check(
  "a body that is merged or split names its successors, once",
  ...given(day(1), aBody(), aBody({ body: "mobility" })),
  [
    day(2),
    aSuccession({ body: "unheard-of" }),
    "V-REF missing body unheard-of",
  ],
  [
    day(2),
    aSuccession({ successors: ["mobility", "rail"] }),
    "V-REF missing successor rail",
  ],
  [
    day(2),
    aSuccession({ successors: ["transport"] }),
    "V-SCOPE breach successor transport",
  ],
  [day(2), aSuccession(), "granted"],
  [day(3), aSuccession(), "V-ENDED breach body transport"],
);

check(
  "a system is run by a registered body",
  [day(1), aSystem(), "V-REF missing body transport"],
  ...given(day(1), aBody()),
  [day(1), aSystem(), "granted"],
  [day(1), aSystem(), "V-NEW breach system vehicle-register"],
);

check(
  "a system known by its existence alone may be described later, by its own body, once",
  ...given(
    day(1),
    aBody(),
    aBody({ body: "mobility" }),
    aSystem({ description: "existence" }),
  ),
  [
    day(2),
    aSystem({ description: "existence" }),
    "V-NEW breach system vehicle-register",
  ],
  [
    day(2),
    aSystem({ body: "mobility" }),
    "V-NEW breach system vehicle-register",
  ],
  [day(2), aDataset(), "I1 missing described-system vehicle-register"],
  [day(2), aSystem(), "granted"],
  [day(2), aSystem(), "V-NEW breach system vehicle-register"],
  [day(2), aDataset(), "granted"],
);

check("nothing of a system that nobody registered is registered as data", [
  day(1),
  aDataset(),
  "I1 missing described-system vehicle-register",
]);

check(
  "a dataset has each field once and a new id",
  ...given(day(1), aBody(), aSystem()),
  [
    day(2),
    aDataset({ fields: [aField("plate"), aField("make"), aField("plate")] }),
    "V-NEW breach dataset vehicles, field plate",
  ],
  [day(2), aDataset(), "granted"],
  [day(2), aDataset(), "V-NEW breach dataset vehicles"],
);

check(
  "data about persons says which field the person is, and that field is personal",
  ...given(day(1), aBody(), aSystem()),
  [day(2), without(owners, "subject"), "V-FORM missing subject-of owners"],
  [
    day(2),
    aDataset({
      fields: [aField("diagnosis", { classification: "sensitive" })],
    }),
    "V-FORM missing subject-of vehicles",
  ],
  [day(2), { ...owners, subject: "person" }, "V-REF missing field person"],
  [
    day(2),
    { ...owners, subject: "since" },
    "V-FORM breach subject since, classification restricted",
  ],
  [
    day(2),
    aDataset({
      subject: "name",
      fields: [aField("name", { classification: "open" })],
    }),
    "V-FORM breach subject name, classification open",
  ],
  [day(2), owners, "granted"],
  [
    day(2),
    aDataset({
      dataset: "patients",
      subject: "patient",
      fields: [aField("patient", { classification: "sensitive" })],
    }),
    "granted",
  ],
);

check(
  "a product offers registered fields of registered data, for listed purposes",
  ...known,
  ...given(day(2), anAuthorisation()),
  [
    day(3),
    aProduct({ content: [{ dataset: "secrets", fields: ["plate"] }] }),
    "I1 missing dataset secrets; V-SCOPE breach authorisation sanhe-vehicles, dataset secrets",
  ],
  [
    day(3),
    aProduct({
      content: [{ dataset: "vehicles", fields: ["plate", "owner"] }],
    }),
    "I1 missing dataset vehicles, field owner",
  ],
  [
    day(3),
    aProduct({
      content: [{ dataset: "vehicles", fields: ["plate", "plate"] }],
    }),
    "V-NEW breach product vehicle-records, field plate",
  ],
  [
    day(3),
    aProduct({ purposes: ["vehicle-trade", "curiosity"] }),
    "V-PUR breach purpose curiosity",
  ],
  [day(3), aProduct(), "granted"],
  [day(3), aProduct(), "V-NEW breach product vehicle-records"],
);

check(
  "the name that stands twice is the one that is named",
  ...given(day(1), aBody(), aSystem()),
  [
    day(2),
    aDataset({ fields: [aField("plate"), aField("make"), aField("make")] }),
    "V-NEW breach dataset vehicles, field make",
  ],
  ...given(day(2), aDataset()),
  [
    day(3),
    without(
      aProduct({
        content: [{ dataset: "vehicles", fields: ["plate", "year", "year"] }],
      }),
      "authorisation",
    ),
    "V-NEW breach product vehicle-records, field year",
  ],
);

check(
  "this edition offers one dataset a product; files are of vintages",
  ...known,
  ...given(day(2), anAuthorisation()),
  [
    day(3),
    aProduct({
      content: [
        { dataset: "vehicles", fields: ["plate"] },
        { dataset: "owners", fields: ["since"] },
      ],
      rowsPerStep: 100,
    }),
    "V-EDITION breach datasets 2",
  ],
  [day(3), aProduct({ form: "file" }), "granted"],
  [day(4), aDataset({ dataset: "tracks", live: "table" }), "granted"],
  [
    day(5),
    aProduct({
      product: "track-file",
      form: "file",
      content: [{ dataset: "tracks", fields: ["plate"] }],
    }),
    "V-FORM missing vintage-of tracks; V-SCOPE breach authorisation sanhe-vehicles, dataset tracks",
  ],
);

check(
  "a step of personal data is at least a hundred rows, so that its price does not tell whether somebody was found",
  ...known,
  [day(2), ownerCheck({ rowsPerStep: 99 }), "V-STEP breach rows-per-step 99"],
  [day(2), ownerCheck({ rowsPerStep: 100 }), "granted"],
);

check(
  "no free count of persons: an aggregate over personal data needs a budget that does not exist yet",
  ...known,
  [
    day(2),
    without(without(ownerCheck({ form: "aggregate" }), "key"), "limits"),
    "I12 breach product owner-check",
  ],
  [
    day(2),
    without(aProduct({ form: "aggregate" }), "authorisation"),
    "granted",
  ],
);

check(
  "nobody asks through the alphabet: an answer has a key and limits, and nothing else has either",
  ...known,
  [day(2), without(ownerCheck(), "key"), "V-FORM missing key-of owner-check"],
  [
    day(2),
    without(ownerCheck(), "limits"),
    "V-FORM missing limits-of owner-check",
  ],
  [day(2), ownerCheck({ key: ["since"] }), "V-REF missing field since"],
  [
    day(2),
    ownerCheck({ form: "records" }),
    "V-FORM breach key-of owner-check, form records; V-FORM breach limits-of owner-check, form records",
  ],
  [
    day(2),
    without(ownerCheck({ form: "records" }), "limits"),
    "V-FORM breach key-of owner-check, form records",
  ],
  [
    day(2),
    without(ownerCheck({ form: "records" }), "key"),
    "V-FORM breach limits-of owner-check, form records",
  ],
  [day(2), ownerCheck(), "granted"],
);

check(
  "an operator offers what its authorisation covers, as long as it lasts, to the hour",
  ...known,
  [day(2), aProduct(), "V-REF missing authorisation sanhe-vehicles"],
  ...given(
    day(2),
    anAuthorisation({ from: day(3), to: day(10), datasets: ["owners"] }),
    anAuthorisation({ authorisation: "wide", from: day(3), to: day(10) }),
  ),
  [
    day(3) - 1,
    aProduct({ authorisation: "wide" }),
    "V-ENDED breach authorisation wide",
  ],
  [
    day(3),
    aProduct(),
    "V-SCOPE breach authorisation sanhe-vehicles, dataset vehicles",
  ],
  [day(3), aProduct({ authorisation: "wide" }), "granted"],
  [
    day(10) - 1,
    aProduct({ product: "last", authorisation: "wide" }),
    "granted",
  ],
  [
    day(10),
    aProduct({ product: "late", authorisation: "wide" }),
    "V-ENDED breach authorisation wide",
  ],
);

check(
  "an operator whose authorisation was ended offers nothing new",
  ...known,
  ...given(day(2), anAuthorisation(), anAuthorisationEnd()),
  [day(3), aProduct(), "V-ENDED breach authorisation sanhe-vehicles"],
);

check(
  "a product is withdrawn once, and its id never comes back with other content",
  ...given(day(1), ...offered),
  [day(2), aWithdrawal({ product: "never" }), "V-REF missing product never"],
  [day(2), aWithdrawal(), "granted"],
  [day(2), aWithdrawal(), "V-ENDED breach product vehicle-records"],
  [day(2), aProduct(), "V-NEW breach product vehicle-records"],
);

check(
  "who prepares a product does not approve it, and others do neither",
  ...given(day(1), ...registered, anAuthorisation()),
  [
    day(2),
    aProduct(),
    approved("head"),
    "I4 missing role prepared, power prepareProducts",
  ],
  [
    day(2),
    aProduct(),
    prepared("registrar"),
    approved("registrar"),
    "I4 breach post registrar, lacks-power approveProducts; I4 breach same-person prepared-and-approved",
  ],
  [
    day(2),
    aProduct(),
    prepared("personnel"),
    approved("head"),
    "I4 breach post personnel, lacks-power prepareProducts",
  ],
  [
    day(2),
    aProduct(),
    prepared("head"),
    approved("head"),
    "I4 breach same-person prepared-and-approved",
  ],
  [
    day(2),
    aWithdrawal(),
    approved("registrar"),
    "V-REF missing product vehicle-records; I4 breach post registrar, lacks-power approveProducts",
  ],
  [
    day(2),
    stations,
    approved("head"),
    "V-NEW breach dataset stations; I4 breach post head, lacks-power register",
  ],
);
