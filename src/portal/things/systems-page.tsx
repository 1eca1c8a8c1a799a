import type { FC } from "hono/jsx";
import { titleIn } from "../lang/title-in.ts";
import { type Message, say } from "../lang/say.ts";
import {
  Facts,
  ListPage,
  listAt,
  Pager,
  Rows,
  Thing,
  ThingPage,
} from "./parts.tsx";
import { inNumber } from "./show.ts";
import type { Serving, SystemsView, SystemView } from "./systems.ts";
import { termOf } from "./terms.ts";

export const SERVINGS = {
  open: "served to everybody: it is open",
  byPermit: "served to whoever has a permit",
  withheld: "withheld: it is shown to nobody",
  notLoaded: "not served: none of its rows have been entered yet",
  notOffered: "not served: nothing of it is offered",
} as const satisfies Record<Serving, Message>;

const SHOWS: readonly (readonly [show: string, says: Message])[] = [
  ["", "all systems"],
  ["served", "served"],
  ["notServed", "not served"],
];

export const SystemsPage: FC<{ readonly view: SystemsView }> = ({ view }) => (
  <ListPage
    title="Information systems"
    path="/systems"
    says={
      <p>
        {say(
          "{served} of {known} known systems are served through this gate. {rest} are not: what leaves them by another way is not seen here.",
          {
            served: inNumber(view.served),
            known: inNumber(view.known),
            rest: inNumber(view.known - view.served),
          },
        )}
      </p>
    }
  >
    <ul class="choices">
      {SHOWS.map(([show, says]) => (
        <li>
          <a
            href={listAt("/systems", { show })(1)}
            {...(show === view.show ? { "aria-current": "true" } : {})}
          >
            {say(says)}
          </a>
        </li>
      ))}
    </ul>
    <Rows
      title={say("Each system")}
      caption={say(
        "A system that is registered by its existence only is known, and says nothing of what it holds.",
      )}
      none={say("No such system is known.")}
      head={[
        [say("System")],
        [say("Run by")],
        [say("Served")],
        [say("Registered")],
        [say("Datasets"), "number"],
      ]}
      rows={view.rows.map((one) => [
        <Thing of={one.system} />,
        <Thing of={one.body} />,
        one.served ? say("served") : say("not served"),
        one.described ? say("described") : say("by its existence only"),
        inNumber(one.datasets),
      ])}
    />
    <Pager page={view} at={listAt("/systems", { show: view.show })} />
  </ListPage>
);

export const SystemPage: FC<{ readonly view: SystemView }> = ({ view }) => {
  const { system } = view;
  return (
    <ThingPage
      kind="Information system"
      list="Information systems"
      of={["system", system.system]}
      title={titleIn(system)}
      view={view}
      says={
        <p class="notice">
          {view.served
            ? say(
                "Served: data of it leave through this gate, and every use is entered.",
              )
            : say(
                "Not served: nothing of it leaves through this gate. What its body gives away by another way stands in no log of this office.",
              )}
        </p>
      }
    >
      <Facts
        rows={[
          [say("Id"), <code>{system.system}</code>],
          [say("Run by"), <Thing of={view.body} />],
          [
            say("Registered"),
            system.description === "described"
              ? say("described")
              : say("by its existence only"),
          ],
        ]}
      />
      <Rows
        title={say("Datasets")}
        caption={say(
          "What of the system is registered, and whether anybody could be given it.",
        )}
        none={say(
          "No dataset of it is registered, so nothing of it can be served.",
        )}
        head={[[say("Dataset")], [say("Whether it is served")]]}
        rows={view.datasets.map((one) => [
          <Thing of={one.dataset} />,
          termOf(SERVINGS, one.serving),
        ])}
      />
      {view.datasetsInAll > view.datasets.length && (
        <p>
          <a href={`/datasets?system=${system.system}`}>
            {say("All {n} datasets of it", { n: inNumber(view.datasetsInAll) })}
          </a>
        </p>
      )}
    </ThingPage>
  );
};
