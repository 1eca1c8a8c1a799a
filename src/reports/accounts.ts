import { costHeads } from "../acts/revenue.ts";
import type { Authorisation, ReadRegister } from "../register/register.ts";
import {
  costsOf,
  deviationIn,
  incomeIn,
  revenueIn,
  takenIn,
} from "../register/revenue.ts";
import {
  authorisationsIn,
  chargedCell,
  countedIn,
  entriesOf,
  openLogs,
  organisationTitle,
  volumeOf,
} from "./facts.ts";
import type { Draft, DraftCell, DraftRow, Lack } from "./shape.ts";
import type { Year } from "./year.ts";

/** What operators took, what that cost them and what they were permitted: of each authorisation of a year, as it was stated. */
export function accounts(register: ReadRegister, year: Year): readonly Draft[] {
  const all = authorisationsIn(register, year).map((one) => {
    const account = accountOf(register, year, one.act);
    return {
      ...account,
      authorisation: one.act.authorisation,
      entries: [...entriesOf(one), ...account.entries],
    };
  });
  const none = "Nobody was authorised to operate data in this year.";
  return [
    {
      ...{ id: "accounts", title: "Costs, income, profit, deviation", none },
      columns: [
        ...["Authorisation", "Operator", "Income", "Charged at the gate"],
        ...["Costs", "Profit", "Permitted revenue", "Deviation"],
        "Deviation in basis points",
      ],
      lacks: openLogs(register, year),
      rows: all.map(({ authorisation, sums, entries }) => ({
        cells: [authorisation, ...sums],
        entries,
      })),
    },
    {
      ...{ id: "costs", title: "Costs by head", none },
      columns: ["Authorisation", "Head", "Cost"],
      rows: all.flatMap(({ authorisation, costs, entries }) =>
        costs.map((cells): DraftRow => ({
          cells: [authorisation, ...cells],
          entries,
        })),
      ),
    },
    {
      ...{ id: "stated", title: "Volume and income by product", none },
      columns: ["Authorisation", "Product", "Volume", "Income"],
      rows: all.flatMap(({ authorisation, products, entries }) =>
        products.map((cells): DraftRow => ({
          cells: [authorisation, ...cells],
          entries,
        })),
      ),
    },
  ];
}

type Account = {
  /** In the order of their columns. */
  readonly sums: readonly DraftCell[];
  readonly costs: readonly (readonly DraftCell[])[];
  readonly products: readonly (readonly DraftCell[])[];
  readonly entries: readonly number[];
};

const unstated = (missing: string): Lack => ({
  ...{ missing, fill: "an act incomeStated" },
});

function accountOf(
  register: ReadRegister,
  year: Year,
  { authorisation, operator }: Authorisation,
): Account {
  const stated = incomeIn(register, authorisation, year.year);
  const charged = volumeOf(
    [...countedIn(register, year)].flatMap(([product, rows]) =>
      register.products.get(product)?.act.authorisation === authorisation
        ? rows
        : [],
    ),
  );
  const permitted = permittedIn(register, year, authorisation);
  const before = [
    organisationTitle(register, operator),
    stated === undefined
      ? unstated("the income of the year")
      : money(takenIn(stated.act), stated.act.currency),
    chargedCell(charged),
  ];
  const entries = [...charged.entries, ...permitted.entries];
  if (stated === undefined) {
    const costs = unstated("the costs of the year, by head");
    const products = unstated("volume and income of each product");
    return {
      sums: [...before, costs, unstated("the profit"), ...permitted.cells],
      costs: costHeads.map((head) => [head, costs]),
      products: [["", products, products]],
      entries,
    };
  }
  const { act, entry } = stated;
  const spent = costsOf(act.costs);
  return {
    sums: [
      ...before,
      money(spent, act.currency),
      money(takenIn(act) - spent, act.currency),
      ...permitted.cells,
    ],
    costs: costHeads.map((head) => [
      head,
      money(act.costs[head], act.currency),
    ]),
    products: act.products.map(({ product, volume, income }) => [
      ...[product, volume],
      money(income, act.currency),
    ]),
    entries: [...entries, entry],
  };
}

/** What was permitted, and how far what was taken lies from it. */
function permittedIn(
  register: ReadRegister,
  { year }: Year,
  authorisation: string,
): { readonly cells: readonly DraftCell[]; readonly entries: number[] } {
  const revenue = revenueIn(register, authorisation, year);
  const deviation = deviationIn(register, authorisation, year);
  const missing = "the deviation of income from the permitted revenue";
  const fill = "an act permittedRevenue for this year";
  if (revenue === undefined) {
    const lack = { missing, fill };
    return {
      cells: [{ missing: "the maximum permitted revenue", fill }, lack, lack],
      entries: [],
    };
  }
  const { total, currency } = revenue;
  const entry = register.revenues.get(revenue.revenue)?.entry;
  return {
    cells: [
      money(total, currency),
      ...(deviation === undefined
        ? [unstated(missing), unstated(missing)]
        : [
            money(deviation.amount, currency),
            deviation.basisPoints ?? "none: nothing was permitted",
          ]),
    ],
    entries: entry === undefined ? [] : [entry],
  };
}

const money = (minor: number, currency: string): DraftCell => ({
  ...{ minor, currency },
});
