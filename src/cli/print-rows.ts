import type { Row } from "./read-as.ts";

/** Rows as a table in columns. */
export function printRows(rows: readonly Row[]): void {
  const first = rows[0];
  if (first === undefined) return console.log("no rows");
  const names = Object.keys(first);
  const cells = rows.map((row) =>
    names.map((name) =>
      row[name] === null ? "" : (row[name] ?? "").toString(),
    ),
  );
  const widths = names.map((name, i) =>
    Math.min(
      40,
      Math.max(name.length, ...cells.map((row) => row[i]?.length ?? 0)),
    ),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd();
  console.log(line(names));
  for (const row of cells) console.log(line(row));
}
