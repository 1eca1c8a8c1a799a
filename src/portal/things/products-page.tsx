import { ApplyLink } from "../applicant/apply-link.tsx";
import type { FC } from "hono/jsx";
import type { Message } from "../lang/say.ts";
import { titleIn } from "../lang/title-in.ts";
import { say } from "../lang/say.ts";
import type { ClassPrice } from "./class-prices.ts";
import { FeeRows, GroundOf, sayPrice } from "./fee-rows.tsx";
import {
  EntryLink,
  Facts,
  ListPage,
  listAt,
  Pager,
  Rows,
  sayState,
  Section,
  SpanOf,
  Thing,
  ThingPage,
  Things,
} from "./parts.tsx";
import { PermitRows } from "./permit-rows.tsx";
import type {
  CeilingLine,
  ProductLine,
  ProductsView,
  ProductView,
} from "./products.ts";
import { inMoney, inNumber, type When, whenIn } from "./show.ts";
import { CLASSIFICATIONS, FORMS, PAYERS, termOf } from "./terms.ts";
import { UsesByMonth } from "./uses-by-month.tsx";

const FORM_NAMES = ["answer", "records", "aggregate", "file"] as const;

export const ProductsPage: FC<{ readonly view: ProductsView }> = ({ view }) => (
  <ListPage
    title="Products"
    path="/products"
    json={listAt("/products.json", { form: view.form })(view.page)}
    says={
      <p>
        {say(
          "What is offered by permit: fields of datasets, in a form, for named purposes. Nothing is offered before an act approved it; open data need no permit.",
        )}
      </p>
    }
  >
    <ul class="choices">
      <li>
        <a
          href="/products"
          {...(view.form === "" ? { "aria-current": "true" } : {})}
        >
          {say("all forms")}
        </a>
      </li>
      {FORM_NAMES.map((one) => (
        <li>
          <a
            href={`/products?form=${one}`}
            {...(one === view.form ? { "aria-current": "true" } : {})}
          >
            {termOf(FORMS, one)}
          </a>
        </li>
      ))}
    </ul>
    <ProductRows
      title={say("Each product")}
      rows={view.rows}
      when={whenIn(view.offsetMinutes)}
    />
    <Pager page={view} at={listAt("/products", { form: view.form })} />
  </ListPage>
);

export const ProductRows: FC<{
  readonly title: string;
  readonly rows: readonly ProductLine[];
  readonly when: When;
}> = ({ title, rows, when }) => (
  <Rows
    title={title}
    caption={say("The newest first.")}
    none={say("No such product was approved.")}
    head={[
      [say("Product")],
      [say("Form")],
      [say("Datasets")],
      [say("Offered by")],
      [say("State")],
      [say("Permits"), "number"],
    ]}
    rows={rows.map((one) => [
      <Thing of={one.product} />,
      termOf(FORMS, one.form),
      <Things of={one.datasets} />,
      one.operator === undefined ? (
        say("the office")
      ) : (
        <Thing of={one.operator} />
      ),
      sayState(one, when),
      inNumber(one.permits),
    ])}
  />
);

type Props = { readonly view: ProductView };

export const ProductPage: FC<Props> = ({ view }) => {
  const when = whenIn(view.offsetMinutes);
  const { product } = view;
  const isOffered =
    view.span.state === "inForce" && view.span.without === undefined;
  return (
    <ThingPage
      kind="Product"
      list="Products"
      of={["product", product.product]}
      title={titleIn(product)}
      view={view}
      says={
        <p class="notice">
          {isOffered
            ? say(
                "Offered: whoever has a permit for it may ask, for its purposes and on its conditions.",
              )
            : say("Not offered now: nobody is answered under it.")}{" "}
          {isOffered && (
            <>
              <ApplyLink product={product.product} /> ·{" "}
            </>
          )}
          {view.span.state === "inForce" && (
            <a
              href={`/datasets/${product.content[0]?.dataset ?? ""}/explain?product=${product.product}`}
            >
              {say("Who may have it, and why")}
            </a>
          )}
        </p>
      }
    >
      <Conditions view={view} when={when} />
      <Content view={view} />
      <ClassPrices rows={view.prices} />
      <FeeRows
        title={say("Prices, each with what it rests on")}
        none={say("No price was approved for it.")}
        rows={view.fees}
        when={when}
      />
      <CeilingRows rows={view.ceilings} when={when} />
      <PermitRows
        title={say("Who may use it")}
        caption={say("Permits for it, the newest first.")}
        none={say("Nobody has a permit for it.")}
        rows={view.permits}
        when={when}
      />
      {view.permitsInAll > view.permits.length && (
        <p>
          <a href={`/permits?product=${product.product}`}>
            {say("All {n} permits for it", { n: inNumber(view.permitsInAll) })}
          </a>
        </p>
      )}
      <UsesByMonth rows={view.uses} uncounted={view.uncounted} />
    </ThingPage>
  );
};

const Conditions: FC<Props & { readonly when: When }> = ({ view, when }) => {
  const { product } = view;
  return (
    <Facts
      rows={[
        [say("Id"), <code>{product.product}</code>],
        [say("Form"), termOf(FORMS, product.form)],
        [say("How long"), <SpanOf span={view.span} when={when} />],
        [
          say("Purposes"),
          view.purposes.map(({ title }) => title).join(say(", ")),
        ],
        [
          say("Offered by"),
          view.operator === undefined ? (
            say("the office")
          ) : (
            <Thing of={view.operator} />
          ),
        ],
        [
          say("Under the authorisation"),
          view.authorisation === undefined ? undefined : (
            <Thing of={view.authorisation} />
          ),
        ],
        [
          say("Lent under"),
          view.contribution === undefined ? undefined : (
            <Thing of={view.contribution} />
          ),
        ],
        [say("Asked by"), product.key?.join(say(", "))],
        [say("Rows an answer at most"), inNumber(product.rowsMax)],
        [say("Rows in one step of a price"), inNumber(product.rowsPerStep)],
        [
          say("Answers a day"),
          product.limits === undefined
            ? undefined
            : say("{asker} for each asker, {subject} about each subject", {
                asker: inNumber(product.limits.perAskerPerDay),
                subject: inNumber(product.limits.perSubjectPerDay),
              }),
        ],
        [
          say("About persons"),
          view.personal
            ? say(
                "yes: identifiers leave as tokens, and every use stands on the list of its subject",
              )
            : say("no"),
        ],
        [
          say("Registered as"),
          view.registrations.length === 0 ? undefined : (
            <ul class="names">
              {view.registrations.map((one) => (
                <li>
                  {one.code ?? one.registration} <EntryLink entry={one.entry} />
                </li>
              ))}
            </ul>
          ),
        ],
      ]}
    />
  );
};

const Content: FC<Props> = ({ view }) => (
  <Rows
    title={say("What is in it")}
    caption={say("Fields of datasets; a permit may reach fewer of them.")}
    none={say("Nothing is in it.")}
    head={[
      [say("Dataset")],
      [say("Field")],
      [say("Meaning")],
      [say("Classification")],
    ]}
    rows={view.content.flatMap(({ dataset, fields }) =>
      fields.map((field) => [
        <Thing of={dataset} />,
        <code>{field.name}</code>,
        field.meaning ?? "",
        field.classification === undefined
          ? ""
          : termOf(CLASSIFICATIONS, field.classification),
      ]),
    )}
  />
);

const FREE = {
  "open data": "open data are free of charge",
  "CN-PRC-01": "free of charge for this purpose",
  "no fee in force for this class":
    "free of charge: no price is in force for this class",
  fee: "a price in force",
} as const satisfies Record<ClassPrice["because"], Message>;

export const ClassPrices: FC<{ readonly rows: readonly ClassPrice[] }> = ({
  rows,
}) => (
  <Section title={say("Who pays what now")}>
    <Rows
      title={say("By purpose and class of payer")}
      caption={say("As the gate decides it, by class and never by name.")}
      none={say("None of its purposes is in the rulebook now.")}
      head={[
        [say("Purpose")],
        [say("Class of payer")],
        [say("Price")],
        [say("Paid to")],
        [say("Ground")],
        [say("Ceiling"), "number"],
      ]}
      rows={rows.map((one) => [
        one.purpose.title,
        one.isAll
          ? say("everybody")
          : one.classes.map((payer) => termOf(PAYERS, payer)).join(say(", ")),
        one.fee === undefined ? (
          <>
            {termOf(FREE, one.because)}
            {one.because === "CN-PRC-01" && (
              <>
                {" "}
                (<a href="/law/CN-PRC-01">CN-PRC-01</a>)
              </>
            )}
          </>
        ) : (
          <>
            {sayPrice(one.fee)} (<Thing of={one.fee.fee} />)
          </>
        ),
        one.fee === undefined ? "" : <Thing of={one.fee.payee} />,
        one.fee === undefined ? (
          ""
        ) : (
          <GroundOf ground={one.fee.ground} rule={one.fee.rule} />
        ),
        one.fee?.ceiling === undefined
          ? ""
          : inMoney(one.fee.ceiling, one.fee.currency),
      ])}
    />
  </Section>
);

export const CeilingRows: FC<{
  readonly rows: readonly CeilingLine[];
  readonly when: When;
}> = ({ rows, when }) => (
  <Rows
    title={say("Ceilings")}
    caption={say(
      "The most that may be charged for it; of those in force the one entered last counts.",
    )}
    none={say("No ceiling stands above its prices.")}
    head={[
      [say("Ceiling")],
      [say("Amount"), "number"],
      [say("Under permitted revenue")],
      [say("Expected a year"), "number"],
      [say("How long")],
    ]}
    rows={rows.map((one) => [
      <>
        {one.ceiling} <EntryLink entry={one.entry} />
      </>,
      sayPrice(one),
      one.revenue ?? "",
      one.volume === undefined ? "" : inNumber(one.volume),
      <SpanOf span={one.span} when={when} />,
    ])}
  />
);
