import type { DuckDBValue } from "@duckdb/node-api";
import { Malformed } from "../acts/canonical.ts";
import { aggregateColumns } from "../uses/check-plan.ts";
import type { AggregatePlan, Plan, RecordsPlan } from "../uses/plan.ts";
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
      /** There is more than the limit let through. */
      readonly more: boolean;
      /** The row that ended a page with more behind it, as `run` takes it for the next one. */
      readonly last?: number;
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

/** Which vintage a plan runs on, and the row that ended the page before. */
export type From = { readonly vintage?: string; readonly after?: number };

type Served = {
  readonly vintage: Vintage;
  readonly answer: ReturnType<typeof lookUps>;
};

/** Serves plans from Parquet vintages. Owns one sealed DuckDB per vintage; `close` ends them. */
export class DuckdbEngine {
  readonly #limits: Limits;
  readonly #gate: Gate;
  /** By dataset, in the order in which they were attached. */
  readonly #served = new Map<string, readonly Served[]>();
  /** Vintages load one after the other: the later call wins, and only one file at a time takes the memory of loading. */
  #loading: Promise<unknown> = Promise.resolve();

  constructor(limits: Partial<Limits> = {}) {
    this.#limits = { ...LIMITS, ...limits };
    this.#gate = openGate(this.#limits);
  }

  /**
   * Loads a vintage beside those that are there. It answers to its name, so that a plan sees one vintage whole; the same
   * file attached again takes its own place.
   */
  attach(attachment: Attachment): Promise<void> {
    const attached = this.#loading.then(async () => {
      const vintage = await Vintage.load(attachment, this.#limits, this.#gate);
      this.retire(attachment.dataset, (name) => name === vintage.name);
      this.#served.set(attachment.dataset, [
        ...(this.#served.get(attachment.dataset) ?? []),
        { vintage, answer: lookUps(vintage, this.#limits.rowsMax) },
      ]);
    });
    this.#loading = attached.catch(() => undefined);
    return attached;
  }

  /** Plans are run on this vintage or a later one from now on: those before it go. */
  retireBefore(dataset: string, name: string): void {
    const served = this.#served.get(dataset) ?? [];
    const at = served.findIndex(({ vintage }) => vintage.name === name);
    const old = served.slice(0, Math.max(at, 0)).map((one) => one.vintage.name);
    this.retire(dataset, (one) => old.includes(one));
  }

  retire(dataset: string, goes: (name: string) => boolean): void {
    const served = this.#served.get(dataset) ?? [];
    this.#served.set(
      dataset,
      served.filter(({ vintage }) => !goes(vintage.name)),
    );
    for (const { vintage } of served) if (goes(vintage.name)) vintage.retire();
  }

  /**
   * Runs a plan on the vintage of that name, or on the one attached last. Throws `Malformed` for a plan that does not fit
   * the dataset's fields, `EngineFailed` for everything after that. A row to go on behind is believed: who gave it out knows it.
   */
  async run(plan: Plan, from: From = {}): Promise<EngineAnswer> {
    const served = this.#served
      .get(plan.dataset)
      ?.findLast(
        ({ vintage }) => vintage.name === (from.vintage ?? vintage.name),
      );
    if (served === undefined) throw new EngineFailed("absent");
    const { vintage, answer } = served;
    vintage.check(plan);
    return vintage.asking(() => {
      switch (plan.form) {
        case "records":
          return this.#records(plan, vintage, from.after);
        case "answer":
          return toAnswer(answer(plan));
        case "aggregate":
          return this.#aggregate(plan, vintage);
        case "file":
          throw new Malformed(
            "Cannot run plan: a file is asked for at its own address",
          );
      }
    });
  }

  /** Vintages in use are closed when their last plan is done. */
  async close(): Promise<void> {
    await this.#loading;
    for (const { vintage } of [...this.#served.values()].flat())
      vintage.retire();
    this.#served.clear();
  }

  async #records(
    plan: RecordsPlan,
    vintage: Vintage,
    after: number | undefined,
  ): Promise<EngineAnswer> {
    this.#checkLimit(plan.limit);
    const { shape } = vintage;
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
      ...(more && last !== undefined ? { last: Number(last) } : {}),
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
  if (place === undefined) throw new EngineFailed("broken");
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
