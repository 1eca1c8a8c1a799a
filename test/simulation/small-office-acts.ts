import type { Act, ActKind, ActOf } from "../../src/acts/act.ts";
import { toBase64url } from "../../src/acts/bytes.ts";
import type { Plan, RecordsPlan } from "../../src/uses/plan.ts";

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export type Post =
  "head" | "registrar" | "administrator" | "price-authority" | "permit-officer";
/** Person n + 1 holds the n-th post. */
export const posts: readonly Post[] = [
  "head",
  "registrar",
  "administrator",
  "price-authority",
  "permit-officer",
];

const powers: Readonly<
  Record<Post, ActOf<"genesis">["posts"][number]["powers"]>
> = {
  head: [
    "authorise",
    "approveProducts",
    "approveFees",
    "priceOperators",
    "adopt",
    "confirm",
  ],
  registrar: [
    "register",
    "report",
    "prepareProducts",
    "prepareAuthorisations",
    "prepareFees",
    "enrol",
    "administer",
    "receiveQuestions",
  ],
  administrator: ["administer", "enrol"],
  "price-authority": ["setCeilings"],
  "permit-officer": ["permit", "preparePermits"],
};

/** Who signs an act where a test does not say otherwise; the last one approves. */
export function usual(kind: ActKind): readonly Post[] {
  switch (kind) {
    case "genesis":
      return posts;
    case "witnessPolicyAdopted":
    case "machineKeyEnrolled":
    case "gatewayOpened":
    case "gatewayClosed":
    case "keyRevoked":
      return ["administrator"];
    case "product":
    case "feeStandard":
    case "authorisation":
      return ["registrar", "head"];
    case "productWithdrawn":
    case "feeEnded":
    case "authorisationEnded":
    case "rulebookAdopted":
      return ["head"];
    case "feeCeiling":
      return ["price-authority"];
    case "permit":
    case "permitRevoked":
      return ["permit-officer"];
    default:
      return ["registrar"];
  }
}

/** Far enough that a test may let quarters pass. */
const FAR = Date.UTC(2040, 0, 1);

type Given = {
  readonly origin: string;
  readonly logKey: string;
  readonly edition: ActOf<"genesis">["edition"];
  readonly keyOf: (person: number) => string;
};

export function founding(
  at: number,
  { origin, logKey, edition, keyOf }: Given,
): ActOf<"genesis"> {
  const persons = posts.map((_, index) => index + 1);
  return {
    kind: "genesis",
    title: "Small Public Data Office (invented)",
    origin,
    logKey,
    timeZone: { name: "Asia/Shanghai", offsetMinutes: 480 },
    edition,
    rulebook: rulebook(at),
    bodies: [{ body: "office", title: "The office", level: "province" }],
    posts: posts.map((post) => ({
      post,
      title: post,
      body: "office",
      powers: powers[post],
    })),
    persons: persons.map((person) => ({
      person,
      name: { kind: "name", commitment: toBase64url(Buffer.alloc(32, person)) },
    })),
    tenures: posts.map((post, index) => ({
      person: index + 1,
      post,
      mode: "full",
    })),
    keys: persons.map((person) => ({
      person,
      key: { form: "ed25519", publicKey: keyOf(person) },
    })),
  };
}

export function rulebook(at: number): ActOf<"genesis">["rulebook"] {
  return {
    rulebook: `rules-${at}`,
    title: "Rules (invented)",
    until: FAR + HOUR,
    purposes: [
      { purpose: "trade", title: "Trade", class: "industry" },
      { purpose: "safety", title: "Safety", class: "publicGovernance" },
    ],
    grounds: [
      {
        ground: "operation-fee",
        rule: "CN-PRC-02",
        payee: "operator",
        purposes: ["industry"],
      },
    ],
    limits: {
      keyDelayHours: 24,
      authorisationMonthsMax: 600,
      permitMonthsMax: 600,
      feeMonthsMax: 600,
    },
    separated: ["product", "feeStandard", "authorisation"],
  };
}

type Field = ActOf<"dataset">["fields"][number];
const field = (
  name: string,
  classification: Field["classification"],
  change: Partial<Field> = {},
): Field => ({
  name,
  type: "text",
  meaning: `The ${name}`,
  classification,
  identifier: false,
  ...change,
});

const dataset = (
  id: string,
  fields: readonly Field[],
  more: Partial<ActOf<"dataset">> = {},
): ActOf<"dataset"> => ({
  kind: "dataset",
  dataset: id,
  title: `Dataset ${id}`,
  system: "registers",
  fields: [...fields],
  ...more,
});

/** Open to everybody; not about persons; about persons. */
export const datasets: readonly ActOf<"dataset">[] = [
  dataset(
    "stations",
    [
      field("station", "open"),
      field("town", "open"),
      field("height", "open", { type: "integer" }),
    ],
    { licence: "CC BY 4.0 – 澜" },
  ),
  dataset("vehicles", [
    field("plate", "restricted", { identifier: true }),
    field("make", "restricted"),
    field("year", "restricted", { type: "integer" }),
  ]),
  dataset(
    "people",
    [
      field("number", "personal", { identifier: true }),
      field("name", "personal"),
      field("town", "personal"),
    ],
    { subject: "number" },
  ),
];

export const ROWS = 400;

export function rowsOf(id: string): readonly object[] {
  return Array.from({ length: ROWS }, (_, i) => {
    if (id === "stations")
      return { station: `S${i}`, town: `Town ${i % 7}`, height: i };
    if (id === "vehicles")
      return { plate: `P${i}`, make: `Make ${i % 5}`, year: 1990 + (i % 30) };
    return { number: `N${i}`, name: `Name ${i}`, town: `Town ${i % 7}` };
  });
}

export const product = (
  change: Partial<ActOf<"product">> = {},
): ActOf<"product"> => ({
  kind: "product",
  product: "vehicles.records",
  title: "Vehicles",
  content: [{ dataset: "vehicles", fields: ["plate", "make", "year"] }],
  form: "records",
  purposes: ["trade", "safety"],
  rowsMax: 1000,
  rowsPerStep: 10,
  ...change,
});

export const permit = (
  change: Partial<ActOf<"permit">> = {},
): ActOf<"permit"> => ({
  kind: "permit",
  permit: "huaxing-vehicles",
  organisation: "huaxing",
  product: "vehicles.records",
  purpose: "trade",
  fields: ["plate", "make", "year"],
  where: ["plate", "year"],
  rowsMax: 100,
  quota: {},
  to: FAR,
  ...change,
});

export const revocation = (id: string): ActOf<"permitRevoked"> => ({
  kind: "permitRevoked",
  permit: id,
  reason: "breach",
});

export const fee = (
  id: string,
  amount: number,
  change: Partial<ActOf<"feeStandard">> = {},
): ActOf<"feeStandard"> => ({
  kind: "feeStandard",
  fee: id,
  product: "vehicles.records",
  payee: { organisation: "sanhe" },
  classes: ["enterprise"],
  amount,
  currency: "CNY",
  unit: "step",
  ground: "operation-fee",
  to: FAR,
  ...change,
});

export const system = (id: string): ActOf<"system"> => ({
  kind: "system",
  system: id,
  title: `System ${id}`,
  body: "office",
  description: "described",
});

export const organisation = (
  id: string,
  payer: ActOf<"organisation">["class"] = "enterprise",
): ActOf<"organisation"> => ({
  kind: "organisation",
  organisation: id,
  title: `Organisation ${id}`,
  class: payer,
});

/** Everything between the founding act and the first request, in the order in which it can be granted. */
export function granting(
  gatewayKey: string,
  recordsKey: string,
): readonly Act[] {
  return [
    {
      kind: "machineKeyEnrolled",
      title: "Importer",
      publicKey: recordsKey,
      records: ["vintage"],
      until: FAR,
    },
    system("registers"),
    ...datasets,
    ...["sanhe", "huaxing", "other"].map((id) => organisation(id)),
    organisation("court", "publicBody"),
    {
      kind: "authorisation",
      authorisation: "sanhe-vehicles",
      operator: "sanhe",
      datasets: ["vehicles"],
      exclusive: false,
      to: FAR,
    },
    product({ authorisation: "sanhe-vehicles" }),
    product({
      product: "people.answer",
      content: [{ dataset: "people", fields: ["number", "name"] }],
      form: "answer",
      key: ["number"],
      limits: { perAskerPerDay: 6, perSubjectPerDay: 3 },
      rowsMax: 1,
      rowsPerStep: 100,
    }),
    product({
      product: "people.records",
      content: [{ dataset: "people", fields: ["number", "name", "town"] }],
      rowsMax: 1000,
      rowsPerStep: 100,
    }),
    {
      kind: "feeCeiling",
      ceiling: "vehicles-max",
      product: "vehicles.records",
      amount: 500,
      currency: "CNY",
      unit: "step",
      to: FAR,
    },
    fee("vehicles-fee", 80),
    {
      kind: "gatewayOpened",
      gateway: "gate",
      title: "Gateway",
      publicKey: gatewayKey,
    },
    permit(),
    permit({ permit: "other-vehicles", organisation: "other" }),
    permit({
      permit: "court-vehicles",
      organisation: "court",
      purpose: "safety",
    }),
    ...["huaxing", "other"].flatMap((id) => [
      permit({
        permit: `${id}-answer`,
        organisation: id,
        product: "people.answer",
        fields: ["number", "name"],
        where: ["number"],
        rowsMax: 1,
      }),
      permit({
        permit: `${id}-people`,
        organisation: id,
        product: "people.records",
        fields: ["number", "name", "town"],
        where: ["town"],
      }),
    ]),
  ];
}

const records = (change: Partial<RecordsPlan>): RecordsPlan => ({
  form: "records",
  dataset: "vehicles",
  fields: ["plate", "make"],
  where: [],
  order: [],
  limit: 15,
  ...change,
});

export const vehicles = (change: Partial<RecordsPlan> = {}): Plan =>
  records(change);

export const people = (change: Partial<RecordsPlan> = {}): Plan =>
  records({
    dataset: "people",
    fields: ["number", "name"],
    limit: 10,
    ...change,
  });

export const stations = (change: Partial<RecordsPlan> = {}): Plan =>
  records({ dataset: "stations", fields: ["station"], limit: 5, ...change });

export const isNamed = (number: string, name: string): Plan => ({
  form: "answer",
  dataset: "people",
  key: [{ field: "number", value: number }],
  values: [{ field: "name", value: name }],
});
