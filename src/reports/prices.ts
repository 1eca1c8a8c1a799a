import { showInstant } from "../acts/dates.ts";
import type {
  FeeCeiling,
  FeeStandard,
  ReadRegister,
  Standing,
} from "../register/register.ts";
import { accounts } from "./accounts.ts";
import {
  chargedCell,
  countedIn,
  entriesOf,
  openLogs,
  operatedIn,
  operatorOf,
  organisationTitle,
  purposeTitle,
  overAt,
  volumeOf,
} from "./facts.ts";
import { FEE_COLUMNS, feeRows } from "./price-rows.ts";
import type { Draft, DraftRow } from "./shape.ts";
import type { Year } from "./year.ts";

/** To the price authority (CN-PRC-13): costs, income, profit, volume of every product, deviation, changes of prices. */
export function priceReport(
  register: ReadRegister,
  year: Year,
): readonly Draft[] {
  return [
    ...accounts(register, year),
    volumes(register, year),
    {
      ...{ id: "fees", title: "Prices" },
      columns: FEE_COLUMNS,
      none: "No operator had a price in this year.",
      rows: feeRows(register, year),
    },
    changes(register, year),
  ];
}

function volumes(register: ReadRegister, year: Year): Draft {
  const counted = countedIn(register, year);
  return {
    ...{ id: "volume", title: "Volume at the gate, by purpose" },
    columns: [
      ...["Product", "Operator", "Purpose", "Uses", "Calls", "Steps"],
      "Charged",
    ],
    none: "No product was operated in this year.",
    lacks: openLogs(register, year),
    rows: operatedIn(register, year).flatMap((one) =>
      one.act.purposes.map((purpose): DraftRow => {
        const volume = volumeOf(
          counted
            .get(one.act.product)
            ?.filter((each) => each.purpose === purpose),
        );
        return {
          cells: [
            one.act.product,
            organisationTitle(register, operatorOf(register, one)),
            purposeTitle(register, purpose),
            ...[volume.uses, volume.calls, volume.steps],
            chargedCell(volume),
          ],
          entries: [one.entry, ...volume.entries],
        };
      }),
    ),
  };
}

type Change = DraftRow & { readonly at: number };
type Price = Standing<FeeStandard> | Standing<FeeCeiling>;

/** Every price and ceiling that began or was over in the year, the earliest first. */
function changes(register: ReadRegister, year: Year): Draft {
  const isIn = (at: number) => year.from <= at && at < year.to;
  const rows = operatedIn(register, year).flatMap(({ act: { product } }) => {
    const of = <P extends Price>(
      ids: readonly string[] | undefined,
      all: ReadonlyMap<string, P>,
    ): readonly P[] => (ids ?? []).flatMap((id) => all.get(id) ?? []);
    return [
      ...of(register.ceilingsOf.get(product), register.ceilings),
      ...of(register.feesOf.get(product), register.fees),
    ].flatMap((one): readonly Change[] => {
      const over = overAt(one);
      // What ended before it began was never a price.
      if (over <= one.from) return [];
      return [
        ...(isIn(one.from) ? [change(register, one, one.from, "begins")] : []),
        ...(isIn(over) ? [change(register, one, over, "is over")] : []),
      ];
    });
  });
  return {
    ...{ id: "changes", title: "Changes of prices" },
    columns: ["Product", "On", "What", "Amount", "Per", "By classes"],
    none: "No price and no ceiling changed in this year.",
    rows: rows.toSorted((a, b) => a.at - b.at),
  };
}

function change(
  register: ReadRegister,
  one: Price,
  at: number,
  how: string,
): Change {
  const { product, amount, currency, unit } = one.act;
  const isFee = "fee" in one.act;
  return {
    at,
    cells: [
      product,
      showInstant(at, register.offsetMinutes),
      `${isFee ? "price" : "ceiling"} ${"fee" in one.act ? one.act.fee : one.act.ceiling} ${how}`,
      { minor: amount, currency },
      unit,
      "classes" in one.act ? one.act.classes.join(", ") : "",
    ],
    entries: entriesOf(one),
  };
}
