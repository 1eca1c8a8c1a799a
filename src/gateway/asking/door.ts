import {
  IN_FLIGHT,
  InFlight,
  type InFlightLimits,
  type Place,
  type Shed,
} from "./in-flight.ts";
import {
  ADDRESS_RATE,
  ORGANISATION_RATE,
  type Rate,
  rateFields,
  RateLimiter,
} from "./rate-limit.ts";
import type { Asker, TokenCache } from "./token-cache.ts";

type Fields = Readonly<Record<string, string>>;

export type Arrived =
  /** `name` is whom limits are kept for; `fields` go with every answer. */
  | {
      readonly outcome: "arrived";
      readonly name: string;
      readonly asker: Asker | undefined;
      readonly fields: Fields;
    }
  | {
      readonly outcome: "unknown";
      readonly why: string;
      readonly fields: Fields;
    }
  | {
      readonly outcome: "limited";
      readonly why: string;
      readonly fields: Fields;
    };

export type DoorOptions = {
  readonly tokens: Pick<TokenCache, "askerOf">;
  /** Milliseconds that only ever grow. */
  readonly ticks?: () => number;
  readonly organisationRate?: Rate;
  readonly addressRate?: Rate;
  readonly inFlight?: InFlightLimits;
  /** Streams of one asker at a time; without it no more than all have. */
  readonly streamsEach?: number;
};

/** What every request passes before anything is read, decided or entered: who asks, how often, and whether there is room. */
export class Door {
  readonly #tokens: Pick<TokenCache, "askerOf">;
  readonly #ticks: () => number;
  readonly #organisations: RateLimiter;
  readonly #addresses: RateLimiter;
  readonly #places: InFlight;
  readonly #streams: InFlight;

  constructor(options: DoorOptions) {
    const { tokens, ticks = () => performance.now(), inFlight } = options;
    this.#tokens = tokens;
    this.#ticks = ticks;
    this.#organisations = new RateLimiter(
      "organisation",
      options.organisationRate ?? ORGANISATION_RATE,
    );
    this.#addresses = new RateLimiter(
      "address",
      options.addressRate ?? ADDRESS_RATE,
    );
    this.#places = new InFlight(inFlight);
    this.#streams = new InFlight({
      ...(inFlight ?? IN_FLIGHT),
      each: options.streamsEach ?? Infinity,
    });
  }

  /**
   * Who asks with this token, or from this address without one; a token that nobody has counts for its address, so that
   * nobody tries tokens without end. An address that is not known, as in a request that no network carried, has no limit.
   * Throws Unavailable when tokens cannot be looked up.
   */
  async arrive(
    token: string | undefined,
    address: string | undefined,
  ): Promise<Arrived> {
    const asker =
      token === undefined ? undefined : await this.#tokens.askerOf(token);
    if (asker !== undefined) {
      const name = asker.organisation;
      const { isAllowed, fields } = this.#take(this.#organisations, name);
      return isAllowed
        ? { outcome: "arrived", name, asker, fields }
        : limited(`organisation ${name}`, fields);
    }
    const { isAllowed, fields } =
      address === undefined
        ? { isAllowed: true, fields: {} }
        : this.#take(this.#addresses, address);
    if (!isAllowed) return limited("this address", fields);
    if (token === undefined)
      return {
        outcome: "arrived",
        name: `from ${address ?? ""}`,
        asker,
        fields,
      };
    const why = "Cannot admit the request: want a token that is in force";
    return { outcome: "unknown", why, fields };
  }

  /** Whether a token is still in force: asked again while a long answer leaves. Takes nothing of a rate. */
  async isInForce(token: string): Promise<boolean> {
    return (await this.#tokens.askerOf(token)) !== undefined;
  }

  /** A place to work in, given back with `leave` when the answer has left; asked for before anything is admitted. */
  place(name: string, signal?: () => AbortSignal): Promise<Place | Shed> {
    return this.#places.enter(name, signal);
  }

  /** How many requests and streams are worked on, and how many wait. */
  get queues() {
    const [places, streams] = [this.#places, this.#streams];
    return {
      ...{ running: places.running, waiting: places.waiting },
      ...{ streaming: streams.running, streamsWaiting: streams.waiting },
    };
  }

  /** The turn of one stream among those of the same asker, given back when it has ended. */
  streamPlace(name: string, signal?: () => AbortSignal): Promise<Place | Shed> {
    return this.#streams.enter(name, signal);
  }

  /** Every few seconds: nobody's address is remembered for longer than its limit needs it. */
  sweep(): void {
    for (const one of [this.#organisations, this.#addresses])
      one.sweep(this.#ticks());
  }

  #take(limiter: RateLimiter, name: string) {
    const taken = limiter.take(name, this.#ticks());
    return { isAllowed: taken.isAllowed, fields: rateFields(limiter, taken) };
  }
}

function limited(who: string, fields: Fields): Arrived {
  const why = `Cannot answer now: too many requests of ${who}; nothing was begun, ask again`;
  return { outcome: "limited", why, fields };
}
