import type { FC } from "hono/jsx";
import type { ActOf } from "../../acts/act.ts";
import { bytesToHex, fromBase64url } from "../../acts/bytes.ts";
import { type Message, say } from "../lang/say.ts";
import { ProofStatus } from "../proof-status.tsx";
import type { DatasetView } from "./datasets.ts";
import {
  EntryLink,
  Facts,
  HistoryOf,
  Rows,
  Section,
  SpanOf,
  Thing,
  Things,
} from "./parts.tsx";
import { ProductRows } from "./products-page.tsx";
import { RuleLink } from "./rule-link.tsx";
import { inNumber, type When, whenIn } from "./show.ts";
import { SERVINGS } from "./systems-page.tsx";
import { CLASSIFICATIONS, termOf } from "./terms.ts";
import { UsesByMonth } from "./uses-by-month.tsx";

type Props = {
  readonly id: string;
  readonly view: DatasetView;
  readonly hasSample: boolean;
};
type Timed = { readonly view: DatasetView; readonly when: When };

/** What stands around a dataset, with the way to each of it: it goes into the dataset's page. */
export const DatasetMore: FC<Props> = ({ id, view, hasSample }) => {
  const when = whenIn(view.offsetMinutes);
  return (
    <>
      <Section title={say("Where it belongs")} id="around">
        <Facts
          rows={[
            [say("Body"), <Thing of={view.body} />],
            [say("System"), <Thing of={view.system} />],
            [
              say("Classification"),
              termOf(CLASSIFICATIONS, view.classification),
            ],
            [say("Whether it is served"), termOf(SERVINGS, view.serving)],
            [
              say("Lent under"),
              view.lent === undefined ? undefined : (
                <Things
                  of={view.lent.map(({ contribution }) => contribution)}
                />
              ),
            ],
            [
              say("Who has a permit for it"),
              view.users.inAll === 0 ? (
                say("nobody")
              ) : (
                <Things of={view.users.organisations} />
              ),
            ],
            [
              say("Registered as"),
              view.registrations.length === 0 ? undefined : (
                <ul class="names">
                  {view.registrations.map((one) => (
                    <li>
                      {one.code ?? one.registration}{" "}
                      <EntryLink entry={one.entry} />
                    </li>
                  ))}
                </ul>
              ),
            ],
          ]}
        />
        {view.serving === "open" && !hasSample && (
          <p>
            <a href={`/data/${id}?limit=5`} rel="nofollow">
              {say("Ask for five rows")}
            </a>
            {say(": ")}
            {say("that is a use, counted and not traced.")}
          </p>
        )}
      </Section>
      <Withheld view={view} when={when} />
      <ProductRows
        title={say("Products of it")}
        rows={view.products}
        when={when}
      />
      <UsesByMonth rows={view.uses} uncounted={view.uncounted} />
      <Operators view={view} when={when} />
      <Vintages view={view} when={when} />
      <HistoryOf history={view.history} when={when} />
      <ProofStatus status={view.proof} when={when} />
    </>
  );
};

const GROUNDS = {
  stateSecret: "state secret",
  workSecret: "work secret",
  businessSecret: "business secret",
  personalData: "personal data",
  security: "security",
} as const satisfies Record<ActOf<"withheld">["ground"], Message>;

const Withheld: FC<Timed> = ({ view: { withheld }, when }) =>
  withheld === undefined ? null : (
    <p class="notice">
      {say("Withheld: it is shown to nobody. Ground: {ground}.", {
        ground: termOf(GROUNDS, withheld.ground),
      })}{" "}
      <RuleLink rule={withheld.rule} />, <EntryLink entry={withheld.entry} />
      {". "}
      <SpanOf span={withheld.span} when={when} />
      {withheld.review !== undefined &&
        `. ${say("Looked at again at {time}.", { time: when(withheld.review) })}`}
    </p>
  );

const Operators: FC<Timed> = ({ view, when }) => (
  <Rows
    title={say("Who may operate it")}
    caption={say("Authorisations over it, the newest first.")}
    none={say(
      "Nobody is authorised to operate it: what is offered of it the office offers itself.",
    )}
    head={[
      [say("Authorisation")],
      [say("Operator")],
      [say("Exclusive")],
      [say("How long")],
    ]}
    rows={view.authorisations.map((one) => [
      <Thing of={one.authorisation} />,
      <Thing of={one.operator} />,
      one.exclusive ? say("yes") : say("no"),
      <SpanOf span={one.span} when={when} />,
    ])}
  />
);

const Vintages: FC<Timed> = ({ view: { vintages }, when }) => (
  <>
    <Rows
      title={say("Its states")}
      caption={say(
        "Each vintage, the newest first: how many rows, and the SHA-256 of the file that it is served from.",
      )}
      none={say("No vintage of it was entered.")}
      head={[
        [say("Vintage"), "number"],
        [say("Rows"), "number"],
        [say("Entered")],
        [say("Entry")],
        ["SHA-256"],
      ]}
      rows={vintages.lines.map((one) => [
        inNumber(one.vintage),
        inNumber(one.rows),
        when(one.at),
        <EntryLink entry={one.entry} />,
        <code>{bytesToHex(fromBase64url(one.digest))}</code>,
      ])}
    />
    {vintages.inAll > vintages.lines.length && (
      <p class="quiet">
        {say("{n} vintages in all; these are the newest {shown}.", {
          n: inNumber(vintages.inAll),
          shown: inNumber(vintages.lines.length),
        })}
      </p>
    )}
  </>
);
