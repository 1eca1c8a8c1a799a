import { civilAt } from "../acts/dates.ts";
import { costHeads } from "../acts/revenue.ts";
import {
  type FeeStandard,
  NEVER,
  type ReadRegister,
} from "../register/register.ts";
import {
  costsOf,
  deviationIn,
  incomeIn,
  revenueIn,
  takenIn,
} from "../register/revenue.ts";
import { chargedIn } from "./charged.ts";

/** A line of the yearly report on prices: a number or what is missing for it, and the entries that it rests on. */
export type PriceReportRow = {
  readonly row:
    | "cost"
    | "costs"
    | "income"
    | "incomeOf"
    | "profit"
    | "permitted"
    | "deviation"
    | "deviationPart"
    | "volume"
    | "charged"
    | "ceilingSet"
    | "priceBegan"
    | "priceEnded";
  /** The head of cost, product, ceiling or fee that it is of. */
  readonly of?: string;
  readonly unit: "money" | "basisPoints" | FeeStandard["unit"] | "units";
  readonly value?: number;
  /** The act that would say it. */
  readonly gap?: "incomeStated" | "permittedRevenue";
  readonly entries: readonly number[];
};
export type PriceReport = {
  readonly authorisation: string;
  readonly operator: string | undefined;
  readonly year: number;
  readonly currency: string | undefined;
  readonly rows: readonly PriceReportRow[];
};

/**
 * What the yearly report on prices tells of an authorisation (CN-PRC-13): costs by head, income, profit, volume and income by product, deviation from
 * what was permitted, and which prices and ceilings changed. What no act says is a gap, and is never taken for nothing.
 */
export function priceReportOf(
  register: ReadRegister,
  year: number,
  authorisation: string,
): PriceReport {
  const stated = incomeIn(register, authorisation, year);
  const revenue = revenueIn(register, authorisation, year);
  return {
    ...{ authorisation, year },
    operator: register.authorisations.get(authorisation)?.act.operator,
    currency: stated?.act.currency ?? revenue?.currency,
    rows: [
      ...money(register, authorisation, year),
      ...products(register, authorisation, year),
      ...charged(register, authorisation, year),
      ...changes(register, authorisation, year),
    ],
  };
}

function money(
  register: ReadRegister,
  authorisation: string,
  year: number,
): readonly PriceReportRow[] {
  const stated = incomeIn(register, authorisation, year);
  const revenue = revenueIn(register, authorisation, year);
  const permitted = register.revenues.get(revenue?.revenue ?? "");
  const deviation = deviationIn(register, authorisation, year);
  const own = stated === undefined ? [] : [stated.entry];
  const both = [...own, ...(permitted === undefined ? [] : [permitted.entry])];
  const unit = "money";
  const costs = stated === undefined ? undefined : costsOf(stated.act.costs);
  const income = stated === undefined ? undefined : takenIn(stated.act);
  const told = valueOr("incomeStated");
  const lacks =
    permitted === undefined ? ("permittedRevenue" as const) : "incomeStated";
  return [
    ...costHeads.map((head): PriceReportRow => ({
      ...{ row: "cost", of: head, unit, entries: own },
      ...told(stated?.act.costs[head]),
    })),
    { ...{ row: "costs", unit, entries: own }, ...told(costs) },
    { ...{ row: "income", unit, entries: own }, ...told(income) },
    {
      ...{ row: "profit", unit, entries: own },
      ...told(
        income === undefined || costs === undefined
          ? undefined
          : income - costs,
      ),
    },
    {
      ...{ row: "permitted", unit },
      entries: permitted === undefined ? [] : [permitted.entry],
      ...valueOr("permittedRevenue")(permitted?.act.total),
    },
    {
      ...{ row: "deviation", unit, entries: both },
      ...valueOr(lacks)(deviation?.amount),
    },
    {
      ...{ row: "deviationPart", unit: "basisPoints", entries: both },
      ...valueOr(lacks)(deviation?.basisPoints),
    },
  ];
}

function products(
  register: ReadRegister,
  authorisation: string,
  year: number,
): readonly PriceReportRow[] {
  const stated = incomeIn(register, authorisation, year);
  if (stated === undefined)
    return [
      {
        ...{ row: "volume", unit: "units", gap: "incomeStated" },
        entries: [],
      },
    ];
  return stated.act.products.flatMap(({ product, volume, income }) => {
    const entries = [stated.entry];
    const units = new Set(
      (register.feesOf.get(product) ?? []).map(
        (id) => register.fees.get(id)?.act.unit,
      ),
    );
    const [unit = "units"] = units;
    return [
      {
        ...({ row: "volume", of: product, value: volume, entries } as const),
        // Where a product was charged in more than one unit the volume is of all of them.
        unit: units.size === 1 ? unit : "units",
      },
      {
        ...({ row: "incomeOf", of: product, unit: "money" } as const),
        ...{ value: income, entries },
      },
    ];
  });
}

/** What closed logs say beside the income that is stated. */
function charged(
  register: ReadRegister,
  authorisation: string,
  year: number,
): readonly PriceReportRow[] {
  return chargedIn(register, authorisation, year)
    .filter(({ entries }) => entries.length > 0)
    .map((one) => ({
      ...({ row: "charged", of: one.product, unit: "money" } as const),
      ...{ value: one.charged, entries: one.entries },
    }));
}

/** Prices that began and ended in the year, and ceilings that came into force. */
function changes(
  register: ReadRegister,
  authorisation: string,
  year: number,
): readonly PriceReportRow[] {
  const { offsetMinutes } = register;
  const inYear = (at: number) =>
    at !== NEVER && civilAt(at, offsetMinutes).year === year;
  const unit = "money";
  const ceilings = (register.ceilingsUnder.get(authorisation) ?? []).flatMap(
    (id): readonly PriceReportRow[] => {
      const found = register.ceilings.get(id);
      return found === undefined || !inYear(found.from)
        ? []
        : [
            {
              ...{ row: "ceilingSet", of: id, unit, value: found.act.amount },
              entries: [found.entry],
            },
          ];
    },
  );
  const fees = (register.feesUnder.get(authorisation) ?? []).flatMap(
    (id): readonly PriceReportRow[] => {
      const found = register.fees.get(id);
      if (found === undefined) return [];
      const { from, ended, act, entry } = found;
      // What ended before it began was never a price.
      if ((ended?.at ?? NEVER) <= from) return [];
      const to = Math.min(ended?.at ?? NEVER, found.to);
      const value = act.amount;
      return [
        ...(inYear(from)
          ? [
              {
                row: "priceBegan",
                of: id,
                unit,
                value,
                entries: [entry],
              } as const,
            ]
          : []),
        ...(inYear(to)
          ? [
              {
                ...({ row: "priceEnded", of: id, unit, value } as const),
                entries: [ended?.entry ?? entry],
              },
            ]
          : []),
      ];
    },
  );
  return [...ceilings, ...fees];
}

function valueOr(gap: NonNullable<PriceReportRow["gap"]>) {
  return (
    value: number | undefined,
  ): Pick<PriceReportRow, "value"> | Pick<PriceReportRow, "gap"> =>
    value === undefined ? { gap } : { value };
}
