import { setTimeout as sleep } from "node:timers/promises";
import { toBase64url } from "../../acts/bytes.ts";
import { entryBytes, signedRecordBytes } from "../../acts/entry.ts";
import type { LogRecord } from "../../acts/record.ts";
import { keyIdOf } from "../../acts/statement.ts";
import { Unavailable } from "../../gateway/unavailable.ts";
import { primitives, type SigningKey } from "../../store/crypto.ts";
import { call, messageOf } from "../client.ts";
import { takenAnswer, timeAnswer } from "../read-as.ts";

const TRIES_MAX = 20;
/** Clocks that differ by more are not set right by waiting. */
const AHEAD_MS_MAX = 5_000;

/**
 * Enters records of a gateway in the register log of an office elsewhere. A record is signed for the time at which it is entered; where
 * another entry was faster, or the office's clock is behind, it is signed again.
 */
export function entersAt(
  address: string,
  origin: string,
  key: SigningKey,
  now: () => number,
): (record: LogRecord) => Promise<number> {
  return async (record) => {
    const begun = now();
    let at = begun;
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const signature = key.sign(signedRecordBytes(origin, at, record));
      const entry = entryBytes({
        ...{ v: 1, type: "record", at, record },
        key: keyIdOf(primitives, key.publicKey),
        signature: toBase64url(signature),
      });
      const answer = await call(address, "/records", {
        method: "POST",
        body: entry,
      });
      const taken = takenAnswer.safeParse(answer.body);
      if (taken.success) return taken.data.index ?? -1;
      const time = timeAnswer.safeParse(answer.body);
      if (!time.success)
        throw new Unavailable(
          `Cannot enter record ${record.kind}: ${messageOf(answer)}`,
        );
      const ahead = at - time.data.at;
      if (Math.abs(ahead) > 60_000 || ahead > AHEAD_MS_MAX)
        throw new Unavailable(
          `Cannot enter record ${record.kind}: the clock here says ${at}, the office's ${time.data.at}; set them right`,
        );
      // A head must not bear a time before the slots that it covers.
      if (ahead > 0) await sleep(ahead);
      else at = Math.max(begun, time.data.at);
    }
    throw new Unavailable(
      `Cannot enter record ${record.kind}: the office enters others all the time; it is tried again`,
    );
  };
}
