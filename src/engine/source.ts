import {
  type Condition,
  type Plan,
  type RecordsPlan,
  WHOLE_ROWS_MAX,
} from "../uses/plan.ts";
import { EngineFailed } from "./failed.ts";
import type { Cell } from "./values.ts";

/**
 * The row that ended a page: what names it in its source, as `last` of an answer gives it. Only a source reads it; it
 * believes it, since who gave it out knows it.
 */
export type Place = readonly Cell[];

export type From = {
  /** The vintage that the plan runs on; live sources have none. */
  readonly vintage?: string;
  readonly after?: Place;
  /** The permit's own row filter: what it leaves out is not there, in every form. */
  readonly rows?: readonly Condition[];
  /** Everybody who was named before a stream: a row about anybody else ends it, since it is newer than their names. */
  readonly concerned?: ReadonlySet<string>;
};

/** `subjects`: everybody whom the rows concerned are about, each once, as text; empty for a dataset without subject. */
export type EngineAnswer =
  | {
      readonly kind: "rows";
      readonly columns: readonly string[];
      readonly rows: readonly (readonly Cell[])[];
      /** There is more than the limit let through. */
      readonly more: boolean;
      /** The row that ended a page with more behind it, as `run` takes it for the next one. */
      readonly last?: Place;
      readonly subjects: readonly string[];
    }
  | {
      readonly kind: "answer";
      readonly result: "yes" | "no" | "notOnRecord";
      readonly subjects: readonly string[];
    };

/** Rows of a stream: a column for each field of the plan, and everybody whom they are about. */
export type Batch = {
  readonly columns: readonly (readonly Cell[])[];
  readonly rows: number;
  readonly subjects: readonly string[];
};

/**
 * What takes a plan and gives rows. Every method throws `Malformed` for a plan that the source cannot serve, before it
 * is asked, and `EngineFailed` for everything after that.
 */
export interface Source {
  run(plan: Plan, from?: From): Promise<EngineAnswer>;
  /**
   * At most `limit` rows, which may be more than an answer holds, batch by batch as they are asked for. Whoever stops
   * taking them calls `return`, as leaving a `for await` does; the connection is free then, and as well after an error.
   */
  stream(plan: RecordsPlan, from?: From): AsyncIterable<Batch>;
  /** Everybody whom the rows that `run` or `stream` would give are about; fails as too large beyond what can be named. */
  subjectsOf(plan: Plan, from?: From): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** What one answer may hold. */
export type AnswerLimits = {
  readonly rowsMax: number;
  readonly subjectsMax: number;
};

export const ANSWER_LIMITS: AnswerLimits = {
  rowsMax: WHOLE_ROWS_MAX,
  subjectsMax: 100_000,
};

/** A plan over the rows that a permit lets through. An answer has no conditions: its rows are held against them later. */
export function narrowed<P extends Plan>(
  plan: P,
  rows: readonly Condition[] = [],
): P {
  return plan.form === "answer" || rows.length === 0
    ? plan
    : { ...plan, where: [...plan.where, ...rows] };
}

/** Each once, in the order of their text. */
export function subjectsIn(cells: Iterable<Cell>): readonly string[] {
  const texts = new Set<string>();
  for (const cell of cells) if (cell !== null) texts.add(String(cell));
  return [...texts].sort((a, b) => (a < b ? -1 : 1));
}

/** A use that cannot name everybody it concerns is not answered. */
export function named(
  cells: readonly Cell[],
  subjectsMax: number,
): readonly string[] {
  if (cells.length > subjectsMax) throw new EngineFailed("large");
  return subjectsIn(cells);
}
