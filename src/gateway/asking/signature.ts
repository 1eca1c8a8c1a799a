import { concatBytes, utf8ToBytes } from "../../acts/bytes.ts";
import { quote } from "../../log/format-error.ts";
import { primitives } from "../../store/crypto.ts";
import { digestFault } from "./content-digest.ts";
import type { HttpRequest } from "./http-request.ts";
import {
  signatureBase,
  type SignatureMember,
  signaturesOf,
  textOfMember,
  UnreadableSignature,
} from "./signature-base.ts";

/** The fields of the signature that a request was admitted with. */
export type RequestSignature = {
  readonly signatureInput: string;
  readonly signature: string;
  readonly contentDigest?: string;
};

/** As one text, for the private part of a use. Whoever checks it later needs the body as it was sent, and the token. */
export function requestSignatureText(fields: RequestSignature): string {
  const { signatureInput, signature, contentDigest } = fields;
  const digest = contentDigest === undefined ? [] : [contentDigest];
  return [
    `Signature-Input: ${signatureInput}`,
    `Signature: ${signature}`,
    ...digest.map((text) => `Content-Digest: ${text}`),
  ].join("\n");
}

export type Verified = {
  readonly outcome: "verified";
  readonly keyId: string;
  /** Stands for key and signed text: the same request signed again is another only by its time or its nonce. */
  readonly digest: Uint8Array;
  /** No gateway admits this signature any more from then on. */
  readonly until: number;
  readonly text: RequestSignature;
};
export type Unsigned = { readonly outcome: "refused"; readonly why: string };

/** How far the clock of whoever signed may be from ours. */
const CLOCK_MS_MAX = 60_000;
/** The clocks of several gateways may differ by as much again. */
const REMEMBERED_MS = 2 * CLOCK_MS_MAX;
const NONCE_CHARACTERS_MAX = 200;

/** What a request must be signed with, in a field that clients can read (RFC 9421 section 5.1). */
export const ACCEPT_SIGNATURE =
  'request=("@method" "@target-uri" "authorization" "content-digest" "idempotency-key");created;keyid;nonce;alg="ed25519"';

/**
 * Whether a request is signed by one of these keys, as RFC 9421 has it and as strictly as an office must be: over everything
 * that decides what is asked and by whom, not long ago, with nothing left to read in two ways.
 */
export function verifySignature(
  request: HttpRequest,
  keys: ReadonlyMap<string, Uint8Array>,
  now: number,
): Verified | Unsigned {
  try {
    const member = signaturesOf(request).find(
      ({ parameters }) => keyOf(parameters, keys) !== undefined,
    );
    if (member === undefined)
      return refused(
        "want Signature-Input and Signature (RFC 9421) by a request key that is in force",
      );
    return verifyMember(request, member, keys, now);
  } catch (error) {
    if (error instanceof UnreadableSignature) return refused(error.message);
    throw error;
  }
}

/** Signature and base alone, whatever they cover and whenever it was. */
export function isSignedBy(
  base: string,
  signature: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  return primitives.verifyEd25519(publicKey, utf8ToBytes(base), signature);
}

function verifyMember(
  request: HttpRequest,
  member: SignatureMember,
  keys: ReadonlyMap<string, Uint8Array>,
  now: number,
): Verified | Unsigned {
  const { parameters, components, serialized, signature } = member;
  const key = keyOf(parameters, keys);
  const fault =
    timeFault(parameters, now) ??
    parameterFault(parameters) ??
    coverageFault(request, components) ??
    (components.includes("content-digest") ? digestFault(request) : undefined);
  if (fault !== undefined) return refused(fault);
  const base = signatureBase(request, components, serialized);
  const digest = components.includes("content-digest")
    ? request.header("content-digest")
    : undefined;
  if (key === undefined || !isSignedBy(base, signature, key.publicKey))
    return refused(
      `its signature is not that of key ${key?.keyId ?? ""} over what it covers`,
    );
  return {
    outcome: "verified",
    keyId: key.keyId,
    digest: primitives.sha256(
      concatBytes(utf8ToBytes(`${key.keyId}\n`), utf8ToBytes(base)),
    ),
    until: seconds(parameters, "created", 0) * 1000 + REMEMBERED_MS,
    text: {
      ...textOfMember(member),
      ...(typeof digest === "string" ? { contentDigest: digest } : {}),
    },
  };
}

function keyOf(
  parameters: SignatureMember["parameters"],
  keys: ReadonlyMap<string, Uint8Array>,
): { readonly keyId: string; readonly publicKey: Uint8Array } | undefined {
  const keyId = parameters.get("keyid");
  if (typeof keyId !== "string") return undefined;
  const publicKey = keys.get(keyId);
  return publicKey === undefined ? undefined : { keyId, publicKey };
}

function timeFault(
  parameters: SignatureMember["parameters"],
  now: number,
): string | undefined {
  const created = seconds(parameters, "created", -1);
  if (created < 0) return "its signature says no `created` in whole seconds";
  const age = now - created * 1000;
  if (Math.abs(age) > CLOCK_MS_MAX)
    return `its signature is of ${created}, want it within ${CLOCK_MS_MAX / 1000} seconds of ${Math.floor(now / 1000)}`;
  if (!parameters.has("expires")) return undefined;
  const expires = seconds(parameters, "expires", -1);
  return expires * 1000 > now && expires > created
    ? undefined
    : "its signature has expired";
}

function seconds(
  parameters: SignatureMember["parameters"],
  name: string,
  unless: number,
): number {
  const value = parameters.get(name);
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0
    ? value
    : unless;
}

function parameterFault(
  parameters: SignatureMember["parameters"],
): string | undefined {
  const alg = parameters.get("alg");
  if (alg !== undefined && alg !== "ed25519")
    return "its signature says another algorithm, want ed25519";
  const nonce = parameters.get("nonce");
  if (
    nonce !== undefined &&
    (typeof nonce !== "string" || nonce.length > NONCE_CHARACTERS_MAX)
  )
    return `the nonce of its signature is no text of at most ${NONCE_CHARACTERS_MAX} characters`;
  return undefined;
}

/** What decides what is asked and by whom must be covered. */
function coverageFault(
  { header, body }: HttpRequest,
  components: readonly string[],
): string | undefined {
  const has = (name: string): boolean => components.includes(name);
  const isThere = (name: string): boolean => typeof header(name) === "string";
  const target = ["@authority", "@path", "@query"];
  const lacking = [
    has("@method") ? [] : ["@method"],
    has("@target-uri") || target.every(has) ? [] : ["@target-uri"],
    body.length === 0 || has("content-digest") ? [] : ["content-digest"],
    ["authorization", "idempotency-key"].filter(
      (name) => isThere(name) && !has(name),
    ),
  ].flat();
  return lacking.length === 0
    ? undefined
    : `its signature does not cover ${lacking.map(quote).join(", ")}`;
}

function refused(why: string): Unsigned {
  return { outcome: "refused", why: `Cannot admit the request: ${why}` };
}
