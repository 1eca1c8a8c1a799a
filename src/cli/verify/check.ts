import { sameBytes, toBase64url } from "../../acts/bytes.ts";
import { audit, type AuditResult, type Remembered } from "../../audit/audit.ts";
import {
  auditReceipts,
  promisedBy,
  type Receipts,
} from "../../audit/receipts.ts";
import { add } from "../../audit/report.ts";
import type { LogSource } from "../../audit/source.ts";
import { type Cosigned, type Times, timesOf } from "../../audit/times.ts";
import { parseCheckpoint } from "../../log/checkpoint.ts";
import { leafHash } from "../../log/hash.ts";
import { parseNote } from "../../log/note.ts";
import {
  NO_POLICY,
  type Policy,
  type PolicyWitness,
} from "../../log/policy.ts";
import type { VerifierKey } from "../../log/verifier-key.ts";
import { officeOf } from "../../register/register.ts";
import { primitives } from "../../store/crypto.ts";
import type { Receipt } from "../../uses/receipt.ts";
import { Contradicted, CouldNot } from "../exit.ts";
import { inFile } from "../in-file.ts";
import { atShownSize, type Kept } from "./kept.ts";
import {
  addWrong,
  type CosignedNotes,
  readCosigned,
  timesOfNote,
} from "./cosigned.ts";
import {
  type EntryAsked,
  type EntryTimes,
  timesOfEntry,
} from "./entry-times.ts";
import { type FirstLook, firstLook, witnessesNamed } from "./first-look.ts";
import { inHand, type Walked, walkedAgain } from "./holding.ts";
import { type LogKeys, logKeysIn } from "./log-keys.ts";
import { pathOf, readGenesis, readLog, type Signed } from "./logs.ts";
import { checkPredecessor } from "./predecessor.ts";
import { checkPapers, type Papers } from "./papers.ts";
import { checkTiles } from "./tiles.ts";
import { usageLog, usageLogs } from "./usage-seen.ts";
import type { Copy, Place } from "./place.ts";
import {
  type Asked,
  askWitnesses,
  heardOf,
  type Held,
  holdAgainst,
  type Said,
  type Watch,
  watchOf,
} from "./watch.ts";

export type CheckOptions = {
  readonly editions: ReadonlyMap<number, string>;
  /** Asked for the time of the check when the register's checkpoint has been read: whatever it holds was entered before. */
  readonly now: () => number;
  /** The user's own policy; without it the office's is shown, and proves less. */
  readonly policy?: Policy;
  /** The office's fingerprint: leaf hash of its founding act, base64url. */
  readonly genesis?: string;
  readonly receipts: readonly Receipt[];
  /** Where the receipts come from, one for one; without it they are counted. */
  readonly receiptFiles?: readonly string[];
  /** Checkpoint notes of this office that were found elsewhere, and in which file. */
  readonly also: readonly Kept[];
  /** Mirrors whose checkpoints are among them. */
  readonly trees?: readonly Place[];
  /** Entries whose time is asked for. */
  readonly entries?: readonly EntryAsked[];
  readonly onProgress?: (stage: string, done: number, of: number) => void;
};

export type CheckResult = AuditResult & {
  readonly title: string;
  readonly origin: string;
  readonly fingerprint: string;
  readonly size: number;
  readonly checkedAt: number;
  readonly watch: Watch;
  readonly receipts: Receipts & { readonly given: number };
  readonly papers: Papers;
  /** Logs of which no hash tile is here. */
  readonly untiled: readonly string[];
  readonly times: Times;
  readonly cosignedNotes: CosignedNotes;
  /** Who holds more than this copy does: what came after it was made. */
  readonly newer: readonly string[];
  readonly entries: readonly EntryTimes[];
  readonly copy?: Copy;
  /** What agreed when the log that this one follows was held against its founding act; undefined where nothing was. */
  readonly predecessor: string | undefined;
};

/** The whole way of the outsider over one place. Throws `CouldNot` when there is nothing to check. */
export async function check(
  place: Place,
  options: CheckOptions,
): Promise<CheckResult> {
  const { editions, receipts, onProgress } = options;
  const genesis = await readGenesis(place);
  const fingerprint = toBase64url(leafHash(primitives, genesis.raw));
  if (options.genesis !== undefined && options.genesis !== fingerprint) {
    throw new CouldNot(
      `Cannot check ${place.name}: it was founded by ${fingerprint}, not by ${options.genesis}: this is another office`,
    );
  }
  const policy = options.policy ?? NO_POLICY;
  const said = await askWitnesses(policy, genesis.origin);
  const { register: first } = await registerOf(
    place,
    genesis.origin,
    policy,
    [],
  );
  const look = await firstLook(first.source);
  const usage = await usageLogs(place, genesis.origin, look, options.now);
  // An anchor names what was public before it: the register is read after the logs that rest on it.
  const { register, logKeys, heard } = await registerOf(
    ...([place, genesis.origin, policy, said] as const),
    first.source,
  );
  const now = options.now();
  // A copy shows what there was when it was made, and owes nothing since.
  const asOf = place.copy?.copiedAt ?? now;
  const promised = promisedBy(primitives, receipts);
  const before = first.source;
  const earlier =
    before.size === register.source.size &&
    sameBytes(before.root, register.source.root)
      ? []
      : [{ ...before, by: "an earlier checkpoint" }];
  const witnesses =
    options.policy?.witnesses ?? (await witnessesNamed(place, look));
  const outside = await outsideOf(
    place,
    logKeys,
    register,
    look.keys,
    witnesses,
    options,
    heard.held,
  );
  const unsigned: {
    log: string;
    code: "checkpoint-signature" | "record-key";
    says: string;
  }[] = [];
  const hand = inHand();
  const read = new Map<string, LogSource>();
  const result = await audit(primitives, {
    register: register.source,
    editions,
    now: asOf,
    remembered: [...outside.remembered, ...earlier],
    promised,
    cosigned: outside.cosigned,
    usage: async (origin) => {
      const { log, seenAt } =
        usage.get(origin) ??
        (await usageLog(place, genesis.origin, origin, look.keys, options.now));
      if (log !== undefined && "code" in log)
        unsigned.push({
          log: origin,
          code:
            log.code === "record-key" ? "record-key" : "checkpoint-signature",
          says: log.says,
        });
      if (log?.source === undefined) return undefined;
      read.set(origin, log.source);
      return hand({ ...log.source, seenAt });
    },
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  for (const { log, code, says } of unsigned)
    add(result.faults, { code, log, says });
  addWrong(outside.notes, genesis.origin, result.faults);
  const office = officeOf(genesis.origin);
  const untiled = await checkTiles(
    place,
    [register.source, ...read.values()].map(
      (source) => [pathOf(source.origin, office), source] as const,
    ),
    result.faults,
  );
  const watch = await watchOf(place, register, result, options, heard);
  const newest = logKeys.all.slice(-1);
  const beyond = await holdAgainst(place, newest, result, outside.beyond);
  const predecessor = await checkPredecessor(options.trees ?? [], result);
  const papers = await checkPapers(place, result.register, result.faults);
  const counted = auditReceipts(
    primitives,
    result.faults,
    result.register,
    receipts,
    promised,
    asOf,
    options.receiptFiles,
    new Set(result.dropped.map(({ log }) => log)),
  );
  const times = timesOf([...outside.cosigned, ...watch.held]);
  const looked = { result, register: register.source, usage: read, times };
  const entries: EntryTimes[] = [];
  for (const asked of options.entries ?? [])
    entries.push(await timesOfEntry(asked, looked));
  return {
    ...result,
    title: genesis.title,
    origin: genesis.origin,
    fingerprint,
    size: register.source.size,
    checkedAt: now,
    watch: withAhead(watch, beyond.filter(({ by }) => by === "witness").length),
    receipts: { given: receipts.length, ...counted },
    papers,
    untiled,
    times,
    cosignedNotes: outside.notes,
    newer: [
      ...outside.newer,
      ...beyond.flatMap(({ by }) => (by === "witness" ? [] : [by ?? ""])),
    ],
    entries,
    predecessor,
    ...(place.copy === undefined ? {} : { copy: place.copy }),
  };
}

function withAhead(watch: Watch, ahead: number): Watch {
  return {
    ...watch,
    answered: watch.answered - ahead,
    ahead: watch.ahead + ahead,
  };
}

/** What is held outside of what is shown: by witnesses, by whoever kept checkpoints, and in the office's own history of them. */
type Outside = {
  readonly remembered: readonly Remembered[];
  readonly cosigned: readonly Cosigned[];
  readonly notes: CosignedNotes;
  /** Cosigned checkpoints of the office's own that are larger than the one that was read. */
  readonly beyond: readonly Remembered[];
  /** Of a copy: checkpoints that were kept elsewhere later than it was made, and who has them. */
  readonly newer: readonly string[];
};

async function outsideOf(
  place: Place,
  logKeys: LogKeys,
  register: Signed,
  keys: FirstLook["keys"],
  witnesses: readonly PolicyWitness[],
  options: CheckOptions,
  held: readonly Held[],
): Promise<Outside> {
  const { origin, size } = register.source;
  const witnessKeys = witnesses.map((witness) => witness.key);
  const keysOf = async (log: string, at: number) =>
    log === origin ? logKeys.at(at) : keys(log);
  const found = options.also.map((one) =>
    rememberedFrom(one, keysOf, witnessKeys),
  );
  const kept = (await Promise.all(found)).flat();
  const trees = options.trees ?? [];
  const levelled = await atShownSize(place, origin, trees, kept);
  const notes = await readCosigned(place, origin, logKeys.at, witnessKeys);
  const isLater = (one: Remembered): boolean =>
    one.origin === origin && one.size > size;
  const shown =
    timesOfNote(register.note, register.keys, witnessKeys)?.cosigned ?? [];
  // Of a copy nobody expects what came later; of an office everything that it showed before.
  const isNewer = (one: Remembered): boolean =>
    place.copy !== undefined && isLater(one);
  const all = [...held, ...levelled];
  return {
    remembered: [
      ...all.filter((one) => !isNewer(one)),
      ...notes.remembered.filter((one) => !isLater(one)),
    ],
    cosigned: [
      ...shown,
      ...notes.cosigned.filter((one) => one.size <= size),
      ...kept.flatMap((one) => (one.origin === origin ? one.times : [])),
    ],
    notes,
    beyond: [...notes.remembered.filter(isLater), ...held.filter(isNewer)],
    newer: levelled
      .filter(isNewer)
      .map(
        (one) => one.by ?? `a checkpoint of size ${one.size} kept elsewhere`,
      ),
  };
}

/** A witness may be a moment ahead of what is public: the checkpoint is then read again for a few seconds. */
async function registerOf(
  place: Place,
  origin: string,
  policy: Policy,
  said: readonly Said[],
  before?: Walked,
): Promise<{
  register: Signed & { readonly source: Walked };
  logKeys: LogKeys;
  heard: Asked;
}> {
  for (let attempt = 0; ; attempt++) {
    let source: Walked | undefined;
    let logKeys: LogKeys = { all: [], at: async () => [] };
    const keysOf = async (log: LogSource) => {
      source = before?.goneOn(log) ?? walkedAgain(log);
      logKeys = await logKeysIn({ ...source, origin });
      return logKeys.at(log.size);
    };
    const log = await readLog(place, "register", keysOf, policy);
    if (log === undefined)
      throw new CouldNot(
        `Cannot read ${place.name}: no checkpoint of the register log is there`,
      );
    if ("code" in log)
      throw new Contradicted({ code: log.code, log: origin, says: log.says });
    const heard = heardOf(said, logKeys.all);
    const behind = heard.held.some((one) => one.size > log.source.size);
    if (!behind || attempt >= 5 || !place.name.startsWith("http"))
      return {
        register: { ...log, source: source ?? walkedAgain(log.source) },
        logKeys,
        heard,
      };
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** A checkpoint that somebody kept: it counts when every key signed it that its log had at that size. */
async function rememberedFrom(
  kept: Kept,
  keysOf: (origin: string, size: number) => Promise<readonly VerifierKey[]>,
  witnesses: readonly VerifierKey[],
): Promise<readonly (Remembered & { readonly times: readonly Cosigned[] })[]> {
  const { file } = kept;
  const { note, checkpoint } = inFile("checkpoint", file, () => {
    const parsed = parseNote(kept.note);
    return { note: parsed, checkpoint: parseCheckpoint(parsed.text) };
  });
  const { origin, size, root } = checkpoint;
  const keys = await keysOf(origin, size);
  if (keys.length === 0 && kept.isAmongOthers === true) return [];
  if (keys.length === 0)
    throw new CouldNot(
      `Cannot use checkpoint ${file}: it is of ${origin}, want one of this office's logs`,
    );
  const opened = timesOfNote(note, keys, witnesses);
  if (opened === undefined)
    throw new CouldNot(
      `Cannot use checkpoint ${file}: of ${origin} at size ${size}, it is not signed by the log`,
    );
  const by = kept.isAmongOthers === true ? { by: file } : {};
  return [{ origin, size, root, ...by, times: opened.cosigned }];
}
