import { NO_POLICY } from "../../log/policy.ts";
import { officeOf } from "../../register/founding.ts";
import type { FirstLook } from "./first-look.ts";
import { pathOf, readLog, type Signed, type Unsigned } from "./logs.ts";
import type { Place } from "./place.ts";

type Keys = FirstLook["keys"];

/** A usage log, and the time before which its checkpoint was read. */
export type Usage = {
  readonly log: Signed | Unsigned | undefined;
  readonly seenAt: number;
};

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
