import { createHash } from "node:crypto";
import { serializeByteSequence } from "structured-headers";
import { sameBytes } from "../../acts/bytes.ts";
import type { HttpRequest } from "./http-request.ts";
import { dictionaryOf } from "./signature-base.ts";

const known = ["sha-256", "sha-512"] as const;
const nodeName = { "sha-256": "sha256", "sha-512": "sha512" } as const;

/** What speaks against the Content-Digest of a request (RFC 9530); undefined when it is that of the body. */
export function digestFault(
  request: Pick<HttpRequest, "header" | "body">,
): string | undefined {
  const digests = dictionaryOf(request, "content-digest");
  const given = known.filter((name) => digests.has(name));
  if (given.length === 0)
    return "its Content-Digest names no digest that is known, want sha-256 or sha-512";
  const wrong = given.find((name) => {
    const [value] = digests.get(name) ?? [];
    return (
      !(value instanceof ArrayBuffer) ||
      !sameBytes(new Uint8Array(value), digestOf(name, request.body))
    );
  });
  return wrong === undefined
    ? undefined
    : `its Content-Digest ${wrong} is not that of its body`;
}

export function contentDigest(body: Uint8Array): string {
  return `sha-256=${serializeByteSequence(digestOf("sha-256", body))}`;
}

function digestOf(name: keyof typeof nodeName, body: Uint8Array): Uint8Array {
  return createHash(nodeName[name]).update(body).digest();
}
