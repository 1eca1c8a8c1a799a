import type { Child, FC } from "hono/jsx";
import { say } from "../lang/say.ts";

/** What is wrong, by the name of the field at which it is said. */
export type Wrong = Readonly<Record<string, string>>;

type Props = {
  id: string;
  label: string;
  hint?: string;
  wrong: Wrong;
};

/** What a control is described by: what is wrong with it, then what helps. */
function described(id: string, hint: string | undefined, wrong: Wrong) {
  const ids = [
    ...(wrong[id] === undefined ? [] : [`${id}-wrong`]),
    ...(hint === undefined ? [] : [`${id}-hint`]),
  ];
  return {
    ...(ids.length === 0 ? {} : { "aria-describedby": ids.join(" ") }),
    ...(wrong[id] === undefined ? {} : { "aria-invalid": "true" as const }),
  };
}

const Around: FC<Props & { children?: Child }> = ({
  id,
  label,
  hint,
  wrong,
  children,
}) => (
  <div class="field">
    <label for={id}>{label}</label>
    <Said {...{ id, wrong }} {...(hint === undefined ? {} : { hint })} />
    {children}
  </div>
);

const Said: FC<{ id: string; hint?: string; wrong: Wrong }> = ({
  id,
  hint,
  wrong,
}) => (
  <>
    {hint !== undefined && (
      <p class="quiet" id={`${id}-hint`}>
        {hint}
      </p>
    )}
    {wrong[id] !== undefined && (
      <p class="refused" id={`${id}-wrong`}>
        {wrong[id]}
      </p>
    )}
  </>
);

export const TextField: FC<
  Props & {
    value: string;
    type?: "text" | "date";
    numeric?: boolean;
    required?: boolean;
    autocomplete?: string;
  }
> = ({ value, type, numeric, required, autocomplete, ...rest }) => (
  <Around {...rest}>
    <input
      id={rest.id}
      name={rest.id}
      type={type ?? "text"}
      value={value}
      {...(numeric === true ? { inputmode: "numeric" as const } : {})}
      {...(required === true ? { required: true } : {})}
      {...(autocomplete === undefined ? {} : { autocomplete })}
      {...described(rest.id, rest.hint, rest.wrong)}
    />
  </Around>
);

export const LongField: FC<
  Props & { value: string; rows?: number; required?: boolean }
> = ({ value, rows, required, ...rest }) => (
  <Around {...rest}>
    <textarea
      id={rest.id}
      name={rest.id}
      rows={rows ?? 5}
      {...(required === true ? { required: true } : {})}
      {...described(rest.id, rest.hint, rest.wrong)}
    >
      {value}
    </textarea>
  </Around>
);

export type Option = { readonly value: string; readonly says: string };

export const SelectField: FC<
  Props & { value: string; options: readonly Option[] }
> = ({ value, options, ...rest }) => (
  <Around {...rest}>
    <select
      id={rest.id}
      name={rest.id}
      {...described(rest.id, rest.hint, rest.wrong)}
    >
      {options.map((one) => (
        <option
          value={one.value}
          {...(one.value === value ? { selected: true } : {})}
        >
          {one.says}
        </option>
      ))}
    </select>
  </Around>
);

/** One of several, each with room for what it means. */
export const RadioField: FC<
  Props & {
    value: string;
    options: readonly (Option & { readonly more?: Child })[];
  }
> = ({ id, label, hint, wrong, value, options }) => (
  <fieldset
    id={id}
    {...described(id, hint, wrong)}
    aria-invalid={undefined}
    role="radiogroup"
  >
    <legend>{label}</legend>
    <Said {...{ id, wrong }} {...(hint === undefined ? {} : { hint })} />
    {options.map((one, index) => (
      <div class="choice">
        <input
          type="radio"
          id={`${id}-${index}`}
          name={id}
          value={one.value}
          {...(one.value === value ? { checked: true } : {})}
        />
        <label for={`${id}-${index}`}>
          {one.says}
          {one.more !== undefined && <span class="quiet">{one.more}</span>}
        </label>
      </div>
    ))}
  </fieldset>
);

export const FilesField: FC<Props & { accept: readonly string[] }> = ({
  accept,
  ...rest
}) => (
  <Around {...rest}>
    <input
      id={rest.id}
      name={rest.id}
      type="file"
      multiple
      accept={accept.join(",")}
      {...described(rest.id, rest.hint, rest.wrong)}
    />
  </Around>
);

/** Said at the top where anything is wrong: it has the focus also without a script, a screen reader hears it first, and it leads to the fields. */
export const WrongSummary: FC<{ wrong: Wrong; says?: string }> = ({
  wrong,
  says = say("It was not sent. Something has to be mended first:"),
}) => {
  const entries = Object.entries(wrong);
  return entries.length === 0 ? (
    <></>
  ) : (
    <div class="notice" role="alert" tabindex={-1} autofocus>
      <p>{says}</p>
      <ul class="plain">
        {entries.map(([id, why]) => (
          <li>
            <a href={`#${id}`}>{why}</a>
          </li>
        ))}
      </ul>
    </div>
  );
};
