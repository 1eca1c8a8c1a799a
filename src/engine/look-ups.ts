import type { DuckDBValue } from "@duckdb/node-api";
import type { AnswerPlan, PlanValue } from "../uses/plan.ts";
import { EngineFailed } from "./failed.ts";
import { lookUpSql, type Shape } from "./sql.ts";
import { type Cell, toCell, toEngine } from "./values.ts";
import type { Vintage } from "./vintage.ts";

/** The rows that have a key: how many, whether one of them agrees with every submitted value, and whom they are about. */
export type Found = {
  readonly rows: number;
  readonly agrees: boolean;
  readonly subjects: readonly DuckDBValue[];
};

type Waiting = {
  readonly plan: AnswerPlan;
  readonly found: (found: Found) => void;
  readonly failed: (cause: unknown) => void;
};

/** DuckDB answers 256 keys by the index in the time of ten single ones. */
const TOGETHER_MAX = 256;

/**
 * Look-ups of one vintage. Those that ask for the same fields and come while one is under way are asked together: a
 * queue never waits for company, it only takes along who is there when its turn comes.
 */
export function lookUps(
  vintage: Vintage,
  rowsMax: number,
): (plan: AnswerPlan) => Promise<Found> {
  const queues = new Map<string, Waiting[]>();
  const empty = async (alike: string, queue: Waiting[]): Promise<void> => {
    for (
      let batch = queue.splice(0, TOGETHER_MAX);
      batch.length > 0;
      batch = queue.splice(0, TOGETHER_MAX)
    ) {
      await askTogether(batch, vintage, rowsMax);
    }
    queues.delete(alike);
  };
  return (plan) =>
    new Promise((found, failed) => {
      const waiting = { plan, found, failed };
      // A key of several fields has its own index, which takes one key at a time.
      if (plan.key.length > 1) {
        askTogether([waiting], vintage, rowsMax).catch(failed);
        return;
      }
      const alike = JSON.stringify(
        [plan.key, plan.values].map((list) => list.map((one) => one.field)),
      );
      const queue = queues.get(alike);
      if (queue !== undefined) {
        queue.push(waiting);
        return;
      }
      const begun = [waiting];
      queues.set(alike, begun);
      empty(alike, begun).catch(failed);
    });
}

/** Settles every one of the batch, whatever happens. */
async function askTogether(
  batch: readonly Waiting[],
  vintage: Vintage,
  rowsMax: number,
): Promise<void> {
  const [first, ...others] = batch;
  if (first === undefined) return;
  try {
    const rows = await vintage.lookUp(
      lookUpSql(
        [first.plan, ...others.map((o) => o.plan)],
        vintage.shape,
        rowsMax,
      ),
    );
    if (rows.length <= rowsMax) return settle(batch, rows, vintage.shape);
    if (others.length === 0) throw new EngineFailed("large");
  } catch (cause) {
    for (const { failed } of batch) failed(cause);
    return;
  }
  // One key with too many rows must not cost the others their answer.
  for (const waiting of batch) await askTogether([waiting], vintage, rowsMax);
}

function settle(
  batch: readonly Waiting[],
  rows: readonly (readonly DuckDBValue[])[],
  shape: Shape,
): void {
  const keys = batch[0]?.plan.key.length ?? 0;
  const byKey = new Map<string, (readonly DuckDBValue[])[]>();
  for (const row of rows) {
    const key = JSON.stringify(row.slice(0, keys).map(toCell));
    const alike = byKey.get(key);
    if (alike === undefined) byKey.set(key, [row]);
    else alike.push(row);
  }
  const cellOf = ({
    field,
    value,
  }: {
    field: string;
    value: PlanValue;
  }): Cell => toCell(toEngine(shape.types.get(field) ?? "text", value));
  for (const { plan, found } of batch) {
    const mine = byKey.get(JSON.stringify(plan.key.map(cellOf))) ?? [];
    const wanted = plan.values.map(cellOf);
    found({
      rows: mine.length,
      agrees: mine.some((row) =>
        wanted.every((value, i) => toCell(row[keys + i] ?? null) === value),
      ),
      subjects:
        shape.subject === undefined
          ? []
          : mine.map((row) => row[keys + wanted.length] ?? null),
    });
  }
}
