import { primitives } from "../store/crypto.ts";
import { type Given, givenOf, makeSettle } from "../uses/make-use.ts";
import type { Receipt } from "../uses/receipt.ts";
import type { Settle, Use } from "../uses/use.ts";
import type { Desk } from "./desk.ts";
import type { UsageLog } from "./usage-log.ts";

/** A use that was entered open, and the log in which it has to be settled. */
export type OpenUse = {
  readonly use: Use;
  readonly leaf: string;
  readonly log: UsageLog;
};

/** Enters what an open use came to. Its place in the log is taken before this returns; durable when it resolves. */
export function settle(
  desk: Desk,
  of: OpenUse,
  result: Settle["result"],
  given: Given,
): Promise<{ readonly receipt: Receipt; readonly leaf: string }> {
  const { register, logs, spending } = desk;
  const at = desk.latest;
  const permit = register.permits.get(of.use.permit)?.act;
  const product = register.products.get(permit?.product ?? "")?.act;
  const { settle: entry, opening } = makeSettle(
    ...([primitives, of, result, given] as const),
    { at, rowsPerStep: product?.rowsPerStep ?? 1 },
    register.fees.get(of.use.fee ?? "")?.act,
    desk.nonce(),
  );
  const slot = logs.lateBlock(of.log, at);
  const entered = desk.enterSealed(of.log, slot, entry, opening, []);
  const steps = entry.units.steps - of.use.units.steps;
  spending.add(of.use.permit, { calls: 0, steps });
  return entered;
}

/** What was open when the process before this one ended broke then: nobody knows how much had left, and it is not charged. */
export function settleBroken(desk: Desk): void {
  for (const log of desk.logs.all)
    for (const [leaf, use] of [...log.sums.tally.open])
      // The log halts by itself after a failed write, and the next thing that waits for it hears of it.
      settle(desk, { use, leaf, log }, "broken", NOTHING).catch(
        () => undefined,
      );
}

const NOTHING: Given = givenOf(primitives, new Uint8Array(), 0);

/** Answers that are leaving, and how each is ended before its log is closed. */
export class Leaving {
  readonly #running = new Map<symbol, { log: UsageLog; end: () => void }>();

  get size(): number {
    return this.#running.size;
  }

  /** `end` enters the settle at once; gives what is called when it has ended by itself. */
  add(log: UsageLog, end: () => void): () => void {
    const mark = Symbol(log.origin);
    this.#running.set(mark, { log, end });
    return () => void this.#running.delete(mark);
  }

  /** A log is about to be closed: whatever still leaves under it is cut short. */
  endAll(log: UsageLog): void {
    for (const running of [...this.#running.values()])
      if (running.log === log) running.end();
  }
}
