import type { FC } from "hono/jsx";
import { type Message, say } from "../lang/say.ts";
import { EntryLink, Rows, Thing } from "./parts.tsx";
import type { appealsOf, ordersOn } from "./permits.ts";
import type { When } from "./show.ts";
import { FORUMS, termOf } from "./terms.ts";

const APPEALS = {
  upheld: "the decision stands",
  annulled: "the decision was annulled",
  changed: "the decision was changed",
  withdrawn: "withdrawn",
} as const satisfies Record<string, Message>;

/** Where nobody appealed there is nothing to show. */
export const AppealRows: FC<{
  readonly rows: ReturnType<typeof appealsOf>;
  readonly when: When;
}> = ({ rows, when }) =>
  rows.length === 0 ? null : (
    <Rows
      title={say("Appeals against it")}
      caption={say("Who went against an entry, where, and what was decided.")}
      none=""
      head={[
        [say("Appeal or review")],
        [say("Against which entry")],
        [say("Before")],
        [say("Decided")],
      ]}
      rows={rows.map((one) => [
        <>
          {one.appeal} <EntryLink entry={one.entry} />
        </>,
        <EntryLink entry={one.against} />,
        termOf(FORUMS, one.forum),
        one.decided === undefined ? (
          say("not decided yet")
        ) : (
          <>
            {termOf(APPEALS, one.decided.outcome)}, {when(one.decided.at)},{" "}
            <EntryLink entry={one.decided.entry} />
          </>
        ),
      ])}
    />
  );

const DOES = {
  ends: "ends it",
  suspends: "suspends it",
  obliges: "obliges the office to decide it anew",
} as const satisfies Record<string, Message>;

export const OrderRows: FC<{
  readonly rows: ReturnType<typeof ordersOn>;
  readonly when: When;
}> = ({ rows, when }) =>
  rows.length === 0 ? null : (
    <Rows
      title={say("Orders on it")}
      caption={say(
        "Of authorities and courts; each takes effect with its entry.",
      )}
      none=""
      head={[
        [say("Order received")],
        [say("Given by")],
        [say("What it does")],
        [say("Entered")],
      ]}
      rows={rows.map((one) => [
        <>
          {one.order} <EntryLink entry={one.entry} />
        </>,
        <Thing of={one.body} />,
        one.does.map((does) => termOf(DOES, does)).join(say(", ")),
        when(one.at),
      ])}
    />
  );
