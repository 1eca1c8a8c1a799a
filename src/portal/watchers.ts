import { fromBase64url } from "../acts/bytes.ts";
import { showInstant } from "../acts/dates.ts";
import type { Primitives } from "../acts/primitives.ts";
import { paperPath } from "../acts/statement.ts";
import { FormatError } from "../log/format-error.ts";
import { parseNote } from "../log/note.ts";
import { openCheckpoint } from "../log/open-checkpoint.ts";
import { parsePolicy, type Policy } from "../log/policy.ts";
import { ED25519, verifierKey } from "../log/verifier-key.ts";
import type { Office } from "../office/office.ts";
import type { ReadRegister } from "../register/register.ts";
import type { PublicFiles } from "./log-routes.ts";

export type Watchers = {
  /** How many the policy names; undefined where its paper is not here or is no policy. */
  readonly witnesses: number | undefined;
  /** The newest cosignature under what is public; undefined where no witness of the policy cosigned it. */
  readonly cosigned: string | undefined;
  readonly sameMachine: boolean;
};

/** How many witnesses the office's policy names, whether they all run where the office runs, and when one cosigned last. */
export async function watchersOf(
  { register, published }: Office,
  { files, primitives }: { files: PublicFiles; primitives: Primitives },
): Promise<Watchers> {
  const { witnessPolicy } = register;
  const none = { cosigned: undefined, sameMachine: false };
  if (witnessPolicy === undefined) return { witnesses: 0, ...none };
  const paper = await files.read(paperPath(witnessPolicy.act.paper));
  const policy = paper === undefined ? undefined : policyIn(paper, primitives);
  if (policy === undefined) return { witnesses: undefined, ...none };
  const here = (url: string | undefined): boolean =>
    url !== undefined && /^https?:\/\/(?:127\.|localhost|\[::1\])/.test(url);
  return {
    witnesses: policy.witnesses.length,
    cosigned: cosignedIn(published.note, register, policy, primitives),
    sameMachine:
      policy.witnesses.length > 0 &&
      policy.witnesses.every((witness) => here(witness.url)),
  };
}

function cosignedIn(
  note: string,
  { origin, logKey, offsetMinutes }: ReadRegister,
  policy: Policy,
  p: Primitives,
): string | undefined {
  if (note === "") return undefined;
  const key = verifierKey(p, origin, ED25519, fromBase64url(logKey));
  const opening = openCheckpoint(p, parseNote(note), [key], policy);
  if (opening.outcome === "rejected") return undefined;
  const seconds = [...opening.cosignedSeconds.values()];
  return seconds.length === 0
    ? undefined
    : showInstant(Math.max(...seconds) * 1000, offsetMinutes);
}

/** An act may name any paper as its policy, and one that is none must not take the page away. */
export function policyIn(paper: Uint8Array, p: Primitives): Policy | undefined {
  try {
    return parsePolicy(p, paper);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
