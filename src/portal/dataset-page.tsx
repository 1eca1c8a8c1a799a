import { ApplyLink } from "./applicant/apply-link.tsx";
import type { Child, FC, PropsWithChildren } from "hono/jsx";
import type { Allowed } from "../gateway/allowed.ts";
import { isOpen } from "../register/fields.ts";
import type { Example } from "./dataset-examples.ts";
import type { DatasetFacts } from "./dataset-facts.ts";
import { feedsAbout, FollowThis } from "./follow/follow-this.tsx";
import { Frame } from "./frame.tsx";
import { say, sayWith } from "./lang/say.ts";
import { Table } from "./table.tsx";
import { English, When } from "./when.tsx";
import { sayWord } from "./lang/words.ts";
import { meaningIn, titleIn } from "./lang/title-in.ts";
import { sayList, sayNumber } from "./lang/figures.ts";

type Props = {
  readonly facts: DatasetFacts;
  readonly examples: readonly Example[];
  readonly allowed: Allowed;
  /** Its first rows, where they may be shown. */
  readonly sample: Child;
};

/** One dataset in one page: what it is, who holds it, who may have it at which price and how far, and how to ask. */
export const DatasetPage: FC<PropsWithChildren<Props>> = ({
  facts,
  examples,
  allowed,
  sample,
  children,
}) => {
  const { dataset } = facts;
  const place = `/datasets/${dataset.dataset}`;
  return (
    <Frame
      title={titleIn(dataset)}
      long
      json={`${place}.json`}
      feeds={feedsAbout("dataset", dataset.dataset)}
      lead={
        <>
          <h1>{titleIn(dataset)}</h1>
          <p>
            {sayWith(
              "Dataset {dataset} of {system}, run by {body}. Registered by entry {entry}.",
              {
                dataset: <code>{dataset.dataset}</code>,
                ...{ system: facts.system, body: facts.body },
                entry: sayNumber(facts.entry),
              },
            )}{" "}
            {facts.lent !== undefined &&
              say("Lent by {who}.", { who: facts.lent })}
          </p>
          <p>
            <a href={`${place}/explain`}>{say("Who may have it, and why")}</a>
            {say("; ")}
            <a href={`${place}/openapi.json`}>
              {say("Its interface (OpenAPI)")}
            </a>
          </p>
          <FollowThis of={["dataset", dataset.dataset]} />
        </>
      }
      foot={<p>{say("No record of who reads this page is kept.")}</p>}
    >
      <Access facts={facts} />
      <Fields facts={facts} />
      {sample}
      <Vintage facts={facts} />
      <Products facts={facts} />
      <Users facts={facts} />
      <Limits allowed={allowed} />
      <Examples examples={examples} />
      {children}
    </Frame>
  );
};

type Of = { readonly facts: DatasetFacts };

const Access: FC<Of> = ({ facts: { dataset } }) => (
  <p class="notice">
    {isOpen(dataset)
      ? say("Open: everybody may have it, without a permit and free of charge.")
      : say(
          "Not open: nothing of it is served without a permit in force.",
        )}{" "}
    {dataset.subject !== undefined &&
      say("Its rows are about persons: {field} says about whom.", {
        field: dataset.subject,
      })}{" "}
    {dataset.licence !== undefined &&
      sayWith("Licence: {licence}.", {
        licence: <English text={dataset.licence} />,
      })}{" "}
    {dataset.source !== undefined &&
      sayWith("Source: {source}.", {
        source: <English text={dataset.source} />,
      })}
  </p>
);

const Fields: FC<Of> = ({ facts: { dataset } }) => (
  <section>
    <h2>{say("Fields")}</h2>
    <Table
      label={say("Fields")}
      caption={say(
        "An identifier leaves as a token of its own under every permit, where rows are about persons.",
      )}
      head={[
        [say("Field"), false],
        [say("Type"), false],
        [say("Meaning"), false],
        [say("Unit"), false],
        [say("Classification"), false],
      ]}
      none={say("It has no fields.")}
      rows={dataset.fields.map((field) => [
        <code>{field.name}</code>,
        sayWord(field.type),
        meaningIn(field),
        <English text={field.unit ?? ""} />,
        field.identifier
          ? say("{classification}, identifier", {
              classification: sayWord(field.classification),
            })
          : sayWord(field.classification),
      ])}
    />
  </section>
);

const Vintage: FC<Of> = ({ facts: { dataset, vintage } }) => (
  <section>
    <h2>{say("What it is served from")}</h2>
    {dataset.live !== undefined && (
      <p>
        {say(
          "Live: a {live} of its holder, asked at the moment of each request. It has no vintages.",
          { live: sayWord(dataset.live) },
        )}{" "}
        {dataset.operations !== undefined &&
          say("It is asked {how}.", {
            how: dataset.operations
              .map(({ by }) =>
                by.length === 0
                  ? say("for all rows")
                  : say("by {fields}", { fields: by.join(say(" and ")) }),
              )
              .join(say(", or ")),
          })}
      </p>
    )}
    {dataset.live === undefined && vintage === undefined && (
      <p>{say("No vintage is registered yet: nothing of it is served.")}</p>
    )}
    {vintage !== undefined && (
      <Table
        label={say("Vintage")}
        caption={say(
          "The newest vintage; each is an entry of the register log.",
        )}
        head={[
          [say("Vintage"), true],
          [say("Rows"), true],
          [say("SHA-256 of its file"), false],
          [say("Entered"), false],
        ]}
        none=""
        rows={[
          [
            sayNumber(vintage.number),
            sayNumber(vintage.rows),
            <code>{vintage.digest}</code>,
            sayWith("entry {entry}, {at}", {
              entry: sayNumber(vintage.entry),
              at: <When at={vintage.at} />,
            }),
          ],
        ]}
      />
    )}
  </section>
);

const Products: FC<Of> = ({ facts: { products, prices } }) => (
  <section>
    <h2>{say("What is offered, at which price")}</h2>
    <Table
      label={say("Products")}
      caption={say(
        "What a permit can be had for. Without one only open data are served.",
      )}
      head={[
        [say("Product"), false],
        [say("Form"), false],
        [say("Fields"), false],
        [say("Asked by"), false],
        [say("Purposes"), false],
        [say("Rows an answer"), true],
        [say("Rows a step"), true],
        [say("Answers a day"), false],
      ]}
      none={say("Nothing is offered by permit.")}
      rows={products.map((product) => [
        <>
          {titleIn(product)} <code>{product.product}</code>{" "}
          <ApplyLink product={product.product} />
        </>,
        sayWord(product.form),
        sayList(product.content.flatMap(({ fields }) => fields)),
        sayList(product.key ?? []),
        sayList(product.purposeTitles),
        sayNumber(product.rowsMax),
        sayNumber(product.rowsPerStep),
        product.limits === undefined
          ? ""
          : say("{asker} for each asker, {subject} about each subject", {
              asker: sayNumber(product.limits.perAskerPerDay),
              subject: sayNumber(product.limits.perSubjectPerDay),
            }),
      ])}
    />
    {prices.length > 0 && (
      <Table
        label={say("Prices")}
        caption={say("By purpose and class of payer, never by name.")}
        head={[
          [say("Product"), false],
          [say("Purpose"), false],
          [say("Who"), false],
          [say("Price"), true],
          [say("Paid to, or why it is free"), false],
        ]}
        none=""
        rows={prices.map((row) => [
          row.product,
          row.purpose,
          row.who,
          row.price,
          row.ground,
        ])}
      />
    )}
  </section>
);

const Users: FC<Of> = ({ facts: { users } }) => (
  <section>
    <h2>{say("Who uses it")}</h2>
    <Table
      label={say("Permits in force")}
      caption={say(
        "Permits in force. Open data are counted and not traced, so nobody stands here for them.",
      )}
      head={[
        [say("Organisation"), false],
        [say("Product"), false],
        [say("Purpose"), false],
        [say("Until"), false],
        [say("Entry"), true],
      ]}
      none={say("No permit is in force.")}
      rows={users.map((one) => [
        one.organisation,
        one.productTitle,
        one.purposeTitle,
        <When at={one.until} />,
        sayNumber(one.entry),
      ])}
    />
  </section>
);

const Limits: FC<{ readonly allowed: Allowed }> = ({ allowed }) => (
  <section>
    <h2>{say("How far an answer goes")}</h2>
    <ul class="plain">
      {limitsOf(allowed).map((one) => (
        <li>{one}</li>
      ))}
    </ul>
    <p class="quiet">
      {say(
        "The same numbers stand in the headers of every answer, beginning with Vitrine-Limit, and what is left of a permit's quota beginning with Vitrine-Quota.",
      )}
    </p>
  </section>
);

function limitsOf(allowed: Allowed): readonly string[] {
  const { megabytes, serviceMegabytes, perOrganisation, perAddress } = allowed;
  return [
    say(
      "{rows} rows a page; {streamed} rows where the answer leaves as a stream. A product and a permit may allow less.",
      {
        rows: sayNumber(allowed.rows),
        streamed: sayNumber(allowed.streamedRows),
      },
    ),
    say(
      "{seconds} seconds for each plan, and {idle} seconds for whoever takes the next part of a stream.",
      {
        seconds: sayNumber(allowed.seconds),
        idle: sayNumber(allowed.idleSeconds),
      },
    ),
    ...(megabytes === undefined
      ? []
      : [
          say("{n} megabytes of memory for the plans of one dataset.", {
            n: sayNumber(megabytes),
          }),
        ]),
    ...(serviceMegabytes === undefined
      ? []
      : [
          say(
            "{n} megabytes of what the department's service says to one question.",
            { n: sayNumber(serviceMegabytes) },
          ),
        ]),
    atATime(allowed),
    say(
      "{each} requests a second for each organisation, {address} for each address without a token, and for a moment up to {eachBurst} and {addressBurst}.",
      {
        each: sayNumber(perOrganisation.perSecond),
        address: sayNumber(perAddress.perSecond),
        eachBurst: sayNumber(perOrganisation.burst),
        addressBurst: sayNumber(perAddress.burst),
      },
    ),
    say("{n} persons at most whom the rows of one answer are about.", {
      n: sayNumber(allowed.subjects),
    }),
  ];
}

function atATime({
  atATime,
  streamsAtATime,
  streamsEach,
  ofDataset,
}: Allowed): string {
  const plans = sayNumber(atATime);
  return say(
    "{what}, over all {whom}; of streams one asker has {n} at most. Others wait.",
    {
      what:
        streamsAtATime === undefined
          ? say("{plans} plans at a time", { plans })
          : say("{plans} plans at a time and {streams} streams", {
              plans,
              streams: sayNumber(streamsAtATime),
            }),
      whom: ofDataset === true ? say("askers") : say("datasets and askers"),
      n: sayNumber(streamsEach),
    },
  );
}

const Examples: FC<{ examples: readonly Example[] }> = ({ examples }) => (
  <section>
    <h2>{say("How to ask")}</h2>
    {examples.length === 0 && <p>{say("Nothing can be asked for yet.")}</p>}
    {examples.map(({ name, text }) => (
      <figure>
        <figcaption>{sayWord(name)}</figcaption>
        <pre tabindex={0}>{text}</pre>
      </figure>
    ))}
  </section>
);
