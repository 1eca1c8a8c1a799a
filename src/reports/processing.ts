import {
  inForce,
  type ReadRegister,
  type StandingPermit,
  type StandingProduct,
} from "../register/register.ts";
import { contributionOf } from "../register/payees.ts";
import { push } from "../register/standing.ts";
import { keptMonths } from "../rules/retention.ts";
import { isOffered } from "../register/offered.ts";
import {
  holderOf,
  operatorOf,
  organisationTitle,
  purposeTitle,
} from "./facts.ts";
import type { Draft, DraftCell, DraftRow } from "./shape.ts";

/** What is done with personal data, and for what (EU-GDPR-05): one row for every product and purpose that is offered now. */
export function processingRecord(
  register: ReadRegister,
  now: number,
): readonly Draft[] {
  const products = [...register.products.values()].filter(
    (one) => one.personal && isOffered(register, one, now),
  );
  const permits = new Map<string, StandingPermit[]>();
  for (const one of register.permits.values())
    if (inForce(one, now))
      push(permits, `${one.act.product} ${one.act.purpose}`, one);
  return [
    {
      ...{ id: "processing", title: "Processing of personal data" },
      columns: [
        ...["Processing", "Controller", "Processor", "Purpose", "Basis"],
        ...["Persons", "Categories of data", "Recipients", "Time limits"],
        "Measures",
      ],
      none: "No product holds personal data.",
      lacks: [
        {
          missing: "whether a recipient is in another country",
          fill: "the body adds it on its own copy: an act organisation states no country",
        },
        {
          missing:
            "how to reach the controller and its data protection officer",
          fill: "the body adds it on its own copy: names and contacts of persons never enter the log",
        },
        {
          missing: "when the data themselves are erased where they are held",
          fill: "the body that runs the system adds it: no act states it",
        },
      ],
      rows: products.flatMap((one) =>
        one.act.purposes.map((purpose) =>
          rowOf(
            register,
            one,
            purpose,
            permits.get(`${one.act.product} ${purpose}`) ?? [],
          ),
        ),
      ),
    },
  ];
}

function rowOf(
  register: ReadRegister,
  one: StandingProduct,
  purpose: string,
  permits: readonly StandingPermit[],
): DraftRow {
  const { product, title, content } = one.act;
  const known = register.rulebook?.act.purposes.find(
    (each) => each.purpose === purpose,
  );
  const lent = contributionOf(register, product);
  const holders = content.map(({ dataset }) => holderOf(register, dataset));
  const controllers =
    lent === undefined
      ? holders.map((holder) => holder.title)
      : [organisationTitle(register, lent.act.contributor)];
  const operator = operatorOf(register, one);
  const recipients = permits.map(({ act }) =>
    organisationTitle(register, act.organisation),
  );
  return {
    cells: [
      `${product}: ${title}`,
      [...new Set(controllers)].join(", "),
      operator === "" ? "none" : organisationTitle(register, operator),
      purposeTitle(register, purpose),
      known?.ground ?? {
        missing: `the provision on which data are used for ${purpose}`,
        fill: "an act rulebookAdopted whose purpose names its ground",
      },
      personsOf(register, one),
      categoriesOf(register, one),
      recipients.length === 0
        ? "nobody holds a permit now"
        : [...new Set(recipients)].join(", "),
      `what shows whose data were used: ${keptMonths(register.rulebook?.act, "openingsKeptMonths")} months; that data were used: ${keptMonths(register.rulebook?.act, "usesKeptMonths")} months after the last right ended`,
      measuresOf(register, one),
    ],
    entries: [
      one.entry,
      ...holders.flatMap(({ entries }) => entries),
      ...permits.map(({ entry }) => entry),
      ...(register.rulebook === undefined ? [] : [register.rulebook.entry]),
    ],
  };
}

type Fields = readonly {
  readonly name: string;
  readonly meaning: string;
  readonly classification: string;
  readonly identifier: boolean;
  readonly isSubject: boolean;
}[];

function fieldsOf(register: ReadRegister, { act }: StandingProduct): Fields {
  return act.content.flatMap(({ dataset, fields }) => {
    const found = register.datasets.get(dataset)?.act;
    return (found?.fields ?? [])
      .filter(({ name }) => fields.includes(name) || name === found?.subject)
      .map((field) => ({ ...field, isSubject: field.name === found?.subject }));
  });
}

function personsOf(
  register: ReadRegister,
  product: StandingProduct,
): DraftCell {
  const subjects = fieldsOf(register, product).filter(
    ({ isSubject }) => isSubject,
  );
  return subjects.length === 0
    ? {
        missing: "which persons the data are about",
        fill: "an act dataset that names the field of its subject",
      }
    : `known by: ${subjects.map(({ meaning }) => meaning).join(", ")}`;
}

function categoriesOf(
  register: ReadRegister,
  product: StandingProduct,
): string {
  return fieldsOf(register, product)
    .filter(
      ({ name, classification }) =>
        product.fields.includes(name) &&
        (classification === "personal" || classification === "sensitive"),
    )
    .map(({ name, classification }) => `${name} (${classification})`)
    .join(", ");
}

/** What the gate does by itself with every use of the product. */
function measuresOf(register: ReadRegister, product: StandingProduct): string {
  const { form, limits, rowsMax } = product.act;
  const tokens = fieldsOf(register, product).filter(
    ({ name, identifier }) => identifier && product.fields.includes(name),
  );
  return [
    ...(form === "answer"
      ? ["nothing is learned but yes, no or not on record"]
      : []),
    ...(limits === undefined
      ? []
      : [
          `at most ${limits.perAskerPerDay} answers a day for one asker, ${limits.perSubjectPerDay} about one person`,
        ]),
    ...(form === "answer"
      ? []
      : [`at most ${rowsMax} ${rowsMax === 1 ? "row" : "rows"} at once`]),
    ...(form === "answer" || tokens.length === 0
      ? []
      : [
          `a token of each permit in the place of ${tokens.map(({ name }) => name).join(", ")}`,
        ]),
    "every use entered in a public log before it is answered, and shown to the persons it was about",
  ].join("; ");
}
