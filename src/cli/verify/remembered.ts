import { sameBytes } from "../../acts/bytes.ts";
import { showInstant } from "../../acts/dates.ts";
import type { AuditResult, Remembered } from "../../audit/audit.ts";
import { showCount } from "../../audit/says.ts";
import type { Cosigned } from "../../audit/times.ts";
import { parseCheckpoint } from "../../log/checkpoint.ts";
import { rootWhen } from "../../log/nodes.ts";
import { parseNote } from "../../log/note.ts";
import type { VerifierKey } from "../../log/verifier-key.ts";
import { primitives } from "../../store/crypto.ts";
import { CouldNot } from "../exit.ts";
import { inFile } from "../in-file.ts";
import { timesOfNote } from "./cosigned.ts";
import type { FirstLook } from "./first-look.ts";
import type { Kept } from "./kept.ts";
import type { KeyTerm, LogKeys } from "./log-keys.ts";

/** A checkpoint that somebody kept, and who cosigned it when. */
export type Found = Remembered & { readonly times: readonly Cosigned[] };
/** One that is signed by keys of the log that were not its keys at that size: of another history, or made with a stolen key. */
export type Suspect = Remembered & {
  readonly file: string;
  readonly signer: KeyTerm;
};

/** What is known of keys: those of the register log, at the size that is shown, and those of gateways. */
export type Keys = {
  readonly origin: string;
  readonly size: number;
  readonly log: LogKeys;
  readonly gateways: FirstLook["keys"];
};

/** A checkpoint that somebody kept: it counts when every key signed it that its log had at that size, or at least one of these. */
export async function rememberedFrom(
  kept: Kept,
  keys: Keys,
  witnesses: readonly VerifierKey[],
): Promise<readonly (Found | Suspect)[]> {
  const { file } = kept;
  const { note, checkpoint } = inFile("checkpoint", file, () => {
    const parsed = parseNote(kept.note);
    return { note: parsed, checkpoint: parseCheckpoint(parsed.text) };
  });
  const { origin, size, root } = checkpoint;
  const isRegister = origin === keys.origin;
  const all = isRegister ? await keys.log.at(size) : keys.gateways(origin);
  if (all.length === 0 && kept.isAmongOthers === true) return [];
  if (all.length === 0)
    throw new CouldNot(
      `Cannot use checkpoint ${file}: it is of ${origin}, want one of this office's logs`,
    );
  const by = kept.isAmongOthers === true ? { by: file } : {};
  const one = { origin, size, root, ...by };
  const opened = timesOfNote(note, all, witnesses);
  if (opened !== undefined) return [{ ...one, times: opened.cosigned }];
  const signers = isRegister
    ? keys.log.all.filter(
        (key) => timesOfNote(note, [key], witnesses) !== undefined,
      )
    : [];
  const [signer] = signers;
  if (signer === undefined)
    throw new CouldNot(
      `Cannot use checkpoint ${file}: of ${origin} at size ${size}, it is not signed by the log`,
    );
  // Beyond what is shown nobody knows of a change: whoever signs the last of it might sign that too.
  const then = [...all, ...(await keys.log.at(Math.min(size, keys.size)))];
  const isInForce = signers.some((key) =>
    then.some(({ publicKey }) => sameBytes(publicKey, key.publicKey)),
  );
  return [isInForce ? { ...one, times: [] } : { ...one, file, signer }];
}

/** Those that are not of the tree that is shown, each in a line. */
export function suspicions(
  suspects: readonly Suspect[],
  { nodes, register }: AuditResult,
): readonly string[] {
  return suspects.flatMap(({ file, origin, size, root, signer }) => {
    const shown = rootWhen(primitives, nodes, size);
    if (shown !== undefined && sameBytes(shown, root)) return [];
    const over =
      signer.until === Infinity
        ? "which was not the log's key yet"
        : `which was over since ${showInstant(signer.until, register.offsetMinutes)}`;
    const key = signer.id.toString(16).padStart(8, "0");
    return [
      `checkpoint ${file} of ${origin} at size ${showCount(size)}, which is not of what is shown: a second history, or a stolen key: signed by key ${key}, ${over}`,
    ];
  });
}
