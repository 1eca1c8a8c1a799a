import type { LogSource } from "../../audit/source.ts";
import { CouldNot } from "../exit.ts";

/** Thrown while a log is walked: the office dropped it meanwhile, as its register says, and has let its files go. */
export class DroppedMeanwhile extends Error {
  readonly log: string;

  constructor(log: string) {
    super(`Log ${log} was dropped while it was read`);
    this.log = log;
  }
}

const BEGUN_AGAIN_MAX = 8;

/** Begins again without the logs that were dropped meanwhile: what was decided of the half of one would be wrong. */
export async function untilNoneIsDropped<T>(
  name: string,
  once: (gone: ReadonlySet<string>) => Promise<T>,
): Promise<T> {
  const gone = new Set<string>();
  while (gone.size <= BEGUN_AGAIN_MAX) {
    try {
      return await once(gone);
    } catch (error) {
      if (!(error instanceof DroppedMeanwhile)) throw error;
      gone.add(error.log);
    }
  }
  throw new CouldNot(
    `Cannot check ${name}: again and again a usage log was dropped while it was read`,
  );
}

/** The log, as long as it is there. */
export function whileThere(
  source: LogSource,
  isDropped: (log: string) => Promise<boolean>,
): LogSource {
  const bundle = async (index: number): Promise<readonly Uint8Array[]> => {
    const entries = await source.bundle(index);
    const isShort = entries.length < Math.min(256, source.size - index * 256);
    if (isShort && (await isDropped(source.origin)))
      throw new DroppedMeanwhile(source.origin);
    return entries;
  };
  return { ...source, bundle };
}
