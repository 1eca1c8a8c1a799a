import { entriesOf, type LogSource } from "../../audit/source.ts";
import { NO_POLICY, type Policy } from "../../log/policy.ts";
import { Contradicted, CouldNot } from "../exit.ts";
import { type FirstLook, type Looking, noticing } from "./first-look.ts";
import { type Walked, walkedAgain } from "./holding.ts";
import { type LogKeys, logKeysIn, NO_LOG_KEYS } from "./log-keys.ts";
import { readLog, type Signed } from "./logs.ts";
import type { Place } from "./place.ts";
import { isAddress } from "./web-place.ts";
import { type Usage, usageLog } from "./usage-seen.ts";
import { type Asked, heardOf, type Said } from "./watch.ts";

export type Register = {
  readonly register: Signed & { readonly source: Walked };
  readonly logKeys: LogKeys;
  readonly heard: Asked;
};

/** The register as it is decided, and every usage log that it names as it stood before. */
export type Settled = Register & {
  /** The register as it was read for the first time. */
  readonly first: Walked;
  readonly look: FirstLook;
  readonly usage: ReadonlyMap<string, Usage>;
};

/** Each round reads the logs that were first named while the one before was under way: a gateway opens few in a second. */
const ROUNDS_MAX = 8;

/**
 * An anchor names what was public before it: the register is read after the logs that rest on it. Where it then names a log for
 * the first time, that is read, and the register once more, until it names nothing new.
 */
export async function settled(
  place: Place,
  origin: string,
  policy: Policy,
  said: readonly Said[],
  now: () => number,
): Promise<Settled> {
  const { register } = await registerOf(place, origin, policy, []);
  const first = register.source;
  const look = noticing(origin);
  const usage = new Map<string, Usage>();
  let read: Walked = first;
  let looked = await lookOn(look, read, 0);
  for (let round = 0; round < ROUNDS_MAX; round++) {
    for (const log of unread(look, usage))
      usage.set(log, await usageLog(place, origin, log, look.keys, now));
    const last = await registerOf(place, origin, policy, said, read);
    read = last.register.source;
    looked = await lookOn(look, read, looked);
    if (unread(look, usage).length > 0) continue;
    await mustBeTheSameCopy(place);
    return { ...last, first, look, usage };
  }
  throw new CouldNot(
    `Cannot check ${place.name}: each of ${ROUNDS_MAX} times that its register was read it named new usage logs`,
  );
}

function unread(
  { logs }: FirstLook,
  usage: ReadonlyMap<string, Usage>,
): readonly string[] {
  return [...logs].filter((log) => !usage.has(log));
}

/** Whether the register says by now that a log was dropped. */
export async function isDropped(
  place: Place,
  origin: string,
  log: string,
): Promise<boolean> {
  const { register } = await registerOf(place, origin, NO_POLICY, []);
  const look = noticing(origin);
  await lookOn(look, register.source, 0);
  return look.dropped.has(log);
}

/** Looks at what the register has beyond `seen` entries; gives how many there are now. */
async function lookOn(
  look: Looking,
  source: LogSource,
  seen: number,
): Promise<number> {
  const bundle = Math.floor(seen / 256);
  let index = bundle * 256;
  for await (const entries of entriesOf(source, bundle))
    for (const raw of entries) if (index++ >= seen) look.notice(raw);
  return Math.max(seen, index);
}

/** A copy is judged as of when it was made: what was brought up to date meanwhile is two copies. */
async function mustBeTheSameCopy({ name, copy }: Place): Promise<void> {
  if (copy === undefined || (await copy.isAsItWas())) return;
  throw new CouldNot(
    `Cannot check ${name}: this copy was brought up to date while it was read; check it again`,
  );
}

/** A witness may be a moment ahead of what is public: the checkpoint is then read again for a few seconds. */
export async function registerOf(
  place: Place,
  origin: string,
  policy: Policy,
  said: readonly Said[],
  before?: Walked,
): Promise<Register> {
  for (let attempt = 0; ; attempt++) {
    let source: Walked | undefined;
    let logKeys = NO_LOG_KEYS;
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
    const heard = heardOf(said, logKeys);
    const behind = heard.held.some((one) => one.size > log.source.size);
    if (!behind || attempt >= 5 || !isAddress(place))
      return {
        register: { ...log, source: source ?? walkedAgain(log.source) },
        logKeys,
        heard,
      };
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
