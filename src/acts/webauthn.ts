import {
  concatBytes,
  fromBase64url,
  sameBytes,
  toBase64url,
  utf8ToBytes,
} from "./bytes.ts";
import { readClientData } from "./client-data.ts";
import type { Primitives } from "./primitives.ts";
import { ed25519Of, rsaBytesOf } from "./public-keys.ts";
import type { PersonKey } from "./shapes.ts";

export type Passkey = Extract<PersonKey, { form: "webauthn" }>;

/** What an authenticator gave: the bytes as they came, in base64url. */
export type Assertion = {
  readonly authenticatorData: string;
  readonly clientDataJSON: string;
  readonly signature: string;
};

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const BACKUP_ELIGIBLE = 0x08;
const BACKED_UP = 0x10;
/** Hash of the RP id, flags, counter. */
const AUTHENTICATOR_DATA_MIN = 37;

/**
 * Why a passkey's assertion is no signature of these bytes; undefined where it is one (docs/spec/2-statement.md, "A passkey's
 * signature"; W3C WebAuthn, 7.2). The counter is not looked at: who reads a log cannot know what else was signed meanwhile.
 */
export function assertionFault(
  p: Primitives,
  key: Passkey,
  message: Uint8Array,
  assertion: Assertion,
): string | undefined {
  const authenticatorData = fromBase64url(assertion.authenticatorData);
  const clientDataJSON = fromBase64url(assertion.clientDataJSON);
  const challenge = toBase64url(p.sha256(message));
  const fault =
    clientFault(key, challenge, clientDataJSON) ??
    authenticatorFault(p, key, authenticatorData);
  if (fault !== undefined) return fault;
  const signed = concatBytes(authenticatorData, p.sha256(clientDataJSON));
  return verifies(p, key, signed, fromBase64url(assertion.signature))
    ? undefined
    : "it does not verify with this key";
}

/** What the browser said that it was asked, and by which page. */
function clientFault(
  key: Passkey,
  challenge: string,
  raw: Uint8Array,
): string | undefined {
  const said = readClientData(raw);
  if (said === undefined)
    return "its client data is no JSON object with each member once";
  if (said["type"] !== "webauthn.get")
    return "its client data is of another type than webauthn.get";
  if (said["challenge"] !== challenge)
    return "its challenge is not the hash of what was to be signed";
  if (!key.origins.some((origin) => origin === said["origin"]))
    return "the page that asked is not on this key's list of origins";
  if (said["crossOrigin"] !== undefined && said["crossOrigin"] !== false)
    return "the page that asked stood inside another site's";
  return undefined;
}

/** For this host, by somebody who was there and showed a PIN or a finger, and a key as movable as it was when it was enrolled. */
function authenticatorFault(
  p: Primitives,
  key: Passkey,
  data: Uint8Array,
): string | undefined {
  const flags = data[32] ?? 0;
  const has = (flag: number): boolean => (flags & flag) !== 0;
  if (data.length < AUTHENTICATOR_DATA_MIN)
    return `its authenticator data has ${data.length} bytes, want ${AUTHENTICATOR_DATA_MIN} or more`;
  if (!sameBytes(data.subarray(0, 32), p.sha256(utf8ToBytes(key.rpId))))
    return `it is for another RP id than ${key.rpId}`;
  if (!has(USER_PRESENT)) return "nobody was present at the authenticator";
  if (!has(USER_VERIFIED))
    return "the authenticator asked for no PIN, finger or face";
  if (has(BACKUP_ELIGIBLE) !== key.backupEligible)
    return "whether it may be copied is not what its enrolment says";
  if (has(BACKED_UP) && !has(BACKUP_ELIGIBLE))
    return "it is said to be copied, and that it cannot be";
  return undefined;
}

function verifies(
  p: Primitives,
  key: Passkey,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  // The reader of acts has seen that it is the one form of a key of this alg.
  const spki = fromBase64url(key.publicKey);
  switch (key.alg) {
    case -7: {
      const raw = ecdsaSignature(signature);
      return raw !== undefined && p.verifyP256(spki, message, raw);
    }
    case -8:
      return p.verifyEd25519(ed25519Of(spki), message, signature);
    case -257:
      return (
        signature.length === rsaBytesOf(spki) &&
        p.verifyRsa(spki, message, signature)
      );
  }
}

/** r ‖ s of a DER signature (RFC 3279, 2.2.3) over P-256; undefined for bytes in any other form. */
export function ecdsaSignature(der: Uint8Array): Uint8Array | undefined {
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return undefined;
  const r = integerAt(der, 2);
  const s = r === undefined ? undefined : integerAt(der, r.end);
  if (r === undefined || s === undefined || s.end !== der.length)
    return undefined;
  const raw = new Uint8Array(64);
  raw.set(r.digits, 32 - r.digits.length);
  raw.set(s.digits, 64 - s.digits.length);
  return raw;
}

/** A positive DER INTEGER of at most 32 bytes, without the zero that keeps it positive. */
function integerAt(
  der: Uint8Array,
  at: number,
): { readonly digits: Uint8Array; readonly end: number } | undefined {
  const length = der[at + 1] ?? 0;
  const end = at + 2 + length;
  const first = der[at + 2] ?? 0;
  if (der[at] !== 0x02 || length === 0 || end > der.length || first >= 0x80)
    return undefined;
  // A leading zero is there exactly where the next bit would make the number negative.
  if (first === 0 && (length < 2 || (der[at + 3] ?? 0) < 0x80))
    return undefined;
  const digits = der.subarray(first === 0 ? at + 3 : at + 2, end);
  return digits.length <= 32 ? { digits, end } : undefined;
}
