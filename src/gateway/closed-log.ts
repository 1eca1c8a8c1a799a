import { join } from "node:path";
import { fromBase64url, toBase64url } from "../acts/bytes.ts";
import { encode } from "../acts/canonical.ts";
import type { Head } from "../acts/record.ts";
import { newTally, tally, totalsRows } from "../audit/usage-state.ts";
import { leafHash } from "../log/hash.ts";
import { type ReadRegister } from "../register/register.ts";
import { officeOf } from "../register/founding.ts";
import { primitives } from "../store/crypto.ts";
import { LogHalted } from "../store/durable.ts";
import { LogFiles } from "../store/log-files.ts";
import { readUse } from "../uses/codec.ts";
import { parseUsageEntry } from "../uses/use.ts";

/** The path of a usage log below the office's folders. */
export function logPath(register: ReadRegister, log: string): string {
  return log.slice(officeOf(register.origin).length + 1);
}

/**
 * Whether a closed log's files are what its closing head and its totals say, in one line where they are not: the last look at
 * what only these two will stand for.
 */
export async function wrongClosedLog(
  folder: string,
  register: ReadRegister,
  head: Head,
): Promise<string | undefined> {
  const path = join(folder, "public", "log", logPath(register, head.log));
  const sums = newTally();
  const root = fromBase64url(head.root);
  try {
    const files = await LogFiles.open(path, head.size, root);
    await files.readThrough(0, {
      leaf: () => undefined,
      entry: (raw) => {
        const entry = readUse(raw) ?? parseUsageEntry(raw);
        tally(
          sums,
          entry,
          () => toBase64url(leafHash(primitives, raw)),
          register,
        );
      },
    });
  } catch (error) {
    // Nobody writes this log any more: it wants mending, and nothing has to stop for it.
    if (error instanceof LogHalted) return error.message;
    throw error;
  }
  const entered = register.closedTotals.get(head.log) ?? [];
  return encode(totalsRows(sums.totals)) === encode(entered)
    ? undefined
    : "its uses do not add up to the totals that were entered";
}
