import type { PlanValue } from "../uses/plan.ts";
import { EngineFailed } from "./failed.ts";
import type { Layout, Row } from "./in-memory.ts";
import { lookUpSql, type Sql, type Table, TOGETHER_MAX } from "./sql.ts";
import { type Cell, cellOf } from "./values.ts";

/** The rows that have a key, as many of their fields as somebody wants. */
export type LookUp = {
  readonly fields: readonly string[];
  readonly key: readonly PlanValue[];
  readonly columns: readonly string[];
};
export type Found = { readonly layout: Layout; readonly rows: readonly Row[] };

type Waiting = LookUp & {
  readonly found: (found: Found) => void;
  readonly failed: (cause: unknown) => void;
};

/** Runs a statement in the turns of look-ups. */
type Ask = (sql: Sql) => Promise<readonly Row[]>;

/**
 * Look-ups of one table. Those by the same field that come while one is under way are asked together, whatever they want
 * to know of their rows: a queue never waits for company, it only takes along who is there when its turn comes.
 */
export class LookUps {
  readonly #table: Table;
  readonly #ask: Ask;
  readonly #rowsMax: number;
  readonly #queues = new Map<string, Waiting[]>();

  constructor(table: Table, rowsMax: number, ask: Ask) {
    this.#table = table;
    this.#rowsMax = rowsMax;
    this.#ask = ask;
  }

  /** Fails as too large when more rows have the key than are read. */
  find(lookUp: LookUp): Promise<Found> {
    return new Promise((found, failed) => {
      const waiting = { ...lookUp, found, failed };
      const [only, ...others] = lookUp.fields;
      // A key of several fields has its own index, which takes one key at a time.
      if (only === undefined || others.length > 0) {
        this.#askTogether([waiting]).catch(failed);
        return;
      }
      const queue = this.#queues.get(only);
      if (queue !== undefined) {
        queue.push(waiting);
        return;
      }
      const begun = [waiting];
      this.#queues.set(only, begun);
      this.#empty(only, begun).catch(failed);
    });
  }

  async #empty(field: string, queue: Waiting[]): Promise<void> {
    for (
      let batch = queue.splice(0, TOGETHER_MAX);
      batch.length > 0;
      batch = queue.splice(0, TOGETHER_MAX)
    ) {
      await this.#askTogether(batch);
    }
    this.#queues.delete(field);
  }

  /** Settles every one of the batch, whatever happens. */
  async #askTogether(batch: readonly Waiting[]): Promise<void> {
    const [first, ...others] = batch;
    if (first === undefined) return;
    try {
      const columns = this.#columnsFor(batch);
      const rows = await this.#ask(
        lookUpSql(
          first.fields,
          keysOf(batch),
          columns,
          this.#table,
          this.#rowsMax,
        ),
      );
      if (rows.length <= this.#rowsMax)
        return settle(batch, rows, this.#layoutOf(columns));
      if (others.length === 0) throw new EngineFailed("large");
    } catch (cause) {
      for (const { failed } of batch) failed(cause);
      return;
    }
    // One key with too many rows must not cost the others their answer.
    for (const waiting of batch) await this.#askTogether([waiting]);
  }

  /** In the order of the table, so that few statements are written. */
  #columnsFor(batch: readonly Waiting[]): readonly string[] {
    const wanted = new Set(batch[0]?.fields);
    for (const { columns } of batch)
      for (const column of columns) wanted.add(column);
    return [...this.#table.columns.keys()].filter((name) => wanted.has(name));
  }

  #layoutOf(columns: readonly string[]): Layout {
    return new Map(
      columns.flatMap((name, at) => {
        const column = this.#table.columns.get(name);
        return column === undefined ? [] : [[name, { type: column.type, at }]];
      }),
    );
  }
}

function keysOf(batch: readonly Waiting[]): readonly (readonly PlanValue[])[] {
  const each = new Map<string | PlanValue, readonly PlanValue[]>();
  for (const { key } of batch) {
    const [only, ...others] = key;
    each.set(
      only === undefined || others.length > 0 ? JSON.stringify(key) : only,
      key,
    );
  }
  return [...each.values()];
}

function settle(
  batch: readonly Waiting[],
  rows: readonly Row[],
  layout: Layout,
): void {
  const places = (batch[0]?.fields ?? []).flatMap(
    (name) => layout.get(name) ?? [],
  );
  const byKey = new Map<Cell, Row[]>();
  for (const row of rows) {
    const key = together(places.map(({ at }) => row[at] ?? null));
    const alike = byKey.get(key);
    if (alike === undefined) byKey.set(key, [row]);
    else alike.push(row);
  }
  for (const { key, found } of batch) {
    const wanted = places.map(({ type }, i) => cellOf(type, key[i] ?? ""));
    found({ layout, rows: byKey.get(together(wanted)) ?? [] });
  }
}

function together(key: readonly Cell[]): Cell {
  const [only = null, ...others] = key;
  return others.length === 0 ? only : JSON.stringify(key);
}
