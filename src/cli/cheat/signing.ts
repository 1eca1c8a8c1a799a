import type { ActEntry, Ruling } from "../../acts/entry.ts";
import type { Statement, Submission } from "../../acts/statement.ts";
import { decide } from "../../rules/decide.ts";
import { primitives } from "../../store/crypto.ts";
import { draft, type SignerKey } from "../signing.ts";
import { registerAt } from "./history.ts";
import type { Stage } from "./stage.ts";

/** A statement as it would have been drafted at a place of the log: its signers saw what stood there. */
export function draftAt(
  stage: Stage,
  index: number,
  at: number,
  act: unknown,
  signers: readonly SignerKey[],
): Statement {
  return draft(stage.origin, stage.seenAt(index), act, signers, at);
}

/** The entry of an act, with the ruling that the office writes beside it. */
export function entryOf(
  stage: Stage,
  at: number,
  { statement, signatures }: Submission,
  ruling: Ruling,
): ActEntry {
  const { edition } = registerAt(stage.history, 1);
  return { v: 1, type: "act", at, edition, statement, signatures, ruling };
}

/** What the rules themselves would say at that place, so that the ruling is not what gives the cheat away. */
export function lawfulRuling(
  stage: Stage,
  index: number,
  at: number,
  { statement, signatures }: Submission,
): Ruling {
  const register = registerAt(stage.history, index);
  const keys = signatures.map(({ key }) => key);
  return decide(primitives, register, { statement, keys }, at);
}

export const GRANTED: Ruling = { outcome: "granted", flags: [] };
