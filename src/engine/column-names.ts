import type { TypedField } from "../uses/check-plan.ts";
import { ImportError, show } from "./import-error.ts";

/** A registered field and the place of its column in a file. */
export type Picked = { readonly field: TypedField; readonly column: number };

/** The field name that a header stands for: "Cost Total $" is cost_total. Empty when nothing of it can stand in one. */
export function normalise(header: string): string {
  const name = header
    .replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase())
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return (/^[0-9]/.test(name) ? `n_${name}` : name).slice(0, 64);
}

/** A field name for each header, each once; a header that gives none is named after its place. */
export function fieldNames(headers: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return headers.map((header, i) => {
    const wanted = normalise(header) || `column_${i + 1}`;
    let name = wanted;
    for (let n = 2; taken.has(name); n++) name = `${wanted.slice(0, 60)}_${n}`;
    taken.add(name);
    return name;
  });
}

/** The column of each field: the one that `columns` names, else the only one whose header normalises to its name. */
export function pickColumns(
  file: string,
  headers: readonly string[],
  fields: readonly TypedField[],
  columns: Readonly<Record<string, string>> = {},
): readonly Picked[] {
  const names = headers.map(
    (header, i) => normalise(header) || `column_${i + 1}`,
  );
  const given = new Map(Object.entries(columns));
  return fields.map((field) => {
    const header = given.get(field.name);
    const [list, wanted] =
      header === undefined ? [names, field.name] : [headers, header];
    const column = list.indexOf(wanted);
    if (column < 0) {
      const known = headers.map(show).join(", ");
      throw new ImportError(
        file,
        `it has no column for the field ${field.name}, want ${show(wanted)} among ${known.length > 300 ? `${known.slice(0, 299)}…` : known}`,
      );
    }
    const other = list.indexOf(wanted, column + 1);
    if (other >= 0)
      throw new ImportError(
        file,
        `columns ${column + 1} and ${other + 1} are both ${show(wanted)}, want one for the field ${field.name}`,
      );
    return { field, column };
  });
}
