import { LIMITS } from "../engine/duckdb.ts";
import type { ReadRegister } from "../register/register.ts";
import type { Spent } from "../uses/admit.ts";
import { ADDRESS_RATE, ORGANISATION_RATE } from "./asking/rate-limit.ts";
import { LIMIT_MAX, WHOLE_ROWS_MAX } from "../uses/plan.ts";

/** How far one answer goes, whoever asks: shown on the pages, in the headers of every answer, and in the OpenAPI document. */
export const ALLOWED = {
  /** Rows of an answer that is made whole before it leaves. */
  rows: WHOLE_ROWS_MAX,
  /** Rows of an answer that leaves as a stream. */
  streamedRows: LIMIT_MAX,
  seconds: LIMITS.timeoutMs / 1000,
  /** How long a stream waits for whoever reads it. */
  idleSeconds: LIMITS.idleMs / 1000,
  megabytes: LIMITS.memoryMegabytes,
  /** Plans that run at a time, over all askers; others wait for their turn. */
  atATime: LIMITS.plansAtATime,
  streamsAtATime: LIMITS.streamsAtATime,
  /** Requests a second, and how many more may come at once. */
  perOrganisation: ORGANISATION_RATE,
  perAddress: ADDRESS_RATE,
  /** Persons that the rows of one answer may be about. */
  subjects: LIMITS.subjectsMax,
} as const;

/** The limits of whole answers, in the headers of each. */
export const LIMIT_HEADERS: Readonly<Record<string, string>> = {
  "Vitrine-Limit-Rows": String(ALLOWED.rows),
  "Vitrine-Limit-Seconds": String(ALLOWED.seconds),
  "Vitrine-Limit-Megabytes": String(ALLOWED.megabytes),
  "Vitrine-Limit-At-A-Time": String(ALLOWED.atATime),
};

/** What is left of the quota of the permit that an answer was given under. */
export function quotaHeaders(
  permit: string | undefined,
  register: ReadRegister,
  spent: ReadonlyMap<string, Spent> | undefined,
): Readonly<Record<string, string>> {
  if (permit === undefined || spent === undefined) return {};
  const { calls, steps } = register.permits.get(permit)?.act.quota ?? {};
  const used = spent.get(permit) ?? { calls: 0, steps: 0 };
  const left = (whole: number, gone: number) =>
    String(Math.max(0, whole - gone));
  return {
    ...(calls === undefined
      ? {}
      : { "Vitrine-Quota-Calls-Left": left(calls, used.calls) }),
    ...(steps === undefined
      ? {}
      : { "Vitrine-Quota-Steps-Left": left(steps, used.steps) }),
  };
}
