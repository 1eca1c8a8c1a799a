import type { FC, PropsWithChildren } from "hono/jsx";
import type { FeeLine, FeesView, RevenueLine } from "./fees.ts";
import { Frame } from "./frame.tsx";
import { type Message, say, sayWith } from "./lang/say.ts";
import { Table } from "./table.tsx";
import { ChargedBy } from "./things/fee-rows.tsx";
import { pathOf } from "./things/ref.ts";
import { RuleLink } from "./things/rule-link.tsx";
import { sayGround } from "./things/terms.ts";
import { When } from "./when.tsx";
import { sayWord } from "./lang/words.ts";
import { thisOffice } from "./this-office.ts";
import { sayPriceOf } from "./prices.ts";
import { sayList, sayMoney, sayNumber, sayPercent } from "./lang/figures.ts";

type Props = { readonly view: FeesView };

/** What is charged, by whom, on what ground, under which numbers; and what came of it. */
export const FeesPage: FC<PropsWithChildren<Props>> = ({ view, children }) => (
  <Frame
    title={say("Prices")}
    json="/fees.json"
    lead={
      <>
        <h1>{say("Prices")}</h1>
        <p>
          {sayWith(
            "What may be charged at {office} on {at}, each price with its ground, the ceiling above it and, where the ceiling stands under one, what the operator may take in a year. The number behind a thing is the entry that it rests on.",
            { office: thisOffice(view.title), at: <When at={view.at} /> },
          )}
        </p>
      </>
    }
  >
    <Fees view={view} />
    <Revenues view={view} />
    <Deviations view={view} />
    <Refunds view={view} />
    {children}
  </Frame>
);

const Fees: FC<Props> = ({ view }) => (
  <section>
    <h2>{say("Each price")}</h2>
    {view.feesInAll > view.fees.length && (
      <p>
        {say("{all} prices in all; these are the newest {shown}.", {
          all: sayNumber(view.feesInAll),
          shown: sayNumber(view.fees.length),
        })}
      </p>
    )}
    <Table
      label={say("Each price")}
      caption={say(
        "Of several prices in force for one product and class the one entered last is charged. A price in force whose ground the rulebook no longer has is not charged.",
      )}
      none={say("No price was approved.")}
      head={[
        [say("Price"), false],
        [say("Of"), false],
        [say("Paid to"), false],
        [say("By"), false],
        [say("Amount"), true],
        [say("Ceiling, and what it stands under"), false],
        [say("Ground"), false],
        [say("From, to"), false],
      ]}
      rows={view.fees.map((one) => [
        sayWith("{fee} ({entry}), {price}, {state}", {
          fee: <a href={pathOf("fee", one.fee)}>{one.fee}</a>,
          entry: <a href={`/acts/${one.entry}`}>{one.entry}</a>,
          price: say(one.price === "trial" ? "trial price" : "actual price"),
          state: sayWord(one.state),
        }),
        <a href={pathOf("product", one.product)}>{one.product}</a>,
        say("{payee}, {kind}", {
          payee: one.payee,
          kind: sayWord(one.payeeKind),
        }),
        <div>
          {sayList(one.classes.map(sayWord))}
          <ChargedBy fee={one.fee} charging={one.charging} />
        </div>,
        sayPriceOf(one),
        ceilingOf(one),
        one.ground === undefined
          ? say("none")
          : sayWith("{what} ({of})", {
              what: sayGround(one.ground.ground),
              of:
                one.ground.rule === undefined ? (
                  say("not in the rulebook any more")
                ) : (
                  <RuleLink rule={one.ground.rule} />
                ),
            }),
        sayWith("{from} to {to}", {
          from: <When at={one.from} />,
          to: <When at={sayWord(one.to)} />,
        }),
      ])}
    />
  </section>
);

function ceilingOf({ ceiling, currency }: FeeLine): string {
  if (ceiling === undefined) return say("none");
  const amount = sayMoney(ceiling.amount, currency);
  const { entry, revenue } = ceiling;
  return revenue === undefined
    ? say("{amount} ({entry})", { amount, entry })
    : say("{amount} ({entry}), {revenue}", { amount, entry, revenue });
}

/** The numbers of entries, each with the way to it. */
const Entries: FC<{ readonly of: readonly number[] }> = ({ of }) => (
  <>
    {of.map((entry, place) => (
      <>
        {place > 0 && say(", ")}
        <a href={`/acts/${entry}`}>{entry}</a>
      </>
    ))}
  </>
);

const Revenues: FC<Props> = ({ view }) => (
  <section>
    <h2>{say("What operators may take in a year")}</h2>
    {view.revenues.length === 0 && (
      <p>{say("No act says what an operator may take.")}</p>
    )}
    {view.revenues.map((one) => (
      <Revenue one={one} />
    ))}
  </section>
);

/** Cost, profit and tax in the order of the picture and of the table, without subsidy and what is given back. */
function partsOf(one: RevenueLine): readonly (readonly [string, number])[] {
  return [
    ...one.costs.map(({ part, amount }) => [headOf(part), amount] as const),
    [
      say("Profit, {rate} of the cost less subsidy", {
        rate: sayPercent(one.rate),
      }),
      one.profit,
    ],
    [say("Tax"), one.tax],
  ];
}

function headOf(part: string): string {
  const known = HEADS[part];
  return known === undefined ? part : say(known);
}

const HEADS: Readonly<Record<string, Message>> = {
  platform: "Platform",
  processing: "Transfer, collection, storage and governance",
  staff: "Staff",
  acquisition: "Spending to obtain public data",
  period: "Costs of the period",
};

const Revenue: FC<{ readonly one: RevenueLine }> = ({ one }) => {
  const money = (amount: number) => sayMoney(amount, one.currency);
  const parts = partsOf(one);
  return (
    <figure>
      <figcaption>
        {say(
          "{operator}, {authorisation}, {years}: {total} in each year at most ({revenue}, entry {entry}). Above, from left to right, the parts in the order of the table; below, its ceilings in force, as often as is expected; the line is what may be taken.",
          {
            ...{ operator: one.operator, authorisation: one.authorisation },
            years:
              one.lastYear > one.firstYear
                ? say("{from} to {to}", {
                    from: one.firstYear,
                    to: one.lastYear,
                  })
                : one.firstYear,
            total: money(one.total),
            ...{ revenue: one.revenue, entry: one.entry },
          },
        )}
      </figcaption>
      <Bars one={one} parts={parts} />
      <Table
        label={say("What {authorisation} may take", {
          authorisation: one.authorisation,
        })}
        caption={say("Bonds yielded {rate} in {year}.", {
          rate: sayPercent(one.bond.yield),
          year: one.bond.year,
        })}
        none={say("Nothing.")}
        head={[
          [say("Part"), false],
          [say("Amount"), true],
        ]}
        rows={[
          ...parts.map(([part, amount]) => [part, money(amount)]),
          [say("Subsidy, taken off the cost"), money(-one.subsidy)],
          [say("Given back of earlier periods"), money(-one.deduction)],
          [say("Maximum permitted revenue"), money(one.total)],
          ...one.ceilings.map((ceiling) => [
            say(
              ceiling.inForce
                ? "Ceiling of {product} ({entry})"
                : "Ceiling of {product} ({entry}), not in force",
              { product: ceiling.product, entry: ceiling.entry },
            ),
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
      aria-label={say(
        "Cost, profit and tax of {above}, ceilings in force of {below}, {total} permitted",
        {
          above: sayMoney(above, one.currency),
          below: sayMoney(below, one.currency),
          total: sayMoney(one.total, one.currency),
        },
      )}
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
            {say("{what}: {amount}", {
              what: part,
              amount: sayMoney(amount, one.currency),
            })}
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
            {say("{what}: {amount}", {
              what: ceiling.product,
              amount: sayMoney(ceiling.yearly, one.currency),
            })}
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
    <h2>{say("What they took")}</h2>
    <Table
      label={say("What operators took")}
      caption={say(
        "Income as it was stated last, beside what was permitted for its year. What was charged in usage logs that are closed is counted by nobody's word; logs that are open, and what was charged past the gate, are not in it.",
      )}
      none={say(
        "No income was stated of a year for which something was permitted.",
      )}
      head={[
        [say("Authorisation"), false],
        [say("Year"), true],
        [say("Permitted"), true],
        [say("Income"), true],
        [say("Charged in closed logs"), true],
        [say("Deviation"), true],
        [say("Part of it"), true],
        [say("Entries"), false],
      ]}
      rows={view.deviations.map((one) => [
        <a href={pathOf("authorisation", one.authorisation)}>
          {one.authorisation}
        </a>,
        String(one.year),
        sayMoney(one.permitted, one.currency),
        sayMoney(one.income, one.currency),
        sayMoney(one.charged, one.currency),
        sayMoney(one.deviation, one.currency),
        one.basisPoints === undefined ? "" : sayPercent(one.basisPoints),
        <Entries of={one.entries} />,
      ])}
    />
  </section>
);

const Refunds: FC<Props> = ({ view }) => (
  <section>
    <h2>{say("What went back")}</h2>
    <Table
      label={say("What went back")}
      caption={say(
        "What was charged is stated here and stands in a usage log; what of it was too much is the word of those who signed.",
      )}
      none={say("Nothing was given back.")}
      head={[
        [say("Payer"), false],
        [say("Price"), false],
        [say("For"), false],
        [say("Rule"), false],
        [say("Charged"), true],
        [say("Too much"), true],
        [say("Given back"), true],
        [say("Still open"), true],
        [say("Entries"), false],
      ]}
      rows={view.refunds.map((one) => [
        one.organisation,
        <a href={pathOf("fee", one.fee)}>{one.fee}</a>,
        <When at={one.of} />,
        <RuleLink rule={one.rule} />,
        sayMoney(one.charged, one.currency),
        sayMoney(one.excess, one.currency),
        sayMoney(one.back, one.currency),
        sayMoney(one.open, one.currency),
        <Entries of={one.entries} />,
      ])}
    />
  </section>
);
