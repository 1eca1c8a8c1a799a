import type { FC } from "hono/jsx";
import type { Dataset, ReadRegister } from "../register/register.ts";
import { Frame } from "./frame.tsx";
import { say, sayWith } from "./lang/say.ts";
import type { SaidExplanation } from "./say-explained.ts";
import { sayWord } from "./lang/words.ts";
import { titled } from "./desk/titled.ts";
import { meaningIn, titleIn, titleOf } from "./lang/title-in.ts";
import { withTimes, SaidError } from "./when.tsx";

export type ExplainProps = {
  readonly register: ReadRegister;
  readonly dataset: Dataset;
  readonly said?: SaidExplanation | undefined;
  /** Why what was asked cannot be read. */
  readonly wrong?: string;
  /** Whom somebody may mean who typed a part of a name, and what else was asked. */
  readonly choice?: {
    readonly typed: string;
    readonly among: readonly string[];
    readonly more: boolean;
    readonly parameters: readonly (readonly [string, string])[];
  };
};

/** Who may have what of a dataset, and why: a form, and what the gate would decide. It works without scripts. */
export const ExplainPage: FC<ExplainProps> = ({
  register,
  dataset,
  said,
  wrong,
  choice,
}) => (
  <Frame
    title={say("Who may have what of {dataset}, and why", {
      dataset: titleIn(dataset),
    })}
    lead={
      <>
        <p>
          <a href={`/datasets/${dataset.dataset}`}>{titleIn(dataset)}</a>
        </p>
        <h1>{say("Who may have it, and why")}</h1>
        <p>
          {say(
            "What the gate would decide now, and what it would rest on. Nothing is entered or charged, and no data is looked at.",
          )}
        </p>
      </>
    }
    foot={
      <p>
        {sayWith(
          "This page as JSON: ask it with the header {header}, or send a plan to {address}. No record of who reads this page is kept.",
          {
            header: <code>Accept: application/json</code>,
            address: <code>POST /query/explain</code>,
          },
        )}
      </p>
    }
  >
    {wrong !== undefined && (
      <p class="notice" role="alert">
        <SaidError message={wrong} />
      </p>
    )}
    {choice !== undefined && <WhichOf {...{ register, choice }} />}
    {said !== undefined && <Decided said={said} />}
    <Asking
      {...{ register, dataset, said }}
      {...(choice === undefined ? {} : { choice })}
    />
  </Frame>
);

/** Each of them is a link that asks the same. */
const WhichOf: FC<{
  register: ReadRegister;
  choice: NonNullable<ExplainProps["choice"]>;
}> = ({ register, choice: { typed, among, more, parameters } }) => (
  <section aria-labelledby="which" class="notice" role="status">
    <h2 id="which">{say("Which of these?")}</h2>
    <ul class="plain">
      {among.map((id) => {
        const query = new URLSearchParams(
          parameters.map(([name, value]): [string, string] => [
            name,
            name === "organisation" ? id : value,
          ]),
        );
        return (
          <li>
            <a href={`?${query.toString()}`} rel="nofollow">
              {titled(titleOf(register.organisations.get(id), id), id)}
            </a>
          </li>
        );
      })}
    </ul>
    {more && (
      <p>
        {say("More than {n} have “{typed}” in their names: write more of it.", {
          n: among.length,
          typed,
        })}
      </p>
    )}
  </section>
);

const Decided: FC<{ said: SaidExplanation }> = ({ said }) => {
  const [first = "", ...more] = said.says;
  const isRefused = said.explanation.outcome === "refused";
  return (
    <section aria-labelledby="decided">
      <h2 id="decided">{say("What would be decided")}</h2>
      <p class="notice">
        <strong class={isRefused ? "refused" : "granted"}>
          {withTimes(first)}
        </strong>
      </p>
      <ul class="plain">
        {more.map((line) => (
          <li>{withTimes(line)}</li>
        ))}
      </ul>
      {said.findings.length > 0 && (
        <>
          <h3>{say("Why it would be refused")}</h3>
          <ul class="plain">
            {said.findings.map((one) => (
              <li>
                {sayWith("{says} ({rule}, {cites}).", {
                  says: one.says,
                  rule: <a href={`/law/${one.rule}`}>{one.rule}</a>,
                  cites: one.cites,
                })}{" "}
                {one.facts !== "" &&
                  sayWith("Found: {facts}.", {
                    facts: withTimes(one.facts),
                  })}{" "}
                {sayWith("What could change that: {next}.", {
                  next: one.next,
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      {said.nearest.length > 0 && (
        <>
          <h3>{say("The nearest that would allow it")}</h3>
          <ul class="plain">
            {said.nearest.map((line) => (
              <li>{withTimes(line)}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
};

const Asking: FC<Omit<ExplainProps, "wrong">> = ({
  register,
  dataset,
  said,
  choice,
}) => {
  const products = [...register.products.values()]
    .map(({ act }) => act)
    .filter(({ content }) => content[0]?.dataset === dataset.dataset);
  const asked = said?.explanation;
  const ticked =
    asked === undefined
      ? choice?.parameters.flatMap(([name, value]) =>
          name === "fields" ? [value] : [],
        )
      : [
          ...asked.asked.fields,
          ...(asked.form === "answer" ? asked.asked.where : []),
        ];
  const named = products.some(({ product }) => product === asked?.product);
  return (
    <section aria-labelledby="ask">
      <h2 id="ask">{say("Ask for another")}</h2>
      <form
        method="get"
        action={`/datasets/${dataset.dataset}/explain`}
        class="ask"
      >
        <p>
          <label for="organisation">{say("Organisation")}</label>
          <input
            id="organisation"
            name="organisation"
            value={choice?.typed ?? asked?.organisation ?? ""}
            autocomplete="off"
            maxlength={200}
            aria-describedby="organisation-hint"
          />
          <span id="organisation-hint" class="quiet">
            {say("Its id, its credit code, its name, or a part of these.")}{" "}
            {say("Left empty: nobody in particular.")}
          </span>
        </p>
        <Choice
          id="product"
          label={say("Product")}
          none={say("as records, by no product in particular")}
          chosen={named ? asked?.product : undefined}
          among={products.map((one) => [
            one.product,
            say("{product} ({form}): {title}", {
              product: one.product,
              form: sayWord(one.form),
              title: titleIn(one),
            }),
          ])}
        />
        <Choice
          id="purpose"
          label={say("Purpose")}
          none={say("any that a permit is for")}
          chosen={asked?.purpose}
          among={(register.rulebook?.act.purposes ?? []).map((one) => [
            one.purpose,
            titleIn(one),
          ])}
        />
        <p>
          <label for="limit">{say("Rows")}</label>
          <input
            id="limit"
            name="limit"
            type="number"
            min={1}
            max={100_000_000}
            value={String(asked?.asked.rows ?? 100)}
          />
        </p>
        <fieldset>
          <legend>{say("Fields")}</legend>
          {dataset.fields.map((field) => (
            <label>
              <input
                type="checkbox"
                name="fields"
                value={field.name}
                checked={ticked?.includes(field.name) ?? true}
              />{" "}
              {say("{field}: {meaning} ({classification})", {
                field: field.name,
                meaning: meaningIn(field),
                classification: sayWord(field.classification),
              })}
            </label>
          ))}
        </fieldset>
        <p>
          <button type="submit">{say("Explain")}</button>
        </p>
      </form>
    </section>
  );
};

const Choice: FC<{
  id: string;
  label: string;
  none: string;
  chosen: string | undefined;
  among: readonly (readonly [value: string, text: string])[];
}> = ({ id, label, none, chosen, among }) => (
  <p>
    <label for={id}>{label}</label>
    <select id={id} name={id}>
      <option value="">{none}</option>
      {among.map(([value, text]) => (
        <option value={value} selected={value === chosen}>
          {text}
        </option>
      ))}
    </select>
  </p>
);
