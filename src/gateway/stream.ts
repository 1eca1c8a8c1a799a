import { createHash } from "node:crypto";
import { toBase64url } from "../acts/bytes.ts";
import { Malformed } from "../acts/canonical.ts";
import type { Batch } from "../engine/source.ts";
import { EngineFailed } from "../engine/failed.ts";
import { type Dataset } from "../register/register.ts";
import { isPersonal } from "../register/fields.ts";
import type { OpenAdmission, PermitAdmission, Refusal } from "../uses/admit.ts";
import type { RecordsPlan, Request } from "../uses/plan.ts";
import type { Receipt } from "../uses/receipt.ts";
import type { Settle } from "../uses/use.ts";
import { concernedBy, tokensOf } from "./answer.ts";
import { CutShort, whileAdmitted } from "./cut-short.ts";
import { type Desk, type Entered, leafOf, type Reserved } from "./desk.ts";
import { type How, knownOf, sameRows } from "./how.ts";
import { asked, datasetOf, fromOf } from "./run-plan.ts";
import type { Held } from "./lease-line.ts";
import { settle } from "./settling.ts";
import { Unavailable } from "./unavailable.ts";
import { useOf } from "./use-of.ts";

/** How rows become bytes; `token` stands for identifiers where rows are about persons. */
export type Encode = (
  batches: AsyncIterable<Batch>,
  of: {
    readonly dataset: Dataset;
    readonly fields: readonly string[];
    readonly token: ((value: string) => string) | undefined;
  },
) => AsyncIterable<Uint8Array>;

/** A streamed answer: entered open, with its upper limits, before its first byte. */
export type Streaming = Entered & {
  readonly outcome: "streaming";
  readonly bytes: AsyncGenerator<Uint8Array>;
  /** The receipt of its settle, once it has ended; none for open data, which are counted. */
  readonly settled: Promise<Receipt | undefined>;
  /** Whoever takes no bytes at all says so: a generator that was not begun does not hear of its end. */
  readonly abandon: () => void;
};

type Admission = OpenAdmission | PermitAdmission;
type Ending = (result: Settle["result"]) => void;

/** Asks for rows that leave as they come. Its first rows are there before it is entered, so that what fails at once is no use. */
export async function stream(
  desk: Desk,
  request: Request,
  organisation: string | undefined,
  encode: Encode,
  how: How = {},
): Promise<Streaming | Refusal> {
  const plan = mustStream(request);
  desk.mustServe();
  const known = knownOf(how);
  const reserved = await desk.reserve(request, organisation, known);
  if (reserved.outcome === "refused")
    return desk.decline(reserved, organisation);
  try {
    return await streamReserved(
      ...([desk, request, organisation, plan, encode, how, reserved] as const),
    );
  } finally {
    reserved.held.release();
  }
}

async function streamReserved(
  desk: Desk,
  request: Request,
  organisation: string | undefined,
  plan: RecordsPlan,
  encode: Encode,
  how: How,
  reserved: Reserved,
): Promise<Streaming | Refusal> {
  const { admission: first, held } = reserved;
  const known = knownOf(how);
  const dataset = datasetOf(desk.register, plan);
  const { batches, subjects, number } = await asked(
    ...([desk, plan.dataset, organisation] as const),
    () => begin(desk, plan, first, isPersonal(dataset)),
  );
  try {
    await desk.logs.prepare(
      first.outcome === "open" ? "minute" : first.slotName,
    );
    const now = desk.now();
    desk.mustServe();
    const again = desk.admitReserved(
      ...([request, organisation, now, known, reserved] as const),
    );
    if (again.outcome === "refused") {
      await batches.stop();
      return await desk.decline(again, organisation);
    }
    if (!sameRows(first, again))
      throw new Unavailable(
        "Cannot answer: permits changed while the plan ran; ask again",
      );
    const counted = new Counted(
      batches,
      whileAdmitted(desk, request, organisation, again, known),
    );
    const rows = { plan, dataset, encode, counted };
    return again.outcome === "open"
      ? await streamOpen(desk, rows, again, now)
      : await streamUse(desk, rows, again, {
          ...{ request, subjects, vintage: number, now, how, held },
        });
  } catch (error) {
    await batches.stop();
    throw error;
  }
}

type Rows = {
  readonly plan: RecordsPlan;
  readonly dataset: Dataset;
  readonly encode: Encode;
  readonly counted: Counted;
};

function mustStream({ plan }: Request): RecordsPlan {
  if (plan.form !== "records")
    throw new Malformed(
      `Cannot stream form ${plan.form}: want records; other forms are answered as JSON`,
    );
  if (plan.cursor !== undefined)
    throw new Malformed(
      "Cannot stream from a cursor: a stream has no pages, want plan.limit alone",
    );
  return plan;
}

/** Everybody whom the rows are about, and the rows, of which the first have been asked for. */
async function begin(
  desk: Desk,
  plan: RecordsPlan,
  admission: Admission,
  isAboutPersons: boolean,
) {
  const { engine } = desk.options;
  const { from, number } = fromOf(desk.register, plan.dataset, admission);
  const subjects = isAboutPersons ? await engine.subjectsOf(plan, from) : [];
  // A live table may have got somebody since, who was not named: it is not theirs to leave in silence.
  const concerned = isAboutPersons ? { concerned: new Set(subjects) } : {};
  const source = engine
    .stream(plan, { ...from, ...concerned })
    [Symbol.asyncIterator]();
  const head = await source.next();
  return { batches: headed(head, source), subjects, number };
}

type Batches = AsyncIterable<Batch> & { readonly stop: () => Promise<void> };

/** Rows of which the first are there already. They can be stopped before anybody has taken one, which a generator cannot. */
function headed(
  head: IteratorResult<Batch>,
  source: AsyncIterator<Batch>,
): Batches {
  let first: IteratorResult<Batch> | undefined = head;
  const stop = async () => {
    first = undefined;
    await source.return?.();
  };
  return {
    stop,
    [Symbol.asyncIterator]: () => ({
      next: () => {
        const next = first === undefined ? source.next() : first;
        first = undefined;
        return Promise.resolve(next);
      },
      return: async () => {
        await stop();
        return { done: true, value: undefined };
      },
    }),
  };
}

/** Rows on their way, counted, and stopped as soon as nobody may have them any more. */
class Counted {
  rows = 0;
  readonly #batches: Batches;
  readonly #mayGoOn: () => void;

  constructor(batches: Batches, mayGoOn: () => void) {
    this.#batches = batches;
    this.#mayGoOn = mayGoOn;
  }

  /** The source is free again. */
  stop(): void {
    this.#batches.stop().catch(() => undefined);
  }

  async *all(): AsyncGenerator<Batch, void, undefined> {
    for await (const batch of this.#batches) {
      this.#mayGoOn();
      this.rows += batch.rows;
      yield batch;
    }
  }
}

/** Open data are counted, not traced. */
async function streamOpen(
  desk: Desk,
  rows: Rows,
  admission: OpenAdmission,
  now: number,
): Promise<Streaming> {
  const { plan } = rows;
  const entered = await desk.enterOpen(
    ...([plan.dataset, "records", admission.basis, now, 0] as const),
  );
  const measure = new Measure();
  const log = desk.logs.all.find(
    ({ origin }) => origin === entered.receipt.log,
  );
  // Byte by byte, since its slot may be over before it is.
  const count = (bytes: number) => log?.countBytes(entered.leaf, bytes);
  const bytes = leave(rows, undefined, measure, () => undefined, { count });
  const settled = Promise.resolve(undefined);
  const abandon = () => rows.counted.stop();
  return { outcome: "streaming", ...entered, bytes, settled, abandon };
}

async function streamUse(
  desk: Desk,
  rows: Rows,
  admission: PermitAdmission,
  asks: {
    readonly request: Request;
    readonly subjects: readonly string[];
    readonly vintage: number | undefined;
    readonly now: number;
    readonly how: How;
    readonly held: Held;
  },
): Promise<Streaming> {
  const { request, subjects, vintage, now, how, held } = asks;
  const { permit, price } = admission;
  const token = tokensOf(desk.options.sealKey, permit.act.permit);
  const { use, opening, log, slot, named } = useOf(desk, request, admission, {
    given: { rowsMax: rows.plan.limit },
    subjects: concernedBy(subjects, rows.plan, rows.dataset),
    ...{ vintage, how, now },
  });
  desk.spend(permit.act.permit, use.units, held);
  const measure = new Measure();
  const leaf = toBase64url(leafOf(use));
  let settling: Promise<Receipt | undefined> | undefined;
  let told: (receipt: Receipt | undefined) => void = () => undefined;
  const settled = new Promise<Receipt | undefined>((resolve) => {
    told = resolve;
  });
  const end: Ending = (result) => {
    if (settling !== undefined) return;
    forget();
    const given = { rows: rows.counted.rows, ...measure.taken() };
    settling = settle(desk, { use, leaf, log }, result, given).then(
      (entered) => entered.receipt,
      () => undefined,
    );
    settling.then(told, () => told(undefined));
  };
  // An act or the quarter's end may come before the entry is durable: it has its place, and is settled behind it.
  const forget = desk.leaving.add(log, () => end("cancelled"));
  const { receipt } = await desk
    .enterSealed(log, slot, use, opening, named)
    .catch((error: unknown) => {
      forget();
      throw error;
    });
  const isOver = () => settling !== undefined;
  const bytes = leave(rows, token, measure, end, { isOver });
  return {
    ...{ outcome: "streaming", receipt, leaf, charge: use.charge, price },
    ...{ permit: use.permit, bytes, settled },
    abandon: () => {
      end("cancelled");
      rows.counted.stop();
    },
  };
}

/** SHA-256 and number of the bytes that have left. */
class Measure {
  bytes = 0;
  readonly #hash = createHash("sha256");

  add(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    this.#hash.update(chunk);
  }

  taken(): { readonly bytes: number; readonly answer: string } {
    const answer = this.#hash.copy().digest("base64url");
    return { bytes: this.bytes, answer };
  }
}

/** The bytes as they leave. Whatever ends them, it is entered before whoever takes them hears of it. */
async function* leave(
  { plan, dataset, encode, counted }: Rows,
  token: ((value: string) => string) | undefined,
  measure: Measure,
  end: Ending,
  on: {
    readonly isOver?: () => boolean;
    readonly count?: (bytes: number) => void;
  },
): AsyncGenerator<Uint8Array, void, undefined> {
  let result: Settle["result"] = "cancelled";
  try {
    const { fields } = plan;
    for await (const chunk of encode(counted.all(), {
      dataset,
      fields,
      token,
    })) {
      if (on.isOver?.() === true)
        throw new CutShort("Cannot go on: the log was closed");
      measure.add(chunk);
      on.count?.(chunk.length);
      yield chunk;
    }
    result = "complete";
  } catch (error) {
    // Whoever left it lying ended it: what they took is charged.
    const isLeft = error instanceof EngineFailed && error.failure === "idle";
    if (!(error instanceof CutShort) && !isLeft) result = "broken";
    // What an engine says may carry data.
    throw error instanceof EngineFailed
      ? new Unavailable(error.message, { cause: error })
      : error;
  } finally {
    end(result);
  }
}
