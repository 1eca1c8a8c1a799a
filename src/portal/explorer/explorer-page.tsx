import type { FC } from "hono/jsx";
import { showCount } from "../../audit/says.ts";
import { Frame } from "../frame.tsx";
import { say, sayWith } from "../lang/say.ts";
import { Table } from "../table.tsx";
import type { LogLine } from "../logs-overview.ts";
import type { LeafView, LogPart } from "./explorer.ts";

const hrefOf = (log: string, index?: number): string =>
  `/log/${log}/entries${index === undefined ? "" : `/${index}`}`;

const Lead: FC<{ readonly title: string; readonly line: LogLine }> = ({
  title,
  line,
}) => (
  <>
    <p>
      <a href="/log">{say("All logs")}</a>
    </p>
    <h1>{title}</h1>
    <p>
      {sayWith("{size} entries, root {root}. {checkpoint}.", {
        size: showCount(line.size),
        root: <code>{line.root}</code>,
        checkpoint: (
          <a href={`/log/${line.log}/checkpoint`}>
            {say("The signed checkpoint")}
          </a>
        ),
      })}
    </p>
  </>
);

/** Who has confirmed the checkpoint, and how a stranger checks it. */
const Outside: FC<{ readonly line: LogLine }> = ({ line }) => (
  <section>
    <h2>{say("Who confirmed it")}</h2>
    <ul>
      {line.cosigned.map(({ by, at }) => (
        <li>{say("cosigned by {by} at {at}", { by, at })}</li>
      ))}
      {line.head !== undefined && (
        <li>
          {sayWith("bound by {entry} of the register log, up to size {size}", {
            entry: (
              <a href={`/acts/${line.head.entry}`}>
                {say("entry {entry}", { entry: showCount(line.head.entry) })}
              </a>
            ),
            size: showCount(line.head.size),
          })}
        </li>
      )}
      {line.cosigned.length === 0 && line.head === undefined && (
        <li>{say("nobody outside this office yet")}</li>
      )}
    </ul>
    <p class="notice">
      {say("Code from the office cannot clear the office.")}{" "}
      <a href="/log">{say("How to check outside")}</a>
    </p>
  </section>
);

/** A log, entry by entry, the newest first. */
export const ExplorerPage: FC<{ readonly part: LogPart }> = ({ part }) => {
  const { line, leaves, newer, older } = part;
  const title = say("Log {log}, entry by entry", { log: line.log });
  return (
    <Frame
      title={title}
      json={`${hrefOf(line.log)}.json`}
      lead={<Lead title={title} line={line} />}
    >
      <form
        class="filters"
        method="get"
        action={hrefOf(line.log)}
        aria-label={say("Find an entry")}
      >
        <label>
          {say("Number of an entry, or its leaf hash")}
          <input name="find" maxlength={100} required />
        </label>
        <button type="submit">{say("Find")}</button>
      </form>
      <Table
        label={say("Entries")}
        caption={say("The newest first.")}
        head={[
          [say("Entry"), true],
          [say("What"), false],
          [say("Leaf hash"), false],
        ]}
        none={say("There is none.")}
        rows={leaves.map(({ index, what, leaf }) => [
          <a href={hrefOf(line.log, index)}>{showCount(index)}</a>,
          what,
          <code>{leaf}</code>,
        ])}
      />
      <nav aria-label={say("Pages of this list")}>
        <ul class="links">
          {newer !== undefined && (
            <li>
              <a href={`${hrefOf(line.log)}?from=${newer}`} rel="prev">
                {say("Newer")}
              </a>
            </li>
          )}
          {older !== undefined && (
            <li>
              <a href={`${hrefOf(line.log)}?from=${older}`} rel="next">
                {say("Older")}
              </a>
            </li>
          )}
        </ul>
      </nav>
      <Outside line={line} />
    </Frame>
  );
};

/** One entry: its bytes laid out, its leaf hash, its path to the root, and who signed the root. */
export const LeafPage: FC<{ readonly leaf: LeafView }> = ({ leaf }) => {
  const { line, index, what } = leaf;
  const title = say("Entry {entry} of log {log}", {
    entry: showCount(index),
    log: line.log,
  });
  return (
    <Frame
      title={title}
      json={`${hrefOf(line.log, index)}.json`}
      unindexed
      lead={
        <>
          <p>
            <a href={hrefOf(line.log)}>
              {say("Log {log}, entry by entry", { log: line.log })}
            </a>
          </p>
          <h1>{title}</h1>
          <p>{what}</p>
        </>
      }
    >
      {line.log === "register" && (
        <p>
          <a href={`/acts/${index}`}>{say("The same in plain words")}</a>
        </p>
      )}
      <h2>{say("What stands in it")}</h2>
      <p class="quiet">
        {say(
          "{bytes} bytes, laid out for reading; the hash is over them as they are.",
          {
            bytes: showCount(leaf.bytes),
          },
        )}
      </p>
      <pre tabindex={0}>{leaf.decoded}</pre>
      <h2>{say("How it is proved")}</h2>
      <p>
        {sayWith(
          "Leaf hash {leaf}. With the {count} hashes below it leads to the root of the checkpoint of {size} entries; {proof} holds all of it.",
          {
            leaf: <code>{leaf.leaf}</code>,
            count: leaf.path.length,
            size: showCount(leaf.size),
            proof: (
              <a href={`/proof/${line.log}/${index}`}>
                {say("the proof file")}
              </a>
            ),
          },
        )}
      </p>
      <ol class="hashes">
        {leaf.path.map((hash) => (
          <li>
            <code>{hash}</code>
          </li>
        ))}
      </ol>
      <h2>{say("The checkpoint, with its signatures and cosignatures")}</h2>
      <pre tabindex={0}>{leaf.note}</pre>
      <Outside line={line} />
    </Frame>
  );
};
