import type { Child, FC } from "hono/jsx";
import { say } from "../lang/say.ts";
import type { DatasetsView } from "./datasets.ts";
import { ListPage, listAt, Pager, Rows, Thing } from "./parts.tsx";
import type { Ref } from "./ref.ts";
import { SERVINGS } from "./systems-page.tsx";
import { CLASSIFICATIONS, FORMS, termOf } from "./terms.ts";

type Props = { readonly view: DatasetsView };

export const DatasetsPage: FC<Props> = ({ view }) => (
  <ListPage
    title="Datasets"
    path="/datasets"
    json={listAt("/datasets.json", view.narrowed)(view.page)}
    says={
      <p>
        {say(
          "What data are registered here, who holds them, and whether anybody could be given them: open data by everybody, others under a permit.",
        )}
      </p>
    }
  >
    <Narrow view={view} />
    <Rows
      title={say("Each dataset")}
      caption={say("In the order in which they were registered.")}
      none={say("No such dataset is registered.")}
      head={[
        [say("Dataset")],
        [say("Body")],
        [say("System")],
        [say("Classification")],
        [say("Forms on offer")],
        [say("Whether it is served")],
      ]}
      rows={view.rows.map((one) => [
        <Thing of={one.dataset} />,
        <Thing of={one.body} />,
        <Thing of={one.system} />,
        termOf(CLASSIFICATIONS, one.classification),
        one.forms.map((form) => termOf(FORMS, form)).join(say(", ")),
        termOf(SERVINGS, one.serving),
      ])}
    />
    <Pager page={view} at={listAt("/datasets", view.narrowed)} />
  </ListPage>
);

const CLASSES = ["open", "restricted", "personal", "sensitive"] as const;
const FORM_NAMES = ["answer", "records", "aggregate", "file"] as const;

/** A form that only asks: it works without a script, and its result is an address. */
const Narrow: FC<Props> = ({ view: { narrowed, choices } }) => (
  <form method="get" action="/datasets" class="ask narrow">
    <Choice
      name="body"
      says={say("Body, with its units")}
      value={narrowed.body}
      {...(choices.bodies === undefined ? {} : { of: choices.bodies })}
    />
    <Choice
      name="system"
      says={say("System")}
      value={narrowed.system}
      {...(choices.systems === undefined ? {} : { of: choices.systems })}
    />
    <Choice
      name="classification"
      says={say("Classification")}
      value={narrowed.classification}
      of={CLASSES.map((id) => ({ id, title: termOf(CLASSIFICATIONS, id) }))}
    />
    <Choice
      name="form"
      says={say("Form on offer")}
      value={narrowed.form}
      of={FORM_NAMES.map((id) => ({ id, title: termOf(FORMS, id) }))}
    />
    <p>
      <button type="submit">{say("Show these")}</button>{" "}
      <a href="/datasets">{say("show all datasets")}</a>
    </p>
  </form>
);

/** A list to choose from, or a field for an id where there are too many; what was asked for stays in it. */
const Choice: FC<{
  readonly name: string;
  readonly says: string;
  readonly value: string;
  readonly of?: readonly Ref[];
}> = ({ name, says, value, of }): Child =>
  of === undefined ? (
    <label>
      {says} ({say("its id")})
      <input name={name} value={value} maxlength={64} autocomplete="off" />
    </label>
  ) : (
    <label>
      {says}
      <select name={name}>
        <option value="">{say("any")}</option>
        {of.map(({ id, title }) => (
          <option value={id} selected={id === value}>
            {title}
          </option>
        ))}
        {value !== "" && !of.some(({ id }) => id === value) && (
          <option value={value} selected>
            {value}
          </option>
        )}
      </select>
    </label>
  );
