import type { Plan, RecordsPlan } from "../uses/plan.ts";
import type { DuckdbEngine } from "./duckdb.ts";
import { EngineFailed } from "./failed.ts";
import type { Batch, EngineAnswer, From, Source } from "./source.ts";

/** All data of an office as one source: a dataset is in a department's own store, or in vintages. */
export class Engine implements Source {
  readonly vintages: DuckdbEngine;
  readonly #live: Map<string, Source>;

  constructor(
    vintages: DuckdbEngine,
    live: Iterable<readonly [string, Source]> = [],
  ) {
    this.vintages = vintages;
    this.#live = new Map(live);
  }

  /** Asks a dataset of this source from now on; it is closed with the engine. */
  serve(dataset: string, source: Source): void {
    this.#live.set(dataset, source);
  }

  /** Whether a dataset is asked where it is kept: it has no vintage then, and may change from one plan to the next. */
  isLive(dataset: string): boolean {
    return this.#live.has(dataset);
  }

  run(plan: Plan, from: From = {}): Promise<EngineAnswer> {
    return this.#sourceOf(plan).run(plan, from);
  }

  async *stream(
    plan: RecordsPlan,
    from: From = {},
  ): AsyncGenerator<Batch, void, undefined> {
    for await (const batch of this.#sourceOf(plan).stream(plan, from)) {
      const { concerned } = from;
      if (concerned !== undefined)
        for (const subject of batch.subjects)
          if (!concerned.has(subject)) throw new EngineFailed("broken");
      yield batch;
    }
  }

  subjectsOf(plan: Plan, from: From = {}): Promise<readonly string[]> {
    return this.#sourceOf(plan).subjectsOf(plan, from);
  }

  async close(): Promise<void> {
    const sources = [this.vintages, ...this.#live.values()];
    await Promise.all(sources.map((source) => source.close()));
  }

  #sourceOf({ dataset }: Plan): Source {
    return this.#live.get(dataset) ?? this.vintages;
  }
}
