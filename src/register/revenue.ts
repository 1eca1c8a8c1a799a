import type {
  Income,
  ReadRegister,
  Refund,
  Registered,
  Revenue,
  Sent,
} from "./register.ts";

/** The key under which reports of one kind, about the same thing, for the same year are found. */
export function reportOf({
  report,
  year,
  about = "",
}: Pick<Sent, "report" | "year" | "about">): string {
  return `${report} ${about} ${year}`;
}

/** The key of a charge of which something may go back: one use, or those of a month under one fee by one payer. */
export function chargeOf({ log, of, fee, organisation }: Refund): string {
  return "leaf" in of
    ? `${log} ${of.leaf}`
    : `${log} ${of.month} ${fee} ${organisation}`;
}

/** The key of the units that were charged of a product in a year. */
export function unitsKey(
  product: string,
  unit: "call" | "step",
  year: number | string,
): string {
  return `${product} ${unit} ${year}`;
}

/** The volume of a product that was stated of the newest year of which one was. */
export function volumeStated(
  register: ReadRegister,
  authorisation: string,
  product: string,
): number | undefined {
  let newest: { readonly year: number; readonly volume: number } | undefined;
  for (const { act } of register.incomes.get(authorisation) ?? []) {
    const own = act.products.find((one) => one.product === product);
    if (own !== undefined && act.year >= (newest?.year ?? 0))
      newest = { year: act.year, volume: own.volume };
  }
  return newest?.volume;
}

export type CostHeads = Revenue["costs"];

export function costsOf(costs: CostHeads): number {
  const { platform, processing, staff, acquisition, period } = costs;
  return platform + processing + staff + acquisition + period;
}

/** Cost less subsidy, and never less than nothing. */
export function netCost({ costs, subsidy = 0 }: Revenue): number {
  return Math.max(0, costsOf(costs) - subsidy);
}

/** The profit on a cost, rounded down to whole minor units: what is in doubt is the payer's. */
export function profitOn(cost: number, rate: number): number {
  const rest = cost % BASIS;
  return ((cost - rest) / BASIS) * rate + Math.floor((rest * rate) / BASIS);
}
const BASIS = 10_000;

/** Cost, profit on it and tax: what may be taken before anything is given back. */
export function grossOf(act: Revenue): number {
  const net = netCost(act);
  return net + profitOn(net, act.rate) + act.tax;
}

export function takenIn({ products }: Income): number {
  return products.reduce((sum, { income }) => sum + income, 0);
}

/** The permitted revenue of a year: of those of an authorisation that reach it, the one entered last. */
export function revenueIn(
  register: ReadRegister,
  authorisation: string,
  year: number,
): Revenue | undefined {
  const id = (register.revenuesOf.get(authorisation) ?? []).findLast((one) => {
    const act = register.revenues.get(one)?.act;
    return (
      act !== undefined &&
      act.firstYear <= year &&
      year < act.firstYear + act.years
    );
  });
  return register.revenues.get(id ?? "")?.act;
}

/** What was stated of a year last. */
export function incomeIn(
  register: ReadRegister,
  authorisation: string,
  year: number,
) {
  return register.incomes
    .get(authorisation)
    ?.findLast(({ act }) => act.year === year);
}

/** How far the income of a year lies from what was permitted, and what part of it that is in basis points, rounded away from zero. */
export function deviationIn(
  register: ReadRegister,
  authorisation: string,
  year: number,
):
  | {
      readonly permitted: number;
      readonly income: number;
      readonly amount: number;
      readonly basisPoints: number | undefined;
    }
  | undefined {
  const revenue = revenueIn(register, authorisation, year);
  const stated = incomeIn(register, authorisation, year);
  if (revenue === undefined || stated === undefined) return undefined;
  const [permitted, income] = [revenue.total, takenIn(stated.act)];
  const amount = income - permitted;
  return { permitted, income, amount, basisPoints: partOf(amount, permitted) };
}

/** Of nothing no part can be told. */
function partOf(amount: number, whole: number): number | undefined {
  if (whole === 0) return amount === 0 ? 0 : undefined;
  const part =
    (BigInt(Math.abs(amount)) * 10_000n + BigInt(whole) - 1n) / BigInt(whole);
  return Number(part) * Math.sign(amount);
}

/** An authorisation with all others of its operator over one of its datasets: what was taken too much is not left behind by a new one. */
export function rightsOf(
  register: ReadRegister,
  authorisation: string,
): readonly string[] {
  const own = register.authorisations.get(authorisation)?.act;
  const others = (own?.datasets ?? [])
    .flatMap((id) => register.authorisationsOf.get(id) ?? [])
    .filter(
      (id) => register.authorisations.get(id)?.act.operator === own?.operator,
    );
  return [...new Set([authorisation, ...others])];
}

/** What was permitted under some authorisations in a currency, in the order of their entries. */
export function revenuesUnder(
  register: ReadRegister,
  authorisations: readonly string[],
): readonly Registered<Revenue>[] {
  return authorisations
    .flatMap((id) => register.revenuesOf.get(id) ?? [])
    .flatMap((id) => register.revenues.get(id) ?? [])
    .toSorted((a, b) => a.entry - b.entry);
}

/**
 * What an operator took beyond the maximum in the periods of an authorisation and its like, in one currency, and what later periods give back of it. The years of a period are
 * added up, so that a lean one makes good a rich one; those of which nothing was stated yet count as they will when it is.
 */
export function owedBy(
  register: ReadRegister,
  { authorisation, currency }: Pick<Revenue, "authorisation" | "currency">,
): number {
  const all = revenuesUnder(register, rightsOf(register, authorisation)).filter(
    ({ act }) => act.currency === currency,
  );
  let owed = 0;
  for (const { act } of all) {
    const years = yearsOf(act).filter(
      (year) =>
        revenueIn(register, act.authorisation, year)?.revenue === act.revenue,
    );
    const beyond = years.reduce((sum, year) => {
      const stated = incomeIn(register, act.authorisation, year);
      return stated === undefined ? sum : sum + takenIn(stated.act) - act.total;
    }, 0);
    owed += Math.max(0, beyond) - years.length * (act.deduction ?? 0);
  }
  return Math.max(0, owed);
}

export function yearsOf({ firstYear, years }: Revenue): readonly number[] {
  return Array.from({ length: years }, (_, place) => firstYear + place);
}
