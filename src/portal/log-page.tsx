import type { FC } from "hono/jsx";
import { showCount } from "../audit/says.ts";
import { watchedBy, watchedHow } from "./figures.tsx";
import { Frame } from "./frame.tsx";
import { Table } from "./table.tsx";
import type { LogLine, LogsOverview } from "./logs-overview.ts";

type Props = { readonly overview: LogsOverview; readonly address: string };

/** The logs in one page: how large, signed by which keys, watched by whom, and how a stranger checks them. */
export const LogPage: FC<Props> = ({ overview: o, address }) => {
  const title = o.title === "" ? "An office that is not founded yet" : o.title;
  return (
    <Frame
      title={`Logs: ${title}`}
      json="/log.json"
      lead={
        <>
          <p>
            <a href="/">{title}</a>
          </p>
          <h1>The logs, and who watches them</h1>
          <p>
            <strong>
              {watchedBy(o)} {watchedHow(o)}.
            </strong>
            {o.watchers.policy !== undefined && (
              <>
                {" "}
                <a href={`/${o.watchers.policy}`}>
                  The office's own policy
                </a>{" "}
                names who watches; whom you trust is your choice.
              </>
            )}
          </p>
        </>
      }
      foot={
        <p>
          <a href="/log.json">This page as JSON</a>, as of {o.at}.
        </p>
      }
    >
      <Logs logs={o.logs} />
      <Check overview={o} address={address} />
      <Entries overview={o} />
    </Frame>
  );
};

const Logs: FC<{ logs: readonly LogLine[] }> = ({ logs }) => (
  <section>
    <h2>Logs</h2>
    <Table
      label="Logs"
      caption="Sizes are those of the newest public checkpoints. The register log is cosigned; each usage log is bound by its heads in the register log."
      head={[
        ["Log", false],
        ["Entries", true],
        ["Root", false],
        ["Confirmed", false],
        ["Key, as C2SP tools take it", false],
      ]}
      none="No log is public yet."
      rows={logs.map((log) => [
        <a href={`/log/${log.log}/entries`}>{log.log}</a>,
        showCount(log.size),
        <a href={`/log/${log.log}/checkpoint`}>
          <code>{log.root}</code>
        </a>,
        <Confirmed log={log} />,
        <code>{log.verifierKey}</code>,
      ])}
    />
  </section>
);

const Confirmed: FC<{ log: LogLine }> = ({ log: { log, cosigned, head } }) => {
  if (head !== undefined)
    return (
      <>
        by entry {showCount(head.entry)} of the register, at {head.at}, up to
        size {showCount(head.size)}
        {head.closed && "; closed"}
      </>
    );
  if (cosigned.length > 0)
    return <>{cosigned.map(({ by, at }) => `by ${by} at ${at}`).join(", ")}</>;
  return log === "register" ? (
    <>by nobody outside</>
  ) : (
    <>by no head of the register yet</>
  );
};

const Check: FC<Props> = ({ overview: o, address }) => (
  <section>
    <h2>How to check</h2>
    <p>
      Take the program from somebody other than this office. It rebuilds every
      tree, verifies every signature and decides everything again:
    </p>
    <pre>
      {`node vitrine-verify.mjs ${address} --genesis ${o.fingerprint === "" ? "HASH" : o.fingerprint} --policy FILE`}
    </pre>
    <p>
      {o.programs.checkPage === undefined ? (
        "The page that checks in a browser is not beside this program."
      ) : (
        <>
          <a href="/check">The page that checks in a browser</a> is one file (
          <a href="/check" download="vitrine-check.html">
            keep it
          </a>
          ). Code from the office cannot clear the office: open a copy that you
          hold against a digest from elsewhere.
        </>
      )}
    </p>
    <p>
      SHA-256 of what lies beside this office, and of what the same version
      built from its sources is:
    </p>
    <pre>
      {[
        [o.programs.verifier, "vitrine-verify.mjs"],
        [o.programs.checkPage, "vitrine-check.html"],
      ]
        .map(([digest, file]) => `${digest ?? "not here"}  ${file}`)
        .join("\n")}
    </pre>
  </section>
);

const Entries: FC<{ overview: LogsOverview }> = ({ overview: { entries } }) => (
  <section>
    <h2>Latest entries of the register log</h2>
    <Table
      label="Latest entries"
      caption="A proof is a C2SP tlog-proof file: it holds the entry and shows, without this office, that it stands in the log. Any entry of any log has one at /proof/LOG/INDEX or /proof/LOG/LEAF-HASH."
      head={[
        ["Entry", true],
        ["What", false],
        ["Leaf hash", false],
        ["Proof", false],
      ]}
      none="No entry is public yet."
      rows={entries.map(({ entry, what, leaf, proof }) => [
        <a href={`/acts/${entry}`}>{showCount(entry)}</a>,
        what,
        <code>{leaf}</code>,
        <a href={proof}>proof of entry {showCount(entry)}</a>,
      ])}
    />
  </section>
);
