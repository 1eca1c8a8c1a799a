import { fromBase64url } from "../../acts/bytes.ts";
import { Malformed } from "../../acts/canonical.ts";
import { parseEntry } from "../../acts/entry.ts";
import type { LogSource } from "../../audit/source.ts";
import type { FaultCode } from "../../audit/report.ts";
import { parseCheckpoint } from "../../log/checkpoint.ts";
import { FormatError } from "../../log/format-error.ts";
import { parseNote, type SignedNote } from "../../log/note.ts";
import { openCheckpoint } from "../../log/open-checkpoint.ts";
import type { Policy } from "../../log/policy.ts";
import { bundlePath, decodeBundle } from "../../log/tiles.ts";
import {
  ED25519,
  type VerifierKey,
  verifierKey,
} from "../../log/verifier-key.ts";
import { primitives } from "../../store/crypto.ts";
import { Contradicted, CouldNot } from "../exit.ts";
import type { Place } from "./place.ts";

/** A log's folder under `log/`: its origin without the office's name. */
export function pathOf(origin: string, office: string): string {
  return origin.startsWith(`${office}/`)
    ? origin.slice(office.length + 1)
    : origin;
}

/** A checkpoint that was signed by its log. */
export type Signed = {
  readonly note: SignedNote;
  /** All of these signed it. */
  readonly keys: readonly VerifierKey[];
  readonly source: LogSource;
  readonly cosignedSeconds: ReadonlyMap<string, number>;
  readonly isQuorumMet: boolean;
};
/** One that was not, with what it says all the same: everything else about the log can still be looked at. */
export type Unsigned = {
  readonly code: FaultCode;
  readonly says: string;
  readonly source: LogSource | undefined;
};

/** Reads a log's checkpoint, verifies it with all keys that must sign it, and gives the log for reading. Undefined when there is none. */
export async function readLog(
  place: Place,
  path: string,
  keysOf: (log: LogSource) => Promise<readonly VerifierKey[]>,
  policy: Policy,
): Promise<Signed | Unsigned | undefined> {
  const bytes = await place.read(`log/${path}/checkpoint`);
  if (bytes === undefined) return undefined;
  try {
    const note = parseNote(bytes);
    const stated = parseCheckpoint(note.text);
    const { origin } = stated;
    const source = sourceOf(place, path, origin, stated.size, stated.root);
    const keys = await keysOf(source);
    if (keys.length === 0)
      return {
        code: "record-key",
        says: `no act enrolled a key for log ${origin}`,
        source,
      };
    const opening = openCheckpoint(primitives, note, keys, policy);
    if (opening.outcome === "rejected" || !isByAll(opening, keys))
      return {
        code: "checkpoint-signature",
        says: `the checkpoint of ${origin} is not signed by ${keys.length === 1 ? "its key" : `all of its ${keys.length} keys`}`,
        source,
      };
    return {
      note,
      keys,
      source,
      cosignedSeconds: opening.cosignedSeconds,
      isQuorumMet: opening.isQuorumMet,
    };
  } catch (error) {
    if (error instanceof FormatError)
      return {
        code: "checkpoint-signature",
        says: `log/${path}/checkpoint: ${error.message}`,
        source: undefined,
      };
    throw error;
  }
}

export function isByAll(
  { signedBy }: { readonly signedBy: readonly VerifierKey[] },
  keys: readonly VerifierKey[],
): boolean {
  return keys.length > 0 && keys.every((key) => signedBy.includes(key));
}

/** Nothing is kept: a server may have a log without end. */
export function sourceOf(
  place: Pick<Place, "read">,
  path: string,
  origin: string,
  size: number,
  root: Uint8Array,
): LogSource {
  const bundle = async (index: number): Promise<readonly Uint8Array[]> => {
    const width = Math.min(256, size - index * 256);
    const file = bundlePath(index, width);
    // A partial bundle goes away once the full one exists.
    const bytes =
      (await place.read(`log/${path}/${file}`)) ??
      (width < 256
        ? await place.read(`log/${path}/${bundlePath(index)}`)
        : undefined);
    if (bytes === undefined) return [];
    try {
      return decodeBundle(bytes);
    } catch (error) {
      if (error instanceof FormatError) return [];
      throw error;
    }
  };
  return { origin, size, root, bundle };
}

/** What entry 0 says of itself: the office's origin and its log's key. Whether it is the right office only `--genesis` tells. */
export async function readGenesis(place: Place): Promise<{
  origin: string;
  key: VerifierKey;
  raw: Uint8Array;
  title: string;
  offsetMinutes: number;
}> {
  const bytes =
    (await place.read(`log/register/${bundlePath(0)}`)) ??
    (await firstPartial(place));
  if (bytes === undefined)
    throw new CouldNot(`Cannot read ${place.name}: no register log is there`);
  let raw: Uint8Array | undefined;
  try {
    raw = decodeBundle(bytes)[0];
    if (raw === undefined)
      throw new CouldNot(
        `Cannot read ${place.name}: its register log is empty`,
      );
    const entry = parseEntry(raw);
    if (entry.type === "act" && entry.statement.act.kind === "genesis") {
      const { origin, logKey, title, timeZone } = entry.statement.act;
      return {
        origin,
        title,
        offsetMinutes: timeZone.offsetMinutes,
        raw,
        key: verifierKey(primitives, origin, ED25519, fromBase64url(logKey)),
      };
    }
  } catch (error) {
    if (!(error instanceof FormatError || error instanceof Malformed))
      throw error;
    throw notFounded(
      `its first entry is not a founding act (${error.message})`,
    );
  }
  throw notFounded("its first entry is not a founding act");
}

function notFounded(says: string): Contradicted {
  return new Contradicted({ code: "genesis", log: "register", index: 0, says });
}

async function firstPartial(place: Place): Promise<Uint8Array | undefined> {
  const checkpoint = await place.read("log/register/checkpoint");
  if (checkpoint === undefined) return undefined;
  const size = Number(new TextDecoder().decode(checkpoint).split("\n")[1]);
  return Number.isInteger(size) && size > 0 && size < 256
    ? place.read(`log/register/${bundlePath(0, size)}`)
    : undefined;
}
