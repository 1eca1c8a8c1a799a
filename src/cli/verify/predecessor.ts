import { sameBytes, toBase64url } from "../../acts/bytes.ts";
import { Malformed } from "../../acts/canonical.ts";
import { parseEntry } from "../../acts/entry.ts";
import { add, type Faults } from "../../audit/report.ts";
import { entriesOf, type LogSource } from "../../audit/source.ts";
import { NO_POLICY } from "../../log/policy.ts";
import { leafHash } from "../../log/hash.ts";
import { appendLeaf, emptyRange, rootOf } from "../../log/tree.ts";
import type { ReadRegister } from "../../register/register.ts";
import { primitives } from "../../store/crypto.ts";
import { Contradicted, CouldNot } from "../exit.ts";
import { logKeysIn } from "./log-keys.ts";
import { readGenesis, readLog } from "./logs.ts";
import type { Place } from "./place.ts";

/**
 * Holds what a founding act says of the log that it follows against that log: its root at that size, and whether it ended there
 * and named this one. Anybody can lay out a folder in that log's name: only one whose root agrees is that log, and the others
 * accuse nobody. Says what agrees or why nothing was held; what that log decided is not looked at.
 */
export async function checkPredecessor(
  places: readonly Place[],
  {
    register,
    faults,
  }: {
    readonly register: Pick<ReadRegister, "origin" | "predecessor">;
    readonly faults: Faults;
  },
): Promise<string | undefined> {
  const { predecessor, origin } = register;
  if (predecessor === undefined) return undefined;
  let agreed: string | undefined;
  const reasons: string[] = [];
  for (const place of places) {
    try {
      // Among the places that somebody knows may be mirrors of this log.
      if ((await readGenesis(place)).origin !== predecessor.origin) continue;
      const source = await registerAt(place);
      const held = await heldAgainst(source, predecessor, origin);
      if (held.kind === "open") reasons.push(`${place.name}: ${held.why}`);
      else if (held.kind === "agrees")
        agreed = `as ${place.name} shows it: its root at that size agrees, ${held.end}; its acts were not decided here`;
      else
        add(faults, {
          code: "predecessor",
          log: origin,
          index: 0,
          says: `${place.name}: ${held.wrong}`,
        });
    } catch (error) {
      if (!(error instanceof CouldNot || error instanceof Contradicted))
        throw error;
      reasons.push(`${place.name}: ${error.message}`);
    }
  }
  if (agreed !== undefined || reasons.length === 0) return agreed;
  return `which was not checked: ${reasons.join("; ")}`;
}

type HeldAgainst =
  | { readonly kind: "agrees"; readonly end: string }
  | { readonly kind: "contradicts"; readonly wrong: string }
  | { readonly kind: "open"; readonly why: string };

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
): Promise<HeldAgainst> {
  const open = (why: string): HeldAgainst => ({ kind: "open", why });
  if (source.size < size)
    return open(
      `it shows ${source.size} entries, the founding act says ${size}`,
    );
  const range = emptyRange();
  let endsAt: number | undefined;
  for await (const entries of entriesOf(source))
    for (const raw of entries) {
      appendLeaf(primitives, range, leafHash(primitives, raw));
      if (
        range.size === size &&
        toBase64url(rootOf(primitives, range)) !== root
      )
        return open(
          `its root at size ${size} is not the one that the founding act says: it may be another log of that name`,
        );
      if (range.size >= size && isEndFor(raw, successor)) endsAt = range.size;
    }
  if (
    range.size !== source.size ||
    !sameBytes(rootOf(primitives, range), source.root)
  )
    return open("its entries do not lead to the root of its checkpoint");
  if (endsAt !== undefined && endsAt > size)
    return {
      kind: "contradicts",
      wrong: `it ends at size ${endsAt} and names this log there; the founding act says ${size} and leaves its last acts out`,
    };
  // A log whose key was lost could not say its end, and one that was not ended may have gone on.
  const beyond = source.size > size ? " and goes on behind it" : "";
  return {
    kind: "agrees",
    end:
      endsAt === size
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
