import { formatCheckpoint } from "../log/checkpoint.ts";
import { formatNote, signNote } from "../log/note.ts";
import { ED25519, verifierKey } from "../log/verifier-key.ts";
import { primitives, type SigningKey } from "../store/crypto.ts";

/** The checkpoint of a usage log, signed by its gateway. */
export function usageCheckpoint(
  origin: string,
  size: number,
  root: Uint8Array,
  { publicKey, sign }: SigningKey,
): string {
  const text = formatCheckpoint({ origin, size, root, extensions: [] });
  const key = verifierKey(primitives, origin, ED25519, publicKey);
  return formatNote(text, [signNote(key, text, sign)]);
}
