import { toBase64url } from "../../acts/bytes.ts";
import { Malformed } from "../../acts/canonical.ts";
import { parseEntry } from "../../acts/entry.ts";
import { add } from "../../audit/report.ts";
import type { AuditResult } from "../../audit/audit.ts";
import { entriesOf, type LogSource } from "../../audit/source.ts";
import { NO_POLICY } from "../../log/policy.ts";
import { leafHash } from "../../log/hash.ts";
import { appendLeaf, emptyRange, rootOf } from "../../log/tree.ts";
import { primitives } from "../../store/crypto.ts";
import { CouldNot } from "../exit.ts";
import { logKeysIn } from "./log-keys.ts";
import { readGenesis, readLog } from "./logs.ts";
import type { Place } from "./place.ts";

/**
 * Holds what a founding act says of the log that it follows against that log: its root at that size, and whether it ended there
 * and named this one. Says what agrees; what that log decided is not looked at.
 */
export async function checkPredecessor(
  places: readonly Place[],
  { register, faults }: AuditResult,
): Promise<string | undefined> {
  const { predecessor } = register;
  let agreed: string | undefined;
  for (const place of places) {
    if (predecessor === undefined) return undefined;
    // Among the places that somebody knows may be mirrors of this log.
    if ((await readGenesis(place)).origin !== predecessor.origin) continue;
    const source = await registerAt(place);
    const { wrong, end } = await heldAgainst(
      source,
      predecessor,
      register.origin,
    );
    if (wrong === undefined)
      agreed = `as ${place.name} shows it: its root at that size agrees, ${end}; its acts were not decided here`;
    else
      add(faults, {
        code: "predecessor",
        log: register.origin,
        index: 0,
        says: `${place.name}: ${wrong}`,
      });
  }
  return agreed;
}

async function registerAt(place: Place): Promise<LogSource> {
  const log = await readLog(
    place,
    "register",
    async (one) => (await logKeysIn(one)).at(one.size),
    NO_POLICY,
  );
  if (log === undefined || "code" in log)
    throw new CouldNot(
      `Cannot use ${place.name}: ${log === undefined ? "no register log is there" : log.says}`,
    );
  return log.source;
}

async function heldAgainst(
  source: LogSource,
  { size, root }: { readonly size: number; readonly root: string },
  successor: string,
): Promise<{ readonly wrong?: string; readonly end?: string }> {
  if (source.size < size)
    return {
      wrong: `it shows ${source.size} entries, the founding act says ${size}`,
    };
  const range = emptyRange();
  let last: Uint8Array | undefined;
  for await (const entries of entriesOf(source))
    for (const raw of entries) {
      if (range.size >= size) break;
      appendLeaf(primitives, range, leafHash(primitives, raw));
      last = raw;
    }
  if (range.size < size || toBase64url(rootOf(primitives, range)) !== root)
    return {
      wrong: `its root at size ${size} is not the one that the founding act says`,
    };
  // A log whose key was lost could not say its end, and one that was not ended may have gone on.
  const isNamed = last !== undefined && isEndFor(last, successor);
  const beyond = source.size > size ? " and goes on behind it" : "";
  return {
    end: isNamed
      ? "it ends there and names this log"
      : `it does not say there that it ends and that this log follows${beyond}`,
  };
}

function isEndFor(raw: Uint8Array, successor: string): boolean {
  try {
    const entry = parseEntry(raw);
    return (
      entry.type === "act" &&
      entry.ruling.outcome === "granted" &&
      entry.statement.act.kind === "logEnded" &&
      entry.statement.act.successor === successor
    );
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}
