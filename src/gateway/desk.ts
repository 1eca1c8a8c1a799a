import { concatBytes, toBase64url } from "../acts/bytes.ts";
import type { Engine } from "../engine/engine.ts";
import { leafHash } from "../log/hash.ts";
import { isPersonal, type ReadRegister } from "../register/register.ts";
import { primitives } from "../store/crypto.ts";
import { openingRecord, type OpeningsFile, seal } from "../store/openings.ts";
import type { Surroundings } from "../store/surroundings.ts";
import {
  admit,
  type Admission,
  type Known,
  type Refusal,
  slotNameOf,
  type Spent,
} from "../uses/admit.ts";
import { writeUse } from "../uses/codec.ts";
import type { Opening } from "../uses/opening.ts";
import type { Request } from "../uses/plan.ts";
import type { Price } from "../uses/price.ts";
import type { Receipt } from "../uses/receipt.ts";
import { SLOT, slotOf, type UsageEntry, usageEntryBytes } from "../uses/use.ts";
import { Follower, type RegisterFeed } from "./follow.ts";
import { AnswerLimits } from "./limits.ts";
import { Outage } from "./outage.ts";
import { Leaving } from "./settling.ts";
import { Spending } from "./spending.ts";
import { Unavailable } from "./unavailable.ts";
import type { UsageLog } from "./usage-log.ts";
import { UsageLogs, type UsageLogsOptions } from "./usage-logs.ts";

export type GatewayOptions = UsageLogsOptions & {
  /** Seals openings, and makes the tokens that stand for identifiers. */
  readonly sealKey: Uint8Array;
  readonly engine: Engine;
  readonly feed: RegisterFeed;
  readonly surroundings: Surroundings;
  /** What files that are made for permits may take of the disk. */
  readonly filesBytesMax?: number | undefined;
};

/** What an answer leaves with: the receipt of its entry, and what it costs. */
export type Entered = {
  readonly receipt: Receipt;
  readonly leaf: string;
  readonly charge: number;
  readonly price: Price | undefined;
  readonly permit: string | undefined;
};

const STALE_MS_MAX = 60_000;

/**
 * What every way of asking goes through (I11): admission on the register that was followed and verified, and entries in the
 * usage logs. Nothing waits between an admission and the place of its entry.
 */
export class Desk {
  readonly options: GatewayOptions;
  readonly follower: Follower;
  readonly limits: AnswerLimits;
  readonly logs: UsageLogs;
  readonly spending = new Spending();
  readonly outage = new Outage();
  /** Answers that are on their way. */
  readonly leaving = new Leaving();
  #latest = 0;
  /** An act is about to close the gateway: nothing is answered or entered. */
  isLeaving = false;
  /** In this slot nothing is answered: it was ended before its time. */
  endedSlot = -1;
  isStopped = false;

  constructor(options: GatewayOptions, openings: OpeningsFile) {
    this.options = options;
    this.follower = new Follower(options.feed, options.origin);
    this.limits = new AnswerLimits(() => this.register.offsetMinutes);
    this.logs = new UsageLogs(
      ...([options, openings, this.follower] as const),
      () => this.now(),
      () => this.isLeaving,
      (log) => this.leaving.endAll(log),
    );
  }

  get register(): ReadRegister {
    return this.follower.register;
  }

  get latest(): number {
    return this.#latest;
  }

  /** Slots never fall: a clock that was set back is in doubt, and nothing is answered until it has caught up. */
  now(): number {
    const now = this.options.surroundings.now();
    if (now < this.#latest)
      throw new Unavailable(
        `Cannot answer: the clock fell from ${this.#latest} to ${now}`,
      );
    this.#latest = now;
    return now;
  }

  /** An act has closed this gateway: its key enters nothing any more, so nothing may be answered. */
  get isClosed(): boolean {
    return this.register.gateways.get(this.options.name)?.ended !== undefined;
  }

  /** Nothing may be entered by this gateway. */
  get isSilent(): boolean {
    return this.isClosed || this.isLeaving;
  }

  mustServe(): void {
    const { name } = this.options;
    if (this.isStopped)
      throw new Unavailable("Cannot answer: the office is being stopped");
    if (this.isClosed)
      throw new Unavailable(
        `Cannot answer: gateway ${name} was closed by an act`,
      );
    const slot = slotOf(this.now(), SLOT.minute);
    if (this.isLeaving || slot <= this.endedSlot)
      throw new Unavailable(
        `Cannot answer: gateway ${name} is being closed by an act`,
      );
    if (this.now() - this.follower.verifiedAt > STALE_MS_MAX) {
      throw new Unavailable(
        "Cannot answer: the newest checkpoint of the register log could not be verified for 60 seconds",
      );
    }
    this.outage.mustNotLast(this.#latest);
  }

  admit(
    request: Request,
    organisation: string | undefined,
    now: number,
    known: Known,
    spent: (permit: string) => Spent = (permit) => this.spending.of(permit),
  ): Admission {
    return admit(this.register, request, organisation, now, spent, known);
  }

  /** Counts a refusal; when somebody asked about persons and was refused is not told to the minute either. */
  async decline(
    refusal: Refusal,
    organisation: string | undefined,
  ): Promise<Refusal> {
    const { dataset, findings } = refusal;
    const registered = this.register.datasets.get(dataset)?.act;
    if (registered === undefined) return refusal;
    const slotName = slotNameOf(isPersonal(registered));
    await this.logs.prepare(slotName);
    this.mustServe();
    const { log } = this.logs.block(slotName, 0, this.now());
    log.refuse(organisation, dataset, findings[0]?.rule ?? "I2");
    return refusal;
  }

  /** Enters open data into the slot's one entry for the dataset. */
  async enterOpen(
    dataset: string,
    operation: "records" | "aggregate" | "file",
    basis: number,
    now: number,
    bytes: number,
  ): Promise<Entered> {
    const { log, slot } = this.logs.block("minute", basis, now);
    const { synced, raw, leaf } = await log.open(
      ...([dataset, operation, slot, bytes, this.register] as const),
    );
    return {
      receipt: log.receipt(synced, raw),
      leaf,
      charge: 0,
      price: undefined,
      permit: undefined,
    };
  }

  /** Enters something whose private part is sealed beside it. Durable, both of them, when it resolves. */
  async enterSealed(
    log: UsageLog,
    slot: number,
    entry: UsageEntry,
    opening: Opening,
  ): Promise<{ readonly receipt: Receipt; readonly leaf: string }> {
    const raw = bytesOf(entry);
    const leaf = leafHash(primitives, raw);
    const content = concatBytes(opening.nonce, opening.content);
    const sealed = seal(this.options.sealKey, content);
    const record = openingRecord({ leaf, log: log.origin, slot, sealed });
    const synced = await log.add(entry, raw, this.register, record);
    return {
      receipt: log.receipt(synced, raw, { opening }),
      leaf: toBase64url(leaf),
    };
  }

  nonce(): Uint8Array {
    return this.options.surroundings.random(32);
  }
}

function bytesOf(entry: UsageEntry): Uint8Array {
  return entry.kind === "use"
    ? Buffer.from(writeUse(entry))
    : usageEntryBytes(entry);
}

/** The leaf hash that an entry will have. */
export function leafOf(entry: UsageEntry): Uint8Array {
  return leafHash(primitives, bytesOf(entry));
}
