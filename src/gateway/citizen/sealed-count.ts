import { join } from "node:path";
import { fromBase64url } from "../../acts/bytes.ts";
import { countSealed, noteSealed, type SealedUses } from "../../rules/seals.ts";
import { LogHalted } from "../../store/durable.ts";
import { LogFiles } from "../../store/log-files.ts";
import { officeOf } from "../../register/founding.ts";
import { readUse } from "../../uses/codec.ts";
import { readLogName } from "../../uses/log-name.ts";
import { SLOT } from "../../uses/use.ts";
import { logPath } from "../closed-log.ts";
import type { Desk } from "../desk.ts";

const DAY = 86_400_000;

/** How many uses are under seal, of all persons, and the logs that could not be read for it. */
export type Sealed = {
  readonly count: number;
  readonly notCounted: readonly string[];
};

/** Counts the uses under seal: in the logs that this process opened as they were entered, in all others as their files have them. */
export class SealedCount {
  readonly #read = new Map<
    string,
    { readonly size: number; readonly uses: SealedUses }
  >();

  async count(desk: Desk, now: number): Promise<Sealed> {
    const { register, logs } = desk;
    const rulebook = register.rulebook?.act;
    const days = Math.max(0, ...(rulebook?.seals ?? []).map((one) => one.days));
    if (days === 0) return { count: 0, notCounted: [] };
    let count = 0;
    for (const uses of logs.sealed.values())
      count += countSealed(ended(uses, now), rulebook, now);
    const notCounted: string[] = [];
    for (const log of register.heads.keys()) {
      const name = readLogName(officeOf(register.origin), log);
      if (logs.sealed.has(log) || name?.slotName !== "hour") continue;
      if (name.span.to + days * DAY <= now) continue;
      const uses = await this.#usesIn(desk, log);
      if (uses === undefined) notCounted.push(log);
      else count += countSealed(ended(uses, now), rulebook, now);
    }
    return { count, notCounted };
  }

  async #usesIn(desk: Desk, log: string): Promise<SealedUses | undefined> {
    const { register, options } = desk;
    const head = register.heads.get(log)?.head;
    if (head === undefined) return undefined;
    const known = this.#read.get(log);
    if (known?.size === head.size) return known.uses;
    const uses: SealedUses = new Map();
    const path = join(options.folder, "public", "log", logPath(register, log));
    try {
      const files = await LogFiles.open(
        path,
        head.size,
        fromBase64url(head.root),
      );
      await files.readThrough(0, {
        leaf: () => undefined,
        entry: (raw) => {
          const use = readUse(raw);
          if (use !== undefined) noteSealed(uses, use, register);
        },
      });
    } catch (error) {
      if (error instanceof LogHalted) return undefined;
      throw error;
    }
    this.#read.set(log, { size: head.size, uses });
    return uses;
  }
}

/** What the public may know of: a number that rose within the hour would tell somebody that they were asked about just now. */
function ended(uses: SealedUses, now: number): SealedUses {
  return new Map(
    [...uses].map(([purpose, slots]) => [
      purpose,
      new Map([...slots].filter(([slot]) => slot + SLOT.hour <= now)),
    ]),
  );
}
