import { encode } from "../acts/canonical.ts";
import { fromBase64url } from "../acts/bytes.ts";
import { type RecordEntry, signedRecordBytes } from "../acts/entry.ts";
import { type ReadRegister } from "../register/register.ts";
import { officeOf } from "../register/founding.ts";
import { primitives } from "../store/crypto.ts";
import { readLogName } from "../uses/log-name.ts";

/** Why a record is not entered. With a time: it may come again, signed for that one. */
export type NotTaken = {
  readonly code: "refused" | "entered" | "time";
  readonly why: string;
  readonly at?: number;
};

/** A record is signed for a short time. */
const OLD_MS_MAX = 60_000;

/**
 * Whether a gateway's record that came from elsewhere may be entered as it is (I4, I16): by the key that an act enrolled for that
 * gateway and that kind, about a log of that gateway alone, and later than everything that stands in the log, so that none is entered
 * twice. What the audit would find afterwards is turned away before.
 */
export function takeRecord(
  register: ReadRegister,
  { at, key: id, record, signature }: RecordEntry,
  now: number,
): NotTaken | undefined {
  const refused = (why: string): NotTaken => ({
    code: "refused",
    why: `Cannot enter record ${record.kind}: ${why}`,
  });
  const key = register.machineKeys.get(id);
  if (
    key?.gateway === undefined ||
    key.ended !== undefined ||
    key.until <= at ||
    !key.records.includes(record.kind)
  )
    return refused(
      `no act in force enrolled key ${id} for a gateway's records`,
    );
  if (record.kind !== "head" && record.kind !== "totals")
    return refused("a gateway enters heads and totals alone");
  const name = readLogName(officeOf(register.origin), record.log);
  if (name?.gateway !== key.gateway)
    return refused(`log ${record.log} is none of gateway ${key.gateway}`);
  const bytes = signedRecordBytes(register.origin, at, record);
  const publicKey = fromBase64url(key.publicKey);
  if (!primitives.verifyEd25519(publicKey, bytes, fromBase64url(signature)))
    return refused("its signature is not by the gateway's key");
  const before = standsAgainst(register, record);
  if (before !== undefined)
    return before === "entered"
      ? { code: "entered", why: "Cannot enter the record again: it stands" }
      : refused(before);
  if (at > register.at && at <= now && now - at <= OLD_MS_MAX) return undefined;
  return {
    code: "time",
    why: `Cannot enter record ${record.kind} of ${at}: want a time behind the last entry, and not ahead of the office's clock`,
    at: Math.max(now, register.at + 1),
  };
}

type Owed = Extract<RecordEntry["record"], { kind: "head" | "totals" }>;

function standsAgainst(
  { heads, closedTotals }: ReadRegister,
  record: Owed,
): string | undefined {
  const last = heads.get(record.log)?.head;
  if (record.kind === "totals") {
    const rows = new Set(
      closedTotals.get(record.log)?.map((row) => encode(row)),
    );
    if (
      record.rows.length > 0 &&
      record.rows.every((row) => rows.has(encode(row)))
    )
      return "entered";
    return last?.closed === true ? "the log is closed" : undefined;
  }
  if (last === undefined) return undefined;
  if (last.closed === true)
    return encode(last) === encode(record) ? "entered" : "the log is closed";
  if (record.size < last.size || record.anchored < last.anchored)
    return `size ${record.size} on anchor ${record.anchored} comes after size ${last.size} on anchor ${last.anchored}`;
  return undefined;
}
