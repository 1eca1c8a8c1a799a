import type { Primitives } from "../acts/primitives.ts";

export const HASH_BYTES = 32;

// Millions of leaves pass here: the input of each hash is laid out in one buffer instead of a new one. `sha256` is
// synchronous and keeps nothing, so the next call may overwrite it.
const nodeInput = new Uint8Array(1 + 2 * HASH_BYTES);
const LEAF_INPUT_BYTES = 1 << 16;
const leafInput = new Uint8Array(LEAF_INPUT_BYTES);
const NODE_PREFIX = 0x01;
const LEAF_PREFIX = 0x00;

/** RFC 6962 section 2.1: SHA-256(0x00 || entry). */
export function leafHash(p: Primitives, entry: Uint8Array): Uint8Array {
  const length = 1 + entry.length;
  const input =
    length <= LEAF_INPUT_BYTES
      ? leafInput.subarray(0, length)
      : new Uint8Array(length);
  input[0] = LEAF_PREFIX;
  input.set(entry, 1);
  return p.sha256(input);
}

/** RFC 6962 section 2.1: SHA-256(0x01 || left || right). */
export function nodeHash(
  p: Primitives,
  left: Uint8Array,
  right: Uint8Array,
): Uint8Array {
  // A shorter hash would leave bytes of the call before in the buffer.
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES) {
    throw new Error(
      `Cannot hash a node of ${left.length} and ${right.length} bytes: want ${HASH_BYTES} each`,
    );
  }
  nodeInput[0] = NODE_PREFIX;
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_BYTES);
  return p.sha256(nodeInput);
}

/** RFC 6962 section 2.1: the root of the empty tree is SHA-256(""). */
export function emptyRoot(p: Primitives): Uint8Array {
  return p.sha256(new Uint8Array(0));
}
