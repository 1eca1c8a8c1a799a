import * as z from "zod/mini";
import { LIMITS } from "../engine/duckdb.ts";
import type { Limits } from "../engine/vintage.ts";
import { type Allowed, allowedBy } from "../gateway/allowed.ts";
import { IN_FLIGHT, type InFlightLimits } from "../gateway/asking/in-flight.ts";
import {
  ADDRESS_RATE,
  ORGANISATION_RATE,
  type Rate,
} from "../gateway/asking/rate-limit.ts";
import { WHOLE_ROWS_MAX } from "../uses/plan.ts";

/** Every plan that runs holds a thread that Node also writes and syncs files with; two stay free for the logs. */
const threads = Number(process.env["UV_THREADPOOL_SIZE"] ?? 4);
const AT_A_TIME_MAX = Number.isInteger(threads) ? Math.max(1, threads - 2) : 2;

const whole = (min: number, max: number) => {
  const wants = `a whole number from ${min} to ${max}`;
  return z.int(wants).check(z.minimum(min, wants), z.maximum(max, wants));
};
const optional = (min: number, max: number) => z.exactOptional(whole(min, max));

const rate = z.strictObject({
  perSecond: whole(1, 1_000_000),
  burst: whole(1, 10_000_000),
});
const places = z.strictObject({
  all: optional(1, 100_000),
  each: optional(1, 100_000),
  waiting: optional(0, 100_000),
  waitingEach: optional(0, 100_000),
  waitSeconds: optional(1, 60),
});
const engine = z.strictObject({
  rows: optional(1, WHOLE_ROWS_MAX),
  seconds: optional(1, 600),
  megabytes: optional(64, 1_048_576),
  plans: optional(1, AT_A_TIME_MAX),
  streams: optional(1, AT_A_TIME_MAX),
});

/** What an operator says of the gate in `office.json`; what is not said stays as it is. */
export const gateConfig = z.strictObject({
  /** Where data users reach the office, which their signatures cover. */
  address: z.exactOptional(
    z
      .string("an address such as https://data.example")
      .check(
        z.refine(isAddress, "an address such as https://data.example, alone"),
      ),
  ),
  proxies: optional(0, 10),
  rates: z.exactOptional(
    z.strictObject({
      organisation: z.exactOptional(rate),
      address: z.exactOptional(rate),
    }),
  ),
  places: z.exactOptional(places),
  fileBytes: optional(1_048_576, Number.MAX_SAFE_INTEGER),
  engine: z.exactOptional(engine),
});
type GateConfig = z.infer<typeof gateConfig>;

/** The gate as it is run, with every number said. */
export type GateSettings = {
  readonly address: string | undefined;
  readonly proxies: number;
  readonly organisationRate: Rate;
  readonly addressRate: Rate;
  readonly inFlight: InFlightLimits;
  readonly filesBytesMax: number | undefined;
  readonly engine: Limits;
  readonly allowed: Allowed;
};

export function gateSettings(config: GateConfig = {}): GateSettings {
  const { address, proxies = 0, rates = {}, fileBytes } = config;
  const organisationRate = rates.organisation ?? ORGANISATION_RATE;
  const addressRate = rates.address ?? ADDRESS_RATE;
  const limits = engineLimits(config.engine);
  return {
    ...{ address, proxies, organisationRate, addressRate },
    inFlight: inFlightOf(config.places),
    filesBytesMax: fileBytes,
    engine: limits,
    allowed: allowedBy(limits, { organisationRate, addressRate }),
  };
}

function inFlightOf({
  all = IN_FLIGHT.all,
  each = IN_FLIGHT.each,
  waiting = IN_FLIGHT.waiting,
  waitingEach = IN_FLIGHT.waitingEach,
  waitSeconds = IN_FLIGHT.waitMsMax / 1000,
}: GateConfig["places"] = {}): InFlightLimits {
  return { all, each, waiting, waitingEach, waitMsMax: waitSeconds * 1000 };
}

function engineLimits({
  rows = LIMITS.rowsMax,
  seconds = LIMITS.timeoutMs / 1000,
  megabytes = LIMITS.memoryMegabytes,
  plans = LIMITS.plansAtATime,
  streams = LIMITS.streamsAtATime,
}: GateConfig["engine"] = {}): Limits {
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
