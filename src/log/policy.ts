import { sameBytes } from "../acts/bytes.ts";
import type { Primitives } from "../acts/primitives.ts";
import { decodeDecimal, decodeText } from "./encoding.ts";
import { FormatError, quote } from "./format-error.ts";
import {
  COSIGNATURE,
  ED25519,
  parseVerifierKey,
  type SignatureType,
  type VerifierKey,
} from "./verifier-key.ts";

const WHAT = "policy";
const LIST = "list of logs";
const NONE = "none";
const KEYWORDS = ["log", "witness", "group", "quorum"] as const;
type Keyword = (typeof KEYWORDS)[number];

export type PolicyLog = {
  readonly key: VerifierKey;
  readonly url: string | undefined;
};

/** `name` is the policy file's own name for the witness; the name it signs under is in its key. */
export type PolicyWitness = {
  readonly kind: "witness";
  readonly name: string;
  readonly key: VerifierKey;
  readonly url: string | undefined;
};

export type PolicyGroup = {
  readonly kind: "group";
  readonly name: string;
  readonly threshold: number;
  readonly members: readonly PolicyMember[];
};

export type PolicyMember = PolicyWitness | PolicyGroup;

export type Policy = {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly quorum: PolicyMember | { readonly kind: "none" };
  /** How long to wait for further witnesses once the quorum has cosigned; readers have no use for it. */
  readonly waitMs: number;
};

/** Nobody outside is asked for: what a log means without witnesses. */
export const NO_POLICY: Policy = {
  logs: [],
  witnesses: [],
  quorum: { kind: "none" },
  waitMs: 0,
};

/** C2SP tlog-policy "Implementation limits": at least 32 of each must be possible. */
export const POLICY_DEFINITIONS_MAX = 1000;
export const WAIT_MS_MAX = 5000;

/**
 * C2SP tlog-policy; throws `FormatError` with the line. Two limits of our own: the file is UTF-8, and keys are Ed25519
 * (logs) or Ed25519 cosignature (witnesses), since nothing else is verified here. One addition of our own is a comment to
 * all other tools: `# vitrine wait <ms>`.
 */
export function parsePolicy(p: Primitives, input: Uint8Array | string): Policy {
  const draft = readLines(p, WHAT, input);
  const { logs, witnesses, quorum, waitMs = 0 } = draft;
  if (quorum === undefined) throw new FormatError(WHAT, "no line is a quorum");
  return { logs, witnesses, quorum, waitMs };
}

/** The `log` lines of a tlog-policy and nothing else: what a witness is told to watch. Throws `FormatError` with the line. */
export function parseLogList(
  p: Primitives,
  input: Uint8Array | string,
): readonly PolicyLog[] {
  return readLines(p, LIST, input, ["log"]).logs;
}

function readLines(
  p: Primitives,
  what: string,
  input: Uint8Array | string,
  keywords: readonly Keyword[] = KEYWORDS,
): Draft {
  const text = decodeText(input, what);
  const draft = emptyDraft();
  for (const [index, line] of text.split("\n").entries()) {
    try {
      readLine(p, draft, line, keywords);
    } catch (cause) {
      if (!(cause instanceof FormatError)) throw cause;
      throw new FormatError(what, `line ${index + 1} ${cause.problem}`, {
        cause,
      });
    }
  }
  return draft;
}

/** Whether the witnesses that cosigned, by their names in the policy, are enough. */
export function quorumMet(
  policy: Policy,
  cosigned: ReadonlySet<string>,
): boolean {
  return policy.quorum.kind === "none" || hasWitnessed(policy.quorum, cosigned);
}

function hasWitnessed(
  member: PolicyMember,
  cosigned: ReadonlySet<string>,
): boolean {
  switch (member.kind) {
    case "witness":
      return cosigned.has(member.name);
    case "group": {
      const witnessed = member.members.filter((m) => hasWitnessed(m, cosigned));
      return witnessed.length >= member.threshold;
    }
  }
}

type Draft = {
  readonly logs: PolicyLog[];
  readonly witnesses: PolicyWitness[];
  readonly members: Map<string, PolicyMember>;
  readonly grouped: Set<string>;
  quorum: Policy["quorum"] | undefined;
  waitMs: number | undefined;
};

function emptyDraft(): Draft {
  return {
    logs: [],
    witnesses: [],
    members: new Map(),
    grouped: new Set(),
    quorum: undefined,
    waitMs: undefined,
  };
}

function readLine(
  p: Primitives,
  draft: Draft,
  line: string,
  keywords: readonly Keyword[],
): void {
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(line)) {
    throw new FormatError(WHAT, `${quote(line)} has a control character`);
  }
  const items = line.split(/[ \t]+/).filter((item) => item !== "");
  const [first, ...rest] = items;
  if (first === undefined) return;
  if (first.startsWith("#")) return readComment(draft, items);
  const keyword = keywords.find((one) => one === first);
  switch (keyword) {
    case "log":
      return readLog(p, draft, rest);
    case "witness":
      return readWitness(p, draft, rest);
    case "group":
      return readGroup(draft, rest);
    case "quorum":
      return readQuorum(draft, rest);
    case undefined:
      throw new FormatError(
        WHAT,
        `begins with ${quote(first)}, want ${keywords.join(" or ")}`,
      );
  }
}

/** A comment to C2SP tlog-policy. One that is meant for us and is bent would else be passed over in silence. */
function readComment(draft: Draft, items: readonly string[]): void {
  const [sign, name, what, wanted, ...more] = items;
  if (sign !== "#" || name !== "vitrine" || what !== "wait") return;
  const waitMs = decodeDecimal(wanted ?? "");
  if (waitMs === undefined || waitMs > WAIT_MS_MAX || more.length > 0) {
    throw new FormatError(
      WHAT,
      `is not '# vitrine wait <ms>' with 0 to ${WAIT_MS_MAX} milliseconds`,
    );
  }
  if (draft.waitMs !== undefined) {
    throw new FormatError(WHAT, "is a second wait");
  }
  draft.waitMs = waitMs;
}

function readLog(p: Primitives, draft: Draft, items: readonly string[]): void {
  const [vkey, url, ...more] = items;
  if (vkey === undefined || more.length > 0) {
    throw new FormatError(WHAT, "is not 'log <vkey> [<url>]'");
  }
  checkCount(draft.logs.length);
  const key = readKey(p, vkey, ED25519, draft.logs);
  draft.logs.push({ key, url });
}

function readWitness(
  p: Primitives,
  draft: Draft,
  items: readonly string[],
): void {
  const [name, vkey, url, ...more] = items;
  if (name === undefined || vkey === undefined || more.length > 0) {
    throw new FormatError(WHAT, "is not 'witness <name> <vkey> [<url>]'");
  }
  const key = readKey(p, vkey, COSIGNATURE, draft.witnesses);
  const witness: PolicyWitness = { kind: "witness", name, key, url };
  define(draft, witness);
  draft.witnesses.push(witness);
}

function readGroup(draft: Draft, items: readonly string[]): void {
  const [name, wanted, ...names] = items;
  if (name === undefined || wanted === undefined || names.length === 0) {
    throw new FormatError(WHAT, "is not 'group <name> all|any|<k> <name>...'");
  }
  const members = names.map((member) => takeMember(draft, member));
  const threshold = readThreshold(wanted, members.length);
  define(draft, { kind: "group", name, threshold, members });
}

function readQuorum(draft: Draft, items: readonly string[]): void {
  const [name, ...more] = items;
  if (name === undefined || more.length > 0) {
    throw new FormatError(WHAT, "is not 'quorum <name>|none'");
  }
  if (draft.quorum !== undefined) {
    throw new FormatError(WHAT, "is a second quorum");
  }
  draft.quorum = name === NONE ? { kind: "none" } : known(draft, name);
}

function readKey(
  p: Primitives,
  vkey: string,
  type: SignatureType,
  others: readonly { readonly key: VerifierKey }[],
): VerifierKey {
  const key = parseVerifierKey(p, vkey);
  if (key.type !== type) {
    throw new FormatError(
      WHAT,
      `has a key of signature type ${key.type}, want ${type}`,
    );
  }
  // Two keys are duplicates by their bytes, even under different names and IDs.
  if (others.some((other) => sameBytes(other.key.publicKey, key.publicKey))) {
    throw new FormatError(WHAT, `repeats the key of ${quote(key.name)}`);
  }
  return key;
}

function readThreshold(wanted: string, count: number): number {
  if (wanted === "all") return count;
  if (wanted === "any") return 1;
  const threshold = decodeDecimal(wanted);
  if (threshold === undefined || threshold < 1 || threshold > count) {
    throw new FormatError(
      WHAT,
      `has the threshold ${quote(wanted)}, want all, any or 1 to ${count}`,
    );
  }
  return threshold;
}

function takeMember(draft: Draft, name: string): PolicyMember {
  const member = known(draft, name);
  // A witness that counted twice could fill a quorum alone.
  if (draft.grouped.has(name)) {
    throw new FormatError(WHAT, `lists ${quote(name)} as a member again`);
  }
  draft.grouped.add(name);
  return member;
}

function known(draft: Draft, name: string): PolicyMember {
  const member = draft.members.get(name);
  if (member === undefined) {
    throw new FormatError(
      WHAT,
      `names ${quote(name)}, which no line before it defines`,
    );
  }
  return member;
}

function define(draft: Draft, member: PolicyMember): void {
  if (member.name === NONE || draft.members.has(member.name)) {
    throw new FormatError(WHAT, `defines ${quote(member.name)} again`);
  }
  checkCount(draft.members.size);
  draft.members.set(member.name, member);
}

function checkCount(count: number): void {
  if (count < POLICY_DEFINITIONS_MAX) return;
  throw new FormatError(
    WHAT,
    `is one too many, want at most ${POLICY_DEFINITIONS_MAX}`,
  );
}
