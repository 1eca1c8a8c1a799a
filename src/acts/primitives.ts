/**
 * What the pure folders need from the machine they run on. The server passes Node's, the one-file verifier
 * the same, a browser its own; the core itself never imports a cryptographic library.
 */
export type Primitives = {
  /** SHA-256 of the bytes: 32 bytes. */
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
  /** RFC 8032 Ed25519 over the message; `publicKey` 32 bytes, `signature` 64. False for any malformed input. */
  readonly verifyEd25519: (
    publicKey: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
  ) => boolean;
};
