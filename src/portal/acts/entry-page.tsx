import { sayInstant, sayTime } from "../lang/figures.ts";
import { When } from "../when.tsx";
import type { FC } from "hono/jsx";
import { encode } from "../../acts/canonical.ts";
import { showCount } from "../../audit/says.ts";
import { Frame } from "../frame.tsx";
import { type Message, say, sayCount, sayWith } from "../lang/say.ts";
import { Table } from "../table.tsx";
import { EntryTable } from "./acts-page.tsx";
import type { Change, EntryView } from "./entry-view.ts";
import { sayKind } from "./kind-names.ts";
import { saySigned } from "./say-entry.ts";
import { sayPaper } from "../lang/words.ts";
import { RestsOn } from "../rests-on.tsx";
import { sayThingKind } from "./thing.ts";

type Props = { readonly view: EntryView };

/** One entry in plain words: what was asked, by which posts, what was ruled and why, what it changed, and how it is proved. */
export const EntryPage: FC<Props & { readonly offsetMinutes: number }> = ({
  view,
  offsetMinutes,
}) => {
  const { line } = view;
  const entry = showCount(line.entry);
  const title = say("Entry {entry}: {what}", { entry, what: line.what });
  return (
    <Frame
      title={title}
      json={`/acts/${line.entry}.json`}
      unindexed
      lead={
        <>
          <p>
            <a href="/acts">{say("Acts")}</a>
          </p>
          <h1>{title}</h1>
          <p>
            <strong class={line.badge.tone}>{line.badge.says}</strong>
            {" · "}
            {say("entered at {at}", { at: sayTime(line.at) })}
            {line.by.length > 0 && ` · ${saySigned(line)}`}
          </p>
        </>
      }
    >
      {line.type === "act" && <Ruling view={view} />}
      <Effect view={view} />
      <Changes view={view} />
      <Papers view={view} />
      <Others view={view} />
      <Proof view={view} offsetMinutes={offsetMinutes} />
      <Neighbours view={view} />
    </Frame>
  );
};

const Ruling: FC<Props> = ({ view: { line, edition, next } }) => (
  <section>
    <h2>{say("What was ruled")}</h2>
    <p class="quiet">
      {say("{kind}, decided by edition {edition} of the law", {
        kind: sayKind(line.kind),
        edition: edition ?? 0,
      })}
    </p>
    {line.findings.length === 0 ? (
      <p>{say("No rule stands in its way.")}</p>
    ) : (
      <ul>
        {line.findings.map((finding) => (
          <li>
            {finding.says}
            <RestsOn finding={finding} />
          </li>
        ))}
      </ul>
    )}
    {next !== undefined && (
      <p class="notice">{say("Next lawful step: {next}", { next })}</p>
    )}
  </section>
);

const Effect: FC<Props> = ({ view: { delayed, line } }) => {
  if (delayed === undefined) return null;
  const { until, disowned } = delayed;
  return (
    <section>
      <h2>{say("When it takes effect")}</h2>
      {disowned === undefined ? (
        <>
          <p>
            {say(
              "At {at}, after the delay of the rulebook, and not before that at any gate.",
              { at: sayTime(until) },
            )}
          </p>
          <p class="quiet">
            {sayWith(
              "Whoever signed it can disown it until then: {form}. Then it never takes effect.",
              {
                form: (
                  <a href={`/desk/acts/new/disowned?entry=${line.entry}`}>
                    {say("This was not me, or I take it back")}
                  </a>
                ),
              },
            )}
          </p>
        </>
      ) : (
        <p class="notice">
          {sayWith(
            "Never: whoever had signed it disowned it with {entry}. It is no verdict on who signed.",
            {
              entry: (
                <a href={`/acts/${disowned}`}>
                  {say("entry {entry}", { entry: showCount(disowned) })}
                </a>
              ),
            },
          )}
        </p>
      )}
    </section>
  );
};

const CHANGES = {
  came: "as it stands here now, it came with this entry",
  ended: "it ended with this entry",
  named: "it is named",
} as const satisfies Readonly<Record<Change, Message>>;

const Changes: FC<Props> = ({ view: { changes, belongsTo, line } }) => (
  <section>
    <h2>{say("What it is about, and what it changed")}</h2>
    {line.outcome === "refused" && (
      <p>{say("A refused act changes nothing: the register is as before.")}</p>
    )}
    <Table
      label={say("What it is about")}
      caption={say("As the register stands at this moment.")}
      head={[
        [say("What"), false],
        [say("Name"), false],
        [say("What became of it"), false],
      ]}
      none={say("It names nothing but the office itself.")}
      rows={changes.map(({ kind, id, title, href, change }) => [
        sayThingKind(kind),
        <>
          <a href={href}>{title}</a>
          {title !== id && (
            <span class="quiet">{say(" ({state})", { state: id })}</span>
          )}
        </>,
        say(CHANGES[change]),
      ])}
    />
    {belongsTo.length > 0 && (
      <p class="quiet">
        {say("These belong to it:")}{" "}
        {belongsTo.map(({ kind, title, href }, place) => (
          <>
            {place > 0 && say(", ")}
            {sayThingKind(kind)} <a href={href}>{title}</a>
          </>
        ))}
      </p>
    )}
  </section>
);

const Papers: FC<Props> = ({ view: { papers } }) =>
  papers.length === 0 ? null : (
    <section>
      <h2>{say("Papers behind it")}</h2>
      <ul>
        {papers.map(({ kind, href, size, commitment }) => (
          <li>
            {href === undefined ? (
              <>
                {say("{kind}: private; the log holds its commitment alone", {
                  kind: sayPaper(kind),
                })}
                , <code>{commitment}</code>
              </>
            ) : (
              <>
                <a href={href}>{sayPaper(kind)}</a>
                {`${say(", ")}${say("public, {size} bytes", { size: showCount(size ?? 0) })}`}
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );

const Others: FC<Props> = ({ view: { others } }) =>
  others.length === 0 ? null : (
    <section>
      <h2>{say("Other entries about the same")}</h2>
      {others.map(({ kind, title, all, total, lines }) => (
        <>
          <h3>
            {sayThingKind(kind)}: {title}
          </h3>
          <EntryTable
            lines={lines}
            label={title}
            caption={sayCount(
              total,
              "One other entry is about it.",
              "{n} other entries are about it; the newest stand here.",
              { n: showCount(total) },
            )}
          />
          <p>
            <a href={all}>{say("All of them")}</a>
          </p>
        </>
      ))}
    </section>
  );

const Proof: FC<Props & { readonly offsetMinutes: number }> = ({
  view: { line, leaf, bytes, proof, entry },
  offsetMinutes,
}) => {
  const checkpoint = proof?.checkpoint;
  return (
    <section>
      <h2>{say("How it is proved")}</h2>
      <dl class="facts">
        <dt>{say("Entered")}</dt>
        <dd>
          <When at={line.at} />
        </dd>
        <dt>{say("Public")}</dt>
        <dd>
          {checkpoint === undefined
            ? say("no checkpoint covers it yet")
            : say("under a checkpoint of {size} entries", {
                size: showCount(checkpoint.size),
              })}
        </dd>
        <dt>{say("Witnessed")}</dt>
        <dd>
          {checkpoint?.cosignedAt === undefined
            ? say("by nobody outside: its time is the office's word")
            : sayCount(
                checkpoint.witnesses,
                "by one witness, at {at}",
                "by {n} witnesses, the last at {at}",
                {
                  n: checkpoint.witnesses,
                  at: sayInstant(checkpoint.cosignedAt, offsetMinutes),
                },
              )}
        </dd>
        <dt>{say("Leaf hash")}</dt>
        <dd>
          <code>{leaf}</code>
        </dd>
      </dl>
      <p>
        {sayWith(
          "{proof} shows without this office that it stands in the log; {raw} are what was hashed. {check}.",
          {
            proof: (
              <a href={`/proof/register/${line.entry}`}>
                {say("The proof file")}
              </a>
            ),
            raw: (
              <a href={`/acts/${line.entry}/bytes`}>
                {say("its {bytes} bytes", { bytes: showCount(bytes) })}
              </a>
            ),
            check: <a href="/log">{say("How to check them outside")}</a>,
          },
        )}{" "}
        {say("Code from the office cannot clear the office.")}
      </p>
      <details>
        <summary>{say("As it stands in the log")}</summary>
        <pre tabindex={0}>
          {JSON.stringify(JSON.parse(encode(entry)), null, 2)}
        </pre>
      </details>
    </section>
  );
};

const Neighbours: FC<Props> = ({ view: { line, size } }) => (
  <nav aria-label={say("Entries beside it")}>
    <ul class="links">
      {line.entry > 0 && (
        <li>
          <a href={`/acts/${line.entry - 1}`} rel="prev">
            {say("The entry before")}
          </a>
        </li>
      )}
      {line.entry + 1 < size && (
        <li>
          <a href={`/acts/${line.entry + 1}`} rel="next">
            {say("The entry behind")}
          </a>
        </li>
      )}
      <li>
        <a href={`/log/register/entries/${line.entry}`}>
          {say("The same in the log explorer")}
        </a>
      </li>
    </ul>
  </nav>
);
