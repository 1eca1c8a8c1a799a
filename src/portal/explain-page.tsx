import type { FC } from "hono/jsx";
import type { Dataset, ReadRegister } from "../register/register.ts";
import { Frame } from "./frame.tsx";
import { say, sayWith } from "./lang/say.ts";
import type { SaidExplanation } from "./say-explained.ts";
import { sayWord } from "./lang/words.ts";
import { meaningIn, titleIn } from "./lang/title-in.ts";
import { withTimes, SaidError } from "./when.tsx";

type Props = {
  readonly register: ReadRegister;
  readonly dataset: Dataset;
  readonly said?: SaidExplanation | undefined;
  /** Why what was asked cannot be read. */
  readonly wrong?: string;
};

/** Who may have what of a dataset, and why: a form, and what the gate would decide. It works without scripts. */
export const ExplainPage: FC<Props> = ({ register, dataset, said, wrong }) => (
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
    {said !== undefined && <Decided said={said} />}
    <Asking register={register} dataset={dataset} said={said} />
  </Frame>
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

const Asking: FC<Omit<Props, "wrong">> = ({ register, dataset, said }) => {
  const products = [...register.products.values()]
    .map(({ act }) => act)
    .filter(({ content }) => content[0]?.dataset === dataset.dataset);
  const asked = said?.explanation;
  const isAsked = (name: string): boolean =>
    asked === undefined ||
    [
      ...asked.asked.fields,
      ...(asked.form === "answer" ? asked.asked.where : []),
    ].includes(name);
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
          <label for="organisation">{say("Organisation, by its id")}</label>
          <input
            id="organisation"
            name="organisation"
            value={asked?.organisation ?? ""}
            autocomplete="off"
            maxlength={64}
            aria-describedby="organisation-hint"
          />
          <span id="organisation-hint" class="quiet">
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
                checked={isAsked(field.name)}
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
