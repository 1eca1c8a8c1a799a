import { showInstant } from "../acts/dates.ts";
import {
  type Authorisation,
  type Entered,
  NEVER,
  type ReadRegister,
  type Standing,
  type StandingProduct,
  type TotalsRow,
} from "../register/register.ts";
import { officeOf } from "../register/founding.ts";
import { contributionOf } from "../register/payees.ts";
import { showMoney } from "../audit/says.ts";
import { push } from "../register/standing.ts";
import { readLogName } from "../uses/log-name.ts";
import type { DraftCell, Lack, Money } from "./shape.ts";
import type { Year } from "./year.ts";

type Dated = Standing<unknown>;

/** When it was over, by itself or by an act. */
export function overAt({ to, ended }: Dated): number {
  return Math.min(to, ended?.at ?? NEVER);
}

/** In force in some part of a year. */
export function inYear(year: Year): (standing: Dated) => boolean {
  return (one) => one.from < year.to && year.from < overAt(one);
}

/** The entry of an act, and of the one that ended it. */
export function entriesOf({
  entry,
  ended,
}: Entered & { readonly ended?: Entered }): readonly number[] {
  return ended === undefined ? [entry] : [entry, ended.entry];
}

/** From and until, as two cells; what has no end says which act gives it one. */
export function spanCells(
  { offsetMinutes }: Pick<ReadRegister, "offsetMinutes">,
  one: Dated,
  ends: string,
): readonly [DraftCell, DraftCell] {
  const over = overAt(one);
  return [
    showInstant(one.from, offsetMinutes),
    over === NEVER
      ? { missing: "when it ends", fill: `an act ${ends}` }
      : showInstant(over, offsetMinutes),
  ];
}

export function organisationTitle(register: ReadRegister, id: string): string {
  return register.organisations.get(id)?.act.title ?? id;
}

export function bodyTitle(register: ReadRegister, id: string): string {
  return register.bodies.get(id)?.act.title ?? id;
}

/** What a purpose is called in the rulebook in force; its id where that does not have it. */
export function purposeTitle(register: ReadRegister, id: string): string {
  const { purposes } = register.rulebook?.act ?? { purposes: [] };
  return purposes.find(({ purpose }) => purpose === id)?.title ?? id;
}

/** The body that runs the system of a dataset, with the entries that say so. */
export function holderOf(
  register: ReadRegister,
  dataset: string,
): { readonly title: string; readonly entries: readonly number[] } {
  const found = register.datasets.get(dataset);
  const system = register.systems.get(found?.act.system ?? "");
  const body = register.bodies.get(system?.act.body ?? "");
  return {
    title: body?.act.title ?? "",
    entries: [found, system, body].flatMap((one) =>
      one === undefined ? [] : [one.entry],
    ),
  };
}

export function authorisationsIn(
  register: ReadRegister,
  year: Year,
): readonly Standing<Authorisation>[] {
  return [...register.authorisations.values()].filter(inYear(year));
}

/** Products that an operator offered under an authorisation in some part of a year. */
export function operatedIn(
  register: ReadRegister,
  year: Year,
): readonly StandingProduct[] {
  return [...register.products.values()].filter(
    (one) =>
      one.act.authorisation !== undefined &&
      one.from < year.to &&
      year.from < offeredUntil(register, one),
  );
}

/** When nobody was answered any more: with the product, or with the authorisation or the terms under it, whichever was over first. */
export function offeredUntil(
  register: ReadRegister,
  product: StandingProduct,
): number {
  const { authorisation = "" } = product.act;
  const under = [
    register.authorisations.get(authorisation),
    contributionOf(register, product.act.product),
  ];
  return Math.min(
    ...[product, ...under].flatMap((one) =>
      one === undefined ? [] : overAt(one),
    ),
  );
}

/** The operator behind a product, by its authorisation. */
export function operatorOf(
  register: ReadRegister,
  product: StandingProduct,
): string {
  const id = product.act.authorisation ?? "";
  return register.authorisations.get(id)?.act.operator ?? "";
}

/** What one closed usage log adds up to for one permit in one month, with the entry that closed it: its totals stand directly before that. */
export type Counted = {
  readonly row: TotalsRow;
  readonly purpose: string;
  readonly entry: number;
};

/** All of it that is of a year, by product. */
export function countedIn(
  register: ReadRegister,
  { year }: Pick<Year, "year">,
): ReadonlyMap<string, readonly Counted[]> {
  const found = new Map<string, Counted[]>();
  for (const [log, rows] of register.closedTotals)
    for (const row of rows) {
      const permit = register.permits.get(row.permit)?.act;
      if (permit === undefined || !row.month.startsWith(`${year}-`)) continue;
      const entry = register.heads.get(log)?.entry ?? 0;
      push(found, permit.product, { row, purpose: permit.purpose, entry });
    }
  return found;
}

export type Volume = {
  readonly uses: number;
  readonly calls: number;
  readonly steps: number;
  readonly charged: readonly Money[];
  readonly entries: readonly number[];
};

export function volumeOf(counted: readonly Counted[] = []): Volume {
  const sum = (of: (row: TotalsRow) => number): number =>
    counted.reduce((all, { row }) => all + of(row), 0);
  const currencies = new Set(
    counted.flatMap(({ row: { currency } }) => currency ?? []),
  );
  return {
    uses: sum(({ uses }) => uses),
    calls: sum(({ calls }) => calls),
    steps: sum(({ steps }) => steps),
    charged: [...currencies].map((currency) => ({
      currency,
      minor: sum((row) => (row.currency === currency ? row.charged : 0)),
    })),
    entries: counted.map(({ entry }) => entry),
  };
}

/** One sum; several currencies stand beside each other in a text, and are never added. */
export function chargedCell({ charged }: Volume): DraftCell {
  const [first, ...more] = charged;
  if (first === undefined) return 0;
  if (more.length === 0) return first;
  return charged
    .map(({ minor, currency }) => showMoney(minor, currency))
    .join("; ");
}

/** Usage logs of a year whose totals are not entered yet: what they add up to is in no figure. */
export function openLogs(register: ReadRegister, year: Year): readonly Lack[] {
  const office = officeOf(register.origin);
  return [...register.heads]
    .filter(([log, { head }]) => {
      const span = readLogName(office, log)?.span;
      return (
        head.closed !== true &&
        span !== undefined &&
        span.from < year.to &&
        year.from < span.to
      );
    })
    .map(([log]) => ({
      missing: `what usage log ${log} adds up to`,
      fill: "its totals and closing head, entered when its quarter is over",
    }));
}
