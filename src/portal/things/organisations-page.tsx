import type { FC } from "hono/jsx";
import { titleIn } from "../lang/title-in.ts";
import { payerClass } from "../../acts/shapes.ts";
import { type Message, say } from "../lang/say.ts";
import { FeeRows } from "./fee-rows.tsx";
import type { OrganisationsView, OrganisationView } from "./organisations.ts";
import {
  EntryLink,
  Facts,
  ListPage,
  listAt,
  Pager,
  Rows,
  SpanOf,
  Thing,
  ThingPage,
  Things,
} from "./parts.tsx";
import { PermitRows } from "./permit-rows.tsx";
import { inNumber, type When, whenIn } from "./show.ts";
import { NATURES, PAYERS, termOf } from "./terms.ts";

export const OrganisationsPage: FC<{ readonly view: OrganisationsView }> = ({
  view,
}) => (
  <ListPage
    title="Organisations"
    path="/organisations"
    json={listAt("/organisations.json", { class: view.class })(view.page)}
    says={
      <p>
        {say(
          "Who uses data under a permit, who operates data, who lends them. Open data are counted and not traced, so nobody stands here for them.",
        )}
      </p>
    }
  >
    <ul class="choices">
      <li>
        <a
          href="/organisations"
          {...(view.class === "" ? { "aria-current": "true" } : {})}
        >
          {say("all classes")}
        </a>
      </li>
      {payerClass.options.map((one) => (
        <li>
          <a
            href={`/organisations?class=${one}`}
            {...(one === view.class ? { "aria-current": "true" } : {})}
          >
            {termOf(PAYERS, one)}
          </a>
        </li>
      ))}
    </ul>
    <Rows
      title={say("Each organisation")}
      caption={say("In the order in which they were registered.")}
      none={say("No such organisation is registered.")}
      head={[
        [say("Organisation")],
        [say("Class of payer")],
        [say("Permits"), "number"],
        [say("Authorisations"), "number"],
        [say("Contributions"), "number"],
      ]}
      rows={view.rows.map((one) => [
        <Thing of={one.organisation} />,
        termOf(PAYERS, one.class),
        inNumber(one.permits),
        inNumber(one.authorisations),
        inNumber(one.contributions),
      ])}
    />
    <Pager page={view} at={listAt("/organisations", { class: view.class })} />
  </ListPage>
);

type Props = { readonly view: OrganisationView };
type Timed = Props & { readonly when: When };

export const OrganisationPage: FC<Props> = ({ view }) => {
  const when = whenIn(view.offsetMinutes);
  const { organisation } = view;
  return (
    <ThingPage
      kind="Organisation"
      list="Organisations"
      of={["organisation", organisation.organisation]}
      title={titleIn(organisation)}
      view={view}
      says={
        <p>
          {say(
            "It pays as every other {class} does: prices are by class, never by name.",
            {
              class: termOf(PAYERS, organisation.class),
            },
          )}
        </p>
      }
    >
      <Facts
        rows={[
          [say("Id"), <code>{organisation.organisation}</code>],
          [say("Class of payer"), termOf(PAYERS, organisation.class)],
          [say("Registration number"), organisation.registration],
        ]}
      />
      <PermitRows
        title={say("What it may use")}
        caption={say("Its permits, the newest first.")}
        none={say("It has no permit.")}
        rows={view.permits}
        when={when}
      />
      {view.permitsInAll > view.permits.length && (
        <p>
          <a href={`/permits?organisation=${organisation.organisation}`}>
            {say("All {n} permits of it", { n: inNumber(view.permitsInAll) })}
          </a>
        </p>
      )}
      <Applications view={view} when={when} />
      <Authorisations view={view} when={when} />
      <FeeRows
        title={say("Prices that are paid to it")}
        none={say("No price names it as the payee.")}
        rows={view.fees}
        when={when}
      />
      <Contributions view={view} when={when} />
      <Ties view={view} />
    </ThingPage>
  );
};

const DECIDED = {
  granted: "granted",
  refused: "refused",
  withdrawn: "withdrawn",
} as const satisfies Record<string, Message>;

const Applications: FC<Timed> = ({ view, when }) => (
  <Rows
    title={say("What it applied for")}
    caption={say(
      "Applications for permits, as the post that received them entered them.",
    )}
    none={say("No application of it was entered.")}
    head={[
      [say("Application")],
      [say("Product")],
      [say("Purpose")],
      [say("Due")],
      [say("Decided")],
    ]}
    rows={view.applications.map((one) => [
      <>
        {one.application} <EntryLink entry={one.entry} />
      </>,
      <Thing of={one.product} />,
      one.purposeTitle,
      when(one.due),
      one.decided === undefined ? (
        say("not decided yet")
      ) : (
        <>
          {termOf(DECIDED, one.decided.outcome)}, {when(one.decided.at)},{" "}
          <EntryLink entry={one.decided.entry} />
        </>
      ),
    ])}
  />
);

const Authorisations: FC<Timed> = ({ view, when }) => (
  <>
    <Rows
      title={say("What it may operate")}
      caption={say(
        "Authorisations to operate data, each from a recorded procedure and with an end.",
      )}
      none={say("It is authorised to operate nothing.")}
      head={[
        [say("Authorisation")],
        [say("Datasets")],
        [say("Exclusive")],
        [say("How long")],
      ]}
      rows={view.authorisations.map((one) => [
        <Thing of={one.authorisation} />,
        <Things of={one.datasets} />,
        one.exclusive ? say("yes") : say("no"),
        <SpanOf span={one.span} when={when} />,
      ])}
    />
    {view.reported.length > 0 && (
      <Rows
        title={say("Reported from before this office")}
        caption={say(
          "As a source tells it; nothing is granted or priced on it.",
        )}
        none=""
        head={[[say("Reported")], [say("Datasets")], [say("From, to")]]}
        rows={view.reported.map((one) => [
          <>
            {one.reported} <EntryLink entry={one.entry} />
          </>,
          <Things of={one.datasets} />,
          say("{from} to {to}", {
            from: one.from,
            to: one.to ?? say("no end"),
          }),
        ])}
      />
    )}
  </>
);

const Contributions: FC<Timed> = ({ view, when }) => (
  <Rows
    title={say("What it lends")}
    caption={say("On terms of its own, until an end or with notice.")}
    none={say("It lends nothing.")}
    head={[[say("Contribution")], [say("Datasets")], [say("How long")]]}
    rows={view.contributions.map((one) => [
      <Thing of={one.contribution} />,
      <Things of={one.datasets} />,
      <SpanOf span={one.span} when={when} />,
    ])}
  />
);

const Ties: FC<Props> = ({ view }) => (
  <Rows
    title={say("Ties that holders of posts declared to it")}
    caption={say(
      "Declared by the persons themselves. Persons are numbers here; what a tie is in full stands in a private paper.",
    )}
    none={say(
      "Nobody declared a tie to it. That nobody has one was not looked into.",
    )}
    head={[[say("Person")], [say("Nature")], [say("From, to")], [say("Entry")]]}
    rows={view.ties.map((one) => [
      say("person {person}", { person: one.person }),
      termOf(NATURES, one.nature),
      say("{from} to {to}", {
        from: one.from,
        to:
          one.until ??
          (one.endedBy === undefined ? say("no end") : say("ended")),
      }),
      <EntryLink entry={one.entry} />,
    ])}
  />
);
