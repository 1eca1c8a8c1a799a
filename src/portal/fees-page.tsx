import type { FC } from "hono/jsx";
import { showCount, showMoney } from "../audit/says.ts";
import type { FeesView, RevenueLine } from "./fees.ts";
import { Frame } from "./frame.tsx";
import { Table } from "./table.tsx";

type Props = { readonly view: FeesView };

/** What is charged, by whom, on what ground, under which numbers; and what came of it. */
export const FeesPage: FC<Props> = ({ view }) => (
  <Frame
    title="Prices"
    json="/fees.json"
    lead={
      <>
        <h1>Prices</h1>
        <p>
          What may be charged at{" "}
          {view.title === "" ? "this office" : view.title} on {view.at}, each
          price with its ground, the ceiling above it and, where the ceiling
          stands under one, what the operator may take in a year. The number
          behind a thing is the entry that it rests on.
        </p>
      </>
    }
    foot={
      <p>
        <a href="/">The office in one page</a>. <a href="/due">What is due</a>.
      </p>
    }
  >
    <Fees view={view} />
    <Revenues view={view} />
    <Deviations view={view} />
    <Refunds view={view} />
  </Frame>
);

const Fees: FC<Props> = ({ view }) => (
  <section>
    <h2>Each price</h2>
    {view.feesInAll > view.fees.length && (
      <p>
        {showCount(view.feesInAll)} prices in all; these are the newest{" "}
        {showCount(view.fees.length)}.
      </p>
    )}
    <Table
      label="Each price"
      caption="A price in force whose ground the rulebook no longer has is not charged."
      none="No price was approved."
      head={[
        ["Price", false],
        ["Of", false],
        ["Paid to", false],
        ["By", false],
        ["Amount", true],
        ["Ceiling, and what it stands under", false],
        ["Ground", false],
        ["From, to", false],
      ]}
      rows={view.fees.map((one) => [
        `${one.fee} (${one.entry}), ${one.price}, ${one.state}`,
        one.product,
        `${one.payee}, ${one.payeeKind}`,
        one.classes.join(", "),
        `${showMoney(one.amount, one.currency)} per ${one.unit}`,
        one.ceiling === undefined
          ? "none"
          : `${showMoney(one.ceiling.amount, one.currency)} (${one.ceiling.entry})${one.ceiling.revenue === undefined ? "" : `, ${one.ceiling.revenue}`}`,
        one.ground === undefined
          ? "none"
          : `${one.ground.ground} (${one.ground.rule ?? "not in the rulebook any more"})`,
        `${one.from} to ${one.to}`,
      ])}
    />
  </section>
);

const Revenues: FC<Props> = ({ view }) => (
  <section>
    <h2>What operators may take in a year</h2>
    {view.revenues.length === 0 && (
      <p>No act says what an operator may take.</p>
    )}
    {view.revenues.map((one) => (
      <Revenue one={one} />
    ))}
  </section>
);

/** Cost, profit and tax in the order of the picture and of the table, without subsidy and what is given back. */
function partsOf(one: RevenueLine): readonly (readonly [string, number])[] {
  return [
    ...one.costs.map(
      ({ part, amount }) => [HEADS[part] ?? part, amount] as const,
    ),
    [`Profit, ${showPercent(one.rate)} of the cost less subsidy`, one.profit],
    ["Tax", one.tax],
  ];
}

const HEADS: Readonly<Record<string, string>> = {
  platform: "Platform",
  processing: "Transfer, collection, storage and governance",
  staff: "Staff",
  acquisition: "Spending to obtain public data",
  period: "Costs of the period",
};

const Revenue: FC<{ readonly one: RevenueLine }> = ({ one }) => {
  const money = (amount: number) => showMoney(amount, one.currency);
  const parts = partsOf(one);
  return (
    <figure>
      <figcaption>
        {one.operator}, {one.authorisation}, {one.firstYear}
        {one.lastYear > one.firstYear ? ` to ${one.lastYear}` : ""}:{" "}
        {money(one.total)} in each year at most ({one.revenue}, entry{" "}
        {one.entry}
        ). Above, from left to right, the parts in the order of the table;
        below, its ceilings in force, as often as is expected; the line is what
        may be taken.
      </figcaption>
      <Bars one={one} parts={parts} />
      <Table
        label={`What ${one.authorisation} may take`}
        caption={`Bonds yielded ${showPercent(one.bond.yield)} in ${one.bond.year}.`}
        none="Nothing."
        head={[
          ["Part", false],
          ["Amount", true],
        ]}
        rows={[
          ...parts.map(([part, amount]) => [part, money(amount)]),
          ["Subsidy, taken off the cost", money(-one.subsidy)],
          ["Given back of earlier periods", money(-one.deduction)],
          ["Maximum permitted revenue", money(one.total)],
          ...one.ceilings.map((ceiling) => [
            `Ceiling of ${ceiling.product} (${ceiling.entry})${ceiling.inForce ? "" : ", not in force"}`,
            money(ceiling.yearly),
          ]),
        ]}
      />
    </figure>
  );
};

const WIDE = 1_000;
const SHADES = ["1", ".8", ".62", ".48", ".36", ".25", ".15"];

const Bars: FC<{
  readonly one: RevenueLine;
  readonly parts: readonly (readonly [string, number])[];
}> = ({ one, parts }) => {
  const ceilings = one.ceilings.filter(({ inForce }) => inForce);
  const above = sum(parts.map(([, amount]) => amount));
  const below = sum(ceilings.map(({ yearly }) => yearly));
  const whole = Math.max(1, above, below, one.total);
  const wide = (amount: number) => Math.round((amount * WIDE) / whole);
  return (
    <svg
      class="bar stacked"
      viewBox={`0 0 ${WIDE} 20`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Cost, profit and tax of ${showMoney(above, one.currency)}, ceilings in force of ${showMoney(below, one.currency)}, ${showMoney(one.total, one.currency)} permitted`}
    >
      {parts.map(([part, amount], index) => (
        <rect
          x={wide(sum(parts.slice(0, index).map(([, before]) => before)))}
          width={wide(amount)}
          height="9"
          fill="var(--accent)"
          fill-opacity={SHADES[index]}
        >
          <title>
            {part}: {showMoney(amount, one.currency)}
          </title>
        </rect>
      ))}
      {ceilings.map((ceiling, index) => (
        <rect
          x={wide(sum(ceilings.slice(0, index).map(({ yearly }) => yearly)))}
          y="11"
          width={wide(ceiling.yearly)}
          height="9"
          fill="var(--quiet)"
          fill-opacity={index % 2 === 0 ? ".7" : ".45"}
        >
          <title>
            {ceiling.product}: {showMoney(ceiling.yearly, one.currency)}
          </title>
        </rect>
      ))}
      <rect
        x={Math.max(0, wide(one.total) - 3)}
        width="3"
        height="20"
        fill="var(--bad)"
      />
    </svg>
  );
};

const sum = (amounts: readonly number[]): number =>
  amounts.reduce((all, one) => all + one, 0);

const Deviations: FC<Props> = ({ view }) => (
  <section>
    <h2>What they took</h2>
    <Table
      label="What operators took"
      caption="Income as it was stated last, beside what was permitted for its year. What was charged in usage logs that are closed is counted by nobody's word; logs that are open, and what was charged past the gate, are not in it."
      none="No income was stated of a year for which something was permitted."
      head={[
        ["Authorisation", false],
        ["Year", true],
        ["Permitted", true],
        ["Income", true],
        ["Charged in closed logs", true],
        ["Deviation", true],
        ["Part of it", true],
        ["Entries", false],
      ]}
      rows={view.deviations.map((one) => [
        one.authorisation,
        String(one.year),
        showMoney(one.permitted, one.currency),
        showMoney(one.income, one.currency),
        showMoney(one.charged, one.currency),
        showMoney(one.deviation, one.currency),
        one.basisPoints === undefined ? "" : showPercent(one.basisPoints),
        one.entries.join(", "),
      ])}
    />
  </section>
);

const Refunds: FC<Props> = ({ view }) => (
  <section>
    <h2>What went back</h2>
    <Table
      label="What went back"
      caption="What was charged is stated here and stands in a usage log; what of it was too much is the word of those who signed."
      none="Nothing was given back."
      head={[
        ["Payer", false],
        ["Price", false],
        ["For", false],
        ["Rule", false],
        ["Charged", true],
        ["Too much", true],
        ["Given back", true],
        ["Still open", true],
        ["Entries", false],
      ]}
      rows={view.refunds.map((one) => [
        one.organisation,
        one.fee,
        one.of,
        one.rule,
        showMoney(one.charged, one.currency),
        showMoney(one.excess, one.currency),
        showMoney(one.back, one.currency),
        showMoney(one.open, one.currency),
        one.entries.join(", "),
      ])}
    />
  </section>
);

/** 7.25 %, from hundredths of a percent. */
function showPercent(basisPoints: number): string {
  const abs = Math.abs(basisPoints);
  const whole = showCount(Math.floor(abs / 100));
  return `${basisPoints < 0 ? "-" : ""}${whole}.${String(abs % 100).padStart(2, "0")} %`;
}
