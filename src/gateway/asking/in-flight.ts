/** How many requests are worked on, and how many may wait for a place. */
export type InFlightLimits = {
  readonly all: number;
  readonly each: number;
  readonly waiting: number;
  readonly waitingEach: number;
  readonly waitMsMax: number;
};

export const IN_FLIGHT: InFlightLimits = {
  all: 256,
  each: 64,
  waiting: 512,
  waitingEach: 128,
  waitMsMax: 2_000,
};

export type Place = {
  readonly outcome: "entered";
  /** Gives the place back; a second call does nothing. */
  readonly leave: () => void;
};
/** Nothing was begun. */
export type Shed = {
  readonly outcome: "shed";
  readonly why: string;
  readonly retryInSeconds: number;
};

type Waiting = {
  readonly name: string;
  readonly take: (place: Place) => void;
};

/**
 * Places for requests, asked for before a request is admitted: what has a place is worked on to its end, what gets none was
 * never begun, so nothing that was admitted is ever dropped. Who came first is first, but nobody waits behind somebody who
 * has all the places that one asker may have.
 */
export class InFlight {
  readonly #limits: InFlightLimits;
  #running = 0;
  readonly #runningOf = new Map<string, number>();
  readonly #waiting = new Set<Waiting>();
  readonly #waitingOf = new Map<string, number>();

  constructor(limits: InFlightLimits = IN_FLIGHT) {
    this.#limits = limits;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** A place for whoever is named so, now or within the time to wait; a signal, made where somebody waits, says that nobody wants it any more. */
  enter(name: string, signalled?: () => AbortSignal): Promise<Place | Shed> {
    const { waiting, waitingEach, waitMsMax } = this.#limits;
    if (this.#hasRoom(name)) return Promise.resolve(this.#place(name));
    if (
      this.#waiting.size >= waiting ||
      (this.#waitingOf.get(name) ?? 0) >= waitingEach
    )
      return Promise.resolve(shed("too many requests wait already"));
    const signal = signalled?.();
    if (signal?.aborted === true)
      return Promise.resolve(shed("nobody waits for it"));
    return new Promise((resolve) => {
      const end = (result: Place | Shed): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
        if (this.#waiting.delete(one)) add(this.#waitingOf, name, -1);
        resolve(result);
      };
      const one: Waiting = { name, take: end };
      const abort = (): void => end(shed("nobody waits for it"));
      const late = (): void =>
        end(shed(`no place became free in ${waitMsMax / 1000} seconds`));
      const timer = setTimeout(late, waitMsMax);
      signal?.addEventListener("abort", abort);
      this.#waiting.add(one);
      add(this.#waitingOf, name, 1);
    });
  }

  #hasRoom(name: string): boolean {
    const { all, each } = this.#limits;
    return this.#running < all && (this.#runningOf.get(name) ?? 0) < each;
  }

  #place(name: string): Place {
    this.#running += 1;
    add(this.#runningOf, name, 1);
    let isLeft = false;
    const leave = (): void => {
      if (isLeft) return;
      isLeft = true;
      this.#running -= 1;
      add(this.#runningOf, name, -1);
      this.#next();
    };
    return { outcome: "entered", leave };
  }

  #next(): void {
    for (const one of this.#waiting)
      if (this.#hasRoom(one.name)) return one.take(this.#place(one.name));
  }
}

function add(counts: Map<string, number>, name: string, by: number): void {
  const count = (counts.get(name) ?? 0) + by;
  if (count === 0) counts.delete(name);
  else counts.set(name, count);
}

function shed(why: string): Shed {
  return {
    outcome: "shed",
    why: `Cannot answer now: ${why}; nothing was begun, ask again`,
    retryInSeconds: 1,
  };
}
