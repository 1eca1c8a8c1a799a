import { narrows } from "../acts/act.ts";
import type { Entry } from "../acts/entry.ts";
import type { LogRecord } from "../acts/record.ts";
import { QuorumMissing } from "./witnesses.ts";

type Waits = {
  readonly index: number;
  readonly at: number;
  readonly narrows: boolean;
};

/** "At once" means two seconds: so long an act that ends or narrows something may be on its way. */
const AT_ONCE_MS = 2_000;
/** A minute to be published in, and an hour more. */
const LATE_MS_MAX = 3_660_000;

/** What was entered and is not public yet, and how long office and gateways may go on without it. */
export class Waiting {
  #entries: Waits[] = [];
  /** Only a publication that failed makes anything late; without one the next publication takes it along. */
  #failure: string | undefined;
  /** When the publication that is under way began. */
  #begunAt: number | undefined;

  add(entry: Entry, index: number): void {
    const isNarrowing =
      entry.type === "act" &&
      entry.ruling.outcome === "granted" &&
      narrows(entry.statement.act.kind);
    this.#entries.push({ index, at: entry.at, narrows: isNarrowing });
  }

  /** Why the last publication failed; undefined when it did not. */
  get failure(): string | undefined {
    return this.#failure;
  }

  begun(now: number): void {
    this.#begunAt = now;
  }

  failed(why: string): void {
    this.#begunAt = undefined;
    this.#failure = why;
  }

  published(size: number): void {
    this.#begunAt = undefined;
    this.#failure = undefined;
    this.#entries = this.#entries.filter((one) => one.index >= size);
  }

  /**
   * When something waits for an hour, no act and no vintage is entered and nothing is answered any more: an office that
   * nobody can watch is none.
   */
  mustNotBeLate(now: number): void {
    const oldest = this.#failure === undefined ? undefined : this.#entries[0];
    if (oldest === undefined || now - oldest.at <= LATE_MS_MAX) return;
    throw new QuorumMissing(
      `Cannot go on: entry ${oldest.index} could not be published for an hour; bring its witnesses and the database back`,
    );
  }

  /**
   * What an act has ended or narrowed ends at the gateway when it is public. Until then no checkpoint is the newest one:
   * whoever follows is told so, and stops answering in its time.
   */
  mustBeNewest(now: number): void {
    this.mustNotBeLate(now);
    const narrowed = this.#entries.find((one) => one.narrows);
    const isSlow =
      this.#begunAt !== undefined && now - this.#begunAt > AT_ONCE_MS;
    if (
      (this.#failure === undefined && !isSlow) ||
      narrowed === undefined ||
      now - narrowed.at <= AT_ONCE_MS
    )
      return;
    throw new QuorumMissing(
      `Cannot give the newest checkpoint: entry ${narrowed.index} ends or narrows something and could not be published yet`,
    );
  }
}

/** Heads and totals are entered all the same: they bind a gateway to what it has answered already, and allow nothing new. */
export function isOwed({ kind }: LogRecord): boolean {
  return kind === "head" || kind === "totals";
}
