import type { FC } from "hono/jsx";
import { Figures } from "./figures.tsx";
import { sayWatched } from "./watched.ts";
import type { ActLine, Overview, PriceLine } from "./overview.ts";
import { Contents, Frame } from "./frame.tsx";
import { More } from "./front-more.tsx";
import { LastChecked } from "./last-check.tsx";
import { type Message, say, sayWith } from "./lang/say.ts";
import { Overrides } from "./overrides-page.tsx";
import { Table } from "./table.tsx";
import { pathOf } from "./things/ref.ts";
import { sayFree, sayPayer } from "./things/terms.ts";
import { When } from "./when.tsx";
import { sayPriceOf } from "./prices.ts";
import { sayMoney, sayNumber } from "./lang/figures.ts";
import { sentenceOf } from "./acts/plainly.ts";
import { Broken } from "./broken.tsx";

type Props = { readonly overview: Overview };

/** Pages that the bar above does not name. */
const PAGES: readonly (readonly [path: string, says: Message])[] = [
  ["/since", "What changed since you were here"],
  ["/products", "Products"],
  ["/systems", "Information systems"],
  ["/permits", "Permits"],
  ["/posts", "Posts"],
  ["/promises", "Promises"],
  ["/authorisations", "Who may operate the data"],
  ["/registrations", "Registrations"],
  ["/purposes", "Purposes"],
  ["/overrides", "Decisions against a rule"],
  ["/reports", "Reports"],
  ["/contributions", "What was lent"],
  ["/retention", "What is kept, and until when"],
  ["/keys", "Keys over time"],
];

/** The glass case in one page: what this office is, what it serves, who pays what and why, what it did, who watches. */
export const FrontPage: FC<Props> = ({ overview: o }) => {
  const title =
    o.title === "" ? say("An office that is not founded yet") : o.title;
  return (
    <Frame
      title={title}
      json="/index.json"
      lead={
        <>
          <h1>{title}</h1>
          <p>
            {say(
              "This office registers what data the state holds, grants and prices access under published rules, serves it through one gate, and writes every act to a log that anyone can check.",
            )}
          </p>
        </>
      }
      foot={
        <>
          <nav aria-label={say("More pages of this office")}>
            <ul class="links">
              {PAGES.map(([path, says]) => (
                <li>
                  <a href={path}>{say(says)}</a>
                </li>
              ))}
            </ul>
          </nav>
          <p>
            {say(
              "The logs and this page may be copied, mirrored and republished by anyone. No record of who reads this page is kept.",
            )}
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
    {say(
      "No founding act is public yet. Until then this office has registered nothing, granted nothing and serves nothing.",
    )}
  </p>
);

const Founded: FC<Props> = ({ overview: o }) => (
  <>
    <Figures overview={o} />
    <Contents />
    {o.demonstration && (
      <p class="notice">
        {say(
          "A demonstration: the province, its bodies, persons and companies are invented. Its history was made by submitting acts and requests to this same program with only the clock given; before the first cosignature every time is the office's word.",
        )}
      </p>
    )}
    {o.overrides.length > 0 && (
      <section>
        <h2>{say("Decided against a rule, and not looked at again yet")}</h2>
        <Overrides
          label={say("Decided against a rule, and not looked at again yet")}
          none=""
          lines={o.overrides}
        />
      </section>
    )}
    {o.disowned.total > 0 && (
      <>
        <Acts
          title={say("Disowned by whoever had signed")}
          lines={o.disowned.acts}
          caption={say(
            "What was disowned never took effect. It is no verdict on who signed.",
          )}
        />
        <More
          shown={o.disowned.acts.length}
          total={o.disowned.total}
          href="/acts?kind=disowned"
        />
      </>
    )}
    <Systems overview={o} />
    <More shown={o.systems.length} total={o.coverage.known} href="/systems" />
    <Prices overview={o} />
    <More
      shown={o.prices.length}
      total={o.permitsInForce}
      href="/permits?show=inForce"
    />
    <Charged overview={o} />
    <More shown={o.charged.lines.length} total={o.charged.fees} href="/fees" />
    <Acts
      title={say("Refused acts")}
      lines={o.refusedActs}
      caption={say(
        "By post, not by person. A refusal is an entry of the log like any other.",
      )}
    />
    <More
      shown={o.refusedActs.length}
      total={o.counts.refused}
      href="/acts?refused=1"
    />
    <Acts
      title={say("Latest acts")}
      lines={o.acts}
      caption={say("The last {n} of {all} acts.", {
        n: o.acts.length,
        all: sayNumber(o.counts.acts),
      })}
    />
    <More shown={o.acts.length} total={o.counts.acts} href="/acts" />
  </>
);

const Systems: FC<Props> = ({ overview: o }) => (
  <section>
    <h2>{say("What is known, and what passes the gate")}</h2>
    <Table
      label={say("Systems")}
      caption={say(
        "Data of systems that do not pass this gate is outside everything that this page and its log can say.",
      )}
      head={[
        [say("System"), false],
        [say("Run by"), false],
        [say("Through the gate"), false],
        [say("Datasets"), false],
      ]}
      none={say("No system is registered.")}
      rows={o.systems.map((s) => [
        <a href={pathOf("system", s.system)}>{s.title}</a>,
        s.body,
        s.served
          ? say("yes")
          : s.described
            ? say("no")
            : say("no: registered by its existence only"),
        s.datasets.map(({ href, title }, index) => (
          <>
            {index > 0 && say(", ")}
            <a href={href}>{title}</a>
          </>
        )),
      ])}
    />
  </section>
);

const Prices: FC<Props> = ({ overview: o }) => (
  <section>
    <h2 id="prices">{say("Who may use what, at which price")}</h2>
    <Table
      label={say("Permits and prices")}
      caption={say(
        "Permits in force. A price is by product and class of payer, never by name.",
      )}
      head={[
        [say("Who"), false],
        [say("Class"), false],
        [say("Product"), false],
        [say("Purpose"), false],
        [say("Price"), true],
        [say("Paid to, on what ground"), false],
        [say("Permit"), false],
        [say("Until"), false],
        [say("Calls so far"), true],
      ]}
      none={say("No permit is in force.")}
      rows={o.prices.map((p) => [
        <a href={pathOf("organisation", p.holder)}>{p.organisation}</a>,
        sayPayer(p.class),
        <a href={pathOf("product", p.product)}>{p.productTitle}</a>,
        p.purposeTitle,
        p.price === undefined ? say("free") : sayPriceOf(p.price),
        paidOf(p),
        <a href={pathOf("permit", p.permit)}>{p.permit}</a>,
        <When at={p.until} />,
        sayNumber(p.calls),
      ])}
    />
  </section>
);

function paidOf({ price, because }: PriceLine): string {
  if (price === undefined) return sayFree(because);
  const { payee, ground, ceiling, currency } = price;
  return ceiling === undefined
    ? say("{payee}, {ground}", { payee, ground })
    : say("{payee}, {ground}; ceiling {amount}", {
        ...{ payee, ground, amount: sayMoney(ceiling, currency) },
      });
}

const Charged: FC<Props> = ({ overview: o }) => (
  <section>
    <h2 id="charged">
      {say("Charged in {year}, and on what ground", { year: o.charged.year })}
    </h2>
    <Table
      label={say("Charges")}
      caption={say("From the usage logs; anyone can add them up again.")}
      head={[
        [say("Fee standard"), false],
        [say("Product"), false],
        [say("Paid to"), false],
        [say("Ground"), false],
        [say("Uses"), true],
        [say("Charged"), true],
      ]}
      none={say("Nothing was charged this year.")}
      rows={o.charged.lines.map((line) => [
        <a href={pathOf("fee", line.fee)}>{line.fee}</a>,
        <a href={pathOf("product", line.product)}>{line.productTitle}</a>,
        line.payee,
        line.ground ?? <span class="refused">{say("none")}</span>,
        sayNumber(line.uses),
        sayMoney(line.charged, line.currency),
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
        [say("Entry"), true],
        [say("When"), false],
        [say("Act"), false],
        [say("Signed"), false],
        [say("Outcome"), false],
      ]}
      none={say("None yet.")}
      rows={lines.map((line) => [
        <a href={`/acts/${line.entry}`}>{sayNumber(line.entry)}</a>,
        <When at={line.at} />,
        sentenceOf(line),
        line.by,
        <Ruled line={line} />,
      ])}
    />
  </section>
);

const Ruled: FC<{ line: ActLine }> = ({ line }) => (
  <div>
    <span class={line.badge.tone}>{line.badge.says}</span>
    {line.findings.length > 0 && (
      <ul class="plain">
        {line.findings.map((f) => (
          <li>
            <Broken
              {...{ rule: f.rule, cites: f.cites }}
              says={f.rule === line.because?.rule ? undefined : f.says}
            />
          </li>
        ))}
      </ul>
    )}
  </div>
);

const Log: FC<Props> = ({ overview: o }) => (
  <section>
    <h2>{say("The log, and who watches it")}</h2>
    <p>
      {o.head.since === undefined
        ? sayWith("Head: size {size}, root {root}.", {
            size: sayNumber(o.head.size),
            root: <code>{o.head.root}</code>,
          })
        : sayWith("Head: size {size}, root {root}, last entry {since}.", {
            size: sayNumber(o.head.size),
            root: <code>{o.head.root}</code>,
            since: <When at={o.head.since} />,
          })}
      {o.fingerprint !== "" && (
        <>
          {" "}
          {sayWith(
            "Fingerprint of the office (its founding act): {fingerprint}. For a witness, or any tool that reads C2SP logs, its key is {key}.",
            {
              fingerprint: <code>{o.fingerprint}</code>,
              key: <code>{o.head.verifierKey}</code>,
            },
          )}
        </>
      )}
    </p>
    <ul class="links">
      {o.fingerprint !== "" && (
        <li>
          <a href="/log/register/checkpoint">{say("Checkpoint")}</a>
        </li>
      )}
      <li>
        <a href="/log">{say("All logs, proofs, and how to check them")}</a>
      </li>
      <li>
        <a href="/keys">
          {say("All keys, of the log, of machines and of posts, over time")}
        </a>
      </li>
    </ul>
    <p>
      {sayWatched(o)}
      {o.watchers.policy !== undefined && (
        <>
          {" "}
          {sayWith(
            "{policy} is in force since {since}; before the first cosignature every time is the office's word.",
            {
              policy: (
                <a href={`/${o.watchers.policy}`}>{say("This policy")}</a>
              ),
              since: <When at={o.watchers.since ?? ""} />,
            },
          )}{" "}
          {o.watchers.cosigned !== undefined &&
            sayWith(
              "What is public was cosigned last at {at}; it is cosigned again every ten minutes though nothing grows.",
              { at: <When at={o.watchers.cosigned} /> },
            )}
        </>
      )}
    </p>
    <LastChecked check={o.lastCheck} />
  </section>
);
