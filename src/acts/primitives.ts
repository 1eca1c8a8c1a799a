/**
 * What the pure folders need from the machine they run on. The server passes Node's, the one-file verifier
 * the same, a browser its own; the core itself never imports a cryptographic library.
 */
export type Primitives = {
  /** SHA-256 of the bytes: 32 bytes. */
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
  /** RFC 8032 Ed25519; `publicKey` 32 bytes, `signature` 64. */
  readonly verifyEd25519: Verify;
  /** ECDSA over P-256 with SHA-256; `publicKey` a SubjectPublicKeyInfo, `signature` r ‖ s, 64 bytes. Any s below the order counts. */
  readonly verifyP256: Verify;
  /** RSASSA-PKCS1-v1_5 with SHA-256; `publicKey` a SubjectPublicKeyInfo. */
  readonly verifyRsa: Verify;
};

/** Whether the signature is over the message by that key. False for any malformed input. */
export type Verify = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean;
