import { toBase64url } from "../src/acts/bytes.ts";
import type { Signature } from "../src/acts/statement.ts";
import { knownPasskey } from "./passkey.ts";
import { keyIdNamed, keyOf } from "./story-founding.ts";

/** By the passkey of that name, where a story made one; else by the Ed25519 key that the name gives. */
export function signatureBy(key: string, message: Uint8Array): Signature {
  const passkey = knownPasskey(key);
  if (passkey !== undefined) return passkey.sign(message);
  return {
    form: "ed25519",
    key: keyIdNamed(key),
    signature: toBase64url(keyOf(key).sign(message)),
  };
}
