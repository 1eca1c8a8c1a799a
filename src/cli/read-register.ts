import { type Entry, parseEntry } from "../acts/entry.ts";
import { compareBytes } from "../acts/bytes.ts";
import { showCount } from "../audit/says.ts";
import { entriesOf, type LogSource } from "../audit/source.ts";
import { leafHash } from "../log/hash.ts";
import { NO_POLICY } from "../log/policy.ts";
import { appendLeaf, emptyRange, rootOf } from "../log/tree.ts";
import { primitives } from "../store/crypto.ts";
import { CouldNot } from "./exit.ts";
import { ProgressLine } from "./progress-line.ts";
import { logKeysIn } from "./verify/log-keys.ts";
import { readLog } from "./verify/logs.ts";
import { openPlace } from "./verify/place.ts";

/** Every entry of an office's register log, from its address, its folder or a copy; and the time as of which it stands. */
export type ReadLog = {
  readonly size: number;
  readonly asOf: number;
  readonly entries: AsyncIterable<Entry>;
};

/**
 * Under a checkpoint that its log signed, whose tree the entries must make. Rulings and witnesses are for `vitrine verify`: whoever does not trust
 * the office asks that first. A copy is of the time at which it was made.
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

/** The last of them comes only where all are those that were signed for. */
async function* counted(
  where: string,
  source: LogSource,
): AsyncGenerator<Entry> {
  const line = new ProgressLine();
  const tree = emptyRange();
  let read = 0;
  try {
    for await (const entries of entriesOf(source)) {
      for (const raw of entries)
        appendLeaf(primitives, tree, leafHash(primitives, raw));
      if (read + entries.length === source.size)
        mustBeSigned(where, source, rootOf(primitives, tree));
      for (const raw of entries) {
        read += 1;
        line.show(
          () => `${showCount(read)} of ${showCount(source.size)} entries`,
        );
        yield parseEntry(raw);
      }
    }
  } finally {
    line.end();
  }
  if (read < source.size)
    throw new CouldNot(
      `Cannot read the register of ${where}: entry ${read} of ${source.size} is missing`,
    );
}

function mustBeSigned(
  where: string,
  source: LogSource,
  root: Uint8Array,
): void {
  if (compareBytes(root, source.root) !== 0)
    throw new CouldNot(
      `Cannot read the register of ${where}: its entries are not those that its checkpoint signs; \`vitrine verify\` says more`,
    );
}
