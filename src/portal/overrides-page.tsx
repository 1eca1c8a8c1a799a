import type { FC } from "hono/jsx";
import { showCount } from "../audit/says.ts";
import { Frame } from "./frame.tsx";
import type { OverrideLine, OverridesView } from "./overrides.ts";
import { Table } from "./table.tsx";

/** Decisions against a rule: which, why, by when they are looked at again, and how that came out. */
export const OverridesPage: FC<{ readonly view: OverridesView }> = ({
  view,
}) => (
  <Frame
    title="Decisions against a rule"
    json="/overrides.json"
    lead={
      <>
        <h1>Decisions against a rule</h1>
        <p>
          Some rules bind in principle. Where{" "}
          {view.title === "" ? "this office" : view.title} decides against one
          of them, two posts sign, the reason and a legal opinion are public,
          and somebody else looks at it again within a year. All other rules are
          absolute: no signature goes past them. In force on {view.at}:{" "}
          {showCount(view.inForce)}.
        </p>
      </>
    }
    foot={
      <p>
        <a href="/">The office in one page</a>. <a href="/due">What is due</a>.
      </p>
    }
  >
    <section>
      <Overrides
        none="Nothing was ever decided against a rule."
        lines={view.overrides}
      />
    </section>
  </Frame>
);

export const Overrides: FC<{
  readonly none: string;
  readonly lines: readonly OverrideLine[];
}> = ({ none, lines }) => (
  <Table
    label="Decisions against a rule"
    caption="An act like any other: signed, entered, and decided again by whoever checks."
    none={none}
    head={[
      ["Entry", true],
      ["When", false],
      ["What was decided", false],
      ["Against", false],
      ["Papers", false],
      ["Looked at again", false],
    ]}
    rows={lines.map((one) => [
      showCount(one.entry),
      one.at,
      one.isInForce ? one.what : `${one.what} (not in force any more)`,
      one.against.map(({ rule, says, cites }) => (
        <>
          {says}{" "}
          <span class="quiet">
            ({rule}, {cites})
          </span>{" "}
        </>
      )),
      <>
        <a href={`/${one.reason}`}>the reason</a>,{" "}
        <a href={`/${one.opinion}`}>the legal opinion</a>
      </>,
      reviewOf(one),
    ])}
  />
);

function reviewOf({ reviewed, review, isOverdue }: OverrideLine): string {
  if (reviewed !== undefined)
    return `${reviewed.outcome} on ${reviewed.at}, entry ${showCount(reviewed.entry)}`;
  return isOverdue ? `overdue since ${review}` : `by ${review}`;
}
