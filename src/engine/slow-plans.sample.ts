import type { FieldType } from "../acts/shapes.ts";
import type { TypedField } from "../uses/check-plan.ts";
import type {
  AggregatePlan,
  AnswerPlan,
  Condition,
  PlanValue,
  RecordsPlan,
} from "../uses/plan.ts";
import type { Cell } from "./values.ts";

/** Few values, so that plans find something; texts that would do harm if they ever became SQL, and near-twins. */
export const POOL = {
  text: [
    "",
    "a",
    "A",
    "ａ",
    "аbc",
    "é",
    "e\u0301",
    '\'; drop table "rows"; --',
    '"rows"',
    "$1",
    "%",
    "\\",
    "a\nb",
    "\u{1f600}",
    "\uffee",
    " a",
  ],
  integer: [
    0,
    1,
    -1,
    42,
    9007199254740991,
    "9007199254740993",
    "-9223372036854775808",
  ],
  decimal: ["0", "0.1", "-0.25", "6.5", 7, "1000.125"],
  boolean: [true, false],
  date: ["2026-03-01", "2024-02-29", "0001-01-01", "9999-12-31"],
  instant: [
    "2026-03-01T08:00:00Z",
    "1969-12-31T23:59:59.500Z",
    "2026-03-01T08:00:00.000001Z",
  ],
} as const satisfies Record<FieldType, readonly PlanValue[]>;

/** Names that SQL knows otherwise. */
export const fields: readonly TypedField[] = [
  { name: "select", type: "text" },
  { name: "rowid", type: "integer" },
  { name: "rows", type: "decimal" },
  { name: "order", type: "boolean" },
  { name: "date", type: "date" },
  { name: "timestamp", type: "instant" },
];
export const names = fields.map((field) => field.name);
export const typeOf = new Map(fields.map(({ name, type }) => [name, type]));

export const ROWS = 150;
export const DATASET = "hostile";
export const rows: Readonly<Record<string, Cell>>[] = Array.from(
  { length: ROWS },
  (_, i) =>
    Object.fromEntries(
      fields.map(({ name, type }, f): [string, Cell] => {
        const pool = POOL[type];
        const at = (i * (2 * f + 3) + ((i * i) >> (f + 1))) % (pool.length + 1);
        const value = pool[at] ?? null;
        return [
          name,
          type === "decimal" && value !== null ? Number(value) : value,
        ];
      }),
    ),
);

type Key = string | number | bigint;

/** A value as something that JavaScript orders as the engine must: texts by code point, missing ones apart. */
function keyOf(type: FieldType, value: Cell | PlanValue): Key | null {
  if (value === null) return null;
  switch (type) {
    case "text":
      return Buffer.from(String(value)).toString("hex");
    case "integer":
      return BigInt(value);
    case "decimal":
    case "boolean":
      return Number(value);
    case "date":
      return String(value);
    case "instant": {
      const text = String(value);
      const fraction = /\.(\d+)Z$/.exec(text)?.[1] ?? "";
      return (
        BigInt(Date.parse(`${text.slice(0, 19)}Z`)) * 1000n +
        BigInt(fraction.padEnd(6, "0"))
      );
    }
  }
}

const keyIn = (row: Readonly<Record<string, Cell>>, name: string): Key | null =>
  keyOf(typeOf.get(name) ?? "text", row[name] ?? null);

export function holds(
  row: Readonly<Record<string, Cell>>,
  condition: Condition,
): boolean {
  const has = keyIn(row, condition.field);
  if (condition.op === "missing") return (has === null) === condition.value;
  if (has === null) return false;
  const type = typeOf.get(condition.field) ?? "text";
  if (condition.op === "in")
    return condition.value.some((value) => keyOf(type, value) === has);
  const want = keyOf(type, condition.value);
  if (want === null) return false;
  const table = {
    eq: has === want,
    ne: has !== want,
    lt: has < want,
    lte: has <= want,
    gt: has > want,
    gte: has >= want,
  };
  return table[condition.op];
}

function compare(
  a: Key | null,
  b: Key | null,
  direction: "asc" | "desc",
): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return (a < b ? -1 : 1) * (direction === "asc" ? 1 : -1);
}

export function filtered(where: readonly Condition[]) {
  return rows.filter((row) =>
    where.every((condition) => holds(row, condition)),
  );
}

export function slowRecords(plan: RecordsPlan): Cell[][] {
  const sorted = filtered(plan.where).sort((a, b) => {
    for (const { field, direction } of plan.order) {
      const order = compare(keyIn(a, field), keyIn(b, field), direction);
      if (order !== 0) return order;
    }
    return 0;
  });
  return sorted.map((row) => plan.fields.map((name) => row[name] ?? null));
}

export function slowAggregate(plan: AggregatePlan): Cell[][] {
  const groups = new Map<string, typeof rows>();
  for (const row of filtered(plan.where)) {
    const key = JSON.stringify(plan.by.map((name) => row[name]));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  if (plan.by.length === 0 && groups.size === 0) groups.set("", []);
  const sorted = [...groups.values()].sort((a, b) => {
    for (const name of plan.by) {
      const order = compare(
        keyIn(a[0] ?? {}, name),
        keyIn(b[0] ?? {}, name),
        "asc",
      );
      if (order !== 0) return order;
    }
    return 0;
  });
  return sorted.map((group) => [
    ...plan.by.map((name) => group[0]?.[name] ?? null),
    ...plan.measures.map((m) =>
      m.measure === "count" ? group.length : slowSum(group, m.field),
    ),
  ]);
}

function slowSum(group: typeof rows, name: string): Cell {
  const values = group
    .map((row) => row[name] ?? null)
    .filter((value) => value !== null);
  if (values.length === 0) return null;
  if (typeOf.get(name) === "decimal")
    return (
      values.reduce<number>(
        (sum, value) => sum + Math.round(Number(value) * 1000),
        0,
      ) / 1000
    );
  const sum = values.reduce((total, value) => total + BigInt(value), 0n);
  return Number.isSafeInteger(Number(sum)) ? Number(sum) : String(sum);
}

export function slowAnswer(plan: AnswerPlan): string {
  const mine = rows.filter((row) =>
    plan.key.every(({ field, value }) =>
      holds(row, { field, op: "eq", value }),
    ),
  );
  if (mine.length === 0) return "notOnRecord";
  return mine.some((row) =>
    plan.values.every(({ field, value }) =>
      holds(row, { field, op: "eq", value }),
    ),
  )
    ? "yes"
    : "no";
}

export const subjects = (of: typeof rows) =>
  [...new Set(of.flatMap((row) => row["select"] ?? []))]
    .map(String)
    .sort((a, b) => (a < b ? -1 : 1));
