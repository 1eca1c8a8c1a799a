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
import { leafHash } from "../../log/hash.ts";
import {
  NO_POLICY,
  type Policy,
  type PolicyWitness,
} from "../../log/policy.ts";
import { officeOf } from "../../register/founding.ts";
import { primitives } from "../../store/crypto.ts";
import type { Receipt } from "../../uses/receipt.ts";
import { CouldNot } from "../exit.ts";
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
import { witnessesNamed } from "./first-look.ts";
import { inHand, walkedOnce } from "./holding.ts";
import { pathOf, readGenesis, type Signed } from "./logs.ts";
import { checkPredecessor } from "./predecessor.ts";
import { checkPapers, type Papers } from "./papers.ts";
import { checkTiles } from "./tiles.ts";
import { usageLog } from "./usage-seen.ts";
import type { Copy, Place } from "./place.ts";
import { isAddress } from "./web-place.ts";
import {
  DroppedMeanwhile,
  untilNoneIsDropped,
  whileThere,
} from "./dropped-meanwhile.ts";
import { isDropped, settled } from "./registering.ts";
import {
  type Keys,
  rememberedFrom,
  type Suspect,
  suspicions,
} from "./remembered.ts";
import {
  askWitnesses,
  type Held,
  holdAgainst,
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
  /** Witnesses that cosigned in a time to come: these cosignatures bound nothing. */
  readonly ahead: readonly string[];
  /** Who holds more than this copy does: what came after it was made. */
  readonly newer: readonly string[];
  /** Kept checkpoints that may be of a second history, or made with a key that was stolen. */
  readonly suspicions: readonly string[];
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
  const genesis = await readGenesis(place);
  const fingerprint = fingerprintOf(genesis);
  if (options.genesis !== undefined && options.genesis !== fingerprint) {
    throw new CouldNot(
      `Cannot check ${place.name}: it was founded by ${fingerprint}, not by ${options.genesis}: this is another office`,
    );
  }
  return untilNoneIsDropped(place.name, (gone) =>
    checkOnce(place, options, genesis, gone),
  );
}

type Genesis = Awaited<ReturnType<typeof readGenesis>>;

function fingerprintOf({ raw }: Genesis): string {
  return toBase64url(leafHash(primitives, raw));
}

async function checkOnce(
  place: Place,
  options: CheckOptions,
  genesis: Genesis,
  gone: ReadonlySet<string>,
): Promise<CheckResult> {
  const { editions, receipts, onProgress } = options;
  const { origin } = genesis;
  const policy = options.policy ?? NO_POLICY;
  const said = await askWitnesses(policy, origin);
  const { first, look, usage, register, logKeys, heard } = await settled(
    place,
    origin,
    policy,
    said,
    options.now,
  );
  const now = options.now();
  // A copy shows what there was when it was made, and owes nothing since.
  const asOf = place.copy?.copiedAt ?? now;
  const promised = promisedBy(primitives, receipts);
  const earlier =
    first.size === register.source.size &&
    sameBytes(first.root, register.source.root)
      ? []
      : [{ ...first, by: "an earlier checkpoint" }];
  const witnesses =
    options.policy?.witnesses ?? (await witnessesNamed(place, look));
  const outside = await outsideOf(
    place,
    register,
    {
      origin,
      size: register.source.size,
      log: logKeys,
      gateways: look.keys,
    },
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
  const isGone = async (log: string): Promise<boolean> =>
    !gone.has(log) && (await isDropped(place, origin, log));
  const result = await audit(primitives, {
    register: register.source,
    editions,
    now: asOf,
    remembered: [...outside.remembered, ...earlier],
    promised,
    cosigned: outside.cosigned.filter((one) => !isAhead(one, now)),
    usage: async (origin) => {
      if (gone.has(origin) && look.dropped.has(origin)) return undefined;
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
      const { walk, again } = walkedOnce(log.source);
      read.set(origin, again);
      return hand({ ...whileThere(walk, isGone), seenAt });
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
  for (const { log } of result.faults.kept.filter((one) => one.code === "tile"))
    if (read.has(log) && (await isGone(log))) throw new DroppedMeanwhile(log);
  const watch = await watchOf(place, register, result, options, heard, logKeys);
  const newest = logKeys.all.slice(-1);
  const beyond = await holdAgainst(
    place,
    newest,
    result,
    outside.beyond,
    watch.quorum && watch.cosigned.size > 0,
  );
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
  const { size } = register.source;
  const times = timesOf(
    [...outside.cosigned, ...watch.held.map(fromElsewhere)].filter(
      (one) => one.size <= size && !isAhead(one, now),
    ),
  );
  const looked = { result, register: register.source, usage: read, times };
  const entries: EntryTimes[] = [];
  for (const asked of options.entries ?? [])
    entries.push(await timesOfEntry(asked, looked));
  return {
    ...result,
    title: genesis.title,
    origin: genesis.origin,
    fingerprint: fingerprintOf(genesis),
    size,
    checkedAt: now,
    watch: withAhead(watch, beyond.filter(({ by }) => by === "witness").length),
    receipts: { given: receipts.length, ...counted },
    papers,
    untiled,
    times,
    cosignedNotes: outside.notes,
    ahead: [
      ...new Set(
        outside.cosigned
          .filter((one) => isAhead(one, now))
          .map(({ by }) => by ?? "a witness"),
      ),
    ],
    newer: [
      ...outside.newer,
      ...beyond.flatMap(({ by, size }) =>
        by === "witness" ? [] : [by ?? keptElsewhere(size)],
      ),
    ],
    suspicions: suspicions(outside.suspects, result),
    entries,
    predecessor,
    ...(place.copy === undefined ? {} : { copy: place.copy }),
  };
}

function keptElsewhere(size: number): string {
  return `a checkpoint of size ${size} kept elsewhere`;
}

/** For the clocks of two machines. */
const AHEAD_MS_MAX = 60_000;

function isAhead({ time }: Cosigned, now: number): boolean {
  return time * 1000 > now + AHEAD_MS_MAX;
}

function fromElsewhere(one: Cosigned): Cosigned {
  return { ...one, isFromElsewhere: true };
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
  /** Cosigned checkpoints of the office's own that are larger than the one that was read; of a folder whatever is. */
  readonly beyond: readonly Remembered[];
  readonly suspects: readonly Suspect[];
  /** Of a copy: checkpoints that were kept elsewhere later than it was made, and who has them. */
  readonly newer: readonly string[];
};

async function outsideOf(
  place: Place,
  register: Signed,
  keys: Keys,
  witnesses: readonly PolicyWitness[],
  options: CheckOptions,
  held: readonly Held[],
): Promise<Outside> {
  const { origin, size } = register.source;
  const witnessKeys = witnesses.map((witness) => witness.key);
  const found = await Promise.all(
    options.also.map((one) => rememberedFrom(one, keys, witnessKeys)),
  );
  const kept = found.flat().filter((one) => "times" in one);
  const suspects = found.flat().filter((one) => "signer" in one);
  const trees = options.trees ?? [];
  const levelled = await atShownSize(place, origin, trees, kept);
  const notes = await readCosigned(place, origin, keys.log.at, witnessKeys);
  const isLater = (one: Remembered): boolean =>
    one.origin === origin && one.size > size;
  const shown =
    timesOfNote(register.note, register.keys, witnessKeys)?.cosigned ?? [];
  // Of a copy nobody expects what came later; of an office everything that it showed before.
  const isNewer = (one: Remembered): boolean =>
    place.copy !== undefined && isLater(one);
  // A folder may be a copy that does not say so: what is larger is looked for later, in what it shows by then.
  const isBeyond = (one: Remembered): boolean =>
    !isAddress(place) && isLater(one);
  return {
    remembered: [
      ...[...held, ...levelled].filter((one) => !isBeyond(one)),
      ...notes.remembered.filter((one) => !isLater(one)),
    ],
    cosigned: [
      ...shown,
      ...notes.cosigned,
      ...kept.flatMap((one) => (one.origin === origin ? one.times : [])),
    ].filter((one) => one.size <= size),
    notes,
    beyond: [
      ...notes.remembered.filter(isLater),
      ...held.filter(isBeyond),
      ...levelled.filter((one) => isBeyond(one) && !isNewer(one)),
    ],
    suspects,
    newer: levelled
      .filter(isNewer)
      .map(({ by, size: larger }) => by ?? keptElsewhere(larger)),
  };
}
