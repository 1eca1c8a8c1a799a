import type { FC } from "hono/jsx";
import { type Message, say } from "../lang/say.ts";
import { GroundOf, sayPrice } from "./fee-rows.tsx";
import {
  EntryLink,
  Facts,
  ListPage,
  listAt,
  Pager,
  Rows,
  Section,
  SpanOf,
  Thing,
  ThingPage,
} from "./parts.tsx";
import { PermitRows } from "./permit-rows.tsx";
import type { PermitsView, PermitView } from "./permits.ts";
import { AppealRows, OrderRows } from "./remedy-rows.tsx";
import { inMoney, inNumber, type When, whenIn } from "./show.ts";
import { FREE, PAYERS, PURPOSE_CLASSES, REASONS, termOf } from "./terms.ts";
import { Uncounted } from "./uses-by-month.tsx";
import { When as Month } from "../when.tsx";
import { MonthsOfUse } from "../pictures.tsx";

const SHOWS: readonly (readonly [show: string, says: Message])[] = [
  ["", "all permits"],
  ["inForce", "in force"],
];

export const PermitsPage: FC<{ readonly view: PermitsView }> = ({ view }) => {
  const { organisation, product, show: shown } = view;
  const narrowed = { organisation, product, show: shown };
  return (
    <ListPage
      title="Permits"
      path="/permits"
      json={listAt("/permits.json", narrowed)(view.page)}
      says={
        <p>
          {say(
            "The right of one organisation to use one product for one purpose. Open data need none.",
          )}
        </p>
      }
    >
      <ul class="choices">
        {SHOWS.map(([show, says]) => (
          <li>
            <a
              href={listAt("/permits", { ...narrowed, show })(1)}
              {...(show === shown ? { "aria-current": "true" } : {})}
            >
              {say(says)}
            </a>
          </li>
        ))}
      </ul>
      {(view.organisation !== "" || view.product !== "") && (
        <p>
          {say("Narrowed by:")}{" "}
          <code>
            {view.organisation} {view.product}
          </code>{" "}
          <a href="/permits">{say("show all permits")}</a>
        </p>
      )}
      <PermitRows
        title={say("Each permit")}
        caption={say("The newest first.")}
        none={say("No such permit was granted.")}
        rows={view.rows}
        when={whenIn(view.offsetMinutes)}
      />
      <Pager page={view} at={listAt("/permits", narrowed)} />
    </ListPage>
  );
};

type Props = { readonly view: PermitView };
type Timed = Props & { readonly when: When };

export const PermitPage: FC<Props> = ({ view }) => {
  const when = whenIn(view.offsetMinutes);
  return (
    <ThingPage
      kind="Permit"
      list="Permits"
      of={["permit", view.permit.permit]}
      title={view.permit.permit}
      view={view}
      says={
        <p>
          <Thing of={view.organisation} />
          {say(": ")}
          {view.purpose.title}. <SpanOf span={view.span} when={when} />.
        </p>
      }
    >
      <Ending view={view} when={when} />
      <Chain view={view} when={when} />
      <Price view={view} />
      <Reach view={view} />
      <Uses view={view} />
      <Renewal view={view} when={when} />
      <AppealRows rows={view.appeals} when={when} />
      <OrderRows rows={view.orders} when={when} />
    </ThingPage>
  );
};

const Ending: FC<Timed> = ({ view: { ending, permit }, when }) =>
  ending === undefined ? null : (
    <div class="notice">
      <p>
        {ending.reason === undefined
          ? say("It was ended by an order or a decision of somebody else.")
          : say("It was revoked. Reason: {reason}.", {
              reason: termOf(REASONS, ending.reason),
            })}{" "}
        {ending.at !== undefined && when(ending.at)},{" "}
        <EntryLink entry={ending.entry} />
      </p>
      <p>
        {say(
          "Where to go against it, and until when, its holder is told outside this page. Appeals that were lodged stand below.",
        )}{" "}
        {permit.decides !== undefined &&
          say("It had decided the application {application}.", {
            application: permit.decides,
          })}
      </p>
    </div>
  );

const CHAIN = {
  dataset: "Dataset",
  contribution: "Contribution",
  authorisation: "Authorisation",
  product: "Product",
  permit: "Permit",
} as const satisfies Record<string, Message>;

const Chain: FC<Timed> = ({ view, when }) => (
  <Rows
    title={say("What it stands on")}
    caption={say(
      "From the data up. If one link is not in force, nobody is answered under the permit.",
    )}
    none=""
    head={[[say("Link")], [say("Name")], [say("How long")], [say("Entry")]]}
    rows={view.chain.map((one) => [
      termOf(CHAIN, one.kind),
      <Thing of={one.thing} />,
      "span" in one && one.span !== undefined ? (
        <SpanOf span={one.span} when={when} />
      ) : (
        say("registered")
      ),
      <EntryLink entry={one.entry} />,
    ])}
  />
);

const Price: FC<Props> = ({ view: { price, purpose, ...view } }) => (
  <Section title={say("Purpose, ground and price")}>
    <Facts
      rows={[
        [
          say("Purpose"),
          "class" in purpose
            ? `${purpose.title} (${termOf(PURPOSE_CLASSES, purpose.class)})`
            : say("{purpose}, which is not in the rulebook any more", {
                purpose: purpose.title,
              }),
        ],
        [
          say("Class of payer"),
          view.class === undefined ? undefined : termOf(PAYERS, view.class),
        ],
        [
          say("Price now"),
          price.fee === undefined ? (
            termOf(FREE, price.because)
          ) : (
            <>
              {sayPrice(price.fee)} (<Thing of={price.fee.fee} />)
            </>
          ),
        ],
        [
          say("Paid to"),
          price.fee === undefined ? undefined : <Thing of={price.fee.payee} />,
        ],
        [
          say("Ground"),
          price.fee === undefined ? undefined : (
            <GroundOf ground={price.fee.ground} rule={price.fee.rule} />
          ),
        ],
        [
          say("Ceiling"),
          price.fee?.ceiling === undefined
            ? undefined
            : inMoney(price.fee.ceiling, price.fee.currency),
        ],
      ]}
    />
  </Section>
);

const Reach: FC<Props> = ({ view: { permit } }) => (
  <Section title={say("How far it reaches")}>
    <Facts
      rows={[
        [say("Fields"), <code>{permit.fields.join(", ")}</code>],
        [
          say("Fields in conditions"),
          permit.where.length === 0 ? (
            say("none")
          ) : (
            <code>{permit.where.join(", ")}</code>
          ),
        ],
        [
          say("Rows that it reaches"),
          permit.rows === undefined
            ? say("all")
            : permit.rows.map((one) => (
                <code>
                  {one.field} {one.op}{" "}
                  {Array.isArray(one.value)
                    ? one.value.join(", ")
                    : String(one.value)}{" "}
                </code>
              )),
        ],
        [say("Rows an answer at most"), inNumber(permit.rowsMax)],
        [
          say("Quota of calls"),
          permit.quota.calls === undefined
            ? say("none")
            : inNumber(permit.quota.calls),
        ],
        [
          say("Quota of steps"),
          permit.quota.steps === undefined
            ? say("none")
            : inNumber(permit.quota.steps),
        ],
        [say("Data go to"), permit.transfer?.to],
        [say("Assessed on"), permit.assessment?.on],
      ]}
    />
  </Section>
);

const Uses: FC<Props> = ({ view }) => (
  <>
    <Rows
      title={say("What was used under it")}
      caption={say(
        "By month, as the usage logs that are public add up. What was asked for stands in none of them.",
      )}
      none={say("No use under it is public yet.")}
      head={[
        [say("Month")],
        [say("Price")],
        [say("Uses"), "number"],
        [say("Calls"), "number"],
        [say("Steps"), "number"],
        [say("Charged"), "number"],
      ]}
      rows={view.uses.map((one) => [
        <Month at={one.month} />,
        one.fee === undefined ? (
          say("free of charge")
        ) : (
          <a href={`/fees/${one.fee}`}>{one.fee}</a>
        ),
        inNumber(one.uses),
        inNumber(one.calls),
        inNumber(one.steps),
        one.currency === undefined ? "" : inMoney(one.charged, one.currency),
      ])}
    />
    <MonthsOfUse lines={view.uses} />
    <Uncounted gateways={view.uncounted} />
  </>
);

const Renewal: FC<Timed> = ({ view: { renewal }, when }) =>
  renewal === undefined ? null : (
    <Section title={say("Renewal")}>
      <p>
        {say("Another term was asked for at {time}.", {
          time: when(renewal.at),
        })}{" "}
        <EntryLink entry={renewal.entry} />.{" "}
        {renewal.decided === undefined
          ? renewal.isSilent
            ? say(
                "Nobody has decided it; where the law takes silence for a yes, it stands longer meanwhile.",
              )
            : say("Nobody has decided it yet.")
          : say("It was decided at {time}.", {
              time: when(renewal.decided.at),
            })}{" "}
        {renewal.decided !== undefined && (
          <EntryLink entry={renewal.decided.entry} />
        )}
      </p>
    </Section>
  );
