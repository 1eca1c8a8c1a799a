import type { FC } from "hono/jsx";
import type { ReadRegister } from "../../register/register.ts";
import { say } from "../lang/say.ts";
import { type Choice, choicesOf } from "./choices.ts";
import { isKindList } from "./kind-list.ts";
import type { DeskKind } from "./kinds.ts";
import { sayField, sayHint, sayValue } from "./field-said.ts";
import { LeafField, type Place, Said, TickBoxes } from "./inputs.tsx";
import type { Leaf, Member, Node, Paper } from "./shape.ts";
import {
  CHOSEN,
  isReference,
  join,
  KEPT,
  rowsTyped,
  textAt,
  type Typed,
  WORDS,
} from "./typed.ts";
import type { Wrong } from "./wrong.ts";

/** What every field of one form needs to know. */
export type Form = {
  readonly kind: DeskKind;
  readonly register: ReadRegister;
  readonly now: number;
  readonly typed: Typed;
  readonly wrong: readonly Wrong[];
  /** Lists that show one row more than was typed. */
  readonly oneMore: ReadonlySet<string>;
};

type Props<N> = {
  readonly form: Form;
  readonly node: N;
  readonly path: string;
  readonly isOptional: boolean;
  /** Its own label: of a row, which has no name. */
  readonly label?: string;
};

export const Fields: FC<{
  form: Form;
  members: readonly Member[];
  path: string;
}> = ({ form, members, path }) => (
  <>
    {members.map(({ name, node, isOptional }) => (
      <Field form={form} path={join(path, name)} {...{ node, isOptional }} />
    ))}
  </>
);

const Field: FC<Props<Node>> = ({ node, ...rest }) => {
  switch (node.type) {
    case "leaf":
      return <OneLeaf node={node} {...rest} />;
    case "paper":
      return <PaperField node={node} {...rest} />;
    case "list":
      return node.item.type === "leaf" ? (
        <PlainList node={node} item={node.item} {...rest} />
      ) : (
        <Rows node={node} {...rest} />
      );
    case "object":
      return (
        <fieldset id={rest.path}>
          <legend>{legendOf(rest)}</legend>
          <Fields form={rest.form} members={node.members} path={rest.path} />
        </fieldset>
      );
    case "oneOf":
      return <OneOf node={node} {...rest} />;
  }
};

function legendOf({
  form,
  path,
  isOptional,
  label,
}: Omit<Props<Node>, "node">): string {
  const own = label ?? sayField(form.kind, path);
  return isOptional ? say("{field} (may be left empty)", { field: own }) : own;
}

function placeOf(
  { form, path, isOptional, label }: Omit<Props<Node>, "node">,
  isDependedOn = false,
): Place {
  const wrong = form.wrong.find((one) => one.path === path);
  return {
    path,
    label: label ?? sayField(form.kind, path),
    hint: sayHint(form.kind, path),
    wrong: wrong === undefined ? undefined : say(wrong.says),
    isOptional,
    isDependedOn,
  };
}

/** The list of which a button ticks everything: of others nobody wants it. */
export const ALL_TICKED = "permit.fields";

/** Columns are shown for the product or dataset that is chosen. */
const DEPENDED_ON = new Set(["permit.product", "product.dataset"]);

const OneLeaf: FC<Props<Leaf>> = ({ node, ...rest }) => {
  const { form, path } = rest;
  const name = path.split(".").at(-1) ?? "";
  const among =
    node.leaf === "choice"
      ? (node.among ?? []).map((value) => ({ value, says: sayValue(value) }))
      : choicesOf(path, form);
  return (
    <LeafField
      place={placeOf(rest, DEPENDED_ON.has(`${form.kind}.${name}`))}
      leaf={node.leaf}
      among={among}
      value={textAt(form.typed, path)}
    />
  );
};

const PlainList: FC<
  Props<Extract<Node, { type: "list" }>> & { item: Leaf }
> = ({ item, node, ...rest }) => {
  const { form, path } = rest;
  const place = placeOf({
    ...rest,
    isOptional: node.min === 0 || rest.isOptional,
  });
  const typed = form.typed.get(path) ?? [];
  const among: readonly Choice[] | undefined =
    item.leaf === "choice"
      ? (item.among ?? []).map((value) => ({ value, says: sayValue(value) }))
      : isKindList(path)
        ? undefined
        : choicesOf(path, form);
  if (among !== undefined) {
    const known = new Set(among.map(({ value }) => value));
    // What is typed and no longer among the choices stays in sight, so that nobody signs it unseen.
    const strays = typed
      .filter((one) => one !== "" && !known.has(one))
      .map((value) => ({ value, says: value }));
    return (
      <TickBoxes
        place={place}
        among={[...among, ...strays]}
        ticked={typed}
        hasAll={`${form.kind}.${path}` === ALL_TICKED}
      />
    );
  }
  return (
    <p>
      <label for={path}>{legendOf(rest)}</label>
      <textarea
        id={path}
        name={path}
        rows={Math.min(8, Math.max(2, typed.length + 1))}
        {...describedBy(place)}
      >
        {typed.join("\n")}
      </textarea>
      <Said place={{ ...place, hint: place.hint ?? say("One a line") }} />
    </p>
  );
};

function describedBy(place: Place): Readonly<Record<string, string>> {
  return {
    "aria-describedby":
      `${place.path}-hint` +
      (place.wrong === undefined ? "" : ` ${place.path}-wrong`),
    ...(place.wrong === undefined ? {} : { "aria-invalid": "true" }),
  };
}

/** Rows are added and taken away by buttons that show the form again, with all that was typed. */
const Rows: FC<Props<Extract<Node, { type: "list" }>>> = ({
  node,
  ...rest
}) => {
  const { form, path, isOptional } = rest;
  const typed = rowsTyped(form.typed, path);
  const least = isOptional || node.min === 0 ? 0 : 1;
  const count = Math.min(
    node.max,
    Math.max(least, typed + (form.oneMore.has(path) ? 1 : 0)),
  );
  const place = placeOf(rest);
  return (
    <fieldset id={path}>
      <legend>{legendOf({ ...rest, isOptional: least === 0 })}</legend>
      <Said place={place} />
      {Array.from({ length: count }, (_, index) => {
        const row = join(path, index);
        return (
          <div class="row">
            <Field
              form={form}
              node={node.item}
              path={row}
              isOptional={false}
              label={say("Row {n}", { n: index + 1 })}
            />
            <button
              type="submit"
              name="do"
              value={`remove:${row}`}
              formnovalidate
            >
              {say("Take row {n} away", { n: index + 1 })}
            </button>
          </div>
        );
      })}
      {count < node.max && (
        <button type="submit" name="do" value={`add:${path}`} formnovalidate>
          {say("Add a row: {field}", { field: place.label })}
        </button>
      )}
    </fieldset>
  );
};

const OneOf: FC<Props<Extract<Node, { type: "oneOf" }>>> = ({
  node,
  ...rest
}) => {
  const { form, path } = rest;
  const at = join(path, CHOSEN);
  const chosen = textAt(form.typed, at);
  const [name = ""] = chosen.split(":");
  const branch = node.branches.find((one) => one.name === name);
  const isShort = node.branches.every((one) => isReference(one.node, one.name));
  const among = node.branches.flatMap((one): readonly Choice[] =>
    isShort
      ? (choicesOf(join(path, one.name), form) ?? []).map((choice) => ({
          value: `${one.name}:${choice.value}`,
          says: say("{what}: {title}", {
            what: sayValue(one.name),
            title: choice.says,
          }),
        }))
      : [{ value: one.name, says: sayValue(one.name) }],
  );
  const place = placeOf(rest, !isShort);
  return (
    <fieldset id={path}>
      <legend>{legendOf(rest)}</legend>
      <LeafField
        place={{
          ...place,
          path: at,
          label: isShort ? place.label : say("Which"),
        }}
        leaf="choice"
        among={among}
        value={chosen}
      />
      {!isShort && branch?.node.type === "object" && (
        <Fields form={form} members={branch.node.members} path={path} />
      )}
      {branch?.node.type === "paper" && (
        <PaperField {...rest} node={branch.node} label={say("Paper")} />
      )}
    </fieldset>
  );
};

const PaperField: FC<Props<Paper>> = ({ node, ...rest }) => {
  const { form, path } = rest;
  const place = placeOf(rest);
  const kept = textAt(form.typed, join(path, KEPT));
  const [name = "", , size = ""] = kept.split(" ");
  return (
    <fieldset id={path}>
      <legend>{legendOf(rest)}</legend>
      <Said place={place} />
      {kept !== "" && (
        <p>
          <input type="hidden" name={join(path, KEPT)} value={kept} />
          {node.isPublic
            ? say("Kept: a public paper of {size} bytes, SHA-256 {name}", {
                size,
                name,
              })
            : say("Kept inside; in public stands the commitment {name}", {
                name,
              })}
        </p>
      )}
      {!node.isPublic && (
        <p>
          <label for={join(path, WORDS)}>
            {kept === "" ? say("In words") : say("Other words in its place")}
          </label>
          <textarea
            id={join(path, WORDS)}
            name={join(path, WORDS)}
            rows={3}
            maxlength={20_000}
            {...describedBy(place)}
          >
            {textAt(form.typed, join(path, WORDS))}
          </textarea>
        </p>
      )}
      <p>
        <label for={`${path}.file`}>
          {node.isPublic
            ? say("File, which everybody can read")
            : say("Or a file, which stays inside")}
        </label>
        <input type="file" id={`${path}.file`} name={`${path}.file`} />
      </p>
    </fieldset>
  );
};
