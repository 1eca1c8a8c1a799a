import type { FC } from "hono/jsx";
import type { ActOf } from "../../acts/act.ts";
import { type Message, say } from "../lang/say.ts";
import type { AuthorisationView } from "./authorisations.ts";
import {
  EntryLink,
  Facts,
  Rows,
  Section,
  SpanOf,
  Thing,
  ThingPage,
  Things,
} from "./parts.tsx";
import { ProductRows } from "./products-page.tsx";
import { AppealRows, OrderRows } from "./remedy-rows.tsx";
import { RuleLink } from "./rule-link.tsx";
import { inMoney, inNumber, type When, whenIn } from "./show.ts";
import { PARTS, STEPS } from "./steps.ts";
import { METHODS, REASONS, termOf } from "./terms.ts";

type Props = { readonly view: AuthorisationView };
type Timed = Props & { readonly when: When };

export const AuthorisationPage: FC<Props> = ({ view }) => {
  const when = whenIn(view.offsetMinutes);
  return (
    <ThingPage
      kind="Authorisation"
      list="Authorisations"
      of={["authorisation", view.authorisation]}
      title={view.authorisation}
      view={view}
      says={
        <p>
          <Thing of={view.operator} />{" "}
          {view.exclusive
            ? say("may operate these data, and nobody else may.")
            : say("may operate these data, beside others.")}{" "}
          <SpanOf span={view.span} when={when} />.
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
      <Right view={view} when={when} />
      <HowItCame view={view} when={when} />
      <ProductRows
        title={say("What is offered under it")}
        rows={view.products}
        when={when}
      />
      <Revenues view={view} />
      <AppealRows rows={view.appeals} when={when} />
      <OrderRows rows={view.orders} when={when} />
    </ThingPage>
  );
};

const Right: FC<Timed> = ({ view, when }) => (
  <Facts
    rows={[
      [say("Operator"), <Thing of={view.operator} />],
      [say("Datasets"), <Things of={view.datasets} />],
      [say("Exclusive"), view.exclusive ? say("yes") : say("no")],
      [
        say("Ground of that"),
        view.exclusivity?.rule === undefined ? undefined : (
          <RuleLink rule={view.exclusivity.rule} />
        ),
      ],
      [
        say("Looked at again"),
        view.exclusivity?.review === undefined
          ? undefined
          : when(view.exclusivity.review),
      ],
      [
        say("Price of the right itself"),
        view.price === undefined
          ? undefined
          : inMoney(view.price.amount, view.price.currency),
      ],
      [say("Confirms what was reported as"), view.confirms],
    ]}
  />
);

const HOW = {
  amended: "agreement amended",
  renewed: "agreement renewed",
  left: "agreement left",
} as const satisfies Record<ActOf<"agreementChanged">["how"], Message>;
const HAPPENED = { ...STEPS, ...HOW } as const;

const HowItCame: FC<Timed> = ({ view, when }) => (
  <Section title={say("How it came about")} id="procedure">
    <p>
      {view.procedure === undefined
        ? view.method === undefined
          ? say("How the operator was chosen is not told.")
          : say("By {method}, as it was told afterwards.", {
              method: termOf(METHODS, view.method),
            })
        : say(
            "By {method}, in steps that are acts of their own ({procedure}).",
            {
              method: termOf(METHODS, view.procedure.method),
              procedure: view.procedure.procedure,
            },
          )}
    </p>
    {view.procedure !== undefined && (
      <Facts
        rows={[
          [say("Chosen by"), <Thing of={view.procedure.body} />],
          [
            say("Who bid"),
            view.procedure.bidders.length === 0 ? undefined : (
              <Things of={view.procedure.bidders} />
            ),
          ],
        ]}
      />
    )}
    <StepPicture view={view} />
    <Rows
      title={say("Step by step")}
      caption={say(
        "Each step, the day that was stated, and the entry that states it.",
      )}
      none={say("No step of a procedure stands in the register.")}
      head={[
        [say("No."), "number"],
        [say("Step")],
        [say("Day")],
        [say("Entry")],
        [say("Entered")],
      ]}
      rows={view.steps.map((step, place) => [
        inNumber(place + 1),
        termOf(HAPPENED, step.what),
        "on" in step ? (step.on ?? "") : "",
        <EntryLink entry={step.entry} />,
        when(step.entered),
      ])}
    />
    {view.lacks.length > 0 && (
      <p class="notice">
        {say("Not known from the register: {parts}.", {
          parts: view.lacks.map((one) => termOf(PARTS, one)).join(say(", ")),
        })}
      </p>
    )}
  </Section>
);

const WIDE = 1_000;

/** The steps on one line of time: how long it took from each to the next. */
const StepPicture: FC<Props> = ({ view: { steps } }) => {
  const inOrder = steps.toSorted((a, b) => a.moment - b.moment);
  const [first, last] = [inOrder[0]?.moment, inOrder.at(-1)?.moment];
  if (first === undefined || last === undefined || first === last) return null;
  const x = (moment: number): number =>
    Math.round(((moment - first) / (last - first)) * (WIDE - 6));
  return (
    <figure>
      <figcaption>
        {say(
          "The steps of the table on one line of time, from the first to the last: {days} days.",
          {
            days: inNumber(Math.round((last - first) / 86_400_000)),
          },
        )}
      </figcaption>
      <svg
        class="bar times"
        viewBox={`0 0 ${WIDE} 20`}
        preserveAspectRatio="none"
        role="img"
        aria-label={say("{n} steps in {days} days", {
          n: inNumber(steps.length),
          days: inNumber(Math.round((last - first) / 86_400_000)),
        })}
      >
        <rect x="0" y="9" width={WIDE} height="2" fill="var(--line)" />
        {inOrder.map((step) => (
          <rect
            x={x(step.moment)}
            y="2"
            width="6"
            height="16"
            fill="var(--accent)"
          >
            <title>{termOf(HAPPENED, step.what)}</title>
          </rect>
        ))}
      </svg>
    </figure>
  );
};

const Revenues: FC<Props> = ({ view }) => (
  <Rows
    title={say("What may be taken in a year")}
    caption={say(
      "The permitted revenue; its parts stand on the page of prices.",
    )}
    none={say("No act says what the operator may take.")}
    head={[
      [say("Permitted revenue")],
      [say("Years")],
      [say("A year"), "number"],
    ]}
    rows={view.revenues.map((one) => [
      <>
        <a href="/fees">{one.revenue}</a> <EntryLink entry={one.entry} />
      </>,
      one.years === 1
        ? String(one.firstYear)
        : `${one.firstYear}–${one.firstYear + one.years - 1}`,
      inMoney(one.total, one.currency),
    ])}
  />
);
