/** So many requests a second in the long run, and so many at once after a rest. */
export type Rate = { readonly perSecond: number; readonly burst: number };

export const ORGANISATION_RATE: Rate = { perSecond: 1_000, burst: 2_000 };
/** For whoever asks without a token, by address. */
export const ADDRESS_RATE: Rate = { perSecond: 20, burst: 100 };

const NAMES_MAX = 100_000;

export type Taken = {
  readonly isAllowed: boolean;
  /** Requests that are left at once. */
  readonly left: number;
  /** Seconds until everything is left again. */
  readonly fullInSeconds: number;
  /** Seconds until the next request is allowed; 0 when it is now. */
  readonly retryInSeconds: number;
};

type Bucket = { tokens: number; at: number };

/** A token bucket for every name. A name is forgotten once its bucket is full again, so an address stays for seconds. */
export class RateLimiter {
  /** What the fields of an answer call it. */
  readonly policy: string;
  readonly rate: Rate;
  readonly #namesMax: number;
  /** The one that was touched longest ago stands first. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(policy: string, rate: Rate, namesMax: number = NAMES_MAX) {
    this.policy = policy;
    this.rate = rate;
    this.#namesMax = namesMax;
  }

  /** How many names are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /** Takes one request of a name. `now` in milliseconds; one that fell stands still. */
  take(name: string, now: number): Taken {
    const { perSecond, burst } = this.rate;
    const before = this.#buckets.get(name);
    const passed = before === undefined ? 0 : Math.max(0, now - before.at);
    const filled =
      before === undefined
        ? burst
        : Math.min(burst, before.tokens + (passed * perSecond) / 1000);
    const isAllowed = filled >= 1;
    const tokens = isAllowed ? filled - 1 : filled;
    this.#buckets.delete(name);
    this.#buckets.set(name, { tokens, at: Math.max(now, before?.at ?? now) });
    this.sweep(now);
    return {
      isAllowed,
      left: Math.floor(tokens),
      fullInSeconds: Math.ceil((burst - tokens) / perSecond),
      retryInSeconds: isAllowed ? 0 : Math.ceil((1 - tokens) / perSecond),
    };
  }

  /** Forgets who has everything left again, and, of too many names, those that were seen longest ago. */
  sweep(now: number): void {
    const { perSecond, burst } = this.rate;
    for (const [name, { at }] of this.#buckets) {
      const isFull = ((now - at) * perSecond) / 1000 >= burst;
      if (!isFull && this.#buckets.size <= this.#namesMax) return;
      this.#buckets.delete(name);
    }
  }
}

/** The fields of every answer, and of a refusal (draft-ietf-httpapi-ratelimit-headers-09). */
export function rateFields(
  { policy, rate }: Pick<RateLimiter, "policy" | "rate">,
  taken: Taken,
): Readonly<Record<string, string>> {
  const { perSecond, burst } = rate;
  return {
    "RateLimit-Policy": `"${policy}";q=${burst};w=${Math.ceil(burst / perSecond)}`,
    RateLimit: `"${policy}";r=${taken.left};t=${taken.fullInSeconds}`,
    ...(taken.isAllowed
      ? {}
      : { "Retry-After": String(Math.max(1, taken.retryInSeconds)) }),
  };
}
