import { promises as fs } from "node:fs";
import { join } from "node:path";
import { dataset } from "../../acts/data.ts";
import { readAs } from "../read-as.ts";
import { HOUR } from "./office.ts";

/** Beside the vehicles: restricted data about nobody, and data that are open to everybody. */
export const MORE_DATASETS = ["companies", "earthquakes"] as const;
export const ORGANISATIONS = 1_000;
/** With one permit for each of the other products per organisation, the office has ten thousand. */
export const ANSWER_PERMITS = 5_000;

type Offer = {
  readonly dataset: string;
  readonly form: "answer" | "records" | "aggregate" | "file";
  readonly fields: readonly string[];
  readonly where: readonly string[];
};
const COMPANY = ["number", "name", "sector", "district", "employees"];
const OFFERS: readonly Offer[] = [
  {
    dataset: "vehicles",
    form: "records",
    fields: ["plate", "make", "body", "district"],
    where: ["plate", "district"],
  },
  {
    dataset: "companies",
    form: "answer",
    fields: ["number", "sector"],
    where: ["number"],
  },
  {
    dataset: "companies",
    form: "records",
    fields: COMPANY,
    where: ["number", "sector"],
  },
  {
    dataset: "companies",
    form: "aggregate",
    fields: ["sector", "district", "employees"],
    where: ["sector"],
  },
  { dataset: "companies", form: "file", fields: COMPANY, where: [] },
];

/** What an office enters beside its trade with answers about vehicles. */
export async function soakActs(
  examples: string,
  at: number,
  more: readonly string[] = MORE_DATASETS,
): Promise<readonly object[]> {
  const to = at - (at % HOUR) + 8_000 * HOUR;
  const datasets = await Promise.all(
    more.map(async (id) => {
      const path = join(examples, "datasets", id, "dataset.json");
      const text = await fs.readFile(path, "utf8");
      return readAs(dataset, JSON.parse(text), path);
    }),
  );
  return [
    ...datasets.map(({ system }) => ({
      kind: "system",
      system,
      title: system,
      body: "office",
      description: "described",
    })),
    ...datasets,
    ...OFFERS.map(productOf),
    ...OFFERS.flatMap((offer) =>
      Array.from({ length: ORGANISATIONS }, (_, i) => permitOf(offer, i, to)),
    ),
  ];
}

const nameOf = ({ dataset: id, form }: Offer): string => `${id}.${form}`;

function productOf(offer: Offer): object {
  return {
    kind: "product",
    product: nameOf(offer),
    title: nameOf(offer),
    content: [{ dataset: offer.dataset, fields: offer.fields }],
    form: offer.form,
    ...(offer.form === "answer"
      ? {
          key: offer.where,
          limits: {
            perAskerPerDay: 1_000_000_000,
            perSubjectPerDay: 1_000_000_000,
          },
        }
      : {}),
    purposes: ["trade"],
    rowsMax: rowsMaxOf(offer),
    rowsPerStep: 100,
  };
}

function permitOf(offer: Offer, i: number, to: number): object {
  return {
    kind: "permit",
    permit: `${offer.dataset}-${offer.form}-${i}`,
    organisation: `org-${i}`,
    product: nameOf(offer),
    purpose: "trade",
    fields: offer.fields,
    where: offer.where,
    rowsMax: rowsMaxOf(offer),
    quota: { calls: 1_000_000_000 },
    to,
  };
}

function rowsMaxOf({ form }: Offer): number {
  return form === "answer" ? 1 : 100_000;
}
