import * as z from "zod/mini";
import { LIMITS } from "../engine/duckdb.ts";
import type { Limits } from "../engine/vintage.ts";
import { type Allowed, allowedBy } from "../gateway/allowed.ts";
import { FILES_BYTES_MAX } from "../gateway/gateway.ts";
import { IN_FLIGHT, type InFlightLimits } from "../gateway/asking/in-flight.ts";
import {
  ADDRESS_RATE,
  ORGANISATION_RATE,
  type Rate,
} from "../gateway/asking/rate-limit.ts";
import { WHOLE_ROWS_MAX } from "../uses/plan.ts";
import { optional, whole } from "./whole.ts";

/** Every plan that runs holds a thread that Node also writes and syncs files with; two stay free for the logs. */
const threads = Number(process.env["UV_THREADPOOL_SIZE"] ?? 4);
const AT_A_TIME_MAX = Number.isInteger(threads) ? Math.max(1, threads - 2) : 2;

const rate = (whose: string) =>
  z.strictObject({
    perSecond: whole(1, 1_000_000, `${whose} in the long run, a second`),
    burst: whole(1, 10_000_000, `${whose} at once, after a rest`),
  });
const places = z.strictObject({
  all: optional(1, 100_000, "requests that are worked on, of all"),
  each: optional(1, 100_000, "requests that are worked on, of one asker"),
  waiting: optional(0, 100_000, "requests that wait for a place, of all"),
  waitingEach: optional(
    0,
    100_000,
    "requests that wait for a place, of one asker",
  ),
  waitSeconds: optional(1, 60, "how long they wait, in seconds"),
});
const engine = z.strictObject({
  rows: optional(1, WHOLE_ROWS_MAX, "rows of one answer that is made whole"),
  seconds: optional(1, 600, "how long a plan may take, in seconds"),
  megabytes: optional(
    64,
    1_048_576,
    "memory of one dataset's engine; the sum over all datasets is the operator's to keep",
  ),
  plans: optional(
    1,
    AT_A_TIME_MAX,
    "plans that run at a time; two threads of `UV_THREADPOOL_SIZE` (4) stay free for the logs",
  ),
  streams: optional(
    1,
    AT_A_TIME_MAX,
    "streams that leave at a time; one asker has all but one at most",
  ),
});

/** What an operator says of the gate in `office.json`; what is not said stays as it is. */
export const gateConfig = z.strictObject({
  address: z.exactOptional(
    z
      .string("an address such as https://data.example")
      .check(
        z.refine(isAddress, "an address such as https://data.example, alone"),
        z.describe(
          "where data users reach the office: scheme and host alone. Signed requests cover it, so behind a proxy it must be said",
        ),
      ),
  ),
  proxies: optional(
    0,
    10,
    "how many proxies of the office's own stand before it and add to `X-Forwarded-For`",
  ),
  rates: z.exactOptional(
    z.strictObject({
      organisation: z.exactOptional(rate("requests of one organisation")),
      address: z.exactOptional(rate("requests of one address without a token")),
    }),
  ),
  places: z.exactOptional(places),
  fileBytes: optional(
    1_048_576,
    Number.MAX_SAFE_INTEGER,
    "what files that were made for downloads may take of the disk, in bytes",
  ),
  engine: z.exactOptional(engine),
});
export type GateConfig = z.infer<typeof gateConfig>;

/** The gate as it is run, with every number said. */
export type GateSettings = {
  readonly address: string | undefined;
  readonly proxies: number;
  readonly organisationRate: Rate;
  readonly addressRate: Rate;
  readonly inFlight: InFlightLimits;
  readonly filesBytesMax: number;
  readonly engine: Limits;
  readonly allowed: Allowed;
};

export function gateSettings(config: GateConfig = {}): GateSettings {
  const { address, rates = {} } = config;
  const { proxies = GATE_DEFAULTS.proxies } = config;
  const organisationRate =
    rates.organisation ?? GATE_DEFAULTS.rates.organisation;
  const addressRate = rates.address ?? GATE_DEFAULTS.rates.address;
  const limits = engineLimits(config.engine);
  return {
    ...{ address, proxies, organisationRate, addressRate },
    inFlight: inFlightOf(config.places),
    filesBytesMax: config.fileBytes ?? GATE_DEFAULTS.fileBytes,
    engine: limits,
    allowed: allowedBy(limits, { organisationRate, addressRate }),
  };
}

/** What is not said, in the shape in which it would be. */
export const GATE_DEFAULTS = {
  proxies: 0,
  rates: { organisation: ORGANISATION_RATE, address: ADDRESS_RATE },
  places: {
    all: IN_FLIGHT.all,
    each: IN_FLIGHT.each,
    waiting: IN_FLIGHT.waiting,
    waitingEach: IN_FLIGHT.waitingEach,
    waitSeconds: IN_FLIGHT.waitMsMax / 1000,
  },
  fileBytes: FILES_BYTES_MAX,
  engine: {
    rows: LIMITS.rowsMax,
    seconds: LIMITS.timeoutMs / 1000,
    megabytes: LIMITS.memoryMegabytes,
    plans: LIMITS.plansAtATime,
    streams: LIMITS.streamsAtATime,
  },
} satisfies GateConfig;

function inFlightOf(said: GateConfig["places"]): InFlightLimits {
  const { waitSeconds, ...places } = { ...GATE_DEFAULTS.places, ...said };
  return { ...places, waitMsMax: waitSeconds * 1000 };
}

function engineLimits(said: GateConfig["engine"]): Limits {
  const { rows, seconds, megabytes, plans, streams } = {
    ...GATE_DEFAULTS.engine,
    ...said,
  };
  return {
    ...LIMITS,
    rowsMax: rows,
    timeoutMs: seconds * 1000,
    memoryMegabytes: megabytes,
    plansAtATime: plans,
    streamsAtATime: streams,
  };
}

/** Scheme and authority alone: what stands behind them is of each request. */
function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, origin } = new URL(text);
  return ["http:", "https:"].includes(protocol) && origin === text;
}
