import type { FC } from "hono/jsx";
import { showCount } from "../audit/says.ts";
import type { DueLine, DueView } from "./due.ts";
import { Frame } from "./frame.tsx";
import { Table } from "./table.tsx";

type Props = { readonly view: DueView };

/** What the office has to do, by when and by which post: derived from the acts at the moment of asking. */
export const DuePage: FC<Props> = ({ view }) => (
  <Frame
    title="What is due"
    json="/due.json"
    lead={
      <>
        <h1>What is due</h1>
        <p>
          What {view.title === "" ? "this office" : view.title} has to do, as
          its acts and its rulebook say on {view.at}. Nobody keeps this list: it
          is worked out anew each time.{" "}
          {view.calendar === undefined
            ? "Terms are counted in days on end."
            : `Working days are counted by the calendar ${view.calendar}, from the day after; in a year for which it was not adopted every day counts.`}
        </p>
      </>
    }
    foot={
      <p>
        <a href="/">The office in one page</a>.
      </p>
    }
  >
    <Lines
      title="To be done"
      none="Nothing is due."
      lines={view.due}
      view={view}
    />
    {view.missedInAll > view.missed.length && (
      <p>
        {showCount(view.missedInAll)} deadlines were missed in all; these are
        the newest {showCount(view.missed.length)}.
      </p>
    )}
    <Lines
      title="Missed"
      none="No deadline was missed."
      lines={view.missed}
      view={view}
    />
  </Frame>
);

const Lines: FC<
  Props & {
    readonly title: string;
    readonly none: string;
    readonly lines: readonly DueLine[];
  }
> = ({ title, none, lines, view }) => {
  const counts = view.calendar !== undefined;
  return (
    <section>
      <h2>{title}</h2>
      <Table
        label={title}
        caption="A post, never a person. A question is its number: in public it tells neither what was asked nor about whom."
        none={none}
        head={[
          ["What", false],
          ["Of", false],
          ["Due", false],
          ...(counts ? [["Working days left", true] as const] : []),
          ["By the post", false],
          ["Rule", false],
          ["Done", false],
        ]}
        rows={lines.map((one) => [
          one.what,
          one.id,
          one.by,
          ...(counts ? [leftOf(one)] : []),
          one.posts.join(", ") || "no post has the power",
          `${one.rule} (${one.cites})`,
          one.done ?? "not yet",
        ])}
      />
    </section>
  );
};

function leftOf({ workingDaysLeft = 0, done }: DueLine): string {
  if (done !== undefined) return "";
  return workingDaysLeft < 0
    ? `${showCount(-workingDaysLeft)} over`
    : showCount(workingDaysLeft);
}
