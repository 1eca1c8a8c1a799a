import type { DuckDBValue } from "@duckdb/node-api";
import { Malformed } from "../acts/canonical.ts";
import { aggregateColumns } from "../uses/check-plan.ts";
import type { AggregatePlan, Plan, RecordsPlan } from "../uses/plan.ts";
import { readCursor, writeCursor, WRONG_CURSOR } from "./cursor.ts";
import { EngineFailed } from "./failed.ts";
import { lookUps } from "./look-ups.ts";
import { aggregateSql, placeSql, recordsSql, subjectsSql } from "./sql.ts";
import { type Cell, toCell } from "./values.ts";
import {
  type Attachment,
  type Gate,
  type Limits,
  openGate,
  Vintage,
} from "./vintage.ts";

/** `subjects`: everybody whom the rows concerned are about, each once, as text; empty for a dataset without subject. */
export type EngineAnswer =
  | {
      readonly kind: "rows";
      readonly columns: readonly string[];
      readonly rows: readonly (readonly Cell[])[];
      /** There is more than the limit let through; records then have a cursor. */
      readonly more: boolean;
      readonly cursor?: string;
      readonly subjects: readonly string[];
    }
  | {
      readonly kind: "answer";
      readonly result: "yes" | "no" | "notOnRecord";
      readonly subjects: readonly string[];
    };

const LIMITS: Limits = {
  memoryMegabytes: 2048,
  threads: 2,
  plansAtATime: 2,
  timeoutMs: 10_000,
  rowsMax: 10_000,
  subjectsMax: 100_000,
};

type Served = {
  readonly vintage: Vintage;
  readonly answer: ReturnType<typeof lookUps>;
};

/** Serves plans from Parquet vintages. Owns one sealed DuckDB per vintage; `close` ends them. */
export class DuckdbEngine {
  readonly #limits: Limits;
  readonly #gate: Gate;
  readonly #served = new Map<string, Served>();
  /** Vintages load one after the other: the later call wins, and only one file at a time takes the memory of loading. */
  #loading: Promise<unknown> = Promise.resolve();

  constructor(limits: Partial<Limits> = {}) {
    this.#limits = { ...LIMITS, ...limits };
    this.#gate = openGate(this.#limits);
  }

  /** Loads a vintage beside the one in service, then puts it in its place: each plan sees the one or the other, whole. */
  attach(attachment: Attachment): Promise<void> {
    const attached = this.#loading.then(async () => {
      const vintage = await Vintage.load(attachment, this.#limits, this.#gate);
      const before = this.#served.get(attachment.dataset);
      this.#served.set(attachment.dataset, {
        vintage,
        answer: lookUps(vintage, this.#limits.rowsMax),
      });
      before?.vintage.retire();
    });
    this.#loading = attached.catch(() => undefined);
    return attached;
  }

  /** Throws `Malformed` for a plan that does not fit the dataset's fields, `EngineFailed` for everything after that. */
  async run(plan: Plan): Promise<EngineAnswer> {
    const served = this.#served.get(plan.dataset);
    if (served === undefined) throw new EngineFailed("absent");
    const { vintage, answer } = served;
    vintage.check(plan);
    return vintage.asking(() => {
      switch (plan.form) {
        case "records":
          return this.#records(plan, vintage);
        case "answer":
          return toAnswer(answer(plan));
        case "aggregate":
          return this.#aggregate(plan, vintage);
      }
    });
  }

  /** Vintages in use are closed when their last plan is done. */
  async close(): Promise<void> {
    await this.#loading;
    for (const { vintage } of this.#served.values()) vintage.retire();
    this.#served.clear();
  }

  async #records(plan: RecordsPlan, vintage: Vintage): Promise<EngineAnswer> {
    this.#checkLimit(plan.limit);
    const { shape, name } = vintage;
    const after = readCursor(plan, name);
    const place =
      after === undefined ? undefined : await placeOf(plan, vintage, after);
    const found = await vintage.ask(recordsSql(plan, shape, place));
    const page = found.slice(0, plan.limit);
    const more = found.length > plan.limit;
    const last = page.at(-1)?.at(-1);
    return {
      kind: "rows",
      columns: plan.fields,
      rows: page.map((row) => row.slice(0, plan.fields.length).map(toCell)),
      more,
      ...(more && last !== undefined
        ? { cursor: writeCursor(plan, name, Number(last)) }
        : {}),
      subjects:
        shape.subject === undefined
          ? []
          : subjectsOf(page.map((row) => row[plan.fields.length] ?? null)),
    };
  }

  async #aggregate(
    plan: AggregatePlan,
    vintage: Vintage,
  ): Promise<EngineAnswer> {
    this.#checkLimit(plan.limit);
    const { shape } = vintage;
    const { subjectsMax } = this.#limits;
    const found = await vintage.ask(aggregateSql(plan, shape));
    const about =
      shape.subject === undefined
        ? []
        : await vintage.ask(
            subjectsSql(plan, shape, shape.subject, subjectsMax),
          );
    // A use that cannot name everybody it concerns is not answered.
    if (about.length > subjectsMax) throw new EngineFailed("large");
    return {
      kind: "rows",
      columns: aggregateColumns(plan),
      rows: found.slice(0, plan.limit).map((row) => row.map(toCell)),
      more: found.length > plan.limit,
      subjects: subjectsOf(about.map((row) => row[0] ?? null)),
    };
  }

  #checkLimit(limit: number): void {
    if (limit > this.#limits.rowsMax) throw new EngineFailed("large");
  }
}

async function placeOf(
  plan: RecordsPlan,
  vintage: Vintage,
  row: number,
): Promise<{ order: readonly DuckDBValue[]; row: number }> {
  const [place] = await vintage.ask(placeSql(plan, vintage.shape, row));
  if (place === undefined) throw new Malformed(WRONG_CURSOR);
  return { order: place.slice(0, -1), row };
}

async function toAnswer(
  found: ReturnType<ReturnType<typeof lookUps>>,
): Promise<EngineAnswer> {
  const { rows, agrees, subjects } = await found;
  return {
    kind: "answer",
    result: rows === 0 ? "notOnRecord" : agrees ? "yes" : "no",
    subjects: subjectsOf(subjects),
  };
}

/** Each once, in the order of their text. */
function subjectsOf(values: readonly DuckDBValue[]): readonly string[] {
  const texts = new Set<string>();
  for (const value of values)
    if (value !== null) texts.add(String(toCell(value)));
  return [...texts].sort((a, b) => (a < b ? -1 : 1));
}
