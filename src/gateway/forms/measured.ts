import { createHash } from "node:crypto";
import type { Bytes } from "./batch.ts";

/** What left: the SHA-256 of the bytes, how many they were, and whether the stream came to its end. */
export type Measure = {
  readonly sha256: Uint8Array;
  readonly bytes: number;
  readonly ended: boolean;
};

/** The same bytes, counted and digested on their way. `soFar` may be asked at any time: a stream that breaks is measured too. */
export function measured(bytes: Bytes): {
  readonly bytes: Bytes;
  readonly soFar: () => Measure;
} {
  const hash = createHash("sha256");
  let count = 0;
  let ended = false;
  async function* pass(): Bytes {
    for await (const piece of bytes) {
      hash.update(piece);
      count += piece.length;
      yield piece;
    }
    ended = true;
  }
  return {
    bytes: pass(),
    soFar: () => ({ sha256: hash.copy().digest(), bytes: count, ended }),
  };
}
