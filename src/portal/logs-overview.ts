import { badgeOf } from "./acts/badge.ts";
import { fromBase64url, toBase64, toBase64url } from "../acts/bytes.ts";
import { showInstant } from "../acts/dates.ts";
import { parseEntry } from "../acts/entry.ts";
import type { Primitives } from "../acts/primitives.ts";
import { paperPath } from "../acts/statement.ts";
import { FormatError } from "../log/format-error.ts";
import { leafHash } from "../log/hash.ts";
import { parseNote } from "../log/note.ts";
import { openCheckpoint } from "../log/open-checkpoint.ts";
import { NO_POLICY, type Policy } from "../log/policy.ts";
import {
  ED25519,
  formatVerifierKey,
  type VerifierKey,
  verifierKey,
} from "../log/verifier-key.ts";
import type { Office } from "../office/office.ts";
import { type ReadRegister } from "../register/register.ts";
import { officeOf } from "../register/founding.ts";
import { readLogName } from "../uses/log-name.ts";
import { calledIn } from "./acts/thing.ts";
import type { Programs } from "./check-routes.ts";
import type { PublicFiles } from "./log-routes.ts";
import type { Overview } from "./overview.ts";
import { policyIn, watchersOf } from "./watchers.ts";
import { describeAct } from "./words.ts";
import { officeTitle } from "./lang/title-in.ts";
import { say } from "./lang/say.ts";
import { sayWord } from "./lang/words.ts";

export type LogLine = {
  /** Its folder below /log/. */
  readonly log: string;
  readonly origin: string;
  readonly verifierKey: string;
  readonly size: number;
  readonly root: string;
  /** Who of the office's own policy cosigned the newest checkpoint, and when. */
  readonly cosigned: readonly { readonly by: string; readonly at: string }[];
  /** Of a usage log: the newest head in the register log, which binds it. */
  readonly head:
    | {
        readonly entry: number;
        readonly size: number;
        readonly at: string;
        readonly closed: boolean;
      }
    | undefined;
};

export type LogsOverview = {
  readonly title: string;
  readonly origin: string;
  readonly fingerprint: string;
  readonly at: string;
  readonly watchers: Pick<
    Overview["watchers"],
    "policy" | "witnesses" | "sameMachine"
  >;
  readonly logs: readonly LogLine[];
  readonly entries: readonly {
    readonly entry: number;
    readonly what: string;
    readonly leaf: string;
    readonly proof: string;
  }[];
  /** Of the programs with which strangers check, as they lie beside this office: SHA-256 in hex. */
  readonly programs: {
    readonly checkPage: string | undefined;
    readonly verifier: string | undefined;
  };
};

const LATEST = 20;

/** What the office's logs are at the moment of asking, from what is public alone. */
export async function logsOverview(
  office: Office,
  now: number,
  extra: { primitives: Primitives; files: PublicFiles; programs: Programs },
): Promise<LogsOverview> {
  const { register } = office;
  const { primitives: p, files, programs } = extra;
  const named = register.witnessPolicy?.act.paper;
  const paper =
    named === undefined ? undefined : await files.read(paperPath(named));
  const policy = paper === undefined ? undefined : policyIn(paper, p);
  const [first] = await office.entries(0, 1);
  const read = [...keysOf(p, register)].map(([log, key]) =>
    logLine(extra, register, policy ?? NO_POLICY, log, key),
  );
  return {
    title: officeTitle(register),
    origin: register.origin,
    fingerprint: first === undefined ? "" : toBase64url(leafHash(p, first)),
    at: showInstant(now, register.offsetMinutes),
    watchers: {
      policy: named === undefined ? undefined : paperPath(named),
      ...(await watchersOf(office, extra)),
    },
    logs: (await Promise.all(read)).filter((line) => line !== undefined),
    entries: await latestEntries(p, office),
    programs: {
      checkPage: programs.checkPage?.sha256,
      verifier: programs.verifier,
    },
  };
}

/** One log as the list of all has it; undefined where none of that name is public. */
export async function oneLog(
  { register }: Office,
  extra: { primitives: Primitives; files: PublicFiles },
  log: string,
): Promise<LogLine | undefined> {
  const key = keysOf(extra.primitives, register).get(log);
  if (key === undefined) return undefined;
  const named = register.witnessPolicy?.act.paper;
  const paper =
    named === undefined ? undefined : await extra.files.read(paperPath(named));
  const policy =
    paper === undefined ? undefined : policyIn(paper, extra.primitives);
  return logLine(extra, register, policy ?? NO_POLICY, log, key);
}

/** Of every log of the office its folder and its key: the register's own, and of each usage log its gateway's. */
function keysOf(
  p: Primitives,
  register: ReadRegister,
): ReadonlyMap<string, VerifierKey> {
  const keys = new Map<string, VerifierKey>();
  if (register.size === 0) return keys;
  const { origin, logKey } = register;
  const office = officeOf(origin);
  const key = (name: string, publicKey: string): VerifierKey =>
    verifierKey(p, name, ED25519, fromBase64url(publicKey));
  keys.set("register", key(origin, logKey));
  // The newest first: a quarter that is over is looked for less.
  for (const log of [...register.heads.keys()].toReversed()) {
    const gateway = readLogName(office, log)?.gateway ?? "";
    const opened = register.gateways.get(gateway)?.act;
    if (opened !== undefined)
      keys.set(log.slice(office.length + 1), key(log, opened.publicKey));
  }
  return keys;
}

async function logLine(
  { primitives: p, files }: { primitives: Primitives; files: PublicFiles },
  register: ReadRegister,
  policy: Policy,
  log: string,
  key: VerifierKey,
): Promise<LogLine | undefined> {
  const bytes = await files.read(`log/${log}/checkpoint`);
  if (bytes === undefined) return undefined;
  const opening = openedWith(p, bytes, key, policy);
  if (opening === undefined) return undefined;
  const { offsetMinutes, heads } = register;
  const head = heads.get(key.name);
  return {
    log,
    origin: key.name,
    verifierKey: formatVerifierKey(key),
    size: opening.checkpoint.size,
    root: toBase64(opening.checkpoint.root),
    cosigned: [...opening.cosignedSeconds].map(([by, seconds]) => ({
      by,
      at: showInstant(seconds * 1000, offsetMinutes),
    })),
    head:
      head === undefined
        ? undefined
        : {
            entry: head.entry,
            size: head.head.size,
            at: showInstant(head.at, offsetMinutes),
            closed: head.head.closed === true,
          },
  };
}

function openedWith(
  p: Primitives,
  bytes: Uint8Array,
  key: VerifierKey,
  policy: Policy,
) {
  try {
    const opening = openCheckpoint(p, parseNote(bytes), [key], policy);
    return opening.outcome === "opened" ? opening : undefined;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

async function latestEntries(
  p: Primitives,
  office: Office,
): Promise<LogsOverview["entries"]> {
  const { size } = office.published;
  const from = Math.max(0, size - LATEST);
  const entries = await office.entries(from, size);
  return entries
    .map((raw, at) => {
      const entry = parseEntry(raw);
      return {
        entry: from + at,
        what:
          entry.type === "act"
            ? say("{act}, {outcome}", {
                act: describeAct(
                  entry.statement.act,
                  calledIn(office.register),
                ),
                outcome: badgeOf(
                  ...([office.register, entry.statement.act] as const),
                  entry.ruling.outcome,
                ).says,
              })
            : say("record: {kind}", { kind: sayWord(entry.record.kind) }),
        leaf: toBase64url(leafHash(p, raw)),
        proof: `/proof/register/${from + at}`,
      };
    })
    .toReversed();
}
