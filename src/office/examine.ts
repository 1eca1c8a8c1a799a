import { toBase64url } from "../acts/bytes.ts";
import { entryBytes, type Ruling } from "../acts/entry.ts";
import type { Statement, Submission } from "../acts/statement.ts";
import type { ReadRegister } from "../register/register.ts";
import { decide } from "../rules/decide.ts";
import { isTurnedAway, turnAway, type TurnedAway } from "../rules/turn-away.ts";
import { primitives } from "../store/crypto.ts";

/** What a founding act must say of the log that it founds. */
export type OwnLog = {
  readonly origin: string;
  /** Public halves of the log keys that this office holds. */
  readonly held: readonly string[];
};

/**
 * What comes of a submission: a ruling, with which it is entered, or why it is not. A founding act that would be refused
 * founds nothing, so it is turned away.
 */
export function examine(
  register: ReadRegister,
  submission: Submission,
  at: number,
  rootAtSeen: Uint8Array | undefined,
  { origin, held }: OwnLog,
): Ruling | TurnedAway {
  const { act } = submission.statement;
  const signed = turnAway(
    primitives,
    register,
    submission,
    at,
    rootAtSeen === undefined ? undefined : toBase64url(rootAtSeen),
  );
  if (isTurnedAway(signed)) return signed;
  // The log could not go on: its next checkpoint needs a signature that nobody here can make.
  if (act.kind === "logKeyChanged" && !held.includes(act.logKey))
    return notHere(act.logKey);
  const ruling = decide(primitives, register, signed, at);
  if (act.kind !== "genesis") return ruling;
  if (act.origin !== origin || !held.includes(act.logKey))
    return misfounded(
      `want origin ${origin} and this log's key ${held.join(" or ")}`,
    );
  return ruling.outcome === "refused"
    ? misfounded(ruling.findings.map((f) => f.rule).join(", "))
    : ruling;
}

export function isGranted(ruling: Ruling | TurnedAway): boolean {
  return "outcome" in ruling && ruling.outcome === "granted";
}

function notHere(key: string): TurnedAway {
  return {
    code: "misdirected",
    turnedAway: `Cannot enter act logKeyChanged: this office does not hold key ${key}; make the next key where it runs, with \`vitrine log-key new\``,
  };
}

function misfounded(why: string): TurnedAway {
  return {
    code: "misdirected",
    turnedAway: `Cannot enter act genesis: ${why}`,
  };
}

/** As long as every signature, where nobody has signed yet. */
const UNSIGNED = {
  form: "ed25519" as const,
  key: "A".repeat(22),
  signature: "A".repeat(86),
};

/** What could be no entry is no act either, and is told so before somebody signs it. */
export function mustFitEntry(
  statement: Statement,
  ruling: Ruling,
  at: number,
  editionHere: number,
): void {
  const { act } = statement;
  // Before the founding act there is no edition but its own.
  const edition = act.kind === "genesis" ? act.edition.number : editionHere;
  const signatures = statement.signers.map(() => UNSIGNED);
  entryBytes({
    ...({ v: 1, type: "act" } as const),
    ...{ at, edition, statement, ruling, signatures },
  });
}
