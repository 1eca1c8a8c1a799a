import type { Child, FC, PropsWithChildren } from "hono/jsx";
import { Broken } from "./broken.tsx";
import { Frame } from "./frame.tsx";
import { say, sayWith } from "./lang/say.ts";
import type { OverrideLine, OverridesView } from "./overrides.ts";
import { Table } from "./table.tsx";
import { When } from "./when.tsx";
import { sayWord } from "./lang/words.ts";
import { thisOffice } from "./this-office.ts";
import { sayNumber } from "./lang/figures.ts";

/** Decisions against a rule: which, why, by when they are looked at again, and how that came out. */
export const OverridesPage: FC<
  PropsWithChildren<{ readonly view: OverridesView }>
> = ({ view, children }) => (
  <Frame
    title={say("Decisions against a rule")}
    json="/overrides.json"
    lead={
      <>
        <h1>{say("Decisions against a rule")}</h1>
        <p>
          {sayWith(
            "Some rules bind in principle. Where {office} decides against one of them, two posts sign, the reason and a legal opinion are public, and somebody else looks at it again within a year. All other rules are absolute: no signature goes past them. In force on {at}: {n}.",
            {
              office: thisOffice(view.title),
              at: <When at={view.at} />,
              n: sayNumber(view.inForce),
            },
          )}
        </p>
      </>
    }
  >
    <section>
      <h2 id="in-force">
        {say("{what} ({of})", {
          ...{ what: say("Still in force"), of: sayNumber(view.inForce) },
        })}
      </h2>
      <Overrides
        label={say("Still in force")}
        none={say("Nothing that was decided against a rule is in force.")}
        lines={view.overrides.filter(({ isInForce }) => isInForce)}
      />
    </section>
    <section>
      <h2>{say("Not in force any more")}</h2>
      <Overrides
        label={say("Not in force any more")}
        none={say("Nothing else was ever decided against a rule.")}
        lines={view.overrides.filter(({ isInForce }) => !isInForce)}
      />
    </section>
    {children}
  </Frame>
);

export const Overrides: FC<{
  readonly label: string;
  readonly none: string;
  readonly lines: readonly OverrideLine[];
}> = ({ label, none, lines }) => (
  <Table
    label={label}
    caption={say(
      "An act like any other: signed, entered, and decided again by whoever checks.",
    )}
    none={none}
    head={[
      [say("Entry"), true],
      [say("When"), false],
      [say("What was decided"), false],
      [say("Against"), false],
      [say("Papers"), false],
      [say("Looked at again"), false],
    ]}
    rows={lines.map((one) => [
      <a href={`/acts/${one.entry}`}>{sayNumber(one.entry)}</a>,
      <When at={one.at} />,
      one.isInForce
        ? one.what
        : say("{what} (not in force any more)", { what: one.what }),
      one.against.map(({ rule, says, cites }) => (
        <>
          <Broken rule={rule} says={says} cites={cites} />
        </>
      )),
      <>
        <a href={`/${one.reason}`}>{say("the reason")}</a>
        {say(", ")}
        <a href={`/${one.opinion}`}>{say("the legal opinion")}</a>
      </>,
      reviewOf(one),
    ])}
  />
);

function reviewOf({ reviewed, review, isOverdue }: OverrideLine): Child[] {
  if (reviewed !== undefined)
    return sayWith("{outcome} on {at}, entry {entry}", {
      outcome: sayWord(reviewed.outcome),
      at: <When at={reviewed.at} />,
      entry: sayNumber(reviewed.entry),
    });
  const at = <When at={review} />;
  return isOverdue
    ? sayWith("overdue since {at}", { at })
    : sayWith("by {at}", { at });
}
