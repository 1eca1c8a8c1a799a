import type { Child, FC } from "hono/jsx";
import { showCount, showMoney } from "../audit/says.ts";
import type { ContributionLine, ContributionView } from "./contributions.ts";
import { Frame } from "./frame.tsx";
import { Table } from "./table.tsx";
import { uncountedText } from "./uncounted.ts";

/** Everything that organisations lend to the office, or lent. */
export const ContributionsPage: FC<{
  readonly office: string;
  readonly contributions: readonly ContributionLine[];
}> = ({ office, contributions }) => (
  <Page
    title="What was lent"
    json="/contributions.json"
    intro={
      <p>
        {office === "" ? "This office" : office}: datasets whose holder is no
        public body. Each is here on its holder's terms until an end, and may be
        taken back with notice.
      </p>
    }
  >
    <Table
      label="What was lent"
      caption="Contributions, in the order of their entries"
      none="Nothing was lent."
      head={[
        ["Contribution", false],
        ["Contributor", false],
        ["Datasets", false],
        ["State", false],
        ["Until", false],
        ["Days of notice", true],
      ]}
      rows={contributions.map((one) => [
        <a href={`/contributions/${one.contribution}`}>{one.title}</a>,
        one.contributor,
        one.datasets.join(", "),
        one.state,
        untilOf(one),
        showCount(one.noticeDays),
      ])}
    />
  </Page>
);

/** One contribution: what a contributor sees of who uses its data, and everybody else as well. */
export const ContributionPage: FC<{
  readonly office: string;
  readonly view: ContributionView;
}> = ({ office, view }) => (
  <Page
    title={view.title}
    json={`/contributions/${view.contribution}.json`}
    intro={
      <>
        <p>
          Lent by {view.contributor} to {office === "" ? "this office" : office}
          , {view.state}: from {view.from} until {untilOf(view)}, with{" "}
          {showCount(view.noticeDays)} days of notice, on{" "}
          <a href={view.terms}>these terms</a> (entry {showCount(view.entry)}).{" "}
          {view.purposes === undefined
            ? "The terms allow every purpose of the rulebook."
            : `The terms allow: ${view.purposes.join(", ")}.`}
          {view.state === "over" && " Nothing of it is served any more."}
        </p>
        <p>
          Charged for {view.contributor}: {sumsOf(view.charged)}.{" "}
          {uncountedText(view.uncounted)}
        </p>
      </>
    }
  >
    <Uses view={view} />
    <Permits view={view} />
    <Products view={view} />
  </Page>
);

type View = { readonly view: ContributionView };

const Uses: FC<View> = ({ view }) => (
  <section>
    <h2>Who uses it</h2>
    <Table
      label="Who uses it"
      caption="Uses by month, permit and fee, as the usage logs add up"
      none="Nobody has used it under a permit."
      head={[
        ["Month", false],
        ["Organisation", false],
        ["Product", false],
        ["Purpose", false],
        ["Uses", true],
        ["Calls", true],
        ["Steps", true],
        ["Charged", true],
        ["Paid to", false],
      ]}
      rows={view.uses.map((one) => [
        one.month,
        one.organisation,
        one.product,
        one.purpose,
        showCount(one.uses),
        showCount(one.calls),
        showCount(one.steps),
        one.currency === undefined
          ? "free of charge"
          : showMoney(one.charged, one.currency),
        one.payee ?? "",
      ])}
    />
    <p class="quiet">
      Organisations and sums; which records were asked for, and by whom there,
      stands in no log. Uses of open data have no permit: the usage logs count
      them by dataset.
    </p>
  </section>
);

const Permits: FC<View> = ({ view }) => (
  <section>
    <h2>Who may use it</h2>
    <Table
      label="Who may use it"
      caption="Permits for products of it"
      none="Nobody has a permit for it."
      head={[
        ["Permit", false],
        ["Organisation", false],
        ["Class", false],
        ["Product", false],
        ["Purpose", false],
        ["State", false],
        ["Until", false],
      ]}
      rows={view.permits.map((one) => [
        one.permit,
        one.organisation,
        one.class,
        one.product,
        one.purpose,
        one.state,
        one.endedByEntry === undefined
          ? one.until
          : `ended by entry ${showCount(one.endedByEntry)}`,
      ])}
    />
  </section>
);

const Products: FC<View> = ({ view }) => (
  <section>
    <h2>What is offered of it, and at which price</h2>
    <Table
      label="What is offered of it"
      caption="Products of its datasets"
      none="Nothing of it is offered."
      head={[
        ["Product", false],
        ["Dataset", false],
        ["Form", false],
        ["State", false],
        ["Prices", false],
      ]}
      rows={view.products.map((one) => [
        one.title,
        one.dataset,
        one.form,
        one.state,
        <Prices prices={one.prices} />,
      ])}
    />
  </section>
);

const Prices: FC<{
  prices: ContributionView["products"][number]["prices"];
}> = ({ prices }) =>
  prices.length === 0 ? (
    <>free of charge</>
  ) : (
    <ul class="plain">
      {prices.map((one) => (
        <li>
          {showMoney(one.amount, one.currency)} per {one.unit} to {one.payee},
          for {one.classes.join(", ")}, on the ground{" "}
          {one.ground ?? "of nothing"}
          {one.state === "in force"
            ? `, until ${one.until}`
            : ` (${one.state})`}
        </li>
      ))}
    </ul>
  );

const Page: FC<{
  title: string;
  json: string;
  intro: Child;
  children?: Child;
}> = ({ title, json, intro, children }) => (
  <Frame
    title={title}
    json={json}
    lead={
      <>
        <h1>{title}</h1>
        {intro}
      </>
    }
    foot={
      <p>
        <a href="/">The office</a>. <a href="/contributions">What was lent</a>.{" "}
        <a href={json}>This page as JSON</a>.
      </p>
    }
  >
    {children}
  </Frame>
);

function untilOf({ until, byNotice }: ContributionLine): string {
  return byNotice ? `${until} (notice was given)` : until;
}

function sumsOf(charged: Readonly<Record<string, number>>): string {
  const sums = Object.entries(charged).map(([currency, sum]) =>
    showMoney(sum, currency),
  );
  return sums.length === 0 ? "nothing" : sums.join(", ");
}
