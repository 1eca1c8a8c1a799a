import type { Plan, RecordsPlan } from "../uses/plan.ts";
import { EngineFailed } from "./failed.ts";
import {
  ANSWER_LIMITS,
  type Batch,
  type EngineAnswer,
  type From,
  type Source,
} from "./source.ts";
import {
  type Attachment,
  type Gate,
  type Limits,
  openGate,
  Vintage,
} from "./vintage.ts";

export const LIMITS: Limits = {
  memoryMegabytes: 2048,
  threads: 2,
  plansAtATime: 2,
  streamsAtATime: 2,
  timeoutMs: 10_000,
  idleMs: 30_000,
  ...ANSWER_LIMITS,
};

/** Serves plans from Parquet vintages. Owns one sealed DuckDB per vintage; `close` ends them. */
export class DuckdbEngine implements Source {
  readonly #limits: Limits;
  readonly #gate: Gate;
  /** By dataset, in the order in which they were attached. */
  readonly #served = new Map<string, readonly Vintage[]>();
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
        vintage,
      ]);
    });
    this.#loading = attached.catch(() => undefined);
    return attached;
  }

  /** Plans are run on this vintage or a later one from now on: those before it go. */
  retireBefore(dataset: string, name: string): void {
    const served = this.#served.get(dataset) ?? [];
    const at = served.findIndex((vintage) => vintage.name === name);
    const old = served.slice(0, Math.max(at, 0)).map((one) => one.name);
    this.retire(dataset, (one) => old.includes(one));
  }

  retire(dataset: string, goes: (name: string) => boolean): void {
    const served = this.#served.get(dataset) ?? [];
    this.#served.set(
      dataset,
      served.filter((vintage) => !goes(vintage.name)),
    );
    for (const vintage of served) if (goes(vintage.name)) vintage.retire();
  }

  /** Runs a plan on the vintage of that name, or on the one attached last. */
  async run(plan: Plan, from: From = {}): Promise<EngineAnswer> {
    return this.#vintageFor(plan, from).run(plan, from);
  }

  /** The vintage stays until the stream ends, whichever comes after it. */
  async *stream(
    plan: RecordsPlan,
    from: From = {},
  ): AsyncGenerator<Batch, void, undefined> {
    yield* this.#vintageFor(plan, from).stream(plan, from);
  }

  async subjectsOf(plan: Plan, from: From = {}): Promise<readonly string[]> {
    return this.#vintageFor(plan, from).subjectsOf(plan, from);
  }

  /** Vintages in use are closed when their last plan is done. */
  async close(): Promise<void> {
    await this.#loading;
    for (const vintage of [...this.#served.values()].flat()) vintage.retire();
    this.#served.clear();
  }

  #vintageFor(plan: Plan, from: From): Vintage {
    const vintage = this.#served
      .get(plan.dataset)
      ?.findLast(({ name }) => name === (from.vintage ?? name));
    if (vintage === undefined) throw new EngineFailed("absent");
    return vintage;
  }
}
