import type { FC } from "hono/jsx";
import { showCount, showMoney } from "../audit/says.ts";
import { Figures, watchedBy, watchedHow } from "./figures.tsx";
import type { ActLine, Overview } from "./overview.ts";
import { Frame } from "./frame.tsx";
import { More } from "./front-more.tsx";
import { Overrides } from "./overrides-page.tsx";
import { Table } from "./table.tsx";

type Props = { readonly overview: Overview };

const PAGES = [
  ["/due", "What is due"],
  ["/law", "The law"],
  ["/purposes", "Purposes"],
  ["/authorisations", "Who may operate the data"],
  ["/registrations", "Registrations"],
  ["/fees", "Prices"],
  ["/overrides", "Decisions against a rule"],
  ["/reports", "Reports"],
  ["/contributions", "What was lent"],
  ["/retention", "What is kept, and until when"],
  ["/index.json", "This page as JSON"],
] as const;

/** The glass case in one page: what this office is, what it serves, who pays what and why, what it did, who watches. */
export const FrontPage: FC<Props> = ({ overview: o }) => {
  const title = o.title === "" ? "An office that is not founded yet" : o.title;
  return (
    <Frame
      title={title}
      json="/index.json"
      lead={
        <>
          <h1>{title}</h1>
          <p>
            This office registers what data the state holds, grants and prices
            access under published rules, serves it through one gate, and writes
            every act to a log that anyone can check.
          </p>
        </>
      }
      foot={
        <>
          <nav aria-label="Pages of this office">
            <ul class="links">
              {PAGES.map(([path, says]) => (
                <li>
                  <a href={path}>{says}</a>
                </li>
              ))}
            </ul>
          </nav>
          <p>
            The logs and this page may be copied, mirrored and republished by
            anyone. No record of who reads this page is kept.
          </p>
        </>
      }
    >
      {o.fingerprint === "" ? <Unfounded /> : <Founded overview={o} />}
      <Log overview={o} />
    </Frame>
  );
};

const Unfounded: FC = () => (
  <p class="notice">
    No founding act is public yet. Until then this office has registered
    nothing, granted nothing and serves nothing.
  </p>
);

const Founded: FC<Props> = ({ overview: o }) => (
  <>
    <Figures overview={o} />
    {o.demonstration && (
      <p class="notice">
        A demonstration: the province, its bodies, persons and companies are
        invented. Its history was made by submitting acts and requests to this
        same program with only the clock given; before the first cosignature
        every time is the office's word.
      </p>
    )}
    {o.overrides.length > 0 && (
      <section>
        <h2>Decided against a rule, and not looked at again yet</h2>
        <Overrides none="" lines={o.overrides} />
      </section>
    )}
    <Systems overview={o} />
    <More
      shown={o.systems.length}
      total={o.coverage.known}
      href="/search?kind=system"
    />
    <Prices overview={o} />
    <More
      shown={o.prices.length}
      total={o.permitsInForce}
      href="/search?kind=permit"
    />
    <Charged overview={o} />
    <More shown={o.charged.lines.length} total={o.charged.fees} href="/fees" />
    <Acts
      title="Refused acts"
      lines={o.refusedActs}
      caption="By post, not by person. A refusal is an entry of the log like any other."
    />
    <More
      shown={o.refusedActs.length}
      total={o.counts.refused}
      href="/acts?refused=1"
    />
    <Acts
      title="Latest acts"
      lines={o.acts}
      caption={`The last ${o.acts.length} of ${showCount(o.counts.acts)} acts.`}
    />
    <More shown={o.acts.length} total={o.counts.acts} href="/acts" />
  </>
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
      none="No system is registered."
      rows={o.systems.map((s) => [
        s.title,
        s.body,
        s.served
          ? "yes"
          : s.described
            ? "no"
            : "no: registered by its existence only",
        s.datasets.map((id, index) => (
          <>
            {index > 0 && ", "}
            <a href={`/datasets/${id}`}>{id}</a>
          </>
        )),
      ])}
    />
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
      none="No permit is in force."
      rows={o.prices.map((p) => [
        p.organisation,
        p.class,
        p.product,
        p.purpose,
        p.price === undefined
          ? "free"
          : `${showMoney(p.price.amount, p.price.currency)} per ${p.price.unit}`,
        p.price === undefined
          ? p.because
          : `${p.price.payee}, ${p.price.ground}${p.price.ceiling === undefined ? "" : `; ceiling ${showMoney(p.price.ceiling, p.price.currency)}`}`,
        p.until,
        showCount(p.calls),
      ])}
    />
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
      none="Nothing was charged this year."
      rows={o.charged.lines.map((line) => [
        line.fee,
        line.product,
        line.payee,
        line.ground ?? <span class="refused">none</span>,
        showCount(line.uses),
        showMoney(line.charged, line.currency),
      ])}
    />
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
      none="None yet."
      rows={lines.map((line) => [
        <a href={`/acts/${line.entry}`}>{showCount(line.entry)}</a>,
        line.at,
        line.what,
        line.by,
        <Ruled line={line} />,
      ])}
    />
  </section>
);

const Ruled: FC<{ line: ActLine }> = ({ line }) => (
  <div>
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
  </div>
);

const Log: FC<Props> = ({ overview: o }) => (
  <section>
    <h2>The log, and who watches it</h2>
    <p>
      Head: size {showCount(o.head.size)}, root <code>{o.head.root}</code>
      {o.head.since !== undefined && `, last entry ${o.head.since}`}.
      {o.fingerprint !== "" && (
        <>
          {" "}
          Fingerprint of the office (its founding act):{" "}
          <code>{o.fingerprint}</code>.{" "}
          <a href="/log/register/checkpoint">Checkpoint</a>. For a witness, or
          any tool that reads C2SP logs, its key is{" "}
          <code>{o.head.verifierKey}</code>.{" "}
          <a href="/log">All logs, proofs, and how to check them</a>.{" "}
          <a href="/keys">All keys</a>, of the log, of machines and of posts,
          over time.
        </>
      )}
    </p>
    <p>
      {watchedBy(o)} {watchedHow(o)}.
      {o.watchers.policy !== undefined && (
        <>
          {" "}
          <a href={`/${o.watchers.policy}`}>This policy</a> is in force since{" "}
          {o.watchers.since}; before the first cosignature every time is the
          office's word.
          {o.watchers.cosigned !== undefined &&
            ` What is public was cosigned last at ${o.watchers.cosigned}; it is cosigned again every ten minutes though nothing grows.`}
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
