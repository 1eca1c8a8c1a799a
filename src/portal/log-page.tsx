import type { FC } from "hono/jsx";
import { sayWatched } from "./watched.ts";
import { checkHref } from "./check-routes.ts";
import { Frame } from "./frame.tsx";
import { say, sayWith } from "./lang/say.ts";
import { Table } from "./table.tsx";
import type { LogLine, LogsOverview } from "./logs-overview.ts";
import { When } from "./when.tsx";
import { sayNumber } from "./lang/figures.ts";

type Props = { readonly overview: LogsOverview; readonly address: string };

/** The logs in one page: how large, signed by which keys, watched by whom, and how a stranger checks them. */
export const LogPage: FC<Props> = ({ overview: o, address }) => {
  return (
    <Frame
      title={say("The logs, and who watches them")}
      long
      json="/log.json"
      lead={
        <>
          <h1>{say("The logs, and who watches them")}</h1>
          <p>
            <strong>{sayWatched(o)}</strong>
            {o.watchers.policy !== undefined && (
              <>
                {" "}
                {sayWith(
                  "{policy} names who watches; whom you trust is your choice.",
                  {
                    policy: (
                      <a href={`/${o.watchers.policy}`}>
                        {say("The office's own policy")}
                      </a>
                    ),
                  },
                )}
              </>
            )}
          </p>
        </>
      }
      foot={<p>{sayWith("As of {at}.", { at: <When at={o.at} /> })}</p>}
    >
      <Logs logs={o.logs} />
      <Check overview={o} address={address} />
      <Entries overview={o} />
    </Frame>
  );
};

const Logs: FC<{ logs: readonly LogLine[] }> = ({ logs }) => (
  <section>
    <h2>{say("Logs")}</h2>
    <Table
      label={say("Logs")}
      caption={say(
        "Sizes are those of the newest public checkpoints. The register log is cosigned; each usage log is bound by its heads in the register log.",
      )}
      head={[
        [say("Log"), false],
        [say("Entries"), true],
        [say("Root"), false],
        [say("Confirmed"), false],
        [say("Key, as C2SP tools take it"), false],
      ]}
      none={say("No log is public yet.")}
      rows={logs.map((log) => [
        <a href={`/log/${log.log}/entries`}>{log.log}</a>,
        sayNumber(log.size),
        <a href={`/log/${log.log}/checkpoint`}>
          <code>{log.root}</code>
        </a>,
        <Confirmed log={log} />,
        <code>{log.verifierKey}</code>,
      ])}
    />
  </section>
);

const Confirmed: FC<{ log: LogLine }> = ({
  log: { log, size, cosigned, head },
}) => {
  if (head !== undefined)
    return (
      <>
        {sayWith(
          "by entry {entry} of the register, at {at}, up to size {size}",
          {
            entry: sayNumber(head.entry),
            at: <When at={head.at} />,
            size: sayNumber(head.size),
          },
        )}
        {head.closed && say("; closed")}
        {head.size > size && (
          <p class="quiet">
            {say(
              "That is more than is public: uses of the running hour are entered and confirmed at once, and published when the hour is over.",
            )}
          </p>
        )}
      </>
    );
  if (cosigned.length > 0)
    return (
      <>
        {cosigned.map(({ by, at }, index) => (
          <>
            {index > 0 && say(", ")}
            {sayWith("by {by} at {at}", { by, at: <When at={at} /> })}
          </>
        ))}
      </>
    );
  return log === "register" ? (
    <>{say("by nobody outside")}</>
  ) : (
    <>{say("by no head of the register yet")}</>
  );
};

const Check: FC<Props> = ({ overview: o, address }) => (
  <section>
    <h2>{say("How to check")}</h2>
    <p>
      {say(
        "Take the program from somebody other than this office. It rebuilds every tree, verifies every signature and decides everything again:",
      )}
    </p>
    <pre>
      {`node vitrine-verify.mjs ${address} --genesis ${o.fingerprint === "" ? "HASH" : o.fingerprint} --policy FILE`}
    </pre>
    <p>
      {o.programs.checkPage === undefined ? (
        say("The page that checks in a browser is not beside this program.")
      ) : (
        <>
          {sayWith(
            "{page} is one file ({keep}). Code from the office cannot clear the office: open a copy that you hold against a digest from elsewhere.",
            {
              page: (
                <a href={checkHref()}>
                  {say("The page that checks in a browser")}
                </a>
              ),
              keep: (
                <a href="/check" download="vitrine-check.html">
                  {say("keep it")}
                </a>
              ),
            },
          )}
        </>
      )}
    </p>
    <p>
      {say(
        "SHA-256 of what lies beside this office, and of what the same version built from its sources is:",
      )}
    </p>
    <pre>
      {[
        [o.programs.verifier, "vitrine-verify.mjs"],
        [o.programs.checkPage, "vitrine-check.html"],
      ]
        .map(([digest, file]) => `${digest ?? say("not here")}  ${file}`)
        .join("\n")}
    </pre>
  </section>
);

const Entries: FC<{ overview: LogsOverview }> = ({ overview: { entries } }) => (
  <section>
    <h2>{say("Latest entries of the register log")}</h2>
    <Table
      label={say("Latest entries")}
      caption={say(
        "A proof is a C2SP tlog-proof file: it holds the entry and shows, without this office, that it stands in the log. Any entry of any log has one at /proof/LOG/INDEX or /proof/LOG/LEAF-HASH.",
      )}
      head={[
        [say("Entry"), true],
        [say("What"), false],
        [say("Leaf hash"), false],
        [say("Proof"), false],
      ]}
      none={say("No entry is public yet.")}
      rows={entries.map(({ entry, what, leaf, proof }) => [
        <a href={`/acts/${entry}`}>{sayNumber(entry)}</a>,
        what,
        <code>{leaf}</code>,
        <a href={proof}>
          {say("proof of entry {entry}", { entry: sayNumber(entry) })}
        </a>,
      ])}
    />
  </section>
);
