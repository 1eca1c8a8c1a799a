import type { FC } from "hono/jsx";
import type { DueLine, DueView } from "./due.ts";
import { Frame } from "./frame.tsx";
import { say, sayWith } from "./lang/say.ts";
import { Table } from "./table.tsx";
import { RuleLink } from "./things/rule-link.tsx";
import { When } from "./when.tsx";
import { citesIn } from "./lang/law-in.ts";
import { thisOffice } from "./this-office.ts";
import { sayList, sayNumber } from "./lang/figures.ts";

type Props = { readonly view: DueView };

/** What the office has to do, by when and by which post: derived from the acts at the moment of asking. */
export const DuePage: FC<Props> = ({ view }) => (
  <Frame
    title={say("What is due")}
    json="/due.json"
    lead={
      <>
        <h1>{say("What is due")}</h1>
        <p>
          {sayWith(
            "What {office} has to do, as its acts and its rulebook say on {at}. Nobody keeps this list: it is worked out anew each time.",
            {
              office: thisOffice(view.title),
              at: <When at={view.at} />,
            },
          )}{" "}
          {view.calendar === undefined
            ? say("Terms are counted in days on end.")
            : say(
                "Working days are counted by the calendar {calendar}, from the day after; in a year for which it was not adopted every day counts.",
                { calendar: view.calendar },
              )}
        </p>
      </>
    }
  >
    <Lines
      id="open"
      title={say("To be done")}
      inAll={view.due.length}
      none={say("Nothing is due.")}
      lines={view.due}
      view={view}
    />
    {view.missedInAll > view.missed.length && (
      <p>
        {say(
          "{all} deadlines were missed in all; these are the newest {shown}.",
          {
            all: sayNumber(view.missedInAll),
            shown: sayNumber(view.missed.length),
          },
        )}
      </p>
    )}
    <Lines
      id="missed"
      title={say("Missed")}
      inAll={view.missedInAll}
      none={say("No deadline was missed.")}
      lines={view.missed}
      view={view}
    />
  </Frame>
);

const Lines: FC<
  Props & {
    readonly id: string;
    readonly title: string;
    readonly inAll: number;
    readonly none: string;
    readonly lines: readonly DueLine[];
  }
> = ({ id, title, inAll, none, lines, view }) => {
  const counts = view.calendar !== undefined;
  return (
    <section>
      <h2 id={id}>
        {say("{what} ({of})", { what: title, of: sayNumber(inAll) })}
      </h2>
      <Table
        label={title}
        caption={say(
          "A post, never a person. A question is its number: in public it tells neither what was asked nor about whom.",
        )}
        none={none}
        head={[
          [say("What"), false],
          [say("Of"), false],
          [say("Due"), false],
          ...(counts ? [[say("Working days left"), true] as const] : []),
          [say("By the post"), false],
          [say("Rule"), false],
          [say("Done"), false],
        ]}
        rows={lines.map((one) => [
          one.what,
          <a href={one.href}>{one.id}</a>,
          <When at={one.by} />,
          ...(counts ? [leftOf(one)] : []),
          sayList(one.postTitles) || say("no post has the power"),
          sayWith("{rule} ({cites})", {
            rule: <RuleLink rule={one.rule} />,
            cites: citesIn(one.cites),
          }),
          one.done === undefined ? say("not yet") : <When at={one.done} />,
        ])}
      />
    </section>
  );
};

function leftOf({ workingDaysLeft = 0, done }: DueLine): string {
  if (done !== undefined) return "";
  return workingDaysLeft < 0
    ? say("{n} over", { n: sayNumber(-workingDaysLeft) })
    : sayNumber(workingDaysLeft);
}
