import { fromBase64url } from "./bytes.ts";
import type { Primitives } from "./primitives.ts";
import type { PersonKey } from "./shapes.ts";
import type { Signature } from "./statement.ts";
import { assertionFault } from "./webauthn.ts";

/** Why a signature is not one of these bytes by that person's key; undefined where it is. */
export function signatureFault(
  p: Primitives,
  key: PersonKey,
  message: Uint8Array,
  signature: Signature,
): string | undefined {
  if (key.form === "webauthn")
    return signature.form === "webauthn"
      ? assertionFault(p, key, message, signature)
      : "its key is a passkey, and it is no assertion";
  if (signature.form !== "ed25519")
    return "it is a passkey's assertion, and its key is no passkey";
  return p.verifyEd25519(
    fromBase64url(key.publicKey),
    message,
    fromBase64url(signature.signature),
  )
    ? undefined
    : "it does not verify with this key";
}
