import type { Context } from "hono";
import { type Rate, RateLimiter } from "../../gateway/asking/rate-limit.ts";
import type { AppOptions } from "../app.tsx";
import { addressOf } from "../at-the-door.ts";

/** So often somebody may try to sign in from one address: a hand that mistypes, and no program that guesses. */
const SIGN_IN = { perSecond: 0.1, burst: 30 };

/** Attempts at something, by address; whoever comes through no network has no limit. */
export class Attempts {
  readonly #limiter: RateLimiter;
  readonly #options: Pick<AppOptions, "proxies">;

  constructor(
    options: Pick<AppOptions, "proxies">,
    policy = "sign-in",
    rate: Rate = SIGN_IN,
  ) {
    this.#limiter = new RateLimiter(policy, rate);
    this.#options = options;
  }

  /** Takes one; gives the seconds until the next is allowed, 0 where it is now. */
  take(c: Context): number {
    const address = addressOf(c, this.#options.proxies);
    if (address === undefined) return 0;
    return this.#limiter.take(address, performance.now()).retryInSeconds;
  }
}
