import { fromBase64url, sameBytes, toBase64url } from "../../acts/bytes.ts";
import { audit, type AuditResult, type Remembered } from "../../audit/audit.ts";
import {
  auditReceipts,
  promisedBy,
  type Receipts,
} from "../../audit/receipts.ts";
import { add } from "../../audit/report.ts";
import { entriesOf } from "../../audit/source.ts";
import { parseCheckpoint } from "../../log/checkpoint.ts";
import { leafHash } from "../../log/hash.ts";
import { parseNote } from "../../log/note.ts";
import { openCheckpoint } from "../../log/open-checkpoint.ts";
import { NO_POLICY, type Policy } from "../../log/policy.ts";
import {
  ED25519,
  type VerifierKey,
  verifierKey,
} from "../../log/verifier-key.ts";
import { officeOf } from "../../register/register.ts";
import { primitives } from "../../store/crypto.ts";
import { readLogName } from "../../uses/log-name.ts";
import type { Receipt } from "../../uses/receipt.ts";
import { Contradicted, CouldNot } from "../exit.ts";
import { inFile } from "../in-file.ts";
import { inHand, type Walked, walkedAgain } from "./holding.ts";
import {
  pathOf,
  readGenesis,
  readLog,
  type Signed,
  type Unsigned,
} from "./logs.ts";
import { checkPapers, type Papers } from "./papers.ts";
import type { Place } from "./place.ts";
import { askWitnesses, type Watch, watchOf } from "./watch.ts";

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
  readonly onProgress?: (stage: string, done: number, of: number) => void;
};

export type Kept = { readonly file: string; readonly note: string };

export type CheckResult = AuditResult & {
  readonly title: string;
  readonly origin: string;
  readonly fingerprint: string;
  readonly size: number;
  readonly checkedAt: number;
  readonly watch: Watch;
  readonly receipts: Receipts & { readonly given: number };
  readonly papers: Papers;
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
  const heard =
    options.policy === undefined
      ? { asked: 0, held: [], silent: [], unverified: [] }
      : await askWitnesses(options.policy, genesis.key);
  const policy = options.policy ?? NO_POLICY;
  const first = await registerOf(place, genesis.key, policy, []);
  const { keys, logs } = await namedIn(first);
  const usage = await usageLogs(place, genesis.origin, logs, keys, options.now);
  // An anchor names what was public before it: the register is read after the logs that rest on it.
  const register = await registerOf(
    ...([place, genesis.key, policy, heard.held] as const),
    first.source,
  );
  const now = options.now();
  const promised = promisedBy(primitives, receipts);
  const kept = options.also.map((one) =>
    rememberedFrom(
      one,
      (origin) => (origin === genesis.origin ? genesis.key : keys(origin)),
      options.policy ?? NO_POLICY,
    ),
  );
  const before = first.source;
  const remembered = [
    ...heard.held,
    ...kept,
    ...(before.size === register.source.size &&
    sameBytes(before.root, register.source.root)
      ? []
      : [{ ...before, by: "an earlier checkpoint" }]),
  ];
  const unsigned: {
    log: string;
    code: "checkpoint-signature" | "record-key";
    says: string;
  }[] = [];
  const hand = inHand();
  const result = await audit(primitives, {
    register: register.source,
    editions,
    now,
    remembered,
    promised,
    cosigned: [
      ...[...register.cosignedSeconds.values()].map((time) => ({
        size: register.source.size,
        time,
      })),
      ...kept
        .filter((one) => one.origin === genesis.origin)
        .flatMap((one) => one.times.map((time) => ({ size: one.size, time }))),
    ],
    usage: async (origin) => {
      const { log, seenAt } =
        usage.get(origin) ??
        (await usageLog(place, genesis.origin, origin, keys, options.now));
      if (log !== undefined && "code" in log)
        unsigned.push({
          log: origin,
          code:
            log.code === "record-key" ? "record-key" : "checkpoint-signature",
          says: log.says,
        });
      if (log?.source === undefined) return undefined;
      return hand({ ...log.source, seenAt });
    },
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  for (const { log, code, says } of unsigned)
    add(result.faults, { code, log, says });
  const watch = await watchOf(
    place,
    register,
    result,
    options,
    heard,
    kept.flatMap(({ origin, times }) =>
      origin === genesis.origin ? times : [],
    ),
  );
  const papers = await checkPapers(place, result.register, result.faults);
  const counted = auditReceipts(
    primitives,
    result.faults,
    result.register,
    receipts,
    promised,
    now,
    options.receiptFiles,
    new Set(result.dropped.map(({ log }) => log)),
  );
  return {
    ...result,
    title: genesis.title,
    origin: genesis.origin,
    fingerprint,
    size: register.source.size,
    checkedAt: now,
    watch,
    receipts: { given: receipts.length, ...counted },
    papers,
  };
}

/** A witness may be a moment ahead of what is public: the checkpoint is then read again for a few seconds. */
async function registerOf(
  place: Place,
  key: VerifierKey,
  policy: Policy,
  held: readonly Remembered[],
  before?: Walked,
): Promise<Signed & { readonly source: Walked }> {
  for (let attempt = 0; ; attempt++) {
    const log = await readLog(place, "register", () => key, policy);
    if (log === undefined)
      throw new CouldNot(
        `Cannot read ${place.name}: no checkpoint of the register log is there`,
      );
    if ("code" in log)
      throw new Contradicted({ code: log.code, log: key.name, says: log.says });
    const behind = held.some((one) => one.size > log.source.size);
    if (!behind || attempt >= 5 || !place.name.startsWith("http"))
      return {
        ...log,
        source: before?.goneOn(log.source) ?? walkedAgain(log.source),
      };
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

const latin1 = new TextDecoder("latin1");

type Keys = (origin: string) => VerifierKey | undefined;

/** Keys of gateways stand in acts, names of usage logs in heads: found by a first look through the register log for the names. */
export async function namedIn(
  register: Signed,
): Promise<{ keys: Keys; logs: ReadonlySet<string> }> {
  const office = officeOf(register.source.origin);
  const found = new Map<string, string>();
  const logs = new Set<string>();
  for await (const entries of entriesOf(register.source)) {
    for (const raw of entries) {
      const text = latin1.decode(raw);
      const opened =
        /"act":\{"gateway":"([a-z0-9.-]+)","kind":"gatewayOpened","publicKey":"([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])"/.exec(
          text,
        );
      if (
        opened?.[1] !== undefined &&
        opened[2] !== undefined &&
        !found.has(opened[1]) &&
        text.includes('"outcome":"granted"')
      )
        found.set(opened[1], opened[2]);
      const headed = /"kind":"head","log":"([a-z0-9./-]+)"/.exec(text)?.[1];
      if (headed !== undefined && readLogName(office, headed) !== undefined)
        logs.add(headed);
    }
  }
  const keys: Keys = (origin) => {
    const gateway = readLogName(office, origin)?.gateway;
    const publicKey = gateway === undefined ? undefined : found.get(gateway);
    return publicKey === undefined
      ? undefined
      : verifierKey(primitives, origin, ED25519, fromBase64url(publicKey));
  };
  return { keys, logs };
}

type Usage = {
  readonly log: Signed | Unsigned | undefined;
  readonly seenAt: number;
};

async function usageLogs(
  place: Place,
  register: string,
  origins: ReadonlySet<string>,
  keys: Keys,
  now: () => number,
): Promise<ReadonlyMap<string, Usage>> {
  const found = new Map<string, Usage>();
  for (const origin of origins)
    found.set(origin, await usageLog(place, register, origin, keys, now));
  return found;
}

async function usageLog(
  place: Place,
  register: string,
  origin: string,
  keys: Keys,
  now: () => number,
): Promise<Usage> {
  const log = await readLog(
    place,
    pathOf(origin, officeOf(register)),
    (name) => (name === origin ? keys(name) : undefined),
    NO_POLICY,
  );
  return { log, seenAt: now() };
}

/** A checkpoint that somebody kept: it counts when the log's own key signed it. */
function rememberedFrom(
  kept: Kept,
  key: (origin: string) => VerifierKey | undefined,
  policy: Policy,
): Remembered & { readonly times: readonly number[] } {
  const { file } = kept;
  const { note, checkpoint } = inFile("checkpoint", file, () => {
    const parsed = parseNote(kept.note);
    return { note: parsed, checkpoint: parseCheckpoint(parsed.text) };
  });
  const { origin, size, root } = checkpoint;
  const logKey = key(origin);
  if (logKey === undefined)
    throw new CouldNot(
      `Cannot use checkpoint ${file}: it is of ${origin}, want one of this office's logs`,
    );
  const opening = openCheckpoint(primitives, note, [logKey], policy);
  if (opening.outcome === "rejected")
    throw new CouldNot(
      `Cannot use checkpoint ${file}: of ${origin} at size ${size}, it is not signed by the log`,
    );
  return { origin, size, root, times: [...opening.cosignedSeconds.values()] };
}
