import { randomBytes } from "node:crypto";
import { serializeInnerList } from "structured-headers";
import { toBase64url, utf8ToBytes } from "../acts/bytes.ts";
import { contentDigest } from "../gateway/asking/content-digest.ts";
import { requestKeyId } from "../gateway/asking/enrol-key.ts";
import {
  signatureBase,
  textOfMember,
} from "../gateway/asking/signature-base.ts";
import type { SigningKey } from "../store/crypto.ts";

export type ToSign = {
  readonly method: string;
  /** The whole address, as the office names itself. */
  readonly url: string;
  /** With small letters; all that is here is covered. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
};

/** The fields that make a request a signed one (RFC 9421, RFC 9530), to send beside those that it has. */
export function signRequest(
  key: SigningKey,
  { method, url, headers, body }: ToSign,
  now: number = Date.now(),
): Readonly<Record<string, string>> {
  const digest: Record<string, string> =
    body === undefined || body.length === 0
      ? {}
      : { "content-digest": contentDigest(body) };
  const covered: Readonly<Record<string, string>> = { ...headers, ...digest };
  const components = ["@method", "@target-uri", ...Object.keys(covered)];
  const parameters = new Map<string, string | number>([
    ["created", Math.floor(now / 1000)],
    ["keyid", requestKeyId(key.publicKey)],
    ["nonce", toBase64url(randomBytes(16))],
    ["alg", "ed25519"],
  ]);
  const serialized = serializeInnerList([
    components.map((name) => [name, new Map()]),
    parameters,
  ]);
  const request = { method, url, header: (name: string) => covered[name] };
  const base = signatureBase(request, components, serialized);
  const signature = key.sign(utf8ToBytes(base));
  const text = textOfMember({ label: "request", serialized, signature });
  return {
    ...digest,
    "signature-input": text.signatureInput,
    signature: text.signature,
  };
}
