import type { FC, PropsWithChildren } from "hono/jsx";
import type { ActLine, Overview } from "./overview.ts";
import { showCount, showMoney } from "../audit/says.ts";

type Props = { readonly overview: Overview };

/** The glass case in one page: what this office is, what it serves, who pays what and why, what it did, who watches. */
export const FrontPage: FC<Props> = ({ overview: o }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{o.title}</title>
      <link rel="stylesheet" href="/style.css" />
      <link rel="alternate" type="application/json" href="/index.json" />
    </head>
    <body>
      <header>
        <h1>{o.title}</h1>
        <p>
          This office registers what data the state holds, grants and prices
          access under published rules, serves it through one gate, and writes
          every act to a log that anyone can check.
        </p>
      </header>
      <main>
        <Figures overview={o} />
        {o.demonstration && (
          <p class="notice">
            A demonstration: the province, its bodies, persons and companies are
            invented. Its history was made by submitting acts and requests to
            this same program with only the clock given; before the first
            cosignature every time is the office's word.
          </p>
        )}
        <Systems overview={o} />
        <Prices overview={o} />
        <Charged overview={o} />
        <Acts
          title="Refused acts"
          lines={o.refusedActs}
          caption="By post, not by person. A refusal is an entry of the log like any other."
        />
        <Acts
          title="Latest acts"
          lines={o.acts}
          caption={`The last ${o.acts.length} of ${showCount(o.counts.acts)} acts.`}
        />
        <Log overview={o} />
      </main>
      <footer class="quiet">
        <p>
          <a href="/index.json">This page as JSON</a>. The logs and this page
          may be copied, mirrored and republished by anyone. No record of who
          reads this page is kept.
        </p>
      </footer>
    </body>
  </html>
);

const Figures: FC<Props> = ({ overview: o }) => {
  const { served, known, notServed } = o.coverage;
  const currencies = Object.keys(o.charged.total);
  const money = currencies.length === 0 ? ["CNY"] : currencies;
  return (
    <>
      <p>
        <strong>
          {served.length} of {known} known systems are served through this gate.{" "}
          {notServed.length} are not.
        </strong>
      </p>
      <svg
        class="bar"
        viewBox={`0 0 ${Math.max(1, known)} 1`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${served.length} of ${known} systems served`}
      >
        <rect width={known} height="1" fill="var(--line)" />
        <rect width={served.length} height="1" fill="var(--accent)" />
      </svg>
      <ul class="figures">
        <li>
          <b>
            {money.map((c) => showMoney(o.charged.total[c] ?? 0, c)).join(", ")}
          </b>{" "}
          charged in {o.charged.year}, of which{" "}
          <strong>
            {money
              .map((c) => showMoney(o.charged.withoutGround[c] ?? 0, c))
              .join(", ")}{" "}
            without ground or approval
          </strong>
          <How>
            Sum of the charges of all {showCount(o.charged.uses)} uses under
            permits of the year, from the usage logs; a charge has a ground when
            its fee standard in the register names one.
          </How>
        </li>
        <li>
          <b>{showCount(o.counts.refused)}</b> refused acts, of{" "}
          {showCount(o.counts.acts)}
          <How>
            Entries of the register log of type act with the outcome refused.
          </How>
        </li>
        <li>
          <b>{showCount(o.prices.length)}</b> permits in force
          <How>
            Granted, not revoked, inside their dates, for a product that is
            still offered.
          </How>
        </li>
        <li>
          <b>{watchedBy(o)}</b> {watchedHow(o)}
          <How>
            {o.watchers.policy === undefined
              ? "No act has adopted a witness policy."
              : "The register holds a witness policy; a checkpoint is public only when its quorum has cosigned. A witness on the office's own machine could be made to forget with it."}
          </How>
        </li>
      </ul>
    </>
  );
};

function watchedBy({ watchers }: Overview): string {
  if (watchers.policy === undefined) return "Nobody outside";
  return watchers.witnesses === 1
    ? "One witness"
    : `${watchers.witnesses} witnesses`;
}

function watchedHow({ watchers }: Overview): string {
  if (watchers.policy === undefined)
    return "watches this log: its times and its completeness are the office's word";
  return watchers.sameMachine
    ? "watches this log, on this machine: not independent"
    : "named by the office cosign this log";
}

const How: FC<PropsWithChildren> = ({ children }) => (
  <details>
    <summary>how computed</summary>
    {children}
  </details>
);

const Table: FC<
  PropsWithChildren<{
    label: string;
    caption: string;
    head: readonly (readonly [string, boolean])[];
  }>
> = ({ label, caption, head, children }) => (
  <div class="scroll" tabindex={0} role="region" aria-label={label}>
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {head.map(([name, number]) => (
            <th scope="col" class={number ? "number" : ""}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);

const Systems: FC<Props> = ({ overview: o }) => (
  <section>
    <h2>What is known, and what passes the gate</h2>
    <Table
      label="Systems"
      caption="Data of systems that do not pass this gate is outside everything that this page and its log can say."
      head={[
        ["System", false],
        ["Run by", false],
        ["Through the gate", false],
        ["Datasets", false],
      ]}
    >
      {o.systems.map((s) => (
        <tr>
          <td>{s.title}</td>
          <td>{s.body}</td>
          <td>
            {s.served
              ? "yes"
              : s.described
                ? "no"
                : "no: registered by its existence only"}
          </td>
          <td>{s.datasets.join(", ")}</td>
        </tr>
      ))}
    </Table>
  </section>
);

const Prices: FC<Props> = ({ overview: o }) => (
  <section>
    <h2>Who may use what, at which price</h2>
    <Table
      label="Permits and prices"
      caption="Permits in force. A price is by product and class of payer, never by name."
      head={[
        ["Who", false],
        ["Class", false],
        ["Product", false],
        ["Purpose", false],
        ["Price", true],
        ["Paid to, on what ground", false],
        ["Until", false],
        ["Calls so far", true],
      ]}
    >
      {o.prices.map((p) => (
        <tr>
          <td>{p.organisation}</td>
          <td>{p.class}</td>
          <td>{p.product}</td>
          <td>{p.purpose}</td>
          <td class="number">
            {p.price === undefined
              ? "free"
              : `${showMoney(p.price.amount, p.price.currency)} per ${p.price.unit}`}
          </td>
          <td>
            {p.price === undefined
              ? p.because
              : `${p.price.payee}, ${p.price.ground}${p.price.ceiling === undefined ? "" : `; ceiling ${showMoney(p.price.ceiling, p.price.currency)}`}`}
          </td>
          <td>{p.until}</td>
          <td class="number">{showCount(p.calls)}</td>
        </tr>
      ))}
    </Table>
  </section>
);

const Charged: FC<Props> = ({ overview: o }) => (
  <section>
    <h2>Charged in {o.charged.year}, and on what ground</h2>
    <Table
      label="Charges"
      caption="From the usage logs; anyone can add them up again."
      head={[
        ["Fee standard", false],
        ["Product", false],
        ["Paid to", false],
        ["Ground", false],
        ["Uses", true],
        ["Charged", true],
      ]}
    >
      {o.charged.lines.length === 0 && (
        <tr>
          <td colspan={6}>Nothing was charged this year.</td>
        </tr>
      )}
      {o.charged.lines.map((line) => (
        <tr>
          <td>{line.fee}</td>
          <td>{line.product}</td>
          <td>{line.payee}</td>
          <td>{line.ground ?? <span class="refused">none</span>}</td>
          <td class="number">{showCount(line.uses)}</td>
          <td class="number">{showMoney(line.charged, line.currency)}</td>
        </tr>
      ))}
    </Table>
  </section>
);

const Acts: FC<{
  title: string;
  caption: string;
  lines: readonly ActLine[];
}> = ({ title, caption, lines }) => (
  <section>
    <h2>{title}</h2>
    <Table
      label={title}
      caption={caption}
      head={[
        ["Entry", true],
        ["When", false],
        ["Act", false],
        ["Signed", false],
        ["Ruling", false],
      ]}
    >
      {lines.map((line) => (
        <tr>
          <td class="number">{showCount(line.entry)}</td>
          <td>{line.at}</td>
          <td>{line.what}</td>
          <td>{line.by}</td>
          <td>
            <span class={line.outcome}>{line.outcome}</span>
            {line.findings.length > 0 && (
              <ul class="plain">
                {line.findings.map((f) => (
                  <li>
                    {f.says}{" "}
                    <span class="quiet">
                      ({f.rule}, {f.cites})
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </td>
        </tr>
      ))}
    </Table>
  </section>
);

const Log: FC<Props> = ({ overview: o }) => (
  <section>
    <h2>The log, and who watches it</h2>
    <p>
      Head: size {showCount(o.head.size)}, root <code>{o.head.root}</code>, last
      entry {o.head.since}. Fingerprint of the office (its founding act):{" "}
      <code>{o.fingerprint}</code>.{" "}
      <a href="/log/register/checkpoint">Checkpoint</a>
    </p>
    <p>
      {o.watchers.policy === undefined ? (
        "Nobody outside watches this log."
      ) : (
        <>
          Watched since {o.watchers.since} under{" "}
          <a href={`/${o.watchers.policy}`}>this policy</a>
          {o.demonstration &&
            ": one witness, run on this machine and not independent"}
          . Before that, every time is the office's word.
        </>
      )}
    </p>
    <h2>What the last check could not check</h2>
    {o.lastCheck === undefined ? (
      <p>No check has ended yet since this program was started.</p>
    ) : (
      <>
        <p>
          The office ran the stranger's check on itself at {o.lastCheck.at}:{" "}
          <strong>{o.lastCheck.conclusion}</strong>. Code from the office cannot
          clear the office: run your own copy.
        </p>
        <pre>{o.lastCheck.lines.join("\n")}</pre>
      </>
    )}
  </section>
);
