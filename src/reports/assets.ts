import { showInstant } from "../acts/dates.ts";
import { showMoney } from "../audit/says.ts";
import {
  type Dataset,
  inForce,
  type ReadRegister,
  type StandingProduct,
} from "../register/register.ts";
import { isOpen } from "../register/fields.ts";
import { isOffered } from "../register/offered.ts";
import { push } from "../register/standing.ts";
import { withholdingOf } from "../register/withholding.ts";
import { holderOf } from "./facts.ts";
import type { Draft, DraftCell, DraftRow } from "./shape.ts";

/** The forms in which rows leave through the gate. */
const ROWS = "JSON, NDJSON, CSV, Parquet";
const FORMATS = {
  answer: "answer: yes, no, or not on record",
  records: ROWS,
  aggregate: ROWS,
  file: "Parquet",
} as const;

/** All data that may be re-used, each with its format, its size and its conditions (EU-DGA-19). What is withheld is no offer. */
export function assetList(
  register: ReadRegister,
  now: number,
): readonly Draft[] {
  const shown = [...register.datasets.values()].filter(
    ({ act }) => withholdingOf(register, act.dataset, now) === undefined,
  );
  const products = new Map<string, StandingProduct[]>();
  for (const one of register.products.values())
    if (isOffered(register, one, now))
      for (const { dataset } of one.act.content) push(products, dataset, one);
  return [
    {
      ...{ id: "assets", title: "Data for re-use" },
      columns: [
        ...["Dataset", "Title", "Held by", "Format", "Rows", "State of"],
        ...["Conditions of re-use", "Licence"],
      ],
      none: "No dataset is registered.",
      lacks: [
        {
          missing: "the size of each dataset in bytes",
          fill: "rows are given: a record vintage states rows and a digest, and no length",
        },
      ],
      rows: shown.map(({ act }) =>
        assetRow(register, act, products.get(act.dataset) ?? [], now),
      ),
    },
    systems(register),
  ];
}

function assetRow(
  register: ReadRegister,
  act: Dataset,
  products: readonly StandingProduct[],
  now: number,
): DraftRow {
  const { title, entries } = holderOf(register, act.dataset);
  const vintage = register.vintages.get(act.dataset);
  const isReached = isOpen(act) || products.length > 0;
  const unoffered = {
    missing: "how it can be re-used",
    fill: "an act product that offers it, with an authorisation or terms in force behind it",
  };
  const uncounted = {
    missing: "how many rows it has",
    fill:
      act.live === undefined
        ? "a record vintage, entered with its first import"
        : "nobody counts it: it is asked where it is kept, and has no vintages",
  };
  return {
    cells: [
      ...[act.dataset, act.title, title],
      isReached ? formatsOf(act, products) : unoffered,
      vintage?.vintage.rows ?? uncounted,
      vintage === undefined
        ? act.live === undefined
          ? uncounted
          : "live"
        : showInstant(vintage.at, register.offsetMinutes),
      isReached ? conditionsOf(register, act, products, now) : unoffered,
      licenceOf(act),
    ],
    entries: [
      ...entries,
      ...products.map(({ entry }) => entry),
      ...(vintage === undefined ? [] : [vintage.entry]),
    ],
  };
}

function formatsOf(act: Dataset, products: readonly StandingProduct[]): string {
  const formats = [
    ...(isOpen(act) ? [ROWS] : []),
    ...products.map((one) => FORMATS[one.act.form]),
  ];
  return [...new Set(formats)].join("; ");
}

function conditionsOf(
  register: ReadRegister,
  act: Dataset,
  products: readonly StandingProduct[],
  now: number,
): string {
  return [
    ...(isOpen(act) ? ["open to everybody, free of charge"] : []),
    ...products.map(({ act: { product, purposes } }) => {
      const prices = (register.feesOf.get(product) ?? [])
        .flatMap((id) => register.fees.get(id) ?? [])
        .filter((one) => inForce(one, now))
        .map(
          ({ act: { amount, currency, unit, classes } }) =>
            `${showMoney(amount, currency)} per ${unit} for ${classes.join(", ")}`,
        );
      return `${product}: permit for ${purposes.join(", ")}; ${prices.length === 0 ? "free of charge" : `${prices.join(", ")}, else free of charge`}`;
    }),
  ].join("; ");
}

function licenceOf(act: Dataset): DraftCell {
  if (act.licence !== undefined) return act.licence;
  return isOpen(act)
    ? { missing: "the licence of open data", fill: "an act dataset with one" }
    : "as its permit says";
}

/** What is known to be there, and of which nothing is registered. */
function systems(register: ReadRegister): Draft {
  const described = new Set(
    [...register.datasets.values()].map(({ act }) => act.system),
  );
  return {
    ...{ id: "systems", title: "Known systems without a dataset" },
    columns: ["System", "Title", "Body", "What can be re-used of it"],
    none: "Of every known system a dataset is registered.",
    rows: [...register.systems.values()]
      .filter(({ act }) => !described.has(act.system))
      .map(({ act, entry }) => ({
        cells: [
          ...[act.system, act.title],
          register.bodies.get(act.body)?.act.title ?? act.body,
          {
            missing: "which datasets are held in the system",
            fill: "an act dataset, or one withheld with its ground",
          },
        ],
        entries: [entry],
      })),
  };
}
