import { bytesToHex, fromBase64url, toBase64url } from "../../acts/bytes.ts";
import { paperPath } from "../../acts/statement.ts";
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
import { officeOf, type ReadRegister } from "../../register/register.ts";
import { primitives } from "../../store/crypto.ts";
import { readLogName } from "../../uses/log-name.ts";
import type { Receipt } from "../../uses/receipt.ts";
import { Contradicted, CouldNot } from "../exit.ts";
import { pathOf, readGenesis, readLog, type Signed } from "./logs.ts";
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
  /** Checkpoint notes of this office that were found elsewhere. */
  readonly also: readonly string[];
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
  readonly papers: { readonly checked: number; readonly missing: number };
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
      ? { held: [], silent: [] }
      : await askWitnesses(options.policy, genesis.key);
  const register = await registerOf(
    place,
    genesis.key,
    options.policy ?? NO_POLICY,
    heard.held,
  );
  const now = options.now();
  const promised = promisedBy(primitives, receipts);
  const keys = await gatewayKeys(register);
  const kept = options.also.map((note) =>
    rememberedFrom(
      note,
      (origin) => (origin === genesis.origin ? genesis.key : keys(origin)),
      options.policy ?? NO_POLICY,
    ),
  );
  const remembered = [...heard.held, ...kept];
  const unsigned: {
    log: string;
    code: "checkpoint-signature" | "record-key";
    says: string;
  }[] = [];
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
      const log = await readLog(
        place,
        pathOf(origin, officeOf(genesis.origin)),
        (name) => (name === origin ? keys(name) : undefined),
        NO_POLICY,
      );
      if (log !== undefined && "code" in log)
        unsigned.push({
          log: origin,
          code:
            log.code === "record-key" ? "record-key" : "checkpoint-signature",
          says: log.says,
        });
      if (log?.source === undefined) return undefined;
      return { ...log.source, seenAt: options.now() };
    },
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  for (const { log, code, says } of unsigned)
    add(result.faults, { code, log, says });
  const watch = await watchOf(place, register, result, options, heard.silent);
  const papers = await checkPapers(place, result);
  const counted = auditReceipts(
    primitives,
    result.faults,
    result.register,
    receipts,
    promised,
    now,
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
): Promise<Signed> {
  for (let attempt = 0; ; attempt++) {
    const log = await readLog(place, "register", () => key, policy);
    if (log === undefined)
      throw new CouldNot(
        `Cannot read ${place.name}: no checkpoint of the register log is there`,
      );
    if ("code" in log)
      throw new Contradicted({ code: log.code, log: key.name, says: log.says });
    const behind = held.some((one) => one.size > log.source.size);
    if (!behind || attempt >= 5 || !place.name.startsWith("http")) return log;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** Keys of gateways stand in acts: found by a first look through the register log for the names. */
async function gatewayKeys(
  register: Signed,
): Promise<(origin: string) => VerifierKey | undefined> {
  const office = officeOf(register.source.origin);
  const found = new Map<string, string>();
  for await (const entries of entriesOf(register.source)) {
    for (const raw of entries) {
      const text = Buffer.from(raw).toString("latin1");
      const match =
        /"act":\{"gateway":"([a-z0-9.-]+)","kind":"gatewayOpened","publicKey":"([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])"/.exec(
          text,
        );
      if (
        match?.[1] !== undefined &&
        match[2] !== undefined &&
        !found.has(match[1]) &&
        text.includes('"outcome":"granted"')
      )
        found.set(match[1], match[2]);
    }
  }
  return (origin) => {
    const gateway = readLogName(office, origin)?.gateway;
    const publicKey = gateway === undefined ? undefined : found.get(gateway);
    return publicKey === undefined
      ? undefined
      : verifierKey(primitives, origin, ED25519, fromBase64url(publicKey));
  };
}

/** A checkpoint that somebody kept: it counts when the log's own key signed it. */
function rememberedFrom(
  text: string,
  key: (origin: string) => VerifierKey | undefined,
  policy: Policy,
): Remembered & { readonly times: readonly number[] } {
  const note = parseNote(text);
  const { origin, size, root } = parseCheckpoint(note.text);
  const logKey = key(origin);
  if (logKey === undefined)
    throw new CouldNot(
      `Cannot use checkpoint of ${origin}: want one of this office's logs`,
    );
  const opening = openCheckpoint(primitives, note, [logKey], policy);
  if (opening.outcome === "rejected")
    throw new CouldNot(
      `Cannot use checkpoint of ${origin} at size ${size}: it is not signed by the log`,
    );
  return { origin, size, root, times: [...opening.cosignedSeconds.values()] };
}

/** Public papers that acts commit to: there, and with the digest that was entered. */
async function checkPapers(
  place: Place,
  { register, faults }: AuditResult,
): Promise<{ checked: number; missing: number }> {
  let checked = 0;
  let missing = 0;
  for (const paper of papersOf(register)) {
    const bytes = await place.read(paperPath(paper));
    if (bytes === undefined) missing++;
    else if (toBase64url(primitives.sha256(bytes)) === paper) checked++;
    else
      add(faults, {
        code: "paper-digest",
        log: register.origin,
        says: `paper ${bytesToHex(fromBase64url(paper))} does not have the digest that was entered`,
      });
  }
  return { checked, missing };
}

function papersOf(register: ReadRegister): ReadonlySet<string> {
  const papers = new Set<string>();
  if (register.witnessPolicy !== undefined)
    papers.add(register.witnessPolicy.act.paper);
  for (const { act } of register.reported.values())
    papers.add(act.source.paper);
  return papers;
}
