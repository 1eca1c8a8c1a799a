import { paperPath } from "../../acts/statement.ts";
import {
  type AuditResult,
  compareHistories,
  type Remembered,
} from "../../audit/audit.ts";
import { add } from "../../audit/report.ts";
import type { Cosigned } from "../../audit/times.ts";
import { FormatError } from "../../log/format-error.ts";
import { parseNote, type SignedNote } from "../../log/note.ts";
import { openCheckpoint } from "../../log/open-checkpoint.ts";
import { verifyingLines } from "../../log/open-note.ts";
import {
  NO_POLICY,
  parsePolicy,
  type Policy,
  type PolicyWitness,
  quorumMet,
} from "../../log/policy.ts";
import type { VerifierKey } from "../../log/verifier-key.ts";
import { monitoringPath } from "../../log/witness.ts";
import { primitives } from "../../store/crypto.ts";
import { CouldNot } from "../exit.ts";
import type { ReadRegister } from "../../register/register.ts";
import { goOn } from "./catch-up.ts";
import type { CheckOptions } from "./check.ts";
import type { LogKeys } from "./log-keys.ts";
import type { Signed } from "./logs.ts";
import type { Place } from "./place.ts";
import { bodyOf, isAddress } from "./web-place.ts";

export type Watch = {
  readonly named: "user" | "office" | "nobody";
  /** POSIX seconds at which each witness cosigned the checkpoint that is shown, by its name in the policy. */
  readonly cosigned: ReadonlyMap<string, number>;
  /** Whether the user or the office's own log names a policy: `named` is then "nobody" only if it could not be read. */
  readonly needed: boolean;
  readonly quorum: boolean;
  readonly sameMachine: boolean;
  /** The office's last change of policy, and whether this checkpoint bears the quorum of the policy before as well. */
  readonly changed?: { readonly entry: number; readonly bearsBefore: boolean };
  /** How many of the policy's witnesses have an address, and how many of these said what they hold. */
  readonly asked: number;
  readonly answered: number;
  /** Of those who said it, how many hold more than a copy does: nobody knows whether that is the same history. */
  readonly ahead: number;
  /** Who showed nothing, and who showed what it did not sign. */
  readonly silent: readonly string[];
  readonly unverified: readonly string[];
  /** Who showed what not every key of the log that signs by now has signed. */
  readonly astray: readonly string[];
  /** What witnesses said they hold, and when they cosigned it. */
  readonly held: readonly Cosigned[];
};
const WITNESS_TIMEOUT_MS = 3_000;
/** A note of a hundred lines has less. */
const NOTE_BYTES_MAX = 64 * 1024;

export type Held = Remembered & { readonly timeSeconds: number };
/** What a witness answered, nothing of it verified. */
export type Said = {
  readonly witness: PolicyWitness;
  readonly note: SignedNote | "silent" | "unverified";
};
/** What was heard of a policy's witnesses. */
export type Asked = Pick<
  Watch,
  "asked" | "silent" | "unverified" | "astray"
> & {
  readonly held: readonly Held[];
};

/** What the policy's witnesses hold, each over its own address: an office cannot answer for them. */
export async function askWitnesses(
  policy: Policy,
  origin: string,
): Promise<readonly Said[]> {
  const addressed = policy.witnesses.filter(({ url }) => url !== undefined);
  return Promise.all(
    addressed.map(async (witness) => ({
      witness,
      note: await askWitness(witness, origin),
    })),
  );
}

/**
 * What these answers are worth: a witness knows a log by the keys it was told of, and cosigns what one of them signed. Where a key
 * that signs by now did not, somebody with an old key may have led it astray: that speaks against nobody.
 */
export function heardOf(
  said: readonly Said[],
  logKeys: Pick<LogKeys, "all" | "against">,
): Asked {
  const answers = said.map(({ witness, note }) => ({
    witness,
    answer: typeof note === "string" ? note : heldIn(note, witness, logKeys),
  }));
  const who = (said: string): readonly string[] =>
    answers.flatMap(({ witness, answer }) =>
      answer === said ? [witness.name] : [],
    );
  return {
    asked: said.length,
    held: answers.flatMap(({ answer }) =>
      typeof answer === "string" ? [] : [answer],
    ),
    silent: who("silent"),
    unverified: who("unverified"),
    astray: who("astray"),
  };
}

/** What one witness holds. One that cannot be reached, or shows nothing of this log, is silent. */
async function askWitness(
  witness: PolicyWitness,
  origin: string,
): Promise<Said["note"]> {
  if (witness.url === undefined) return "silent";
  try {
    const response = await fetch(
      `${witness.url.replace(/\/$/, "")}/${monitoringPath(primitives, origin)}`,
      {
        redirect: "manual",
        signal: AbortSignal.timeout(WITNESS_TIMEOUT_MS),
      },
    );
    if (!response.ok) return "silent";
    return parseNote(await bodyOf(response, witness.url, NOTE_BYTES_MAX));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isNoNote = error instanceof FormatError || error instanceof CouldNot;
    return isNoNote ? "unverified" : "silent";
  }
}

function heldIn(
  answer: SignedNote,
  witness: PolicyWitness,
  { all, against }: Pick<LogKeys, "all" | "against">,
): Held | "unverified" | "astray" {
  try {
    const keys = [...all, witness.key];
    const note = verifyingLines(primitives, answer, keys);
    const policy = { ...NO_POLICY, witnesses: [witness], quorum: witness };
    const opening = openCheckpoint(primitives, note, all, policy);
    if (opening.outcome !== "opened") return "unverified";
    const timeSeconds = opening.cosignedSeconds.get(witness.name);
    if (timeSeconds === undefined) return "unverified";
    const { origin, size, root } = opening.checkpoint;
    const signed = new Set(opening.signedBy.map(({ id }) => id));
    if (!against(size, timeSeconds).every(({ id }) => signed.has(id)))
      return "astray";
    return { origin, size, root, by: "witness", timeSeconds };
  } catch (error) {
    if (error instanceof FormatError) return "unverified";
    throw error;
  }
}

/** Who outside cosigned. The user's policy decides; the office's own is looked at when there is no other. */
export async function watchOf(
  place: Place,
  register: Signed,
  result: AuditResult,
  options: CheckOptions,
  asked: Asked,
  logKeys: LogKeys,
): Promise<Watch> {
  if (options.policy !== undefined) {
    if (!register.isQuorumMet)
      add(result.faults, {
        code: "quorum",
        log: register.source.origin,
        says: "the checkpoint does not bear the cosignatures that your policy asks for",
      });
    return {
      named: "user",
      cosigned: register.cosignedSeconds,
      needed: true,
      quorum: register.isQuorumMet,
      sameMachine: isHere(options.policy),
      ...answersOf(asked),
    };
  }
  const named = result.register.witnessPolicy;
  const bytes =
    named === undefined
      ? undefined
      : await place.read(paperPath(named.act.paper));
  const policy = bytes === undefined ? undefined : policyFrom(bytes);
  return policy === undefined
    ? {
        named: "nobody",
        cosigned: new Map(),
        needed: named !== undefined,
        quorum: false,
        sameMachine: false,
        ...answersOf(asked),
      }
    : officeWatch(place, register, result, policy, logKeys);
}

async function officeWatch(
  place: Place,
  register: Signed,
  result: AuditResult,
  policy: Policy,
  logKeys: LogKeys,
): Promise<Watch> {
  const { origin } = register.source;
  const opening = openCheckpoint(
    primitives,
    register.note,
    register.keys,
    policy,
  );
  const cosigned =
    opening.outcome === "opened"
      ? opening.cosignedSeconds
      : new Map<string, number>();
  const quorum = quorumMet(policy, new Set(cosigned.keys()));
  if (!quorum)
    add(result.faults, {
      code: "quorum",
      log: register.source.origin,
      says: "the checkpoint does not bear the cosignatures that the office's own policy asks for",
    });
  const asked = heardOf(await askWitnesses(policy, origin), logKeys);
  const changed = await changeOf(place, register, result.register);
  const newest = logKeys.all.slice(-1);
  const isCosigned = quorum && cosigned.size > 0;
  const ahead = await holdAgainst(
    place,
    newest,
    result,
    asked.held,
    isCosigned,
  );
  return {
    named: "office",
    cosigned,
    needed: true,
    quorum,
    sameMachine: isHere(policy),
    ...(changed === undefined ? {} : { changed }),
    ...answersOf(asked, ahead.length),
  };
}

/** Only the checkpoint that first covers a change needs both quorums, so of a later one this is a fact and no fault. */
async function changeOf(
  place: Place,
  register: Signed,
  { witnessPolicies }: ReadRegister,
): Promise<Watch["changed"]> {
  const [before, now] = witnessPolicies.slice(-2);
  if (before === undefined || now === undefined) return undefined;
  const bytes = await place.read(paperPath(before.act.paper));
  const policy = bytes === undefined ? undefined : policyFrom(bytes);
  if (policy === undefined) return undefined;
  const opening = openCheckpoint(
    primitives,
    register.note,
    register.keys,
    policy,
  );
  const bearsBefore = opening.outcome === "opened" && opening.isQuorumMet;
  return { entry: now.entry, bearsBefore };
}

/** A witness that holds more than a copy does confirms nothing of it until the two were held against each other. */
function answersOf(
  { asked, held, silent, unverified, astray }: Asked,
  ahead = 0,
) {
  return {
    asked,
    answered: held.length - ahead,
    ahead,
    silent,
    unverified,
    astray,
    held: held.map(({ size, timeSeconds: time }) => ({
      size,
      time,
      by: "a witness",
    })),
  };
}

/**
 * Looks for checkpoints that somebody holds in the tree that was checked, and in what the office showed since. Gives those
 * that are larger than a copy, where nobody could say how it went on. A folder is taken for a copy when what it shows bears the
 * cosignatures that it should: what was cut off and signed again by the log alone does not.
 */
export async function holdAgainst(
  place: Place,
  keys: readonly VerifierKey[],
  result: AuditResult,
  held: readonly Remembered[],
  isCosigned: boolean,
): Promise<readonly Remembered[]> {
  const { nodes, faults } = result;
  const largest = Math.max(0, ...held.map((one) => one.size));
  if (largest > nodes.range.size) await goOn(place, keys, result, largest);
  const isCopy = place.copy !== undefined || (isCosigned && !isAddress(place));
  const ahead: Remembered[] = [];
  for (const one of held) {
    if (isCopy && one.size > nodes.range.size) ahead.push(one);
    else compareHistories(primitives, nodes, one, faults);
  }
  return ahead;
}

function policyFrom(bytes: Uint8Array): Policy | undefined {
  try {
    return parsePolicy(primitives, bytes);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function isHere(policy: Policy): boolean {
  return (
    policy.witnesses.length > 0 &&
    policy.witnesses.every(
      (w) =>
        w.url !== undefined &&
        /^https?:\/\/(?:127\.|localhost|\[::1\])/.test(w.url),
    )
  );
}
