import { createHmac } from "node:crypto";
import { concatBytes, toBase64url } from "../acts/bytes.ts";
import { quarterOf } from "../acts/dates.ts";
import type { LogRecord } from "../acts/record.ts";
import type { Finding } from "../acts/entry.ts";
import { totalsRows } from "../audit/usage-state.ts";
import type { DuckdbEngine, EngineAnswer } from "../engine/duckdb.ts";
import { EngineFailed } from "../engine/failed.ts";
import { leafHash } from "../log/hash.ts";
import type { Surroundings } from "../store/surroundings.ts";
import {
  officeOf,
  type ReadRegister,
  type TotalsRow,
} from "../register/register.ts";
import { breach } from "../rules/findings.ts";
import { primitives, type SigningKey } from "../store/crypto.ts";
import { openingsSince, type Sql } from "../store/database.ts";
import {
  OpeningsFile,
  openingRecord,
  seal,
  unseal,
} from "../store/openings.ts";
import {
  admit,
  type OpenAdmission,
  type PermitAdmission,
  type Refusal,
  type Spent,
  unitsOf,
} from "../uses/admit.ts";
import { writeUse } from "../uses/codec.ts";
import {
  commitmentOf,
  type Opening,
  privatePartBytes,
} from "../uses/opening.ts";
import { checkPlan } from "../uses/check-plan.ts";
import type { Plan, Request } from "../uses/plan.ts";
import { charge, type Price } from "../uses/price.ts";
import { type MakeReceipt, receiptsOf } from "../uses/make-receipt.ts";
import type { Receipt } from "../uses/receipt.ts";
import {
  BYTES_PER_STEP,
  SLOT,
  sizeClass,
  type SlotName,
  slotOf,
  type Use,
} from "../uses/use.ts";
import { answerText } from "./answer.ts";
import { Follower, type RegisterFeed } from "./follow.ts";
import { AnswerLimits } from "./limits.ts";
import { UsageLog } from "./usage-log.ts";

export type GatewayOptions = {
  readonly folder: string;
  readonly sql: Sql;
  readonly origin: string;
  readonly name: string;
  readonly key: SigningKey;
  /** Seals openings, and makes the tokens that stand for identifiers. */
  readonly sealKey: Uint8Array;
  readonly engine: DuckdbEngine;
  readonly feed: RegisterFeed;
  /** Enters a record of this gateway's in the register log. */
  readonly enter: (record: LogRecord) => Promise<number>;
  readonly surroundings: Surroundings;
};

/** An answer as it leaves: its text, the receipt of its entry, and what it costs. */
export type Answered = {
  readonly outcome: "answered";
  readonly text: string;
  readonly receipt: Receipt;
  readonly leaf: string;
  readonly charge: number;
  readonly price: Price | undefined;
  readonly permit: string | undefined;
};
export type Declined =
  | Refusal
  | {
      readonly outcome: "refused";
      readonly findings: readonly Finding[];
      readonly product: string;
      readonly dataset: string;
    };

/** The gateway cannot answer now; nothing was entered and nothing left. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
}

const STALE_MS_MAX = 60_000;
const HOUR = 3_600_000;

/** The way of a request, and the one exit for data: admit, run, price, record, answer. Owns its usage logs. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #follower: Follower;
  readonly #openings: OpeningsFile;
  readonly #limits: AnswerLimits;
  readonly #logs = new Map<SlotName, UsageLog>();
  readonly #receipts = new Map<string, MakeReceipt>();
  readonly #spent = new Map<string, { calls: number; steps: number }>();
  #headHour = 0;
  #opening = new Map<SlotName, Promise<UsageLog>>();

  private constructor(options: GatewayOptions, openings: OpeningsFile) {
    this.#options = options;
    this.#openings = openings;
    this.#follower = new Follower(options.feed, options.origin);
    this.#limits = new AnswerLimits(
      () => this.#follower.register.offsetMinutes,
    );
  }

  /** Follows the register, reopens its logs where they ended and enters their heads before it serves anything. */
  static async open(options: GatewayOptions): Promise<Gateway> {
    const { folder, sql, surroundings } = options;
    const gateway = new Gateway(
      options,
      await OpeningsFile.open(
        `${folder}/journal/${options.name}.openings`,
        sql,
      ),
    );
    const now = surroundings.now();
    await gateway.#follower.follow(now);
    for (const rows of gateway.register.closedTotals.values())
      for (const row of rows) gateway.#spend(row.permit, row);
    for (const [origin, { head }] of gateway.register.heads) {
      const [slotName, quarter] = origin.split("/").slice(-2);
      if (
        head.closed === true ||
        !origin.startsWith(`${officeOf(options.origin)}/${options.name}/`)
      )
        continue;
      if (slotName === "hour" || slotName === "minute")
        await gateway.#reopen(slotName, quarter ?? "");
    }
    // Whatever was ended or narrowed while nobody followed: blocks are cut and heads entered before anything is served.
    const current = [...gateway.#logs.values()].filter(
      (log) => log.span.to > now,
    );
    for (const log of current)
      log.begin(slotOf(now, log.slotLength), gateway.#follower.followed);
    await gateway.#enterHeads(current.map((log) => log.head()));
    const day = gateway.#limits.dayStart(now);
    for (const { sealed } of await openingsSince(sql, day - HOUR))
      gateway.#limits.recall(contentOf(unseal(options.sealKey, sealed)), now);
    await gateway.tick();
    return gateway;
  }

  get register(): ReadRegister {
    return this.#follower.register;
  }

  get spent(): ReadonlyMap<string, Spent> {
    return this.#spent;
  }

  /** What all uses add up to, by permit, month and fee: closed logs as entered, open logs as counted. */
  totals(): readonly TotalsRow[] {
    return [
      ...[...this.register.closedTotals.values()].flat(),
      ...[...this.#logs.values()].flatMap((log) => totalsRows(log.totals)),
    ];
  }

  /** Fetches and verifies the newest checkpoint; an act that ended or narrowed something cuts every block at once. */
  async follow(): Promise<void> {
    const narrowed = await this.#follower.follow(this.#now());
    if (!narrowed || this.#closed()) return;
    const heads: LogRecord[] = [];
    for (const log of this.#logs.values()) {
      log.begin(slotOf(this.#now(), log.slotLength), this.#follower.followed);
      heads.push(log.head());
    }
    await this.#enterHeads(heads);
  }

  /** Asks for an organisation, or for nobody in particular (open data). */
  async ask(
    request: Request,
    organisation: string | undefined,
  ): Promise<Answered | Declined> {
    this.#mustBeFresh();
    const first = this.#admit(request, organisation);
    if (first.outcome === "refused") return this.#decline(first, organisation);
    const dataset = this.register.datasets.get(request.plan.dataset)?.act;
    if (dataset === undefined)
      throw new Error(
        `Cannot run plan: dataset ${request.plan.dataset} was admitted and is not there`,
      );
    checkPlan(request.plan, dataset.fields);
    if (
      first.outcome === "admitted" &&
      request.plan.form === "answer" &&
      organisation !== undefined
    ) {
      const limit = this.#limits.take(
        first.product,
        organisation,
        request.plan,
        this.#now(),
      );
      if (limit !== undefined) {
        return this.#decline(
          {
            outcome: "refused",
            findings: [breach("V-LIMIT", ["per", limit])],
            product: first.product.product,
            dataset: dataset.dataset,
          },
          organisation,
        );
      }
    }
    const answer = await this.#run(request.plan);
    const text = answerText(
      answer,
      dataset,
      first.outcome === "open"
        ? undefined
        : (value) => this.#token(first.permit.act.permit, value),
    );
    await this.#logFor(first.outcome === "open" ? "minute" : first.slotName);
    // The register may have moved on while the engine ran: what counts is the moment at which the use is entered.
    const again = this.#admit(request, organisation);
    if (again.outcome === "refused") return this.#decline(again, organisation);
    return again.outcome === "open"
      ? this.#answerOpen(request, again, text)
      : this.#answerUse(request, again, answer, text, organisation ?? "");
  }

  /** Every second or so: slots that are over, heads that are due, what is due in public, openings to copy. */
  async tick(): Promise<void> {
    if (this.#closed()) return;
    const now = this.#now();
    const hour = slotOf(now, HOUR);
    for (const log of this.#logs.values())
      if (log.slot !== undefined && log.slot + log.slotLength <= now)
        log.endSlot();
    if (hour > this.#headHour) {
      this.#headHour = hour;
      await this.#enterHeads(
        [...this.#logs.values()]
          .filter((log) => log.size > log.headed)
          .map((log) => log.head()),
      );
    }
    for (const log of [...this.#logs.values()]) {
      await log.publish(now);
      if (log.span.to <= now) await this.#closeLog(log);
    }
    await this.#openings.copy();
  }

  async close(): Promise<void> {
    await this.#openings.close();
    for (const log of this.#logs.values()) await log.close();
  }

  /** From the moment an engine is asked there is one constant text per class. */
  async #run(plan: Plan): Promise<EngineAnswer> {
    try {
      return await this.#options.engine.run(plan);
    } catch (error) {
      if (error instanceof EngineFailed)
        throw new Unavailable(error.message, { cause: error });
      throw error;
    }
  }

  #now(): number {
    return this.#options.surroundings.now();
  }

  /** An act has closed this gateway: its key enters nothing any more, so nothing may be answered. */
  #closed(): boolean {
    return this.register.gateways.get(this.#options.name)?.ended !== undefined;
  }

  #mustBeFresh(): void {
    if (this.#closed())
      throw new Unavailable(
        `Cannot answer: gateway ${this.#options.name} was closed by an act`,
      );
    if (this.#now() - this.#follower.verifiedAt > STALE_MS_MAX) {
      throw new Unavailable(
        "Cannot answer: the newest checkpoint of the register log could not be verified for 60 seconds",
      );
    }
  }

  #admit(
    request: Request,
    organisation: string | undefined,
  ): OpenAdmission | PermitAdmission | Refusal {
    return admit(
      this.register,
      request,
      organisation,
      this.#now(),
      (permit) => this.#spent.get(permit) ?? { calls: 0, steps: 0 },
    );
  }

  async #decline(
    refusal: Refusal,
    organisation: string | undefined,
  ): Promise<Declined> {
    const { dataset, findings } = refusal;
    if (!this.register.datasets.has(dataset)) return refusal;
    const log = await this.#logFor("minute");
    log.refuse(
      organisation,
      dataset,
      findings[0]?.rule ?? "I2",
      this.#block(log, 0),
    );
    return refusal;
  }

  async #answerOpen(
    { plan }: Request,
    admission: OpenAdmission,
    text: string,
  ): Promise<Answered> {
    const log = await this.#logFor("minute");
    const slot = this.#block(log, admission.basis);
    const { synced, raw, leaf } = await log.open(
      plan.dataset,
      plan.form,
      slot,
      Buffer.byteLength(text),
      this.register,
    );
    return {
      outcome: "answered",
      text,
      receipt: this.#receiptsOf(log)(synced, raw),
      leaf,
      charge: 0,
      price: undefined,
      permit: undefined,
    };
  }

  async #answerUse(
    request: Request,
    admission: PermitAdmission,
    answer: EngineAnswer,
    text: string,
    organisation: string,
  ): Promise<Answered> {
    const { surroundings, sealKey } = this.#options;
    const { permit, product, price, slotName } = admission;
    const log = this.#logs.get(slotName);
    if (log === undefined)
      throw new Unavailable(
        `Cannot answer: the usage log of the ${slotName} is being changed; ask again`,
      );
    const slot = this.#block(log, admission.basis);
    const rows = answer.kind === "rows" ? answer.rows.length : 1;
    const bytes = Buffer.from(text);
    const units = unitsOf(product, rows, bytes.length, BYTES_PER_STEP);
    const vintage = this.register.vintages.get(request.plan.dataset)?.vintage
      .vintage;
    const opening: Opening = {
      nonce: surroundings.random(32),
      content: privatePartBytes({
        at: this.#now(),
        organisation,
        plan: request.plan,
        rows,
        bytes: bytes.length,
        answer: toBase64url(primitives.sha256(bytes)),
        subjects: [...answer.subjects],
        ...(vintage === undefined ? {} : { vintage }),
        ...(request.case === undefined ? {} : { case: request.case }),
      }),
    };
    const fee = price.fee?.act;
    const use: Use = {
      v: 1,
      kind: "use",
      permit: permit.act.permit,
      operation: request.plan.form,
      fields: admission.fields.toString(16),
      where: admission.where.toString(16),
      slot,
      units,
      subjects: sizeClass(answer.subjects.length),
      ...(fee === undefined ? {} : { fee: fee.fee }),
      charge: charge(units, fee),
      state: "whole",
      private: commitmentOf(primitives, opening),
    };
    const raw = Buffer.from(writeUse(use));
    const leaf = leafHash(primitives, raw);
    const sealed = seal(sealKey, concatBytes(opening.nonce, opening.content));
    this.#spend(permit.act.permit, units);
    const synced = await log.add(
      use,
      raw,
      this.register,
      openingRecord({ leaf, log: log.origin, slot, sealed }),
    );
    const receipt = this.#receiptsOf(log)(synced, raw, { opening });
    return {
      outcome: "answered",
      text,
      receipt,
      leaf: toBase64url(leaf),
      charge: use.charge,
      price,
      permit: use.permit,
    };
  }

  /**
   * The slot of the open block, begun where needed: in a new slot, or when the admission rests on an entry that lies behind
   * the anchor of the block. Whatever was ended or narrowed has cut the block before, so an older anchor decides the same.
   */
  #block(log: UsageLog, basis: number): number {
    const slot = slotOf(this.#now(), log.slotLength);
    const anchored = log.anchorFor(slot);
    if (anchored === undefined || basis >= anchored)
      log.begin(slot, this.#follower.followed);
    return slot;
  }

  #spend(
    permit: string,
    units: { readonly calls: number; readonly steps: number },
  ): void {
    const spent = this.#spent.get(permit) ?? { calls: 0, steps: 0 };
    this.#spent.set(permit, {
      calls: spent.calls + units.calls,
      steps: spent.steps + units.steps,
    });
  }

  #token(permit: string, value: string): string {
    return createHmac("sha256", this.#options.sealKey)
      .update(`vitrine-token-v1\n${permit}\n${value}`)
      .digest("base64url")
      .slice(0, 22);
  }

  #receiptsOf(log: UsageLog): MakeReceipt {
    const known =
      this.#receipts.get(log.origin) ??
      receiptsOf(
        primitives,
        log.origin,
        this.#options.key.publicKey,
        this.#options.key.sign,
      );
    this.#receipts.set(log.origin, known);
    return known;
  }

  /** The log of this quarter; a new one is entered with its head before anything stands in it. */
  async #logFor(slotName: SlotName): Promise<UsageLog> {
    const quarter = quarterOf(slotOf(this.#now(), SLOT[slotName]));
    const open = this.#logs.get(slotName);
    if (open?.quarter === quarter) return open;
    const opening =
      this.#opening.get(slotName) ??
      this.#openLog(slotName, quarter).finally(() =>
        this.#opening.delete(slotName),
      );
    this.#opening.set(slotName, opening);
    return opening;
  }

  async #openLog(slotName: SlotName, quarter: string): Promise<UsageLog> {
    const before = this.#logs.get(slotName);
    if (before !== undefined) await this.#closeLog(before);
    const log = await this.#reopen(slotName, quarter);
    this.#block(log, 0);
    await this.#enterHeads([log.head()]);
    return log;
  }

  async #reopen(slotName: SlotName, quarter: string): Promise<UsageLog> {
    const { sql, folder, origin, name, key } = this.#options;
    const place = {
      folder,
      office: officeOf(origin),
      gateway: name,
      slotName,
      quarter,
    };
    const log = await UsageLog.open(
      sql,
      place,
      key,
      this.#openings,
      this.#now(),
      this.register,
    );
    for (const row of log.totals.values()) this.#spend(row.permit, row);
    this.#logs.set(slotName, log);
    return log;
  }

  /** The quarter is over: the last slot ends, everything is public, totals and the closing head are entered. */
  async #closeLog(log: UsageLog): Promise<void> {
    if (this.#logs.get(log.slotName) !== log) return;
    this.#logs.delete(log.slotName);
    log.endSlot();
    await log.publish(Math.max(this.#now(), log.span.to));
    const rows = totalsRows(log.totals);
    for (let at = 0; at < rows.length; at += TOTALS_ROWS) {
      await this.#options.enter({
        kind: "totals",
        log: log.origin,
        rows: rows.slice(at, at + TOTALS_ROWS),
      });
    }
    await this.#options.enter(log.head(true));
    await log.close();
  }

  async #enterHeads(heads: readonly LogRecord[]): Promise<void> {
    for (const head of heads) {
      if (head.kind !== "head") continue;
      for (const log of this.#logs.values()) {
        if (log.origin !== head.log) continue;
        // A head promises what is durable.
        await log.drained();
        log.headed = head.size;
      }
      await this.#options.enter(head);
    }
  }
}

const TOTALS_ROWS = 200;

/** An opening as it is sealed: 32 bytes of nonce, then the private part. */
function contentOf(opened: Uint8Array): Uint8Array {
  return opened.subarray(32);
}
