import type { ActOf } from "../../acts/act.ts";
import { addMonths, civilAt, monthOf } from "../../acts/dates.ts";
import {
  type FeeCeiling,
  inForce,
  type ReadRegister,
  type Standing,
  type TotalsRow,
} from "../../register/register.ts";
import { revenueIn } from "../../register/revenue.ts";
import { alwaysIn } from "../../rules/jurisdictions.ts";

export type Tried = {
  readonly payerClass: string;
  /** Units as the draft counts them: calls, or steps of rows. */
  readonly units: number;
  /** Of them those for which the law lets nobody charge. */
  readonly freeUnits: number;
  /** What was charged for them, in minor units of the draft's currency. */
  readonly charged: number;
  /** What the draft would have charged for the same. */
  readonly drafted: number;
};

export type WhatIf = {
  /** The twelve months that were looked at: the first, and the one behind the last. */
  readonly months: readonly [first: string, behind: string];
  readonly classes: readonly Tried[];
  readonly charged: number;
  readonly drafted: number;
  /** What a ceiling in force lets be charged for the same units. */
  readonly ceiling?: {
    readonly amount: number;
    readonly most: number;
    /** When it ends; a price must not outlast it. */
    readonly until: number;
  };
  /** What the operator may take in this year, all products together. */
  readonly permitted?: { readonly revenue: string; readonly total: number };
};

type Fee = ActOf<"feeStandard">;

/**
 * What a price would have brought over the uses of the last twelve months: the totals of closed usage logs, which everybody can read. That
 * fewer would ask at a higher price is not guessed.
 */
export function whatIf(register: ReadRegister, act: Fee, now: number): WhatIf {
  const { offsetMinutes } = register;
  const months = [
    monthOf(addMonths(now, -12, offsetMinutes), offsetMinutes),
    monthOf(now, offsetMinutes),
  ] as const;
  const found = new Map<string, Tried>(
    act.classes.map((payerClass) => [
      payerClass,
      { payerClass, units: 0, freeUnits: 0, charged: 0, drafted: 0 },
    ]),
  );
  for (const rows of register.closedTotals.values())
    for (const row of rows) {
      if (row.month < months[0] || row.month >= months[1]) continue;
      add(register, act, row, found);
    }
  const classes = [...found.values()];
  const sum = (of: (one: Tried) => number): number =>
    classes.reduce((total, one) => total + of(one), 0);
  const ceiling = ceilingNow(register, act, now);
  const permitted = permittedNow(register, act, now);
  return {
    ...{ months, classes },
    charged: sum((one) => one.charged),
    drafted: sum((one) => one.drafted),
    ...(ceiling === undefined
      ? {}
      : {
          ceiling: {
            amount: ceiling.act.amount,
            until: ceiling.to,
            most: ceiling.act.amount * sum((one) => one.units - one.freeUnits),
          },
        }),
    ...(permitted === undefined
      ? {}
      : { permitted: { revenue: permitted.revenue, total: permitted.total } }),
  };
}

function add(
  register: ReadRegister,
  act: Fee,
  row: TotalsRow,
  found: Map<string, Tried>,
): void {
  const permit = register.permits.get(row.permit)?.act;
  if (permit?.product !== act.product) return;
  const payer = register.organisations.get(permit.organisation)?.act.class;
  const before = found.get(payer ?? "");
  if (before === undefined) return;
  const units = act.unit === "call" ? row.calls : row.steps;
  const isFree = isFreeFor(register, permit.purpose);
  found.set(before.payerClass, {
    ...before,
    units: before.units + units,
    freeUnits: before.freeUnits + (isFree ? units : 0),
    charged: before.charged + (row.currency === act.currency ? row.charged : 0),
    drafted: before.drafted + (isFree ? 0 : units * act.amount),
  });
}

/** Public governance and public welfare pay nothing, where the law says so. */
function isFreeFor({ rulebook }: ReadRegister, purpose: string): boolean {
  const found = rulebook?.act.purposes.find((one) => one.purpose === purpose);
  return (
    alwaysIn(rulebook?.act).publicUseFree !== undefined &&
    found !== undefined &&
    found.class !== "industry"
  );
}

function ceilingNow(
  register: ReadRegister,
  { product, unit, currency }: Fee,
  now: number,
): Standing<FeeCeiling> | undefined {
  return (register.ceilingsOf.get(product) ?? [])
    .flatMap((id) => register.ceilings.get(id) ?? [])
    .findLast(
      (one) =>
        one.act.unit === unit &&
        one.act.currency === currency &&
        inForce(one, now),
    );
}

function permittedNow(register: ReadRegister, { product }: Fee, now: number) {
  const authorisation = register.products.get(product)?.act.authorisation;
  return authorisation === undefined
    ? undefined
    : revenueIn(
        register,
        authorisation,
        civilAt(now, register.offsetMinutes).year,
      );
}
