import { fromBase64url } from "../../acts/bytes.ts";
import { paperPath } from "../../acts/statement.ts";
import {
  type AuditResult,
  compareHistories,
  type Remembered,
} from "../../audit/audit.ts";
import { add } from "../../audit/report.ts";
import type { LogSource } from "../../audit/source.ts";
import type { Cosigned } from "../../audit/times.ts";
import { FormatError } from "../../log/format-error.ts";
import { leafHash } from "../../log/hash.ts";
import { addLeaf, type Nodes } from "../../log/nodes.ts";
import { parseNote } from "../../log/note.ts";
import { openCheckpoint } from "../../log/open-checkpoint.ts";
import { verifyingLines } from "../../log/open-note.ts";
import {
  NO_POLICY,
  parsePolicy,
  type Policy,
  type PolicyWitness,
  quorumMet,
} from "../../log/policy.ts";
import { TILE_WIDTH } from "../../log/tiles.ts";
import {
  ED25519,
  type VerifierKey,
  verifierKey,
} from "../../log/verifier-key.ts";
import { monitoringPath } from "../../log/witness.ts";
import { primitives } from "../../store/crypto.ts";
import { CouldNot } from "../exit.ts";
import type { CheckOptions } from "./check.ts";
import { readLog, type Signed } from "./logs.ts";
import type { Place } from "./place.ts";
import { bodyOf } from "./web-place.ts";

export type Watch = {
  readonly named: "user" | "office" | "nobody";
  /** POSIX seconds at which each witness cosigned the checkpoint that is shown, by its name in the policy. */
  readonly cosigned: ReadonlyMap<string, number>;
  /** Whether the user or the office's own log names a policy: `named` is then "nobody" only if it could not be read. */
  readonly needed: boolean;
  readonly quorum: boolean;
  readonly sameMachine: boolean;
  /** How many of the policy's witnesses have an address, and how many of these said what they hold. */
  readonly asked: number;
  readonly answered: number;
  /** Of those who said it, how many hold more than a copy does: nobody knows whether that is the same history. */
  readonly ahead: number;
  /** Who showed nothing, and who showed what it did not sign. */
  readonly silent: readonly string[];
  readonly unverified: readonly string[];
  /** What witnesses said they hold, and when they cosigned it. */
  readonly held: readonly Cosigned[];
};
const WITNESS_TIMEOUT_MS = 3_000;
/** A note of a hundred lines has less. */
const NOTE_BYTES_MAX = 64 * 1024;

export type Held = Remembered & { readonly timeSeconds: number };
/** What was heard of a policy's witnesses. */
export type Asked = Pick<Watch, "asked" | "silent" | "unverified"> & {
  readonly held: readonly Held[];
};

/** What the policy's witnesses hold, each over its own address: an office cannot answer for them. */
export async function askWitnesses(
  policy: Policy,
  logKey: VerifierKey,
): Promise<Asked> {
  const addressed = policy.witnesses.filter(({ url }) => url !== undefined);
  const answers = await Promise.all(
    addressed.map(async (witness) => ({
      witness,
      answer: await askWitness(witness, logKey),
    })),
  );
  const who = (said: string): readonly string[] =>
    answers.flatMap(({ witness, answer }) =>
      answer === said ? [witness.name] : [],
    );
  return {
    asked: addressed.length,
    held: answers.flatMap(({ answer }) =>
      typeof answer === "string" ? [] : [answer],
    ),
    silent: who("silent"),
    unverified: who("unverified"),
  };
}

/** What one witness holds. One that cannot be reached, or shows nothing of this log, is silent. */
async function askWitness(
  witness: PolicyWitness,
  logKey: VerifierKey,
): Promise<Held | "silent" | "unverified"> {
  if (witness.url === undefined) return "silent";
  try {
    const response = await fetch(
      `${witness.url.replace(/\/$/, "")}/${monitoringPath(primitives, logKey.name)}`,
      { signal: AbortSignal.timeout(WITNESS_TIMEOUT_MS) },
    );
    if (!response.ok) return "silent";
    const note = verifyingLines(
      primitives,
      parseNote(await bodyOf(response, witness.url, NOTE_BYTES_MAX)),
      [logKey, witness.key],
    );
    const opening = openCheckpoint(primitives, note, [logKey], {
      ...NO_POLICY,
      witnesses: [witness],
      quorum: witness,
    });
    const timeSeconds =
      opening.outcome === "opened"
        ? opening.cosignedSeconds.get(witness.name)
        : undefined;
    if (opening.outcome !== "opened" || timeSeconds === undefined)
      return "unverified";
    const { size, root } = opening.checkpoint;
    return { origin: logKey.name, size, root, by: "witness", timeSeconds };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isNoNote = error instanceof FormatError || error instanceof CouldNot;
    return isNoNote ? "unverified" : "silent";
  }
}

/** Who outside cosigned. The user's policy decides; the office's own is looked at when there is no other. */
export async function watchOf(
  place: Place,
  register: Signed,
  result: AuditResult,
  options: CheckOptions,
  asked: Asked,
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
    : officeWatch(place, register, result, policy);
}

async function officeWatch(
  place: Place,
  register: Signed,
  result: AuditResult,
  policy: Policy,
): Promise<Watch> {
  const key = verifierKey(
    primitives,
    register.source.origin,
    ED25519,
    fromBase64url(result.register.logKey),
  );
  const opening = openCheckpoint(primitives, register.note, [key], policy);
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
  const asked = await askWitnesses(policy, key);
  const ahead = await holdAgainst(place, key, result, asked.held);
  return {
    named: "office",
    cosigned,
    needed: true,
    quorum,
    sameMachine: isHere(policy),
    ...answersOf(asked, ahead.length),
  };
}

/** A witness that holds more than a copy does confirms nothing of it until the two were held against each other. */
function answersOf({ asked, held, silent, unverified }: Asked, ahead = 0) {
  return {
    asked,
    answered: held.length - ahead,
    ahead,
    silent,
    unverified,
    held: held.map(({ size, timeSeconds: time }) => ({
      size,
      time,
      by: "a witness",
    })),
  };
}

/**
 * Looks for checkpoints that somebody holds in the tree that was checked, and in what the office showed since. Gives those
 * that are larger than a copy, where nobody could say how it went on.
 */
export async function holdAgainst(
  place: Place,
  key: VerifierKey,
  result: AuditResult,
  held: readonly Remembered[],
): Promise<readonly Remembered[]> {
  const { nodes, faults } = result;
  const largest = Math.max(0, ...held.map((one) => one.size));
  if (largest > nodes.range.size) await goOn(place, key, result, largest);
  const ahead: Remembered[] = [];
  for (const one of held) {
    if (place.copy !== undefined && one.size > nodes.range.size)
      ahead.push(one);
    else compareHistories(primitives, nodes, one, faults);
  }
  return ahead;
}

/** A copy goes on where its office does, if that answers. */
async function goOn(
  place: Place,
  key: VerifierKey,
  result: AuditResult,
  size: number,
): Promise<void> {
  if (place.copy === undefined) return catchUp(place, key, result, size);
  try {
    await catchUp(await place.copy.original(), key, result, size);
  } catch (error) {
    if (!(error instanceof CouldNot)) throw error;
  }
}

const CATCH_UP_TRIES_MAX = 5;

/**
 * An office that runs went on while it was checked, and its witness with it: the tree grows by what is public now, so that
 * what the witness holds can be looked for in it. Nothing is decided again.
 */
async function catchUp(
  place: Place,
  key: VerifierKey,
  { nodes, faults }: AuditResult,
  size: number,
): Promise<void> {
  for (let tries = 0; nodes.range.size < size; tries++) {
    if (tries >= CATCH_UP_TRIES_MAX || !place.name.startsWith("http")) return;
    if (tries > 0) await new Promise((resolve) => setTimeout(resolve, 1000));
    const log = await readLog(place, "register", () => key, NO_POLICY);
    if (log === undefined || "code" in log || log.source.size < size) continue;
    await growTo(nodes, log.source);
    const { origin, root } = log.source;
    const shown = {
      origin,
      size: log.source.size,
      root,
      by: "a later checkpoint",
    };
    compareHistories(primitives, nodes, shown, faults);
  }
}

async function growTo(nodes: Nodes, source: LogSource): Promise<void> {
  while (nodes.range.size < source.size) {
    const before = nodes.range.size;
    const bundle = await source.bundle(Math.floor(before / TILE_WIDTH));
    for (const raw of bundle.slice(before % TILE_WIDTH))
      if (nodes.range.size < source.size)
        addLeaf(primitives, nodes, leafHash(primitives, raw));
    if (nodes.range.size === before) return;
  }
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
