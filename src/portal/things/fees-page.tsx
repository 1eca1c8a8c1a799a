import type { FC } from "hono/jsx";
import { say } from "../lang/say.ts";
import { ChargedBy, GroundOf, sayPrice } from "./fee-rows.tsx";
import type { FeeView } from "./fees.ts";
import {
  EntryLink,
  Facts,
  Rows,
  Section,
  SpanOf,
  Thing,
  ThingPage,
} from "./parts.tsx";
import { CeilingRows } from "./products-page.tsx";
import { AppealRows, OrderRows } from "./remedy-rows.tsx";
import { RuleLink } from "./rule-link.tsx";
import { inMoney, inNumber, type When, whenIn } from "./show.ts";
import { PAYERS, REASONS, termOf } from "./terms.ts";
import { MonthsOfUse } from "../pictures.tsx";
import { Uncounted } from "./uses-by-month.tsx";

type Props = { readonly view: FeeView };
type Timed = Props & { readonly when: When };

export const FeePage: FC<Props> = ({ view }) => {
  const when = whenIn(view.offsetMinutes);
  return (
    <ThingPage
      kind="Price"
      list="Prices"
      of={["fee", view.fee]}
      title={`${sayPrice(view)} · ${view.fee}`}
      view={view}
      says={
        <p>
          <Thing of={view.product} />
          {say(": ")}
          <SpanOf span={view.span} when={when} />.{" "}
          {view.isTrial &&
            say(
              "A trial price: asked until a year of operation is over and its cost can be surveyed.",
            )}
        </p>
      }
    >
      {view.ending !== undefined && (
        <p class="notice">
          {view.ending.reason === undefined
            ? say("It was ended by an order or a decision of somebody else.")
            : say("It was ended. Reason: {reason}.", {
                reason: termOf(REASONS, view.ending.reason),
              })}{" "}
          <EntryLink entry={view.ending.entry} />
        </p>
      )}
      {view.charging.length > 0 && (
        <div class="notice">
          <ChargedBy fee={view.fee} charging={view.charging} />
        </div>
      )}
      <Facts
        rows={[
          [say("Amount"), sayPrice(view)],
          [say("Product"), <Thing of={view.product} />],
          [say("Paid to"), <Thing of={view.payee} />],
          [
            say("Paid by"),
            view.classes.map((one) => termOf(PAYERS, one)).join(say(", ")),
          ],
          [say("Ground"), <GroundOf ground={view.ground} rule={view.rule} />],
          [
            say("Under the authorisation"),
            view.authorisation === undefined ? undefined : (
              <Thing of={view.authorisation} />
            ),
          ],
        ]}
      />
      <CostBasis view={view} />
      <CeilingRows rows={view.ceilings} when={when} />
      <Charged view={view} />
      <Refunds view={view} when={when} />
      <AppealRows rows={view.appeals} when={when} />
      <OrderRows rows={view.orders} when={when} />
    </ThingPage>
  );
};

const CostBasis: FC<Props> = ({ view: { costs, currency, amount, unit } }) => (
  <Section title={say("What it costs")} id="costs">
    {costs === undefined ? (
      <p>
        {say(
          "The act that approved it says nothing of what a year costs; where the law wants that, its rules say so in the ruling.",
        )}
      </p>
    ) : (
      <>
        <p>
          {say(
            "{total} a year over {units} units is {perUnit} for one; asked is {asked}.",
            {
              total: inMoney(costs.total, currency),
              units: inNumber(costs.units),
              perUnit: inMoney(costs.perUnit, currency),
              asked: sayPrice({ amount, currency, unit }),
            },
          )}{" "}
          {costs.method !== undefined &&
            (costs.method.href === undefined ? (
              say(
                "How costs are worked out stands in a public paper that nobody has handed in here.",
              )
            ) : (
              <a href={costs.method.href} rel="nofollow">
                {say("How costs are worked out (a public paper)")}
              </a>
            ))}
        </p>
        <Rows
          title={say("Costs of a year")}
          caption={say(
            "By heads, as the act that approved the price states them.",
          )}
          none=""
          head={[[say("Head")], [say("Amount"), "number"]]}
          rows={costs.heads.map((one) => [
            one.head,
            inMoney(one.amount, currency),
          ])}
        />
      </>
    )}
  </Section>
);

const Charged: FC<Props> = ({ view }) => (
  <>
    <Rows
      title={say("What was charged")}
      caption={say(
        "By month over all permits, as the usage logs that are public add up.",
      )}
      none={say("Nothing that was charged under it is public yet.")}
      head={[
        [say("Month")],
        [say("Uses"), "number"],
        [say("Calls"), "number"],
        [say("Steps"), "number"],
        [say("Charged"), "number"],
      ]}
      rows={view.charged.map((one) => [
        one.month,
        inNumber(one.uses),
        inNumber(one.calls),
        inNumber(one.steps),
        inMoney(one.charged, view.currency),
      ])}
    />
    <MonthsOfUse
      lines={view.charged.map((one) => ({ ...one, currency: view.currency }))}
    />
    <Uncounted gateways={view.uncounted} />
  </>
);

const Refunds: FC<Timed> = ({ view }) =>
  view.refunds.length === 0 ? null : (
    <Rows
      title={say("What went back")}
      caption={say(
        "What of a charge was too much is the word of those who signed.",
      )}
      none=""
      head={[
        [say("Payer")],
        [say("Charged"), "number"],
        [say("Too much"), "number"],
        [say("Given back"), "number"],
        [say("Rule")],
        [say("Entry")],
      ]}
      rows={view.refunds.map((one) => [
        <Thing of={one.organisation} />,
        inMoney(one.charged, view.currency),
        inMoney(one.excess, view.currency),
        inMoney(one.amount, view.currency),
        <RuleLink rule={one.rule} />,
        <EntryLink entry={one.entry} />,
      ])}
    />
  );
