import { NO_POLICY } from "../../log/policy.ts";
import { officeOf } from "../../register/register.ts";
import type { FirstLook } from "./first-look.ts";
import { pathOf, readLog, type Signed, type Unsigned } from "./logs.ts";
import type { Place } from "./place.ts";

type Keys = FirstLook["keys"];

type Usage = {
  readonly log: Signed | Unsigned | undefined;
  readonly seenAt: number;
};

/** The usage logs that the register names, as they stood before it was read for the last time. */
export async function usageLogs(
  place: Place,
  register: string,
  { keys, logs }: FirstLook,
  now: () => number,
): Promise<ReadonlyMap<string, Usage>> {
  const found = new Map<string, Usage>();
  for (const origin of logs)
    found.set(origin, await usageLog(place, register, origin, keys, now));
  return found;
}

export async function usageLog(
  place: Place,
  register: string,
  origin: string,
  keys: Keys,
  now: () => number,
): Promise<Usage> {
  const log = await readLog(
    place,
    pathOf(origin, officeOf(register)),
    async (log) => (log.origin === origin ? keys(origin) : []),
    NO_POLICY,
  );
  return { log, seenAt: place.copy?.copiedAt ?? now() };
}
