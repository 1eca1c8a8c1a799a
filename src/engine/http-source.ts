import { checkPlan } from "../uses/check-plan.ts";
import type { Plan, RecordsPlan } from "../uses/plan.ts";
import { EngineFailed } from "./failed.ts";
import {
  addressOf,
  checkOperations,
  type Operation,
  operationFor,
} from "./http-operations.ts";
import { rowsOfBody, type Schema } from "./http-rows.ts";
import {
  fieldsOfRows,
  type Layout,
  recordsOf,
  type Row,
  type RowsHere,
  runInMemory,
  subjectsOfRows,
} from "./in-memory.ts";
import type { Served } from "./postgres-table.ts";
import {
  ANSWER_LIMITS,
  type AnswerLimits,
  type Batch,
  type EngineAnswer,
  type From,
  named,
  type Source,
} from "./source.ts";
import { Turns } from "./turns.ts";

/** A department's own HTTP service, and the questions it answers. */
export type ServicePlace = Schema & {
  readonly url: string;
  /** What the service wants to be told besides, such as a credential. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly operations: readonly Operation[];
  /** The status by which the service says that it has no such row. */
  readonly absent?: number;
};

export type ServiceLimits = AnswerLimits & {
  readonly asksAtATime: number;
  readonly timeoutMs: number;
  readonly bytesMax: number;
  /** Rows of one answer of the service, of which a plan may leave few. */
  readonly readMax: number;
};

/** Where nothing else is said. */
export const SERVICE_LIMITS: ServiceLimits = {
  asksAtATime: 8,
  timeoutMs: 10_000,
  bytesMax: 8 * 1024 * 1024,
  readMax: 100_000,
  ...ANSWER_LIMITS,
};

const BATCH_ROWS = 5_000;

/**
 * Asks an existing service instead of a table. It is told the values that one of its operations takes and nothing else;
 * every condition, the order and the limit are kept here, over the registered fields alone.
 */
export class HttpSource implements Source {
  readonly #served: Served;
  readonly #place: ServicePlace;
  readonly #limits: ServiceLimits;
  readonly #layout: Layout;
  readonly #turns: Turns<number>;
  /** Those who ask the same at the same time are answered by one question. */
  readonly #asking = new Map<string, Promise<readonly Row[]>>();

  /** Throws `Malformed` for operations that do not say where their values go. */
  constructor(
    served: Served,
    place: ServicePlace,
    limits: Partial<ServiceLimits> = {},
  ) {
    checkOperations(served.dataset, served.fields, place.operations);
    this.#served = served;
    this.#place = place;
    this.#limits = { ...SERVICE_LIMITS, ...limits };
    this.#layout = new Map(
      served.fields.map(({ name, type }, at) => [name, { type, at }]),
    );
    this.#turns = new Turns([...Array(this.#limits.asksAtATime).keys()]);
  }

  async run(plan: Plan, from: From = {}): Promise<EngineAnswer> {
    return runInMemory(plan, await this.#here(plan), from, this.#limits);
  }

  async *stream(
    plan: RecordsPlan,
    from: From = {},
  ): AsyncGenerator<Batch, void, undefined> {
    const here = await this.#here(plan);
    const rows = recordsOf(plan, here, from).slice(0, plan.limit);
    for (let at = 0; at < rows.length; at += BATCH_ROWS) {
      const some = rows.slice(at, at + BATCH_ROWS);
      const cells = fieldsOfRows(some, plan, here);
      yield {
        columns: plan.fields.map((_, i) => cells.map((row) => row[i] ?? null)),
        rows: some.length,
        subjects: subjectsOfRows(some, here),
      };
    }
  }

  async subjectsOf(plan: Plan, from: From = {}): Promise<readonly string[]> {
    if (plan.form !== "records") return (await this.run(plan, from)).subjects;
    const here = await this.#here(plan);
    const rows = recordsOf(plan, here, from).slice(0, plan.limit);
    return named(subjectsOfRows(rows, here), this.#limits.subjectsMax);
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#asking.values());
  }

  async #here(plan: Plan): Promise<RowsHere> {
    checkPlan(plan, this.#served.fields);
    const types = new Map(
      this.#served.fields.map(({ name, type }) => [name, type]),
    );
    const { url, operations } = this.#place;
    const operation = operationFor(plan, operations);
    const rows = await this.#rowsAt(addressOf(url, operation, plan, types));
    const { subject } = this.#served;
    return { layout: this.#layout, rows, subject };
  }

  #rowsAt(address: string): Promise<readonly Row[]> {
    const known = this.#asking.get(address);
    if (known !== undefined) return known;
    const asked = this.#ask(address).finally(() =>
      this.#asking.delete(address),
    );
    this.#asking.set(address, asked);
    return asked;
  }

  async #ask(address: string): Promise<readonly Row[]> {
    const { timeoutMs } = this.#limits;
    const turn = await this.#turns.take(timeoutMs);
    if (turn === undefined) throw new EngineFailed("busy");
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      return await this.#read(address, signal);
    } catch (cause) {
      if (cause instanceof EngineFailed) throw cause;
      throw new EngineFailed(signal.aborted ? "late" : "broken", { cause });
    } finally {
      this.#turns.give(turn);
    }
  }

  async #read(address: string, signal: AbortSignal): Promise<readonly Row[]> {
    const { format, headers = {}, absent } = this.#place;
    const response = await fetch(address, {
      headers: {
        accept: format === "csv" ? "text/csv" : "application/json",
        "user-agent": "vitrine",
        ...headers,
      },
      redirect: "manual",
      signal,
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      if (response.status === absent) return [];
      throw new EngineFailed("broken");
    }
    const text = await textOf(response, this.#limits.bytesMax);
    const { fields } = this.#served;
    return rowsOfBody(text, fields, this.#place, this.#limits.readMax);
  }
}

/** A body as far as it may go; one that goes on is left. */
async function textOf(response: Response, bytesMax: number): Promise<string> {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let bytes = 0;
  const pieces: AsyncIterable<Uint8Array> | null = response.body;
  if (pieces === null) return "";
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > bytesMax) throw new EngineFailed("large");
    text += utf8.decode(piece, { stream: true });
  }
  return text + utf8.decode();
}
