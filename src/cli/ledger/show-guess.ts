import { showLine } from "../../audit/says.ts";
import {
  lettersOfColumn,
  type Place,
  RECEIPT_ROLES,
} from "../../audit/ledger/mapping.ts";
import type { GuessedMapping } from "../../engine/ledger/read/guess.ts";

const CELL_CHARACTERS_MAX = 24;

/** How a file would be read: what each column is taken for, three of its cells, and what a person has to decide. */
export function guessLines(
  name: string,
  { mapping, headings, samples, problems }: GuessedMapping,
): readonly string[] {
  const { columns, ...rest } = mapping;
  const lines = RECEIPT_ROLES.flatMap((role) => {
    const place = columns[role];
    if (place === undefined || place === null) return [];
    const at = columnOf(place, headings);
    const cells =
      at === undefined
        ? []
        : samples.map((row) => showLine(row[at] ?? "", CELL_CHARACTERS_MAX));
    return [
      `  ${role.padEnd(11)} ${written(place).padEnd(28)} ${cells.join("   ")}`.trimEnd(),
    ];
  });
  const taken = new Set(
    Object.values(columns).map((place) =>
      place === undefined || place === null
        ? undefined
        : columnOf(place, headings),
    ),
  );
  const unused = headings.filter((_, index) => !taken.has(index));
  const others = Object.entries(rest).flatMap(([member, value]) =>
    value === undefined ? [] : [`${member} ${String(value)}`],
  );
  return [
    name,
    ...lines,
    ...(others.length === 0
      ? []
      : [`  ${"also".padEnd(11)} ${others.join(", ")}`]),
    ...(unused.length === 0
      ? []
      : [
          `  ${"not used".padEnd(11)} ${unused.map((one) => showLine(one, CELL_CHARACTERS_MAX)).join(", ")}`,
        ]),
    ...problems.map((problem) => `  ${"decide".padEnd(11)} ${problem}`),
  ];
}

function columnOf(
  place: Place,
  headings: readonly string[],
): number | undefined {
  if ("column" in place) return place.column;
  if (!("heading" in place)) return undefined;
  const at = headings.findIndex(
    (heading) => heading.trim() === place.heading.trim(),
  );
  return at < 0 ? undefined : at;
}

function written(place: Place): string {
  if ("heading" in place) return showLine(place.heading, CELL_CHARACTERS_MAX);
  if ("column" in place) return `column ${lettersOfColumn(place.column)}`;
  return "value" in place ? `always ${place.value}` : "the file's name";
}
