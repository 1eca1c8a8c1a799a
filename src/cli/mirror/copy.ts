import { promises as fs } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sameBytes, toBase64url } from "../../acts/bytes.ts";
import { entriesOf } from "../../audit/source.ts";
import { formatNote } from "../../log/note.ts";
import { leafHash } from "../../log/hash.ts";
import { rootWhen } from "../../log/nodes.ts";
import { NO_POLICY, type Policy } from "../../log/policy.ts";
import { officeOf } from "../../register/founding.ts";
import { primitives } from "../../store/crypto.ts";
import { writeWhole } from "../../store/durable.ts";
import { Contradicted, CouldNot } from "../exit.ts";
import { treeOf } from "../verify/kept.ts";
import { type LogKeys, logKeysIn, NO_LOG_KEYS } from "../verify/log-keys.ts";
import { pathOf, readGenesis, readLog, type Signed } from "../verify/logs.ts";
import { openPlace, type Place } from "../verify/place.ts";
import { fetchCosigned, fetchPapers, noteSeen } from "./beside.ts";
import { conflictOf } from "./conflict.ts";
import {
  type Fetched,
  fetchLog,
  forgetFetched,
  type HeldLog,
  heldLog,
  isExtension,
} from "./log-copy.ts";
import { readMirrorNote } from "./note.ts";
import { FETCHING, type MirrorNote } from "./note-text.ts";
import { stageNote, takePlaces } from "./places.ts";
import { isRoot, readingOf, type RegisterReading, rootsOf } from "./reading.ts";

export type MirrorOptions = {
  readonly genesis?: string;
  readonly policy?: Policy;
  readonly now: () => number;
  readonly onProgress?: (log: string, done: number, of: number) => void;
};

/** What one round did. */
export type Round = {
  readonly origin: string;
  readonly fingerprint: string;
  readonly size: number;
  readonly entries: number;
  readonly logs: number;
  /** Usage logs that this copy has and the office does not show any more. */
  readonly kept: readonly string[];
  /** Usage logs that heads name and that nobody has shown yet. */
  readonly unseen: readonly string[];
  readonly cosigned: number;
  readonly papers: { readonly fetched: number; readonly missing: number };
};

type Work = {
  readonly place: Place;
  readonly copy: string;
  readonly office: string;
  readonly options: MirrorOptions;
};

/**
 * One round: everything that the office shows beyond what is held is fetched beside the copy, checked whole, and then put in
 * its place. Throws `Contradicted` and changes nothing where what is shown does not go on from what is held.
 */
export async function mirrorOnce(
  place: Place,
  copy: string,
  options: MirrorOptions,
): Promise<Round> {
  await takePlaces(copy);
  const genesis = await readGenesis(place);
  const { origin } = genesis;
  const fingerprint = toBase64url(leafHash(primitives, genesis.raw));
  mustBeTheSame(place, fingerprint, options, await readMirrorNote(copy));
  const work = { place, copy, office: officeOf(origin), options };
  const held = await heldLog(copy, "register");
  const reading = await readHeld(copy, origin, held);
  const { shown } = await readRegister(work, origin, held, reading);
  const first = await take(work, origin, "register", held, shown, reading);
  const taken: Taken[] = [];
  const kept: string[] = [];
  const unseen: string[] = [];
  for (const log of [...reading.heads.keys()]) {
    const path = pathOf(log, work.office);
    const before = await heldLog(copy, path);
    const now = await readLog(
      place,
      path,
      async ({ origin: name }) => (name === log ? reading.look.keys(name) : []),
      NO_POLICY,
    );
    if (now === undefined) {
      if (before.size > 0) kept.push(log);
      else if (!reading.dropped.has(log)) unseen.push(log);
    } else if ("code" in now)
      throw new Contradicted({ code: now.code, log, says: now.says });
    else taken.push(await take(work, log, path, before, now, reading));
  }
  // An anchor names what was public before it: the register is read again after the logs that rest on it.
  const again = { ...first.to, note: undefined };
  const later = await readRegister(work, origin, again, reading);
  const register =
    later.shown.source.size === first.to.size
      ? first
      : await take(work, origin, "register", held, later.shown, reading);
  taken.push(register);
  const { notes, foreign } = await fetchCosigned(
    place,
    copy,
    later.keys.all,
    reading,
  );
  if (foreign !== undefined)
    throw await conflictOf(
      place,
      copy,
      origin,
      "register",
      { ...register.to, note: register.note },
      foreign,
      options.now(),
    );
  const papers = await fetchPapers(place, copy, reading);
  const copiedAt = options.now();
  for (const { path, note } of taken)
    await noteSeen(copy, path, note, copiedAt);
  await stageNote(copy, { url: place.name, origin, fingerprint, copiedAt });
  await takePlaces(copy);
  return {
    origin,
    fingerprint,
    size: register.to.size,
    entries: taken.reduce((sum, { to, from }) => sum + to.size - from.size, 0),
    logs: taken.length,
    kept,
    unseen,
    cosigned: notes,
    papers,
  };
}

function mustBeTheSame(
  place: Place,
  fingerprint: string,
  { genesis }: MirrorOptions,
  note: MirrorNote | undefined,
): void {
  const wanted = genesis ?? note?.fingerprint ?? fingerprint;
  if (
    wanted !== fingerprint ||
    (note !== undefined && note.fingerprint !== fingerprint)
  )
    throw new CouldNot(
      `Cannot copy ${place.name}: it was founded by ${fingerprint}, want ${note?.fingerprint ?? wanted}: this is another office`,
    );
}

/** Reads what the copy holds of the register again: a copy that was damaged is not gone on with. */
async function readHeld(
  copy: string,
  origin: string,
  held: HeldLog,
): Promise<RegisterReading> {
  const reading = readingOf(origin);
  if (held.size === 0) return reading;
  const log = await readLog(
    await openPlace(copy),
    "register",
    async (one) => (await logKeysIn({ ...one, origin })).at(one.size),
    NO_POLICY,
  );
  if (log !== undefined && !("code" in log))
    for await (const entries of entriesOf(log.source))
      for (const raw of entries) reading.take(raw, leafHash(primitives, raw));
  const root = rootWhen(primitives, reading.nodes, held.size);
  if (root === undefined || !sameBytes(root, held.root))
    throw new CouldNot(
      `Cannot go on with ${copy}: its register log is damaged; \`vitrine verify ${copy}\` says where, and a new folder begins anew`,
    );
  return reading;
}

const TRIES_MAX = 4;

/** The newest checkpoint; a cache on the way may show an older one for a moment. */
async function readRegister(
  { place, options }: Work,
  origin: string,
  held: HeldLog,
  { nodes, logKeys }: RegisterReading,
): Promise<{ shown: Signed; keys: LogKeys }> {
  for (let tries = 1; ; tries++) {
    let keys = NO_LOG_KEYS;
    const before = { size: nodes.range.size, named: logKeys };
    const log = await readLog(
      place,
      "register",
      async (source) => {
        keys = await logKeysIn({ ...source, origin }, before);
        return keys.at(source.size);
      },
      options.policy ?? NO_POLICY,
    );
    if (log === undefined)
      throw new CouldNot(
        `Cannot copy ${place.name}: no checkpoint of the register log is there`,
      );
    if ("code" in log)
      throw new Contradicted({ code: log.code, log: origin, says: log.says });
    if (options.policy !== undefined && !log.isQuorumMet)
      throw new Contradicted({
        code: "quorum",
        log: origin,
        says: "the checkpoint does not bear the cosignatures that your policy asks for",
      });
    if (log.source.size >= held.size || tries >= TRIES_MAX)
      return { shown: log, keys };
    await sleep(1_000);
  }
}

type Taken = Fetched & { readonly note: string };

/** Fetches what a log shows beyond what is held, and checks it whole. */
async function take(
  work: Work,
  log: string,
  path: string,
  held: HeldLog,
  shown: Signed,
  reading: RegisterReading,
): Promise<Taken> {
  const { place, copy, options } = work;
  const { size, root } = shown.source;
  const note = noteOf(shown);
  const conflict = (): Promise<Contradicted> =>
    conflictOf(
      place,
      copy,
      log,
      path,
      held,
      { size, root, note },
      options.now(),
    );
  if (size < held.size) throw await conflict();
  if (size === held.size && size > 0 && !sameBytes(root, held.root))
    throw await conflict();
  const fetch = (): Promise<Fetched> =>
    fetchLog(place, copy, path, held, { size, root }, (done, of) =>
      options.onProgress?.(path, done, of),
    );
  let fetched = await fetch();
  // The register is taken in once it is known to be whole.
  const isWhole = (): Promise<boolean> => isExtension(copy, fetched, () => {});
  if (!(await isWhole())) {
    // What a run before has left may be of what was shown then.
    if (!fetched.isResumed) throw await conflict();
    await forgetFetched(fetched);
    fetched = await fetch();
    if (!(await isWhole())) throw await conflict();
  }
  if (path === "register") {
    // It may have been read as far as it was a moment ago.
    let index = held.size;
    const known = reading.nodes.range.size;
    await isExtension(copy, fetched, (raw, leaf) => {
      if (index++ >= known) reading.take(raw, leaf);
    });
  } else await holdHeads(work, log, fetched, reading);
  await writeWhole(join(copy, FETCHING, "log", path, "checkpoint"), note);
  return { ...fetched, note };
}

/** Every head that names a size of this log names its root. */
async function holdHeads(
  { copy }: Work,
  log: string,
  fetched: Fetched,
  { heads }: RegisterReading,
): Promise<void> {
  const named = rootsOf(heads.get(log) ?? []);
  const wrong = (size: number): Contradicted =>
    new Contradicted({
      code: "head-root",
      log,
      says: `a head names another root at size ${size} than the log has`,
    });
  let size = fetched.from.size;
  let bad: number | undefined;
  await isExtension(copy, fetched, (_raw, _leaf, root) => {
    const ofSize = named.get(++size);
    if (ofSize !== undefined && !isRoot(root(), ofSize)) bad ??= size;
  });
  if (bad !== undefined) throw wrong(bad);
  if (fetched.from.size === 0) return;
  const tree = await treeOf(await openPlace(copy), fetched.path);
  for (const [at, ofSize] of named) {
    if (at === 0 || at > fetched.from.size) continue;
    const root = await tree?.rootAt(at);
    if (root === undefined || !isRoot(root, ofSize)) throw wrong(at);
  }
}

function noteOf({ note }: Signed): string {
  return formatNote(note.text, note.signatures);
}

/** Whether a folder may become a mirror, or is one: it is empty, or was begun by this command. */
export async function mustBeMirror(folder: string): Promise<void> {
  const names: readonly string[] = await fs.readdir(folder).catch(() => []);
  if (names.length === 0 || (await readMirrorNote(folder)) !== undefined)
    return;
  if (names.includes(FETCHING) && !names.includes("office.json")) return;
  if (names.every((name) => name.startsWith("vitrine.lock"))) return;
  throw new CouldNot(
    `Cannot copy to ${folder}: it is not empty and no mirror; want an empty folder, or one that this command has made`,
  );
}
