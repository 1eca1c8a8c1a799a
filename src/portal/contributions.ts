import { bytesToHex, fromBase64url } from "../acts/bytes.ts";
import { showInstant } from "../acts/dates.ts";
import {
  type Contribution,
  inForce,
  type Permit,
  type Product,
  type ReadRegister,
  type Standing,
  type TotalsRow,
} from "../register/register.ts";
import { payeeOf } from "./overview.ts";
import { permitsOf as permitsFor } from "./permits-of.ts";
import { purposeTitle, titleIn, titleOf } from "./lang/title-in.ts";

type State = "not yet" | "in force" | "over";

export type ContributionLine = {
  readonly contribution: string;
  readonly title: string;
  readonly contributor: string;
  readonly state: State;
  readonly from: string;
  readonly until: string;
  /** Whether notice made the end an earlier one than was agreed. */
  readonly byNotice: boolean;
  readonly noticeDays: number;
  readonly datasets: readonly string[];
  readonly datasetTitles: readonly string[];
};

export type PriceOfProduct = {
  readonly fee: string;
  readonly payee: string;
  readonly classes: readonly string[];
  readonly amount: number;
  readonly currency: string;
  readonly unit: string;
  readonly ground: string | undefined;
  readonly state: State;
  readonly until: string;
};

/** What all uses under one permit in one month came to, and who is paid for them. */
export type UsesOfMonth = {
  readonly month: string;
  readonly permit: string;
  readonly organisation: string;
  readonly product: string;
  readonly productTitle: string;
  readonly purpose: string;
  readonly purposeTitle: string;
  readonly uses: number;
  readonly calls: number;
  readonly steps: number;
  readonly charged: number;
  readonly currency?: string;
  readonly payee?: string;
};

/** One contribution as its contributor and everybody else sees it: organisations and sums, no person and no value. */
export type ContributionView = ContributionLine & {
  readonly entry: number;
  readonly terms: string;
  /** Purposes that the terms allow; absent where they allow all of the rulebook. */
  readonly purposes?: readonly string[];
  readonly purposeTitles?: readonly string[];
  readonly products: readonly {
    readonly product: string;
    readonly title: string;
    readonly form: string;
    readonly dataset: string;
    readonly datasetTitle: string;
    readonly state: State;
    readonly prices: readonly PriceOfProduct[];
  }[];
  readonly permits: readonly {
    readonly permit: string;
    readonly organisation: string;
    readonly class: string;
    readonly product: string;
    readonly productTitle: string;
    readonly purpose: string;
    readonly purposeTitle: string;
    readonly state: State;
    readonly until: string;
    readonly endedByEntry?: number;
  }[];
  readonly uses: readonly UsesOfMonth[];
  /** What was charged for the contributor, by currency. */
  readonly charged: Readonly<Record<string, number>>;
  /** Gateways whose open logs are not in these sums. */
  readonly uncounted: readonly string[];
};

/** Everything that was ever lent, in the order of the entries. */
export function contributionsOf(
  register: ReadRegister,
  now: number,
): readonly ContributionLine[] {
  return [...register.contributions.values()].map((one) =>
    lineOf(register, one, now),
  );
}

/** What usage logs add up to, and of which gateways nothing is in it yet. */
export type Counted = {
  readonly totals: readonly TotalsRow[];
  readonly uncounted: readonly string[];
};

/** Who may use what was lent, at which price, and what the usage logs add up to. */
export function contributionView(
  register: ReadRegister,
  id: string,
  { totals, uncounted }: Counted,
  now: number,
): ContributionView | undefined {
  const lent = register.contributions.get(id);
  if (lent === undefined) return undefined;
  const line = lineOf(register, lent, now);
  const products = [...register.products.values()].filter(({ act }) =>
    act.content.some(({ dataset }) => line.datasets.includes(dataset)),
  );
  const permits = permitsOf(register, products);
  const { contributor, terms, purposes } = lent.act;
  return {
    ...line,
    entry: lent.entry,
    terms: `/paper/${bytesToHex(fromBase64url(terms.paper))}`,
    ...(purposes === undefined
      ? {}
      : {
          purposes,
          purposeTitles: purposes.map((one) => purposeTitle(register, one)),
        }),
    products: products.map((one) => ({
      product: one.act.product,
      title: titleIn(one.act),
      form: one.act.form,
      dataset: one.act.content[0]?.dataset ?? "",
      datasetTitle: titleOf(
        register.datasets.get(one.act.content[0]?.dataset ?? ""),
        one.act.content[0]?.dataset ?? "",
      ),
      state: stateOf(one, now),
      prices: pricesOf(register, one.act.product, now),
    })),
    permits: permits.map((one) => ({
      permit: one.act.permit,
      organisation: organisationTitle(register, one.act.organisation),
      class: register.organisations.get(one.act.organisation)?.act.class ?? "",
      ...named(register, one.act),
      state: stateOf(one, now),
      until: showInstant(one.to, register.offsetMinutes),
      ...(one.ended === undefined ? {} : { endedByEntry: one.ended.entry }),
    })),
    uses: usesOf(register, permits, totals),
    charged: chargedFor(register, contributor, permits, totals),
    uncounted,
  };
}

function lineOf(
  register: ReadRegister,
  lent: Standing<Contribution>,
  now: number,
): ContributionLine {
  const { contribution, contributor, noticeDays, to } = lent.act;
  const datasets = [...register.datasets.values()]
    .map(({ act }) => act)
    .filter((one) => one.contribution === contribution);
  return {
    contribution,
    title: titleIn(lent.act),
    contributor: organisationTitle(register, contributor),
    state: stateOf(lent, now),
    from: showInstant(lent.from, register.offsetMinutes),
    until: showInstant(lent.to, register.offsetMinutes),
    byNotice: lent.to !== to,
    noticeDays,
    datasets: datasets.map((one) => one.dataset),
    datasetTitles: datasets.map(titleIn),
  };
}

function permitsOf(
  register: ReadRegister,
  products: readonly Standing<Product>[],
): readonly Standing<Permit>[] {
  return products.flatMap(({ act }) =>
    permitsFor(register, "permitsOfProduct", act.product),
  );
}

function pricesOf(
  register: ReadRegister,
  product: string,
  now: number,
): readonly PriceOfProduct[] {
  return (register.feesOf.get(product) ?? []).flatMap((id) => {
    const fee = register.fees.get(id);
    if (fee === undefined) return [];
    const { act } = fee;
    return [
      {
        fee: act.fee,
        payee: payeeOf(register, act.payee),
        classes: act.classes,
        amount: act.amount,
        currency: act.currency,
        unit: act.unit,
        ground: act.ground,
        state: stateOf(fee, now),
        until: showInstant(fee.to, register.offsetMinutes),
      },
    ];
  });
}

/** Several logs and fees come to one line a permit, month and fee. */
function usesOf(
  register: ReadRegister,
  permits: readonly Standing<Permit>[],
  totals: readonly TotalsRow[],
): readonly UsesOfMonth[] {
  const acts = new Map(permits.map(({ act }) => [act.permit, act]));
  const lines = new Map<string, UsesOfMonth>();
  for (const row of totals) {
    const permit = acts.get(row.permit);
    if (permit === undefined) continue;
    const key = JSON.stringify([row.month, row.permit, row.fee]);
    const before = lines.get(key);
    const fee = register.fees.get(row.fee ?? "")?.act;
    lines.set(key, {
      month: row.month,
      permit: row.permit,
      organisation: organisationTitle(register, permit.organisation),
      ...named(register, permit),
      uses: (before?.uses ?? 0) + row.uses,
      calls: (before?.calls ?? 0) + row.calls,
      steps: (before?.steps ?? 0) + row.steps,
      charged: (before?.charged ?? 0) + row.charged,
      ...(row.currency === undefined ? {} : { currency: row.currency }),
      ...(fee === undefined ? {} : { payee: payeeOf(register, fee.payee) }),
    });
  }
  return [...lines]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, line]) => line);
}

/** What a permit is for, by ids and by titles. */
function named(register: ReadRegister, { product, purpose }: Permit) {
  return {
    ...{ product, purpose },
    productTitle: titleOf(register.products.get(product), product),
    purposeTitle: purposeTitle(register, purpose),
  };
}

function chargedFor(
  register: ReadRegister,
  contributor: string,
  permits: readonly Standing<Permit>[],
  totals: readonly TotalsRow[],
): Readonly<Record<string, number>> {
  const ids = new Set(permits.map(({ act }) => act.permit));
  const sums: Record<string, number> = {};
  for (const { permit, fee, currency, charged } of totals) {
    const payee = register.fees.get(fee ?? "")?.act.payee;
    if (
      currency === undefined ||
      payee === undefined ||
      !ids.has(permit) ||
      !("organisation" in payee) ||
      payee.organisation !== contributor
    )
      continue;
    sums[currency] = (sums[currency] ?? 0) + charged;
  }
  return sums;
}

function stateOf(standing: Standing<unknown>, now: number): State {
  if (inForce(standing, now)) return "in force";
  return standing.ended === undefined && now < standing.from
    ? "not yet"
    : "over";
}

function organisationTitle(
  register: ReadRegister,
  organisation: string,
): string {
  return titleOf(register.organisations.get(organisation), organisation);
}
