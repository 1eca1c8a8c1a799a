import { concatBytes, toBase64url } from "../acts/bytes.ts";
import type { Engine } from "../engine/engine.ts";
import { leafHash } from "../log/hash.ts";
import { type ReadRegister } from "../register/register.ts";
import { officeOf } from "../register/founding.ts";
import { isPersonal } from "../register/fields.ts";
import { primitives } from "../store/crypto.ts";
import { type OpeningsFile, seal } from "../store/openings.ts";
import type { Surroundings } from "../store/surroundings.ts";
import {
  admit,
  type Admission,
  CALLS_PER_USE,
  type Known,
  type Refusal,
  type OpenAdmission,
  type PermitAdmission,
  slotNameOf,
  type Spent,
} from "../uses/admit.ts";
import { writeUse } from "../uses/codec.ts";
import type { Opening } from "../uses/opening.ts";
import type { AskedPlan, Request } from "../uses/plan.ts";
import type { Price } from "../uses/price.ts";
import type { Receipt } from "../uses/receipt.ts";
import { rowsMost } from "../uses/rows-most.ts";
import {
  SLOT,
  slotOf,
  stepsOf,
  type Units,
  type UsageEntry,
  usageEntryBytes,
} from "../uses/use.ts";
import { Follower, type RegisterFeed } from "./follow.ts";
import type { Held } from "./lease-line.ts";
import { Leases } from "./leases.ts";
import { AnswerLimits } from "./limits.ts";
import { Outage } from "./outage.ts";
import { Leaving } from "./settling.ts";
import { Spending } from "./spending.ts";
import { Unavailable } from "./unavailable.ts";
import { Together } from "./together.ts";
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
  readonly watch?: GatewayWatch | undefined;
};

/** Hears what came of requests, for those who watch the gate run; never by whom, or about what. */
export type GatewayWatch = {
  readonly used: (operation: string, outcome: string) => void;
  readonly refused: (rule: string) => void;
};

/** What an answer leaves with: the receipt of its entry, and what it costs. */
export type Entered = {
  readonly receipt: Receipt;
  readonly leaf: string;
  readonly charge: number;
  readonly price: Price | undefined;
  readonly permit: string | undefined;
};

/** An admission, and the room in its permit's quota that is held for it until its use is entered or it has failed. */
export type Reserved = {
  readonly outcome: "reserved";
  readonly admission: OpenAdmission | PermitAdmission;
  readonly held: Held;
  /** The size of the register on which it was admitted, and when. */
  readonly size: number;
  readonly at: number;
};

const STALE_MS_MAX = 60_000;
const NOTHING_HELD: Held = { release: () => undefined };

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
  readonly leases: Leases;
  readonly together: Together;
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
    this.limits = new AnswerLimits(() => this.register, options.sealKey);
    const { sql, origin, name: gateway } = options;
    const holder = { sql, office: officeOf(origin), gateway };
    this.leases = new Leases(holder, this.spending);
    this.together = new Together(holder, this);
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

  /**
   * Admits a request and holds room in the quota of its permit, before anything is asked that costs; of several permits one that has
   * room beside what is on its way. Whoever reserves releases, or spends.
   */
  async reserve(
    request: Request,
    organisation: string | undefined,
    known: Known,
  ): Promise<Reserved | Refusal> {
    for (;;) {
      const spoken = (permit: string) => this.leases.spokenFor(permit);
      const now = this.now();
      let admission = this.admit(request, organisation, now, known, spoken);
      // What is on its way may still fail, and what others have leased may come back: only what is used is used.
      if (isOfQuota(admission))
        admission = this.admit(request, organisation, now, known);
      if (admission.outcome === "refused") return admission;
      const held = await this.#hold(admission, request.plan, known);
      const { size } = this.register;
      if (held !== "spent")
        return { outcome: "reserved", admission, held, size, at: now };
    }
  }

  /**
   * Admits again what was reserved, under the same permit, at the one moment that counts. On the same register in the same minute
   * it comes to the same: nothing else goes into an admission but what was spent, and room for this one is held.
   */
  admitReserved(
    request: Request,
    organisation: string | undefined,
    now: number,
    known: Known,
    { admission, size, at }: Reserved,
  ): Admission {
    if (
      this.register.size === size &&
      slotOf(now, SLOT.minute) === slotOf(at, SLOT.minute)
    )
      return admission;
    const pinned =
      admission.outcome === "open"
        ? known
        : { ...known, permit: admission.permit.act.permit };
    return this.admit(request, organisation, now, pinned);
  }

  /** What was held is used. */
  spend(permit: string, units: Units, held: Held): void {
    this.spending.add(permit, units);
    held.release();
  }

  #hold(
    admission: OpenAdmission | PermitAdmission,
    plan: AskedPlan,
    known: Known,
  ): Held | Promise<Held | "spent"> {
    if (admission.outcome === "open") return NOTHING_HELD;
    const { permit, product } = admission;
    const steps = stepsOf(rowsMost(plan, known), product.rowsPerStep);
    return this.leases.hold(permit.act, { calls: CALLS_PER_USE, steps });
  }

  async decline(
    refusal: Refusal,
    organisation: string | undefined,
  ): Promise<Refusal> {
    const { dataset, findings } = refusal;
    await this.countRefused(dataset, organisation, findings[0]?.rule ?? "I2");
    return refusal;
  }

  /** Counts a refusal; when somebody asked about persons and was refused is not told to the minute either. */
  async countRefused(
    dataset: string,
    organisation: string | undefined,
    rule: string,
  ): Promise<void> {
    this.options.watch?.refused(rule);
    const registered = this.register.datasets.get(dataset)?.act;
    if (registered === undefined) return;
    const slotName = slotNameOf(isPersonal(registered));
    await this.logs.prepare(slotName);
    this.mustServe();
    const { log } = this.logs.block(slotName, 0, this.now());
    log.refuse(organisation, dataset, rule);
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
    this.options.watch?.used(operation, "open");
    return {
      receipt: log.receipt(synced, raw),
      leaf,
      charge: 0,
      price: undefined,
      permit: undefined,
    };
  }

  /** Enters something whose private part, which names these persons, is sealed beside it. Durable, both of them, when it resolves. */
  async enterSealed(
    log: UsageLog,
    slot: number,
    entry: UsageEntry,
    opening: Opening,
    named: readonly string[],
  ): Promise<{ readonly receipt: Receipt; readonly leaf: string }> {
    const raw = bytesOf(entry);
    const leaf = leafHash(primitives, raw);
    const content = concatBytes(opening.nonce, opening.content);
    const sealed = seal(this.options.sealKey, content);
    const kept = { leaf, log: log.origin, slot, sealed, named };
    const synced = await log.add(entry, raw, this.register, kept, leaf);
    this.options.watch?.used(...cameOf(entry));
    return {
      receipt: log.receipt(synced, raw, { opening }),
      leaf: toBase64url(leaf),
    };
  }

  nonce(): Uint8Array {
    return this.options.surroundings.random(32);
  }
}

/** Operation and outcome of an entry: a stream is begun, and settled later. */
function cameOf(entry: UsageEntry): readonly [string, string] {
  switch (entry.kind) {
    case "use":
      return [entry.operation, entry.state === "open" ? "begun" : "answered"];
    case "settle":
      return ["stream", entry.result];
    default:
      return [entry.kind, "answered"];
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

function isOfQuota(admission: Admission): boolean {
  return (
    admission.outcome === "refused" &&
    admission.findings.some(({ rule }) => rule === "V-QUOTA")
  );
}
