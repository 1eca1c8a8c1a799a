import { EngineFailed } from "./failed.ts";
import type { Batch } from "./source.ts";
import type { Turns } from "./turns.ts";

/** A stream that has begun: batches until there are none, then `close`, which is called once whatever happens. */
export type Opened = {
  readonly next: () => Promise<Batch | undefined>;
  readonly close: () => Promise<void>;
};

/**
 * Batches when they are asked for and no sooner. A stream whose turn does not come in time is told so. One whose taker
 * leaves it lying is ended as well, since it keeps others from theirs.
 */
export async function* streamed(
  turns: Turns<number>,
  { timeoutMs, idleMs }: { timeoutMs: number; idleMs: number },
  open: () => Promise<Opened>,
): AsyncGenerator<Batch, void, undefined> {
  const turn = await turns.take(timeoutMs);
  if (turn === undefined) throw new EngineFailed("busy");
  let opened: Opened | undefined;
  let freed: Promise<void> | undefined;
  const free = (): Promise<void> => {
    freed ??= (opened?.close() ?? Promise.resolve()).finally(() =>
      turns.give(turn),
    );
    return freed;
  };
  try {
    opened = await open();
    for (;;) {
      const batch = await opened.next();
      if (batch === undefined) return;
      const idle = setTimeout(() => void free().catch(() => undefined), idleMs);
      try {
        yield batch;
      } finally {
        clearTimeout(idle);
      }
      if (freed !== undefined) throw new EngineFailed("idle");
    }
  } finally {
    await free();
  }
}
