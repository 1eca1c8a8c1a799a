import type { FC } from "hono/jsx";
import { say } from "../lang/say.ts";
import type { Choice } from "./choices.ts";
import type { LeafKind } from "./shape.ts";
import { TickAll } from "../tick-all.tsx";

/** One field: its name in the form, and what is said about it. */
export type Place = {
  readonly path: string;
  readonly label: string;
  readonly hint: string | undefined;
  readonly wrong: string | undefined;
  readonly isOptional: boolean;
  /** Other fields are shown by what is chosen here. */
  readonly isDependedOn: boolean;
};

/** What helps with a field, and what is wrong with it. */
export const Said: FC<{ place: Place }> = ({
  place: { path, hint, wrong },
}) => (
  <>
    {hint !== undefined && (
      <span id={`${path}-hint`} class="quiet">
        {hint}
      </span>
    )}
    {wrong !== undefined && (
      <span id={`${path}-wrong`} class="wrong">
        {wrong}
      </span>
    )}
  </>
);

function described({
  path,
  hint,
  wrong,
}: Place): Readonly<Record<string, string>> {
  const ids = [
    ...(hint === undefined ? [] : [`${path}-hint`]),
    ...(wrong === undefined ? [] : [`${path}-wrong`]),
  ];
  return {
    ...(ids.length === 0 ? {} : { "aria-describedby": ids.join(" ") }),
    ...(wrong === undefined ? {} : { "aria-invalid": "true" }),
  };
}

const Label: FC<{ place: Place }> = ({ place }) => (
  <label for={place.path}>
    {place.isOptional
      ? say("{field} (may be left empty)", { field: place.label })
      : place.label}
  </label>
);

/** How a browser is told what is typed; what it does not know is text. */
const TYPES: Readonly<Partial<Record<LeafKind, string>>> = {
  day: "date",
  date: "date",
  instant: "datetime-local",
  month: "month",
};
const MODES: Readonly<Partial<Record<LeafKind, "decimal" | "numeric">>> = {
  money: "decimal",
  percent: "decimal",
  whole: "numeric",
};

/** Where a day is stated to the hour, its time is shown with it. */
function typeOf(leaf: LeafKind, value: string): string {
  return leaf === "day" && value.includes("T")
    ? "datetime-local"
    : (TYPES[leaf] ?? "text");
}

export const LeafField: FC<{
  place: Place;
  leaf: LeafKind;
  among: readonly Choice[] | undefined;
  value: string;
}> = ({ place, leaf, among, value }) => {
  const choices =
    leaf === "yesNo"
      ? [
          { value: "yes", says: say("yes") },
          { value: "no", says: say("no") },
        ]
      : among;
  const { path } = place;
  return (
    <p>
      <Label place={place} />
      {choices === undefined ? (
        <input
          id={path}
          name={path}
          type={typeOf(leaf, value)}
          {...(MODES[leaf] === undefined ? {} : { inputmode: MODES[leaf] })}
          value={value}
          autocomplete="off"
          {...(leaf === "title" || leaf === "id"
            ? { maxlength: 200, class: "long" }
            : {})}
          {...(leaf === "code" ? { class: "long", spellcheck: false } : {})}
          {...described(place)}
        />
      ) : (
        <Select place={place} among={choices} value={value} />
      )}
      {place.isDependedOn && (
        <button type="submit" name="do" value="again" formnovalidate>
          {say("Show what belongs to it")}
        </button>
      )}
      <Said place={place} />
    </p>
  );
};

const Select: FC<{
  place: Place;
  among: readonly Choice[];
  value: string;
}> = ({ place, among, value }) => {
  const isKnown = value === "" || among.some((one) => one.value === value);
  return (
    <select id={place.path} name={place.path} {...described(place)}>
      <option value="">
        {place.isOptional ? say("none") : say("choose one")}
      </option>
      {!isKnown && (
        <option value={value} selected>
          {value}
        </option>
      )}
      {among.map((one) => (
        <option value={one.value} selected={one.value === value}>
          {one.says}
        </option>
      ))}
    </select>
  );
};

export const TickBoxes: FC<{
  place: Place;
  among: readonly Choice[];
  ticked: readonly string[];
  /** Whether a button ticks all of them. */
  hasAll: boolean;
}> = ({ place, among, ticked, hasAll }) => (
  <fieldset id={place.path} {...described(place)}>
    <legend>
      {place.isOptional
        ? say("{field} (may be left empty)", { field: place.label })
        : place.label}
    </legend>
    <Said place={place} />
    {hasAll && <TickAll name="do" value={`all:${place.path}`} formnovalidate />}
    <div class="boxes">
      {inOrder(among, ticked).map(({ value, says }) => (
        <label>
          <input
            type="checkbox"
            name={place.path}
            value={value}
            checked={ticked.includes(value)}
          />{" "}
          {says}
        </label>
      ))}
    </div>
  </fieldset>
);

/** As they are listed; but where what is ticked stands in another order, which is part of the act, that one is kept. */
function inOrder(
  among: readonly Choice[],
  ticked: readonly string[],
): readonly Choice[] {
  const byValue = new Map(among.map((one) => [one.value, one]));
  const first = ticked.flatMap((value) => byValue.get(value) ?? []);
  const asListed = among.filter(({ value }) => ticked.includes(value));
  return first.every((one, place) => one === asListed[place])
    ? among
    : [...new Set([...first, ...among])];
}
