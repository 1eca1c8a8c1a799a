import type { FC } from "hono/jsx";
import { titleIn } from "../lang/title-in.ts";
import { say, sayCount } from "../lang/say.ts";
import type { BodiesView, BodyView } from "./bodies.ts";
import { FeeRows } from "./fee-rows.tsx";
import {
  EntryLink,
  Facts,
  ListPage,
  listAt,
  Pager,
  Rows,
  Section,
  SpanOf,
  Thing,
  ThingPage,
  Things,
} from "./parts.tsx";
import { PromiseRows } from "./promises-page.tsx";
import { RuleLink } from "./rule-link.tsx";
import { inNumber, type When, whenIn } from "./show.ts";
import { LEVELS, POWERS, termOf } from "./terms.ts";

export const BodiesPage: FC<{ readonly view: BodiesView }> = ({ view }) => (
  <ListPage
    title="Public bodies"
    path="/bodies"
    says={
      <p>
        {say(
          "Departments and their units, which systems they run, and which of these are served through the gate of this office.",
        )}
      </p>
    }
  >
    <Rows
      title={say("Departments and units")}
      caption={say("Each unit stands behind the body that it belongs to.")}
      none={say("No body is registered.")}
      head={[
        [say("Body")],
        [say("Unit of")],
        [say("Level")],
        [say("Its units"), "number"],
        [say("Posts"), "number"],
        [say("Systems known"), "number"],
        [say("Systems served"), "number"],
      ]}
      rows={view.rows.map((one) => [
        <span class={`deep-${Math.min(one.depth, 4)}`}>
          <Thing of={one.body} />
          {one.isOver &&
            ` (${
              one.systems === 0
                ? say("its work went to others")
                : say(
                    "its work went to others; its systems are registered under it still",
                  )
            })`}
        </span>,
        one.parent === undefined ? "" : <Thing of={one.parent} />,
        termOf(LEVELS, one.level),
        inNumber(one.units),
        inNumber(one.posts),
        inNumber(one.systems),
        inNumber(one.served),
      ])}
    />
    <Pager page={view} at={listAt("/bodies")} />
  </ListPage>
);

type Props = { readonly view: BodyView };

export const BodyPage: FC<Props> = ({ view }) => {
  const when = whenIn(view.offsetMinutes);
  const { body } = view;
  return (
    <ThingPage
      kind="Public body"
      list="Public bodies"
      of={["body", body.body]}
      title={titleIn(body)}
      view={view}
      says={
        <p>
          {say(
            "{served} of {all} known systems of it are served through the gate.",
            {
              served: inNumber(view.systemsServed),
              all: inNumber(view.systemsInAll),
            },
          )}{" "}
          {view.successors.length > 0 &&
            view.systemsInAll > 0 &&
            say(
              "Its work went to others; in the register its systems stand under it still.",
            )}
          {view.systemsOfPredecessors > 0 &&
            sayCount(
              view.systemsOfPredecessors,
              "{n} system of the bodies whose work it took over stands in the register under them still, and is counted there.",
              "{n} systems of the bodies whose work it took over stand in the register under them still, and are counted there.",
              { n: inNumber(view.systemsOfPredecessors) },
            )}
        </p>
      }
    >
      <Facts
        rows={[
          [say("Id"), <code>{body.body}</code>],
          [say("Level"), termOf(LEVELS, body.level)],
          [
            say("Unit of"),
            view.parent === undefined ? undefined : <Thing of={view.parent} />,
          ],
          [
            say("Its work went to"),
            view.successors.length === 0 ? undefined : (
              <Things of={view.successors} />
            ),
          ],
          [
            say("It took over the work of"),
            view.predecessors.length === 0 ? undefined : (
              <Things of={view.predecessors} />
            ),
          ],
          [
            say("Its units"),
            view.units.length === 0 ? undefined : <Things of={view.units} />,
          ],
        ]}
      />
      <Systems view={view} />
      <Section title={say("Datasets")}>
        {view.datasets.length === 0 ? (
          <p>{say("No dataset of its systems is registered.")}</p>
        ) : (
          <Things of={view.datasets} />
        )}
        {view.datasetsInAll > 0 && (
          <p>
            <a href={`/datasets?body=${body.body}`}>
              {say("All {n} datasets of it and its units", {
                n: inNumber(view.datasetsInAll),
              })}
            </a>
          </p>
        )}
      </Section>
      <Posts view={view} />
      <FeeRows
        title={say("What it may charge")}
        none={say(
          "No price names it as the payee: it charges nothing through this office.",
        )}
        rows={view.fees}
        when={when}
      />
      <Due view={view} when={when} />
      <PromiseRows
        title={say("What its posts promised")}
        rows={view.promises}
        when={when}
      />
      <LocalLaw view={view} when={when} />
    </ThingPage>
  );
};

const Systems: FC<Props> = ({ view }) => (
  <Rows
    title={say("Information systems")}
    caption={say(
      "A system that is not served is known, and nothing of it leaves through this gate.",
    )}
    none={say("No system of it is known.")}
    head={[
      [say("System")],
      [say("Served")],
      [say("Registered")],
      [say("Datasets"), "number"],
    ]}
    rows={view.systems.map((one) => [
      <Thing of={one.system} />,
      one.served ? say("served") : say("not served"),
      one.described ? say("described") : say("by its existence only"),
      inNumber(one.datasets),
    ])}
  />
);

const Posts: FC<Props> = ({ view }) => (
  <Rows
    title={say("Posts")}
    caption={say("What the holder of each post may sign.")}
    none={say("No post of it is registered.")}
    head={[[say("Post")], [say("May")]]}
    rows={view.posts.map(({ post, powers }) => [
      <Thing of={post} />,
      powers.map((one) => termOf(POWERS, one)).join(say(", ")),
    ])}
  />
);

type Timed = Props & { readonly when: When };

const Due: FC<Timed> = ({ view, when }) => (
  <Rows
    title={say("What is due here")}
    caption={say(
      "What a post of it may do, and has not done yet; other posts may be able to do it as well.",
    )}
    none={say("Nothing is due here.")}
    head={[[say("By when")], [say("What")], [say("Post")], [say("Rule")]]}
    rows={view.due.map((one) => [
      <>
        {when(one.by)}
        {one.isMissed && <b class="state missed"> {say("missed")}</b>}
      </>,
      <>
        {one.says}: <a href={one.href}>{one.id}</a>
      </>,
      <Things of={one.posts} />,
      <RuleLink rule={one.rule} />,
    ])}
  />
);

const LocalLaw: FC<Timed> = ({ view, when }) => (
  <Rows
    title={say("Local law")}
    caption={say(
      "Rulebooks that this body made, and those that hold over its data. They only tighten what stands above them.",
    )}
    none={say(
      "No local rulebook: the rulebook of the office alone holds here.",
    )}
    head={[
      [say("Rulebook")],
      [say("Made by")],
      [say("Holds here")],
      [say("How long")],
    ]}
    rows={view.localLaw.map((one) => [
      <>
        {one.title}
        {one.isPilot && ` (${say("a trial")})`} <EntryLink entry={one.entry} />
      </>,
      <Thing of={one.body} />,
      one.holdsHere ? say("yes") : say("no"),
      <SpanOf span={one.span} when={when} />,
    ])}
  />
);
