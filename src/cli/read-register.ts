import { type Entry, parseEntry } from "../acts/entry.ts";
import { entriesOf } from "../audit/source.ts";
import { NO_POLICY } from "../log/policy.ts";
import { CouldNot } from "./exit.ts";
import { ProgressLine } from "./progress-line.ts";
import { logKeysIn } from "./verify/log-keys.ts";
import { readLog } from "./verify/logs.ts";
import { openPlace } from "./verify/place.ts";
import { showCount } from "../audit/says.ts";

/** Every entry of an office's register log, from its address, its folder or a copy; and the time as of which it stands. */
export type ReadLog = {
  readonly size: number;
  readonly asOf: number;
  readonly entries: AsyncIterable<Entry>;
};

/**
 * Under a checkpoint that its log signed. Rulings and witnesses are for `vitrine verify`: whoever does not trust the place asks that first.
 * A copy is of the time at which it was made.
 */
export async function readRegister(where: string): Promise<ReadLog> {
  const place = await openPlace(where);
  const log = await readLog(
    place,
    "register",
    async (one) => {
      const keys = await logKeysIn(one);
      return keys.at(one.size);
    },
    NO_POLICY,
  );
  if (log === undefined)
    throw new CouldNot(
      `Cannot read the register of ${where}: no checkpoint is there`,
    );
  if ("code" in log)
    throw new CouldNot(`Cannot read the register of ${where}: ${log.says}`);
  const { source } = log;
  return {
    size: source.size,
    asOf: place.copy?.copiedAt ?? Date.now(),
    entries: counted(where, source),
  };
}

async function* counted(
  where: string,
  source: Parameters<typeof entriesOf>[0],
): AsyncGenerator<Entry> {
  const line = new ProgressLine();
  let read = 0;
  try {
    for await (const entries of entriesOf(source))
      for (const raw of entries) {
        read += 1;
        line.show(
          () => `${showCount(read)} of ${showCount(source.size)} entries`,
        );
        yield parseEntry(raw);
      }
  } finally {
    line.end();
  }
  if (read < source.size)
    throw new CouldNot(
      `Cannot read the register of ${where}: entry ${read} of ${source.size} is missing`,
    );
}
