import { toBase64url } from "../acts/bytes.ts";
import { type RecordEntry, signedRecordBytes } from "../acts/entry.ts";
import type { LogRecord } from "../acts/record.ts";
import { keyIdOf } from "../acts/statement.ts";
import { machineKeyId } from "../register/apply-office.ts";
import type { ReadRegister } from "../register/register.ts";
import { wrongRetention } from "../rules/retention.ts";
import { primitives, type SigningKey } from "../store/crypto.ts";

/** The entry of a machine's record, signed for the time at which it is entered (I4: with a key that was enrolled for it). What is dropped or erased needs a policy that allows it. */
export function makeRecord(
  register: ReadRegister,
  record: LogRecord,
  key: SigningKey,
  at: number,
): RecordEntry {
  const id = keyIdOf(primitives, key.publicKey);
  const enrolled = register.machineKeys.get(
    machineKeyId(primitives, toBase64url(key.publicKey)),
  );
  if (
    enrolled === undefined ||
    enrolled.ended !== undefined ||
    enrolled.until <= at ||
    !enrolled.records.includes(record.kind)
  ) {
    throw new Error(
      `Cannot enter record ${record.kind}: no act in force enrolled key ${id} for it`,
    );
  }
  const wrong = wrongRetention(primitives, register, record, at);
  if (wrong !== undefined)
    throw new Error(`Cannot enter record ${record.kind}: ${wrong}`);
  const signature = toBase64url(
    key.sign(signedRecordBytes(register.origin, at, record)),
  );
  return { v: 1, type: "record", at, key: id, record, signature };
}
