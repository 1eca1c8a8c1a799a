import type { Child, FC, PropsWithChildren } from "hono/jsx";
import type { ContributionLine, ContributionView } from "./contributions.ts";
import { feedsAbout, FollowThis } from "./follow/follow-this.tsx";
import { Frame } from "./frame.tsx";
import { say, sayWith } from "./lang/say.ts";
import { MonthsOfUse } from "./pictures.tsx";
import { Table } from "./table.tsx";
import { uncountedText } from "./uncounted.ts";
import { sayGround } from "./things/terms.ts";
import { When } from "./when.tsx";
import { sayWord } from "./lang/words.ts";
import { thisOffice } from "./this-office.ts";
import { sayPriceOf } from "./prices.ts";
import { sayList, sayMoney, sayNumber } from "./lang/figures.ts";

/** Everything that organisations lend to the office, or lent. */
export const ContributionsPage: FC<
  PropsWithChildren<{
    readonly office: string;
    readonly contributions: readonly ContributionLine[];
  }>
> = ({ office, contributions, children }) => (
  <Page
    title={say("What was lent")}
    json="/contributions.json"
    intro={
      <p>
        {say(
          "{office}: datasets whose holder is no public body. Each is here on its holder's terms until an end, and may be taken back with notice.",
          { office: office === "" ? say("This office") : office },
        )}
      </p>
    }
  >
    <Table
      label={say("What was lent")}
      caption={say("Contributions, in the order of their entries")}
      none={say("Nothing was lent.")}
      head={[
        [say("Contribution"), false],
        [say("Contributor"), false],
        [say("Datasets"), false],
        [say("State"), false],
        [say("Until"), false],
        [say("Days of notice"), true],
      ]}
      rows={contributions.map((one) => [
        <a href={`/contributions/${one.contribution}`}>{one.title}</a>,
        one.contributor,
        sayList(one.datasetTitles),
        sayWord(one.state),
        untilOf(one),
        sayNumber(one.noticeDays),
      ])}
    />
    {children}
  </Page>
);

/** One contribution: what a contributor sees of who uses its data, and everybody else as well. */
export const ContributionPage: FC<
  PropsWithChildren<{
    readonly office: string;
    readonly view: ContributionView;
  }>
> = ({ office, view, children }) => (
  <Page
    title={view.title}
    json={`/contributions/${view.contribution}.json`}
    contribution={view.contribution}
    intro={
      <>
        <p>
          {sayWith(
            "Lent by {who} to {office}, {state}: from {from} until {until}, with {n} days of notice, on {terms} (entry {entry}).",
            {
              ...{ who: view.contributor, office: thisOffice(office) },
              ...{ state: sayWord(view.state), from: <When at={view.from} /> },
              ...{ until: untilOf(view), n: sayNumber(view.noticeDays) },
              terms: <a href={view.terms}>{say("these terms")}</a>,
              entry: sayNumber(view.entry),
            },
          )}{" "}
          {view.purposeTitles === undefined
            ? say("The terms allow every purpose of the rulebook.")
            : say("The terms allow: {purposes}.", {
                purposes: sayList(view.purposeTitles),
              })}{" "}
          {view.state === "over" && say("Nothing of it is served any more.")}
        </p>
        <p>
          {say("Charged for {who}: {sums}.", {
            who: view.contributor,
            sums: sumsOf(view.charged),
          })}{" "}
          {uncountedText(view.uncounted)}
        </p>
      </>
    }
  >
    <Uses view={view} />
    <Permits view={view} />
    <Products view={view} />
    {children}
  </Page>
);

type View = { readonly view: ContributionView };

const Uses: FC<View> = ({ view }) => (
  <section>
    <h2>{say("Who uses it")}</h2>
    <MonthsOfUse lines={view.uses} />
    <Table
      label={say("Who uses it")}
      caption={say("Uses by month, permit and fee, as the usage logs add up")}
      none={say("Nobody has used it under a permit.")}
      head={[
        [say("Month"), false],
        [say("Organisation"), false],
        [say("Product"), false],
        [say("Purpose"), false],
        [say("Uses"), true],
        [say("Calls"), true],
        [say("Steps"), true],
        [say("Charged"), true],
        [say("Paid to"), false],
      ]}
      rows={view.uses.map((one) => [
        <When at={one.month} />,
        one.organisation,
        one.productTitle,
        one.purposeTitle,
        sayNumber(one.uses),
        sayNumber(one.calls),
        sayNumber(one.steps),
        one.currency === undefined
          ? say("free of charge")
          : sayMoney(one.charged, one.currency),
        one.payee ?? "",
      ])}
    />
    <p class="quiet">
      {say(
        "Organisations and sums; which records were asked for, and by whom there, stands in no log. Uses of open data have no permit: the usage logs count them by dataset.",
      )}
    </p>
  </section>
);

const Permits: FC<View> = ({ view }) => (
  <section>
    <h2>{say("Who may use it")}</h2>
    <Table
      label={say("Who may use it")}
      caption={say("Permits for products of it")}
      none={say("Nobody has a permit for it.")}
      head={[
        [say("Permit"), false],
        [say("Organisation"), false],
        [say("Class"), false],
        [say("Product"), false],
        [say("Purpose"), false],
        [say("State"), false],
        [say("Until"), false],
      ]}
      rows={view.permits.map((one) => [
        one.permit,
        one.organisation,
        sayWord(one.class),
        one.productTitle,
        one.purposeTitle,
        sayWord(one.state),
        one.endedByEntry === undefined ? (
          <When at={one.until} />
        ) : (
          say("ended by entry {entry}", {
            entry: sayNumber(one.endedByEntry),
          })
        ),
      ])}
    />
  </section>
);

const Products: FC<View> = ({ view }) => (
  <section>
    <h2>{say("What is offered of it, and at which price")}</h2>
    <Table
      label={say("What is offered of it")}
      caption={say("Products of its datasets")}
      none={say("Nothing of it is offered.")}
      head={[
        [say("Product"), false],
        [say("Dataset"), false],
        [say("Form"), false],
        [say("State"), false],
        [say("Prices"), false],
      ]}
      rows={view.products.map((one) => [
        one.title,
        one.datasetTitle,
        sayWord(one.form),
        sayWord(one.state),
        <Prices prices={one.prices} />,
      ])}
    />
  </section>
);

const Prices: FC<{
  prices: ContributionView["products"][number]["prices"];
}> = ({ prices }) =>
  prices.length === 0 ? (
    <>{say("free of charge")}</>
  ) : (
    <ul class="plain">
      {prices.map((one) => (
        <li>
          {sayWith(
            "{price} to {payee}, for {classes}, on the ground {ground}",
            {
              price: sayPriceOf(one),
              payee: one.payee,
              classes: sayList(one.classes.map(sayWord)),
              ground:
                one.ground === undefined
                  ? say("of nothing")
                  : sayGround(one.ground),
            },
          )}
          {one.state === "in force"
            ? sayWith(", until {until}", { until: <When at={one.until} /> })
            : say(" ({state})", { state: sayWord(one.state) })}
        </li>
      ))}
    </ul>
  );

const Page: FC<{
  title: string;
  json: string;
  /** The page of one. */
  contribution?: string;
  intro: Child;
  children?: Child;
}> = ({ title, json, contribution, intro, children }) => (
  <Frame
    title={title}
    json={json}
    feeds={
      contribution === undefined ? [] : feedsAbout("contribution", contribution)
    }
    lead={
      <>
        <h1>{title}</h1>
        {intro}
        {contribution !== undefined && (
          <FollowThis of={["contribution", contribution]} />
        )}
      </>
    }
    foot={
      contribution === undefined ? undefined : (
        <p>
          <a href="/contributions">{say("What was lent")}</a>
        </p>
      )
    }
  >
    {children}
  </Frame>
);

function untilOf({ until, byNotice }: ContributionLine): Child {
  const at = <When at={until} />;
  return byNotice ? sayWith("{at} (notice was given)", { at }) : at;
}

function sumsOf(charged: Readonly<Record<string, number>>): string {
  const sums = Object.entries(charged).map(([currency, sum]) =>
    sayMoney(sum, currency),
  );
  return sums.length === 0 ? say("nothing") : sayList(sums);
}
