import type { Permit } from "../register/register.ts";
import type { Amount } from "../store/leases.ts";
import type { Unavailable } from "./unavailable.ts";

/** Room in a quota, held for one request until its use is entered or it has failed. */
export type Held = { readonly release: () => void };

export type Waiter = {
  readonly need: Amount;
  readonly resolve: (held: Held | "spent") => void;
  readonly reject: (error: Unavailable) => void;
};

/** One permit's lease as this gateway knows it. */
export type Line = {
  readonly permit: string;
  readonly quota: Permit["quota"];
  /** Undefined until the database has been asked. */
  leased: Amount | undefined;
  version: number;
  /** What this gateway had used when it told the database last. */
  told: Amount;
  held: Amount;
  readonly waiting: Waiter[];
  isPumped: boolean;
  isDue: boolean;
  /** Requests since the last tick, ticks since the last request, and the largest need. */
  recent: number;
  idle: number;
  largest: number;
  part: number;
  /** What all others had leased, when the database said it last. */
  others: Amount;
  /** The last question gave nothing: nothing is taken ahead before the next tick. */
  isDry: boolean;
  /** What was given back may have been given back or not. */
  isLost: boolean;
};

export const PART_MIN = 64;
export const PART_MAX = 4_096;
export const NONE: Amount = { calls: 0, steps: 0 };

export function newLine(permit: string, quota: Permit["quota"]): Line {
  return {
    ...{ permit, quota, leased: undefined, version: 0, told: NONE },
    ...{ held: NONE, waiting: [], isPumped: false, isDue: false },
    ...{ recent: 0, idle: 0, largest: 1, part: PART_MIN },
    ...{ others: NONE, isDry: false, isLost: false },
  };
}

export function isSame(a: Amount, b: Amount): boolean {
  return a.calls === b.calls && a.steps === b.steps;
}
