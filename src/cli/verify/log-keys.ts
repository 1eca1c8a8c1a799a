import { fromBase64url } from "../../acts/bytes.ts";
import { entriesOf, type LogSource } from "../../audit/source.ts";
import {
  ED25519,
  type VerifierKey,
  verifierKey,
} from "../../log/verifier-key.ts";
import {
  type LogKeyTerm,
  logKeysAgainst,
  logKeysAt,
  logKeyTerms,
  noteLogKey,
} from "../../register/log-keys.ts";
import type { Entered } from "../../register/register.ts";
import { primitives } from "../../store/crypto.ts";
import { readable } from "./readable.ts";

/** The keys that a register log's own entries name for it. */
export type LogKeys = {
  /** Every key it ever had: whoever heard of the log at any time knows one of them. */
  readonly all: readonly KeyTerm[];
  /** Those that must all sign a checkpoint of that size; of one beyond what is shown, the newest. */
  readonly at: (size: number) => Promise<readonly VerifierKey[]>;
  /** Those without which what a witness shows of that size, cosigned at that second, says nothing against this log. */
  readonly against: (
    size: number,
    cosignedSeconds: number,
  ) => readonly VerifierKey[];
};

export const NO_LOG_KEYS: LogKeys = {
  all: [],
  at: async () => [],
  against: () => [],
};

/** A key with the time at which it is over. */
export type KeyTerm = VerifierKey & Pick<LogKeyTerm, "until">;

type Named = ReadonlyMap<string, Entered>;
const FROM_THE_FIRST = { size: 0, named: new Map<string, Entered>() };
const CHANGE = '"kind":"logKeyChanged"';
const latin1 = new TextDecoder("latin1");

/**
 * A first look through the log, before anything is decided; for who has read a part of it already, through the rest. That the acts found here were signed by who may is decided with all
 * others afterwards: if they were not, that is a contradiction of its own.
 */
export async function logKeysIn(
  source: LogSource,
  before: { readonly size: number; readonly named: Named } = FROM_THE_FIRST,
): Promise<LogKeys> {
  const named = new Map(before.named);
  const first = Math.floor(before.size / 256);
  let index = first * 256;
  for await (const entries of entriesOf(source, first))
    for (const raw of entries) {
      if (index === 0 || latin1.decode(raw).includes(CHANGE)) {
        const entry = readable(raw);
        if (entry !== undefined) noteLogKey(named, entry, index);
      }
      index++;
    }
  const { origin, size: shown } = source;
  const read = index;
  const keyOf = (key: string): VerifierKey =>
    verifierKey(primitives, origin, ED25519, fromBase64url(key));
  const all = logKeyTerms(named).map(({ publicKey, until }) => ({
    ...keyOf(publicKey),
    until,
  }));
  const end = {
    entry: shown - 1,
    at: shown > 0 && shown <= read ? await timeOf(source, shown - 1) : 0,
  };
  return {
    all,
    against: (size, seconds) =>
      logKeysAgainst(named, end, size, seconds).map(keyOf),
    at: async (size) => {
      if (size > shown) return all.slice(-1);
      // The empty tree is signed by nobody but the founding key.
      const last = size === 0 ? 0 : size - 1;
      // Of what is not there nothing is asked for: a size may be anything.
      const at = last < read ? await timeOf(source, last) : 0;
      return logKeysAt(named, { entry: last, at }).map(keyOf);
    },
  };
}

/** The time of an entry; of one that cannot be read the earliest, under which most keys must sign. */
async function timeOf(source: LogSource, index: number): Promise<number> {
  const bundle = await source.bundle(Math.floor(index / 256));
  const raw = bundle[index % 256];
  return (raw === undefined ? undefined : readable(raw)?.at) ?? 0;
}
