import { LIMITS } from "../engine/duckdb.ts";
import { SERVICE_LIMITS } from "../engine/http-source.ts";
import type { Limits } from "../engine/vintage.ts";
import type { Dataset, ReadRegister } from "../register/register.ts";
import type { Spent } from "../uses/admit.ts";
import {
  ADDRESS_RATE,
  ORGANISATION_RATE,
  type Rate,
} from "./asking/rate-limit.ts";
import { LIMIT_MAX, WHOLE_ROWS_MAX } from "../uses/plan.ts";

/** How far one answer goes, whoever asks: shown on the pages and in the headers of every answer. */
export type Allowed = {
  /** Rows of an answer that is made whole before it leaves. */
  readonly rows: number;
  /** Rows of an answer that leaves as a stream. */
  readonly streamedRows: number;
  readonly seconds: number;
  /** How long a stream waits for whoever reads it. */
  readonly idleSeconds: number;
  /** Memory of plans over vintages; undefined where a department's own store does the work. */
  readonly megabytes?: number;
  /** What a department's service may say to one question. */
  readonly serviceMegabytes?: number;
  /** Plans that run at a time, over all askers; others wait for their turn. */
  readonly atATime: number;
  /** Undefined where a service gives all it says at once. */
  readonly streamsAtATime?: number;
  /** Plans and streams at a time are those of one dataset, not of all. */
  readonly ofDataset?: boolean;
  /** As many of them one asker may have: one who reads slowly leaves a turn for others. */
  readonly streamsEach: number;
  /** Requests a second, and how many more may come at once. */
  readonly perOrganisation: Rate;
  readonly perAddress: Rate;
  /** Persons that the rows of one answer may be about. */
  readonly subjects: number;
};

export function allowedBy(
  limits: Limits,
  rates: { readonly organisationRate: Rate; readonly addressRate: Rate },
): Allowed {
  return {
    rows: Math.min(WHOLE_ROWS_MAX, limits.rowsMax),
    streamedRows: LIMIT_MAX,
    seconds: limits.timeoutMs / 1000,
    idleSeconds: limits.idleMs / 1000,
    megabytes: limits.memoryMegabytes,
    atATime: limits.plansAtATime,
    streamsAtATime: limits.streamsAtATime,
    streamsEach: Math.max(1, limits.streamsAtATime - 1),
    perOrganisation: rates.organisationRate,
    perAddress: rates.addressRate,
    subjects: limits.subjectsMax,
  };
}

/** Where an operator says nothing else. */
export const ALLOWED = allowedBy(LIMITS, {
  organisationRate: ORGANISATION_RATE,
  addressRate: ADDRESS_RATE,
});

/** What of it holds for a dataset that is asked where it is kept. */
export function allowedFor(allowed: Allowed, live: Dataset["live"]): Allowed {
  if (live === undefined) return allowed;
  const { megabytes: _, ...table } = { ...allowed, ofDataset: true };
  if (live === "table") return table;
  const { streamsAtATime: __, ...service } = table;
  const { asksAtATime, bytesMax } = SERVICE_LIMITS;
  return {
    ...service,
    atATime: asksAtATime,
    serviceMegabytes: bytesMax / (1024 * 1024),
  };
}

/** The limits of whole answers, in the headers of each. */
export function limitHeaders(
  allowed: Allowed,
): Readonly<Record<string, string | undefined>> {
  const { megabytes } = allowed;
  return {
    "Vitrine-Limit-Rows": String(allowed.rows),
    "Vitrine-Limit-Seconds": String(allowed.seconds),
    "Vitrine-Limit-Megabytes":
      megabytes === undefined ? undefined : String(megabytes),
    "Vitrine-Limit-At-A-Time": String(allowed.atATime),
  };
}

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
