import { fromBase64url, toBase64url } from "../../acts/bytes.ts";
import { paperPath } from "../../acts/statement.ts";
import { entriesOf, type LogSource } from "../../audit/source.ts";
import { FormatError } from "../../log/format-error.ts";
import { parsePolicy, type PolicyWitness } from "../../log/policy.ts";
import {
  ED25519,
  type VerifierKey,
  verifierKey,
} from "../../log/verifier-key.ts";
import { officeOf } from "../../register/founding.ts";
import { primitives } from "../../store/crypto.ts";
import { readLogName } from "../../uses/log-name.ts";
import type { Place } from "./place.ts";
import { readable } from "./readable.ts";

/** What has to be known before anything is decided: keys of gateways, papers of witness policies, names of usage logs. */
export type FirstLook = {
  readonly keys: (origin: string) => readonly VerifierKey[];
  readonly policyPapers: readonly string[];
  /** The usage logs that heads name. */
  readonly logs: ReadonlySet<string>;
  /** Those that a record says were dropped. */
  readonly dropped: ReadonlySet<string>;
};
export type Looking = FirstLook & {
  readonly notice: (raw: Uint8Array) => void;
};

const latin1 = new TextDecoder("latin1");
const GATEWAY =
  /"act":\{"gateway":"([a-z0-9.-]+)","kind":"gatewayOpened","publicKey":"([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])"/;
const HEAD = /"kind":"head","log":"([a-z0-9./-]+)"/;
const DROPPED = /"kind":"dropped","log":"([a-z0-9./-]+)"/;

export async function firstLook(source: LogSource): Promise<FirstLook> {
  const look = noticing(source.origin);
  for await (const entries of entriesOf(source))
    for (const raw of entries) look.notice(raw);
  return look;
}

/** Takes entries of the register log in, one after the other. */
export function noticing(origin: string): Looking {
  const office = officeOf(origin);
  const found = new Map<string, string>();
  const policyPapers: string[] = [];
  const logs = new Set<string>();
  const dropped = new Set<string>();
  const notice = (raw: Uint8Array): void => {
    const text = latin1.decode(raw);
    const headed = HEAD.exec(text)?.[1];
    if (headed !== undefined && readLogName(office, headed) !== undefined)
      logs.add(headed);
    const gone = DROPPED.exec(text)?.[1];
    if (gone !== undefined) dropped.add(gone);
    if (!text.includes('"outcome":"granted"')) return;
    const [, gateway, publicKey] = GATEWAY.exec(text) ?? [];
    if (gateway !== undefined && publicKey !== undefined && !found.has(gateway))
      found.set(gateway, publicKey);
    const paper = /itnessPolicy/.test(text) ? policyPaperIn(raw) : undefined;
    if (paper !== undefined) policyPapers.push(paper);
  };
  const keys = (log: string): readonly VerifierKey[] => {
    const gateway = readLogName(office, log)?.gateway;
    const publicKey = gateway === undefined ? undefined : found.get(gateway);
    return publicKey === undefined
      ? []
      : [verifierKey(primitives, log, ED25519, fromBase64url(publicKey))];
  };
  return { keys, policyPapers, logs, dropped, notice };
}

/** Every witness that the office named at any time, as far as the papers are here. */
export async function witnessesNamed(
  place: Place,
  { policyPapers }: FirstLook,
): Promise<readonly PolicyWitness[]> {
  const witnesses = new Map<string, PolicyWitness>();
  for (const paper of new Set(policyPapers)) {
    const bytes = await place.read(paperPath(paper));
    if (bytes === undefined || toBase64url(primitives.sha256(bytes)) !== paper)
      continue;
    for (const witness of witnessesIn(bytes))
      witnesses.set(`${witness.key.name}+${witness.key.id}`, witness);
  }
  return [...witnesses.values()];
}

function witnessesIn(bytes: Uint8Array): readonly PolicyWitness[] {
  try {
    return parsePolicy(primitives, bytes).witnesses;
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}

function policyPaperIn(raw: Uint8Array): string | undefined {
  const entry = readable(raw);
  if (entry?.type !== "act" || entry.ruling.outcome !== "granted")
    return undefined;
  const { act } = entry.statement;
  if (act.kind === "witnessPolicyAdopted") return act.policy.paper;
  return act.kind === "genesis" ? act.witnessPolicy?.paper : undefined;
}
