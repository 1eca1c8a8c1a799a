import { fromBase64url, toBase64url } from "../acts/bytes.ts";
import { encodeBytes } from "../acts/canonical.ts";
import { signedLogKeyBytes } from "../acts/office.ts";
import type { Primitives } from "../acts/primitives.ts";
import type { PersonKey } from "../acts/shapes.ts";
import { signatureFault } from "../acts/signatures.ts";
import {
  personKeyId,
  signedBatchBytes,
  signedBytes,
  type Signer,
  STATEMENT_DAYS_MAX,
  type Statement,
  type Submission,
} from "../acts/statement.ts";
import { leafHash } from "../log/hash.ts";
import { rootFromInclusion } from "../log/proof.ts";
import type { ReadRegister } from "../register/register.ts";
import type { Signed } from "./signing.ts";

/** Why something never becomes an entry: one line that names the action, the value and what is wanted. */
export type TurnedAway = {
  readonly turnedAway: string;
  readonly code: TurnedAwayCode;
};
export type TurnedAwayCode =
  | "ended"
  | "misdirected"
  | "unseen"
  | "expired"
  | "repeated"
  | "unsigned"
  | "unknownKey";

const DAY = 86_400_000;
const BATCH_MAX = 1024;

/**
 * Whatever is signed is for one office, one entry and a short time (I16). Held back, repeated, carried elsewhere or not
 * signed by everybody it names, it is turned away and nothing is entered.
 *
 * `rootAtSeen` is the register log's own root at the size that the signers had seen, undefined beyond its end.
 */
export function turnAway(
  p: Primitives,
  register: ReadRegister,
  { statement, signatures, batch }: Submission,
  at: number,
  rootAtSeen: string | undefined,
): Signed | TurnedAway {
  const founding = statement.act.kind === "genesis" && register.size === 0;
  const office =
    statement.act.kind === "genesis" ? statement.act.origin : register.origin;
  const refuse = (code: TurnedAwayCode, why: string): TurnedAway => ({
    code,
    turnedAway: `Cannot enter act ${statement.act.kind}: ${why}`,
  });

  if (register.ended !== undefined) {
    const { entry, successor } = register.ended;
    const next = successor === undefined ? "" : `; ${successor} follows it`;
    return refuse("ended", `entry ${entry} has ended this log${next}`);
  }
  // No other entry is a founding act, and nobody could be named who may write one.
  if (statement.act.kind === "genesis" && !founding)
    return refuse("misdirected", "this office was founded already");
  if (statement.office !== office)
    return refuse(
      "misdirected",
      `it is for office ${statement.office}, this is ${office}`,
    );
  if (!founding && statement.seen.size === 0)
    return refuse("unseen", "its signers had seen nothing of this log");
  if (statement.seen.root !== rootAtSeen)
    return refuse(
      "unseen",
      `seen root at size ${statement.seen.size} is not this log's`,
    );
  if (statement.until < at)
    return refuse(
      "expired",
      `its time was over at ${statement.until}, it is ${at}`,
    );
  if (statement.until > at + STATEMENT_DAYS_MAX * DAY) {
    return refuse(
      "expired",
      `until ${statement.until} is more than ${STATEMENT_DAYS_MAX} days ahead of ${at}`,
    );
  }
  if ((register.statements.get(statement.id) ?? -1) >= at)
    return refuse("repeated", `statement ${statement.id} was entered before`);
  if (signatures.length !== statement.signers.length) {
    return refuse(
      "unsigned",
      `${signatures.length} signatures for ${statement.signers.length} signers, want one each in their order`,
    );
  }
  // A stranger's own key is not enough: somebody whose key the office knows must sign.
  if (
    !founding &&
    statement.signers.every((signer) => signer.role === "holder")
  )
    return refuse("unknownKey", "no signer has a key in force");
  if (batch !== undefined && batch.count > BATCH_MAX)
    return refuse(
      "unsigned",
      `a batch of ${batch.count}, want at most ${BATCH_MAX}`,
    );
  const message =
    batch === undefined
      ? signedBytes(statement)
      : batchMessage(p, statement, batch);
  if (message === undefined)
    return refuse("unsigned", "its path does not lead to a batch root");
  for (const [index, signature] of signatures.entries()) {
    const signer = statement.signers[index];
    if (signer === undefined) return refuse("unsigned", "a signer is missing");
    const key = keyFor(p, register, statement, signer, signature.key);
    if (key === undefined)
      return refuse(
        "unknownKey",
        `key ${signature.key} is not in force for signer ${index + 1}`,
      );
    const fault = signatureFault(p, key, message, signature);
    if (fault !== undefined)
      return refuse(
        "unsigned",
        `signature ${index + 1} does not hold: ${fault}`,
      );
  }
  if (!provesLogKey(p, register, statement))
    return refuse(
      "unsigned",
      "its proof is not the new key's signature over this log, its key and the new one",
    );
  return { statement, keys: signatures.map((s) => s.key) };
}

/** A key that nobody holds would end the log: the next one signs that it follows this one. */
function provesLogKey(
  p: Primitives,
  { origin, logKey }: ReadRegister,
  { act }: Statement,
): boolean {
  if (act.kind !== "logKeyChanged") return true;
  const message = signedLogKeyBytes(origin, logKey, act.logKey);
  const proof = fromBase64url(act.proof);
  return p.verifyEd25519(fromBase64url(act.logKey), message, proof);
}

export function isTurnedAway(
  result: Signed | TurnedAway,
): result is TurnedAway {
  return "turnedAway" in result;
}

function batchMessage(
  p: Primitives,
  statement: Statement,
  batch: { index: number; count: number; path: readonly string[] },
): Uint8Array | undefined {
  const leaf = leafHash(p, encodeBytes(statement));
  const root = rootFromInclusion(
    p,
    leaf,
    batch.index,
    batch.count,
    batch.path.map(fromBase64url),
  );
  return root === undefined ? undefined : signedBatchBytes(root);
}

/** The key a signer may use: enrolled for that person and not revoked, in the register before this entry. */
function keyFor(
  p: Primitives,
  register: ReadRegister,
  statement: Statement,
  signer: Signer,
  key: string,
): PersonKey | undefined {
  const { act } = statement;
  if (act.kind === "genesis")
    return act.keys.find(
      (one) => one.person === signer.person && personKeyId(p, one.key) === key,
    )?.key;
  if (act.kind === "keyEnrolled" && signer.role === "holder") {
    return signer.person === act.person && personKeyId(p, act.key) === key
      ? act.key
      : undefined;
  }
  const enrolled = register.keys.get(key);
  return enrolled !== undefined &&
    enrolled.person === signer.person &&
    enrolled.revoked === undefined
    ? enrolled.key
    : undefined;
}

/** The root of the empty tree, as a genesis has it in `seen`. */
export function emptySeen(p: Primitives): {
  readonly size: 0;
  readonly root: string;
} {
  return { size: 0, root: toBase64url(p.sha256(new Uint8Array(0))) };
}
