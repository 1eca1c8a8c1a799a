import type { Child, FC, PropsWithChildren } from "hono/jsx";
import { feedsAbout, FollowThis } from "../follow/follow-this.tsx";
import { Frame } from "../frame.tsx";
import { type Message, say, sayCount } from "../lang/say.ts";
import { ProofStatus } from "../proof-status.tsx";
import { Table } from "../table.tsx";
import type { ProofStatus as Status } from "./proof.ts";
import { pathOf, PLACES, type Ref, type ThingKind } from "./ref.ts";
import { inNumber, type When, whenIn } from "./show.ts";
import { STATES, termOf } from "./terms.ts";
import type { Base, History, Page, Span, Without } from "./world.ts";

/** The name of a thing, and the way to its page where it has one. */
export const Thing: FC<{ readonly of: Ref }> = ({ of: { title, href } }) =>
  href === undefined ? <>{title}</> : <a href={href}>{title}</a>;

export const Things: FC<{
  readonly of: readonly Ref[];
  readonly none?: string;
}> = ({ of, none = "" }) =>
  of.length === 0 ? (
    <>{none}</>
  ) : (
    <ul class="names">
      {of.map((one, index) => (
        <li>
          {/* A sign of its own, so that names are apart also where they are copied. */}
          {index > 0 && " · "}
          <Thing of={one} />
        </li>
      ))}
    </ul>
  );

/** The page of an entry. */
export const EntryLink: FC<{ readonly entry: number }> = ({ entry }) => (
  <a href={`/acts/${entry}`}>
    {say("entry {entry}", { entry: inNumber(entry) })}
  </a>
);

type Proved = Base & { readonly proof: Status; readonly history: History };

/** What the page of one thing stands in: where it belongs, its name, what is told of it, what happened to it, and what that rests on. */
export const ThingPage: FC<
  PropsWithChildren<{
    readonly kind: Message;
    readonly of: readonly [kind: ThingKind, id: string];
    /** What the list of all of them is called. */
    readonly list: Message;
    readonly title: string;
    readonly view: Proved;
    readonly unindexed?: boolean;
    /** One or two sentences that say what it is. */
    readonly says: Child;
  }>
> = ({ kind, of, list, title, view, unindexed, says, children }) => {
  const when = whenIn(view.offsetMinutes);
  return (
    <Frame
      title={`${title} · ${say(kind)}`}
      long
      json={`${pathOf(...of)}.json`}
      feeds={feedsAbout(...of)}
      {...(unindexed === true ? { unindexed } : {})}
      lead={
        <>
          <p class="quiet">
            <a href={PLACES[of[0]]}>{say(list)}</a>
            {/* Chinese has one word for one of them and for all. */}
            {say(list) !== say(kind) && ` · ${say(kind)}`}
          </p>
          <h1>{title}</h1>
          {says}
          <FollowThis of={of} />
        </>
      }
    >
      {children}
      <HistoryOf history={view.history} when={when} />
      <ProofStatus status={view.proof} when={when} />
    </Frame>
  );
};

export const ListPage: FC<
  PropsWithChildren<{
    readonly title: Message;
    readonly path: string;
    /** The same list as JSON, with what it was narrowed by. */
    readonly json?: string;
    readonly unindexed?: boolean;
    readonly says: Child;
  }>
> = ({ title, path, json, unindexed, says, children }) => (
  <Frame
    title={say(title)}
    json={json ?? `${path}.json`}
    {...(unindexed === true ? { unindexed } : {})}
    lead={
      <>
        <h1>{say(title)}</h1>
        {says}
      </>
    }
  >
    {children}
  </Frame>
);

/** Terms and what they are for this thing; what has no value is left out. */
export const Facts: FC<{
  readonly rows: readonly (readonly [says: string, value: Child | undefined])[];
}> = ({ rows }) => (
  <dl class="facts">
    {rows
      .filter(([, value]) => value !== undefined && value !== "")
      .map(([says, value]) => (
        <div>
          <dt>{says}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);

export type Column = readonly [says: string, isNumber?: "number"];

export const Section: FC<
  PropsWithChildren<{ readonly title: string; readonly id?: string }>
> = ({ title, id, children }) => (
  <section id={id}>
    <h2>{title}</h2>
    {children}
  </section>
);

/** A section that is one table. */
export const Rows: FC<{
  readonly title: string;
  readonly caption: string;
  readonly none: string;
  readonly head: readonly Column[];
  readonly rows: readonly (readonly Child[])[];
  readonly id?: string;
}> = ({ title, caption, none, head, rows, id }) => (
  <Section title={title} {...(id === undefined ? {} : { id })}>
    {rows.length === 0 ? (
      <p>{none}</p>
    ) : (
      <Table
        label={title}
        caption={caption}
        none={none}
        head={head.map(([says, isNumber]) => [says, isNumber === "number"])}
        rows={rows.map((cells) => cells.map(inOnePiece))}
      />
    )}
  </Section>
);

/** On a phone a cell stands beside the name of its column, as one piece. */
function inOnePiece(cell: Child): Child {
  return typeof cell === "string" ? cell : <div>{cell}</div>;
}

export const HistoryOf: FC<{
  readonly history: History;
  readonly when: When;
}> = ({ history: { inAll, known, published, lines }, when }) => (
  <>
    <Rows
      title={say("What happened to it")}
      caption={say("Acts that name it, granted and refused, the newest first.")}
      none={say("No public act names it.")}
      head={[
        [say("Entry"), "number"],
        [say("Entered")],
        [say("Act")],
        [say("Outcome")],
        [say("Signed by the post")],
      ]}
      rows={lines.map((one) => [
        <a href={`/acts/${one.entry}`}>{inNumber(one.entry)}</a>,
        when(one.at),
        one.what,
        <span class={one.badge.tone}>{one.badge.says}</span>,
        <Things of={one.signers} />,
      ])}
    />
    {inAll > lines.length && (
      <p class="quiet">
        {say("{n} acts in all; these are the newest {shown}.", {
          n: inNumber(inAll),
          shown: inNumber(lines.length),
        })}
      </p>
    )}
    {known < published && (
      <p class="notice">
        {say(
          "The office has just started and reads its log again: {known} of {all} entries are looked through so far, so acts may be missing here.",
          { known: inNumber(known), all: inNumber(published) },
        )}
      </p>
    )}
  </>
);

const WITHOUT = {
  authorisation: [
    "in force, but its authorisation ended at {time}: nobody is answered",
    "in force, but its authorisation is not: nobody is answered",
  ],
  contribution: [
    "in force, but what it was lent under ended at {time}: nobody is answered",
    "in force, but what it was lent under is not: nobody is answered",
  ],
  product: [
    "in force, but its product ended at {time}: nobody is answered",
    "in force, but its product is not: nobody is answered",
  ],
} as const satisfies Record<Without["kind"], readonly [Message, Message]>;

/** The state in words; of what is in force for nothing, why. */
export function sayState(
  { state, without }: Pick<Span, "state" | "without">,
  when: When,
): string {
  if (without === undefined) return termOf(STATES, state);
  const [ended, other] = WITHOUT[without.kind];
  return without.ended === undefined
    ? say(other)
    : say(ended, { time: when(without.ended) });
}

/** In force, or since when not, and how that came. */
export const SpanOf: FC<{ readonly span: Span; readonly when: When }> = ({
  span: { state, from, to, endedBy, suspendedUntil, without },
  when,
}) => (
  <>
    <b class={`state ${without === undefined ? state : "over"}`}>
      {sayState({ state, ...(without === undefined ? {} : { without }) }, when)}
    </b>
    {without !== undefined && (
      <>
        {" ("}
        <Thing of={without.thing} />
        {")"}
      </>
    )}
    {say(": ")}
    {to === undefined
      ? say("from {from}, with no end", { from: when(from) })
      : say("{from} to {to}", { from: when(from), to: when(to) })}
    {endedBy !== undefined && (
      <>
        {say(", ")}
        {say("ended by")} <EntryLink entry={endedBy} />
      </>
    )}
    {state === "suspended" && suspendedUntil !== undefined && (
      <>, {say("suspended until {time}", { time: when(suspendedUntil) })}</>
    )}
  </>
);

/** How many there are, and the way to the next of them. */
export const Pager: FC<{
  readonly page: Page<unknown>;
  /** The list's address with what it is narrowed by. */
  readonly at: (page: number) => string;
}> = ({ page: { page, pages, inAll }, at }) => (
  <nav class="pager" aria-label={say("Pages of this list")}>
    <span>
      {sayCount(inAll, "{n} in all", "{n} in all", { n: inNumber(inAll) })}
      {pages > 1 &&
        `${say(", ")}${say("page {page} of {pages}", {
          page: inNumber(page),
          pages: inNumber(pages),
        })}`}
    </span>
    {page > 1 && (
      <a href={at(Math.min(page - 1, pages))} rel="prev">
        {say("Previous page")}
      </a>
    )}
    {page < pages && (
      <a href={at(page + 1)} rel="next">
        {say("Next page")}
      </a>
    )}
  </nav>
);

export function listAt(
  path: string,
  narrowed: Readonly<Record<string, string | undefined>> = {},
): (page: number) => string {
  return (page) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(narrowed))
      if (value !== undefined && value !== "") query.set(name, value);
    if (page > 1) query.set("page", String(page));
    return query.size === 0 ? path : `${path}?${query.toString()}`;
  };
}
