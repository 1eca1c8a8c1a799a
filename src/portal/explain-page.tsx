import type { FC } from "hono/jsx";
import type { Dataset, ReadRegister } from "../register/register.ts";
import { Frame } from "./frame.tsx";
import type { SaidExplanation } from "./say-explained.ts";

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
    title={`Who may have what of ${dataset.title}, and why: ${register.title}`}
    lead={
      <>
        <p>
          <a href="/">{register.title}</a>,{" "}
          <a href={`/datasets/${dataset.dataset}`}>{dataset.title}</a>
        </p>
        <h1>Who may have it, and why</h1>
        <p>
          What the gate would decide now, and what it would rest on. Nothing is
          entered or charged, and no data is looked at.
        </p>
      </>
    }
    foot={
      <p>
        This page as JSON: ask it with the header{" "}
        <code>Accept: application/json</code>, or send a plan to{" "}
        <code>POST /query/explain</code>. No record of who reads this page is
        kept.
      </p>
    }
  >
    {wrong !== undefined && (
      <p class="notice" role="alert">
        {wrong}
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
      <h2 id="decided">What would be decided</h2>
      <p class="notice">
        <strong class={isRefused ? "refused" : "granted"}>{first}</strong>
      </p>
      <ul class="plain">
        {more.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      {said.findings.length > 0 && (
        <>
          <h3>Why it would be refused</h3>
          <ul class="plain">
            {said.findings.map((one) => (
              <li>
                {one.rule}: {one.says} ({one.cites})
                {one.facts === "" ? "" : `: ${one.facts}`}. What would have to
                be true: {one.next}.
              </li>
            ))}
          </ul>
        </>
      )}
      {said.nearest.length > 0 && (
        <>
          <h3>The nearest that would allow it</h3>
          <ul class="plain">
            {said.nearest.map((line) => (
              <li>{line}</li>
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
      <h2 id="ask">Ask for another</h2>
      <form
        method="get"
        action={`/datasets/${dataset.dataset}/explain`}
        class="ask"
      >
        <p>
          <label for="organisation">Organisation, by its id</label>
          <input
            id="organisation"
            name="organisation"
            value={asked?.organisation ?? ""}
            autocomplete="off"
            maxlength={64}
            aria-describedby="organisation-hint"
          />
          <span id="organisation-hint" class="quiet">
            Left empty: nobody in particular.
          </span>
        </p>
        <Choice
          id="product"
          label="Product"
          none="as records, by no product in particular"
          chosen={named ? asked?.product : undefined}
          among={products.map((one) => [
            one.product,
            `${one.product} (${one.form}): ${one.title}`,
          ])}
        />
        <Choice
          id="purpose"
          label="Purpose"
          none="any that a permit is for"
          chosen={asked?.purpose}
          among={(register.rulebook?.act.purposes ?? []).map((one) => [
            one.purpose,
            one.title,
          ])}
        />
        <p>
          <label for="limit">Rows</label>
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
          <legend>Fields</legend>
          {dataset.fields.map((field) => (
            <label>
              <input
                type="checkbox"
                name="fields"
                value={field.name}
                checked={isAsked(field.name)}
              />{" "}
              {field.name}: {field.meaning} ({field.classification})
            </label>
          ))}
        </fieldset>
        <p>
          <button type="submit">Explain</button>
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
