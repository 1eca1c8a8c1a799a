import { fromBase64url, toBase64url } from "../acts/bytes.ts";
import { showInstant } from "../acts/dates.ts";
import { orUndefined } from "../acts/or-undefined.ts";
import { parseEntry } from "../acts/entry.ts";
import type { Primitives } from "../acts/primitives.ts";
import { keyIdOf } from "../acts/statement.ts";
import { logKeysAt } from "../register/log-keys.ts";
import { type ReadRegister } from "../register/register.ts";
import { officeOf } from "../register/founding.ts";
import { readLogName } from "../uses/log-name.ts";
import {
  parseUsageEntry,
  type SlotName,
  type UsageEntry,
} from "../uses/use.ts";
import { checkReceipt, type Receipt, receiptLeaf } from "../uses/receipt.ts";
import { publicBy } from "./heads.ts";
import {
  sayUntrue,
  sayUntrueLook,
  sayUntrueRepeat,
  sayUntrueSettle,
} from "./opened.ts";
import { openingsOf, type Openings, sayUnlikeItsUse } from "./pairs.ts";
import { add, type Faults } from "./report.ts";
import type { Wanted } from "./source.ts";

/** What the receipts at hand promise: the leaf hashes to look for, by log. */
export function promisedBy(
  p: Primitives,
  receipts: readonly Receipt[],
): Map<string, Wanted> {
  const promised = new Map<string, Wanted>();
  for (const receipt of receipts) {
    const ofLog: Wanted = promised.get(receipt.log) ?? new Map();
    ofLog.set(toBase64url(receiptLeaf(p, receipt)), undefined);
    promised.set(receipt.log, ofLog);
  }
  return promised;
}

/** How many promises were kept, how many are not due yet, and how many uses in public say what their opening says. */
export type Receipts = {
  readonly kept: number;
  readonly notDue: number;
  /** Of logs that were dropped and are not at hand: nobody can say any more whether they were kept. */
  readonly dropped: number;
  readonly opened: number;
};

/** After the logs were walked: each receipt's own proof, what its opening says, and whether its promise was kept. `names` are theirs. */
export function auditReceipts(
  p: Primitives,
  faults: Faults,
  register: ReadRegister,
  receipts: readonly Receipt[],
  promised: ReadonlyMap<string, Wanted>,
  now: number,
  names: readonly string[] = [],
  gone: ReadonlySet<string> = new Set(),
): Receipts {
  const opened = new Set<string>();
  const held = openingsOf(receipts, (one) => toBase64url(receiptLeaf(p, one)));
  let kept = 0;
  let notDue = 0;
  let dropped = 0;
  for (const [index, receipt] of receipts.entries()) {
    const name = names[index] ?? index + 1;
    const leaf = toBase64url(receiptLeaf(p, receipt));
    const place = promised.get(receipt.log)?.get(leaf);
    const wrong =
      wrongWith(p, register, receipt, place, held) ??
      sayElsewhere(receipt, place);
    if (wrong !== undefined)
      add(faults, {
        code: "receipt",
        log: receipt.log,
        says: `receipt ${name}: ${wrong}`,
      });
    if (place !== undefined) {
      kept++;
      const opens =
        receipt.opening !== undefined && receipt.log !== register.origin;
      if (wrong === undefined && opens) opened.add(leaf);
    } else if (gone.has(receipt.log)) dropped++;
    else if (receipt.publishBy >= now) notDue++;
    else
      add(faults, {
        code: "receipt-missing",
        log: receipt.log,
        says: `receipt ${name}: entry ${leaf} was promised in public by ${showInstant(receipt.publishBy, register.offsetMinutes)} and is not there`,
      });
  }
  return { kept, notDue, dropped, opened: opened.size };
}

/** The index of an act's receipt is not signed: it may be wrong in a receipt whose promise is good. */
function sayElsewhere(
  { index }: Receipt,
  place: number | undefined,
): string | undefined {
  return index === undefined || place === undefined || index === place
    ? undefined
    : `it says entry ${index}, and its entry is entry ${place}`;
}

function wrongWith(
  p: Primitives,
  register: ReadRegister,
  receipt: Receipt,
  place: number | undefined,
  held: Openings,
): string | undefined {
  if (receipt.log === register.origin) {
    const entry = orUndefined(() => parseEntry(fromBase64url(receipt.entry)));
    if (entry === undefined) return "its entry cannot be read";
    if (receipt.publishBy > entry.at + ACT_PUBLISH_MS_MAX)
      return "it promises its entry later than a minute after it";
    const key = logKeyOf(p, register, receipt.key, place, entry.at);
    return key === undefined
      ? `key ${receipt.key} was not this log's at its entry`
      : checkReceipt(p, receipt, fromBase64url(key), undefined);
  }
  const name = readLogName(officeOf(register.origin), receipt.log);
  const key = register.machineKeys.get(receipt.key);
  if (key === undefined || name === undefined || key.gateway !== name.gateway)
    return `key ${receipt.key} was never enrolled for log ${receipt.log}`;
  const entry = orUndefined(() =>
    parseUsageEntry(fromBase64url(receipt.entry)),
  );
  if (entry === undefined) return "its entry cannot be read";
  if (
    "slot" in entry &&
    receipt.publishBy > publicBy(name.slotName, entry.slot)
  )
    return "it promises its entry later than ten minutes after its slot";
  const wrong = checkReceipt(
    p,
    receipt,
    fromBase64url(key.publicKey),
    "private" in entry ? entry.private : undefined,
  );
  if (wrong !== undefined || receipt.opening === undefined) return wrong;
  const content = fromBase64url(receipt.opening.content);
  return (
    sayOpened(register, name.slotName, entry, content) ??
    sayUnlikeItsUse(register, receipt.log, entry, content, held)
  );
}

function sayOpened(
  register: ReadRegister,
  slotName: SlotName,
  entry: UsageEntry,
  content: Uint8Array,
): string | undefined {
  switch (entry.kind) {
    case "use":
      return sayUntrue(register, slotName, entry, content);
    case "settle":
      return sayUntrueSettle(entry, content);
    case "repeat":
      return sayUntrueRepeat(register, slotName, entry, content);
    case "look":
      return sayUntrueLook(entry, content, register.offsetMinutes);
    default:
      return `it opens an entry of kind ${entry.kind}`;
  }
}

/** The key of the register log behind an id, if it was in force where the entry stands, or at its time where it stands nowhere. */
function logKeyOf(
  p: Primitives,
  register: ReadRegister,
  id: string,
  place: number | undefined,
  at: number,
): string | undefined {
  const named = new Map(
    [...register.logKeys].filter(
      ([, where]) => place !== undefined || where.at <= at,
    ),
  );
  return logKeysAt(named, { entry: place ?? Infinity, at }).find(
    (key) => keyIdOf(p, fromBase64url(key)) === id,
  );
}

const ACT_PUBLISH_MS_MAX = 60_000;
