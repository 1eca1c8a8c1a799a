import type { FC } from "hono/jsx";
import type { Message } from "../lang/say.ts";
import { say } from "../lang/say.ts";
import { ProofStatus } from "../proof-status.tsx";
import { EntryLink, ListPage, listAt, Pager, Rows, Thing } from "./parts.tsx";
import type { PromiseLine, PromisesView, PromiseState } from "./promises.ts";
import { inNumber, type When, whenIn } from "./show.ts";
import { termOf } from "./terms.ts";

export const PROMISE_STATES = {
  open: "still to be kept",
  missed: "missed",
  kept: "kept in time",
  keptLate: "kept late",
  givenUp: "given up",
} as const satisfies Record<PromiseState, Message>;

export const PromisesPage: FC<{ readonly view: PromisesView }> = ({ view }) => {
  const when = whenIn(view.offsetMinutes);
  const { counts } = view;
  return (
    <ListPage
      title="Promises"
      path="/promises"
      says={
        <p>
          {say(
            "What posts of this office said that they will have by a day: {open} still to be kept, {missed} missed, {kept} kept, {givenUp} given up.",
            {
              open: inNumber(counts.open),
              missed: inNumber(counts.missed),
              kept: inNumber(counts.kept + counts.keptLate),
              givenUp: inNumber(counts.givenUp),
            },
          )}
        </p>
      }
    >
      <PromiseRows rows={view.rows} when={when} title={say("Each promise")} />
      <Pager page={view} at={listAt("/promises")} />
      <ProofStatus status={view.proof} when={when} />
    </ListPage>
  );
};

export const PromiseRows: FC<{
  readonly rows: readonly PromiseLine[];
  readonly when: When;
  readonly title: string;
}> = ({ rows, when, title }) => (
  <Rows
    title={title}
    caption={say(
      "A promise is one of a post and stays one when its holder goes.",
    )}
    none={say("Nothing was promised.")}
    head={[
      [say("Promise")],
      [say("Post")],
      [say("By when")],
      [say("Kept or not")],
      [say("Done")],
    ]}
    rows={rows.map((one) => [
      <>
        {one.title} <EntryLink entry={one.entry} />
      </>,
      <Thing of={one.post} />,
      when(one.due),
      <b class={`state ${one.state}`}>{termOf(PROMISE_STATES, one.state)}</b>,
      one.done === undefined ? (
        ""
      ) : (
        <>
          {when(one.done.at)}, <EntryLink entry={one.done.entry} />
        </>
      ),
    ])}
  />
);
