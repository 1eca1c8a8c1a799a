import { When } from "../when.tsx";
import type { FC } from "hono/jsx";
import { showCount } from "../../audit/says.ts";
import { Broken } from "../broken.tsx";
import { Frame } from "../frame.tsx";
import { say, sayCount, sayWith } from "../lang/say.ts";
import { Table } from "../table.tsx";
import type { ActsView } from "./acts-view.ts";
import { type EntryLine, onceEach } from "./entry-line.ts";
import { addressOf, type Filter, type Outcome } from "./filter.ts";
import { isEntryKind, sayKind } from "./kind-names.ts";
import { sentenceOf } from "./plainly.ts";
import { sayOutcome, saySigned } from "./say-entry.ts";

type Props = { readonly view: ActsView };

/** What the office did, act by act: a list with filters, and the same as feeds. */
export const ActsPage: FC<Props> = ({ view }) => {
  const title =
    view.about === undefined
      ? say("What this office did, act by act")
      : say("Acts about {thing}", { thing: view.about });
  return (
    <Frame
      title={title}
      json={addressOf("/acts.json", view.filter)}
      feeds={[
        [
          addressOf("/acts.atom", view.filter),
          "application/atom+xml",
          say("These acts as an Atom feed"),
        ],
        [
          addressOf("/acts.json", view.filter),
          "application/feed+json",
          say("These acts as a JSON feed"),
        ],
      ]}
      lead={
        <>
          <h1>{title}</h1>
          <p>
            {say(
              "Every act that a holder of a post asked for, granted or refused, as it stands in the register log. Whoever asked is named by post, never by person.",
            )}
          </p>
        </>
      }
    >
      <Filters view={view} />
      <p>
        {sayCount(view.total, "{count} act matches.", "{count} acts match.", {
          count: showCount(view.total),
        })}{" "}
        <Behind view={view} />
      </p>
      <EntryTable
        lines={view.lines}
        label={say("Acts")}
        caption={say("The newest first.")}
      />
      <Pages view={view} />
      <Elsewhere filter={view.filter} />
    </Frame>
  );
};

/** While a large log is read in behind the start, the page says how far that is. */
const Behind: FC<Props> = ({ view: { searched, size } }) =>
  searched >= size ? null : (
    <strong>
      {say(
        "This office was started a moment ago: {searched} of {size} entries are looked through so far.",
        { searched: showCount(searched), size: showCount(size) },
      )}
    </strong>
  );

const OUTCOMES = ["granted", "flagged", "refused"] as const;

const Filters: FC<Props> = ({ view: { filter, kinds, posts } }) => (
  <form
    class="filters"
    method="get"
    action="/acts"
    aria-label={say("Which acts")}
  >
    <label>
      {say("Kind of act")}
      <select name="kind">
        <option value="">{say("any")}</option>
        {kinds.map(({ kind, count }) => (
          <option value={kind} selected={kind === filter.kind}>
            {`${isEntryKind(kind) ? sayKind(kind) : kind} (${showCount(count)})`}
          </option>
        ))}
      </select>
    </label>
    <label>
      {say("Ruling")}
      <select name="outcome">
        <option value="">{say("any")}</option>
        {OUTCOMES.map((one) => (
          <option value={one} selected={one === filter.outcome}>
            {outcomeName(one)}
          </option>
        ))}
      </select>
    </label>
    <label>
      {say("Signed by the post")}
      <select name="post">
        <option value="">{say("any")}</option>
        {posts.map(({ post, title }) => (
          <option value={post} selected={post === filter.post}>
            {title}
          </option>
        ))}
      </select>
    </label>
    <label>
      {say("About (kind:id, such as dataset:vehicles)")}
      <input name="thing" value={filter.thing ?? ""} maxlength={220} />
    </label>
    <label>
      {say("From day")}
      <input type="date" name="from" value={filter.from ?? ""} />
    </label>
    <label>
      {say("To day")}
      <input type="date" name="to" value={filter.to ?? ""} />
    </label>
    <label class="tick">
      <input
        type="checkbox"
        name="overrides"
        value="1"
        checked={filter.overrides === true}
      />{" "}
      {say("Only decisions against a rule")}
    </label>
    <button type="submit">{say("Show")}</button>{" "}
    <a href="/acts?refused=1">{say("Only refused acts")}</a>{" "}
    <a href="/acts">{say("All acts")}</a>
  </form>
);

function outcomeName(outcome: Outcome): string {
  return outcome === "flagged"
    ? say("granted, with a remark")
    : sayOutcome(outcome);
}

export const EntryTable: FC<{
  readonly lines: readonly EntryLine[];
  readonly label: string;
  readonly caption: string;
}> = ({ lines, label, caption }) => (
  <Table
    label={label}
    caption={caption}
    head={[
      [say("Entry"), true],
      [say("When"), false],
      [say("What was asked"), false],
      [say("Signed"), false],
      [say("Outcome"), false],
    ]}
    none={say("There is none.")}
    rows={lines.map((line) => [
      <a href={`/acts/${line.entry}`}>{showCount(line.entry)}</a>,
      <When at={line.at} />,
      sentenceOf(line),
      saySigned(line),
      <Ruled line={line} />,
    ])}
  />
);

const Ruled: FC<{ readonly line: EntryLine }> = ({ line }) => (
  <div>
    <span class={line.badge.tone}>{line.badge.says}</span>
    {line.findings.length > 0 && (
      <ul class="plain">
        {onceEach(line.findings).map(({ says, rule, cites }) => (
          <li>
            <Broken
              {...{ rule, cites }}
              says={rule === line.because?.rule ? undefined : says}
            />
          </li>
        ))}
      </ul>
    )}
  </div>
);

const Pages: FC<Props> = ({ view: { newest, newer, older } }) => (
  <nav aria-label={say("Pages of this list")}>
    <ul class="links">
      {newest !== undefined && (
        <li>
          <a href={newest}>{say("Newest")}</a>
        </li>
      )}
      {newer !== undefined && (
        <li>
          <a href={newer} rel="prev">
            {say("Newer")}
          </a>
        </li>
      )}
      {older !== undefined && (
        <li>
          <a href={older} rel="next">
            {say("Older")}
          </a>
        </li>
      )}
    </ul>
  </nav>
);

const Elsewhere: FC<{ readonly filter: Filter }> = ({ filter }) => (
  <p>
    {sayWith("The same list as {atom}, {json} or {csv}; {follow}.", {
      atom: <a href={addressOf("/acts.atom", filter)}>Atom</a>,
      json: <a href={addressOf("/acts.json", filter)}>JSON Feed</a>,
      csv: <a href={addressOf("/acts.csv", filter)}>CSV</a>,
      follow: <a href="/follow">{say("how to follow it")}</a>,
    })}
  </p>
);
