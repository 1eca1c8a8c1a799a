import type { FC } from "hono/jsx";
import { showCount } from "../../audit/says.ts";
import { Form } from "../account/form.tsx";
import { EntryTable } from "../acts/acts-page.tsx";
import { sayThingKind } from "../acts/thing.ts";
import { Frame } from "../frame.tsx";
import { say, sayCount } from "../lang/say.ts";
import { Table } from "../table.tsx";
import type { Part, SinceView, TermLine } from "./since.ts";

/** What changed behind the entry up to which somebody has read. */
export const SincePage: FC<{
  readonly view: SinceView;
  /** The entry that the visitor's own browser keeps. */
  readonly kept: number | undefined;
}> = ({ view, kept }) => {
  const title = say("What changed since you were here");
  return (
    <Frame
      title={title}
      json={`/since.json?entry=${view.entry}`}
      unindexed
      lead={
        <>
          <h1>{title}</h1>
          <p>
            {view.since === undefined
              ? say("Since entry {entry}", { entry: showCount(view.entry) })
              : say("Since entry {entry}, of {at}", {
                  entry: showCount(view.entry),
                  at: view.since,
                })}
            {say(": ")}
            {sayCount(view.entries, "one entry", "{n} entries", {
              n: showCount(view.entries),
            })}
          </p>
        </>
      }
    >
      <Mark view={view} kept={kept} />
      <PartTable title={say("Acts granted")} part={view.granted} />
      <PartTable title={say("Acts refused")} part={view.refused} />
      <PartTable title={say("Ended")} part={view.ended} />
      <PartTable title={say("Prices")} part={view.prices} />
      <Terms title={say("Became due")} terms={view.becameDue} />
      <Terms title={say("Deadlines missed")} terms={view.missed} />
      <Things view={view} />
    </Frame>
  );
};

const Mark: FC<{
  readonly view: SinceView;
  readonly kept: number | undefined;
}> = ({ view, kept }) => (
  <section class="notice">
    <p>
      {say(
        "Up to where you have read can be kept in a cookie of your browser. The office keeps no record of who reads.",
      )}{" "}
      {kept !== undefined &&
        say("Your browser keeps entry {entry}.", { entry: showCount(kept) })}
    </p>
    <div class="choices">
      <Form action="/since/mark" label={say("Keep where I am")}>
        <input type="hidden" name="entry" value={view.newest} />
        <button type="submit">
          {say("I have read up to entry {entry}", {
            entry: showCount(view.newest),
          })}
        </button>
      </Form>
      {kept !== undefined && (
        <Form action="/since/mark" label={say("Forget where I am")}>
          <input type="hidden" name="entry" value="" />
          <button type="submit">{say("Forget it")}</button>
        </Form>
      )}
    </div>
    <form
      class="filters"
      method="get"
      action="/since"
      aria-label={say("Since another entry")}
    >
      <label>
        {say("Since entry")}
        <input name="entry" inputmode="numeric" value={view.entry} />
      </label>
      <button type="submit">{say("Show")}</button>
    </form>
  </section>
);

const PartTable: FC<{ readonly title: string; readonly part: Part }> = ({
  title,
  part,
}) => (
  <section>
    <h2>
      {title}: {showCount(part.total)}
    </h2>
    {part.total > 0 && (
      <EntryTable
        lines={part.lines}
        label={title}
        caption={say("The newest {count} of {total}.", {
          count: showCount(part.lines.length),
          total: showCount(part.total),
        })}
      />
    )}
  </section>
);

const Terms: FC<{
  readonly title: string;
  readonly terms: readonly TermLine[];
}> = ({ title, terms }) => (
  <section>
    <h2>
      {title}: {showCount(terms.length)}
    </h2>
    {terms.length > 0 && (
      <>
        <Table
          label={title}
          caption={say("By the rule that sets the term.")}
          head={[
            [say("By when"), false],
            [say("What is due"), false],
            [say("Rule"), false],
          ]}
          none={say("There is none.")}
          rows={terms.map(({ id, by, says, rule }) => [
            by,
            id,
            <>
              {says} <span class="quiet">({rule})</span>
            </>,
          ])}
        />
        <p>
          <a href="/due">{say("Everything that is due")}</a>
        </p>
      </>
    )}
  </section>
);

const Things: FC<{ readonly view: SinceView }> = ({ view }) => (
  <section>
    <h2>{say("By thing")}</h2>
    <Table
      label={say("By thing")}
      caption={say(
        "What the newest {count} of these entries name, the most often named first.",
        { count: showCount(view.lookedThrough) },
      )}
      head={[
        [say("What"), false],
        [say("Name"), false],
        [say("Entries"), true],
      ]}
      none={say("There is none.")}
      rows={view.things.map(({ kind, id, title, href, acts, count }) => [
        sayThingKind(kind),
        <>
          <a href={href}>{title}</a>
          {title !== id && <span class="quiet"> ({id})</span>}
        </>,
        <a href={acts}>{showCount(count)}</a>,
      ])}
    />
  </section>
);
