import type { FC } from "hono/jsx";
import { showCount } from "../audit/says.ts";
import type { Allowed } from "../gateway/allowed.ts";
import { isOpen } from "../register/fields.ts";
import type { Example } from "./dataset-examples.ts";
import type { DatasetFacts } from "./dataset-facts.ts";
import { Frame } from "./frame.tsx";
import { say } from "./lang/say.ts";
import { Table } from "./table.tsx";

type Props = {
  readonly facts: DatasetFacts;
  readonly examples: readonly Example[];
  readonly allowed: Allowed;
};

/** One dataset in one page: what it is, who holds it, who may have it at which price and how far, and how to ask. */
export const DatasetPage: FC<Props> = ({ facts, examples, allowed }) => {
  const { dataset, office } = facts;
  const place = `/datasets/${dataset.dataset}`;
  return (
    <Frame
      title={`${dataset.title}: ${office}`}
      json={`${place}.json`}
      lead={
        <>
          <p>
            <a href="/">{office}</a>
          </p>
          <h1>{dataset.title}</h1>
          <p>
            Dataset <code>{dataset.dataset}</code> of {facts.system}, run by{" "}
            {facts.body}. Registered by entry {showCount(facts.entry)}.
            {facts.lent !== undefined && ` Lent by ${facts.lent}.`}
          </p>
          <p>
            <a href={`${place}/explain`}>Who may have it, and why</a>.{" "}
            <a href={`${place}/openapi.json`}>Its interface (OpenAPI)</a>.
          </p>
        </>
      }
      foot={
        <p>
          <a href={`${place}.json`}>This dataset as JSON</a>. No record of who
          reads this page is kept.
        </p>
      }
    >
      <Access facts={facts} />
      <Fields facts={facts} />
      <Vintage facts={facts} />
      <Products facts={facts} />
      <Users facts={facts} />
      <Limits allowed={allowed} />
      <Examples examples={examples} />
    </Frame>
  );
};

type Of = { readonly facts: DatasetFacts };

const Access: FC<Of> = ({ facts: { dataset } }) => (
  <p class="notice">
    {isOpen(dataset)
      ? "Open: everybody may have it, without a permit and free of charge."
      : "Not open: nothing of it is served without a permit in force."}
    {dataset.subject !== undefined &&
      ` Its rows are about persons: ${dataset.subject} says about whom.`}
    {dataset.licence !== undefined && ` Licence: ${dataset.licence}.`}
    {dataset.source !== undefined && ` Source: ${dataset.source}.`}
  </p>
);

const Fields: FC<Of> = ({ facts: { dataset } }) => (
  <section>
    <h2>Fields</h2>
    <Table
      label="Fields"
      caption="An identifier leaves as a token of its own under every permit, where rows are about persons."
      head={[
        ["Field", false],
        ["Type", false],
        ["Meaning", false],
        ["Unit", false],
        ["Classification", false],
      ]}
      none="It has no fields."
      rows={dataset.fields.map((field) => [
        <code>{field.name}</code>,
        field.type,
        field.meaning,
        field.unit ?? "",
        `${field.classification}${field.identifier ? ", identifier" : ""}`,
      ])}
    />
  </section>
);

const Vintage: FC<Of> = ({ facts: { dataset, vintage } }) => (
  <section>
    <h2>What it is served from</h2>
    {dataset.live !== undefined && (
      <p>
        Live: a {dataset.live} of its holder, asked at the moment of each
        request. It has no vintages.
        {dataset.operations !== undefined &&
          ` It is asked ${dataset.operations.map(({ by }) => (by.length === 0 ? "for all rows" : `by ${by.join(" and ")}`)).join(", or ")}.`}
      </p>
    )}
    {dataset.live === undefined && vintage === undefined && (
      <p>No vintage is registered yet: nothing of it is served.</p>
    )}
    {vintage !== undefined && (
      <Table
        label="Vintage"
        caption="The newest vintage; each is an entry of the register log."
        head={[
          ["Vintage", true],
          ["Rows", true],
          ["SHA-256 of its file", false],
          ["Entered", false],
        ]}
        none=""
        rows={[
          [
            showCount(vintage.number),
            showCount(vintage.rows),
            <code>{vintage.digest}</code>,
            `entry ${showCount(vintage.entry)}, ${vintage.at}`,
          ],
        ]}
      />
    )}
  </section>
);

const Products: FC<Of> = ({ facts: { products, prices } }) => (
  <section>
    <h2>What is offered, at which price</h2>
    <Table
      label="Products"
      caption="What a permit can be had for. Without one only open data are served."
      head={[
        ["Product", false],
        ["Form", false],
        ["Fields", false],
        ["Asked by", false],
        ["Purposes", false],
        ["Rows an answer", true],
        ["Rows a step", true],
        ["Answers a day", false],
      ]}
      none="Nothing is offered by permit."
      rows={products.map((product) => [
        <>
          {product.title} <code>{product.product}</code>{" "}
          <a href={`/account/applications/new?product=${product.product}`}>
            {say("Apply for a permit")}
          </a>
        </>,
        product.form,
        product.content.flatMap(({ fields }) => fields).join(", "),
        product.key?.join(", ") ?? "",
        product.purposes.join(", "),
        showCount(product.rowsMax),
        showCount(product.rowsPerStep),
        product.limits === undefined
          ? ""
          : `${showCount(product.limits.perAskerPerDay)} for each asker, ${showCount(product.limits.perSubjectPerDay)} about each subject`,
      ])}
    />
    {prices.length > 0 && (
      <Table
        label="Prices"
        caption="By purpose and class of payer, never by name."
        head={[
          ["Product", false],
          ["Purpose", false],
          ["Who", false],
          ["Price", true],
          ["Paid to, or why it is free", false],
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
    <h2>Who uses it</h2>
    <Table
      label="Permits in force"
      caption="Permits in force. Open data are counted and not traced, so nobody stands here for them."
      head={[
        ["Organisation", false],
        ["Product", false],
        ["Purpose", false],
        ["Until", false],
        ["Entry", true],
      ]}
      none="No permit is in force."
      rows={users.map((one) => [
        one.organisation,
        one.product,
        one.purpose,
        one.until,
        showCount(one.entry),
      ])}
    />
  </section>
);

const Limits: FC<{ readonly allowed: Allowed }> = ({ allowed }) => (
  <section>
    <h2>How far an answer goes</h2>
    <ul class="plain">
      <li>
        {showCount(allowed.rows)} rows a page; {showCount(allowed.streamedRows)}{" "}
        rows where the answer leaves as a stream. A product and a permit may
        allow less.
      </li>
      <li>
        {showCount(allowed.seconds)} seconds for each plan, and{" "}
        {showCount(allowed.idleSeconds)} seconds for whoever takes the next part
        of a stream.
      </li>
      {allowed.megabytes !== undefined && (
        <li>
          {showCount(allowed.megabytes)} megabytes of memory for the plans of
          one dataset.
        </li>
      )}
      {allowed.serviceMegabytes !== undefined && (
        <li>
          {showCount(allowed.serviceMegabytes)} megabytes of what the
          department's service says to one question.
        </li>
      )}
      <li>
        {showCount(allowed.atATime)} plans at a time
        {allowed.streamsAtATime !== undefined &&
          ` and ${showCount(allowed.streamsAtATime)} streams`}
        , over all {allowed.ofDataset === true ? "" : "datasets and "}askers; of
        streams one asker has {showCount(allowed.streamsEach)} at most. Others
        wait.
      </li>
      <li>
        {showCount(allowed.perOrganisation.perSecond)} requests a second for
        each organisation, {showCount(allowed.perAddress.perSecond)} for each
        address without a token, and for a moment up to{" "}
        {showCount(allowed.perOrganisation.burst)} and{" "}
        {showCount(allowed.perAddress.burst)}.
      </li>
      <li>
        {showCount(allowed.subjects)} persons at most whom the rows of one
        answer are about.
      </li>
    </ul>
    <p class="quiet">
      The same numbers stand in the headers of every answer, beginning with
      Vitrine-Limit, and what is left of a permit's quota beginning with
      Vitrine-Quota.
    </p>
  </section>
);

const Examples: FC<{ examples: readonly Example[] }> = ({ examples }) => (
  <section>
    <h2>How to ask</h2>
    {examples.length === 0 && <p>Nothing can be asked for yet.</p>}
    {examples.map(({ name, text }) => (
      <figure>
        <figcaption>{name}</figcaption>
        <pre tabindex={0}>{text}</pre>
      </figure>
    ))}
  </section>
);
