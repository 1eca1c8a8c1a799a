import { randomFillSync } from "node:crypto";

const POOL_BYTES = 8_192;

let pool = Buffer.alloc(0);

/**
 * Random bytes of the system, of which many are drawn at once: a draw costs the same for 12 bytes as for thousands, and every
 * use wants 44 of them. None is given twice.
 */
export function random(bytes: number): Uint8Array {
  if (pool.length < bytes)
    pool = randomFillSync(Buffer.alloc(Math.max(POOL_BYTES, bytes)));
  const drawn = pool.subarray(0, bytes);
  pool = pool.subarray(bytes);
  return drawn;
}
