import { randomFillSync } from "node:crypto";
import { v7 } from "uuid";

/** Random bytes for many ids at once: asking for those of one costs more than making the id. */
const pool = new Uint8Array(16 * 256);
let used = pool.length;
let [lastMs, sequence] = [0, 0];

/** A time-ordered id (UUID v7), ordered also within a millisecond. Made by the application, so that a row's id is known before it is written. */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + 16);
  used += 16;
  const now = Date.now();
  // Half of the sequence's range is left to count up from where a millisecond begins.
  [lastMs, sequence] = now > lastMs ? [now, new DataView(random.buffer, random.byteOffset).getUint32(6) >>> 1] : [lastMs, sequence + 1];
  return v7({ random, msecs: lastMs, seq: sequence });
}
