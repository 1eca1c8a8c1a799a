import { concatBytes, toBase64url } from "../acts/bytes.ts";
import type { LogRecord } from "../acts/record.ts";
import type { DuckdbEngine } from "../engine/duckdb.ts";
import { leafHash } from "../log/hash.ts";
import {
  isPersonal,
  type ReadRegister,
  type TotalsRow,
} from "../register/register.ts";
import { primitives } from "../store/crypto.ts";
import { openingsSince } from "../store/database.ts";
import { inTurn } from "../store/in-turn.ts";
import type { Surroundings } from "../store/surroundings.ts";
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
  slotNameOf,
  type Spent,
} from "../uses/admit.ts";
import { writeUse } from "../uses/codec.ts";
import { makeUse } from "../uses/make-use.ts";
import { mustBeWhole, type Request } from "../uses/plan.ts";
import type { Price } from "../uses/price.ts";
import type { Receipt } from "../uses/receipt.ts";
import { SLOT, slotOf } from "../uses/use.ts";
import { answerText, tokensOf } from "./answer.ts";
import { Follower, type RegisterFeed } from "./follow.ts";
import { AnswerLimits } from "./limits.ts";
import { Outage } from "./outage.ts";
import { datasetOf, type Ran, retireOld, runPlan } from "./run-plan.ts";
import { Spending } from "./spending.ts";
import { Unavailable } from "./unavailable.ts";
import { UsageLogs, type UsageLogsOptions } from "./usage-logs.ts";

export type GatewayOptions = UsageLogsOptions & {
  /** Seals openings, and makes the tokens that stand for identifiers. */
  readonly sealKey: Uint8Array;
  readonly engine: DuckdbEngine;
  readonly feed: RegisterFeed;
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
export type Declined = Refusal;

const STALE_MS_MAX = 60_000;
const HOUR = 3_600_000;

/** The way of a request, and the one exit for data: admit, run, price, record, answer. Owns its usage logs. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #follower: Follower;
  readonly openings: OpeningsFile;
  readonly #limits: AnswerLimits;
  readonly #logs: UsageLogs;
  readonly #spending = new Spending();
  readonly #outage = new Outage();
  #headHour = 0;
  /** What a granted act that ended or narrowed something still demands: its blocks to be cut, then the heads. */
  #owed: "cut" | "heads" | "nothing" = "nothing";
  #latest = 0;
  /** An act is about to close the gateway: nothing is answered or entered. */
  #isLeaving = false;
  /** In this slot nothing is answered: it was ended before its time. */
  #endedSlot = -1;
  #isStopped = false;

  private constructor(options: GatewayOptions, openings: OpeningsFile) {
    this.#options = options;
    this.openings = openings;
    this.#follower = new Follower(options.feed, options.origin);
    this.#limits = new AnswerLimits(
      () => this.#follower.register.offsetMinutes,
    );
    this.#logs = new UsageLogs(
      ...([options, openings, this.#follower] as const),
      () => this.#now(),
      () => this.#isLeaving,
    );
  }

  /** Follows the register, reopens its logs where they ended and enters their heads before it serves anything. */
  static async open(options: GatewayOptions): Promise<Gateway> {
    const { folder, sql, sealKey } = options;
    const gateway = new Gateway(
      options,
      await OpeningsFile.open(
        `${folder}/journal/${options.name}.openings`,
        sql,
      ),
    );
    const logs = gateway.#logs;
    await gateway.#follower.follow(gateway.#now(), () => undefined);
    await logs.reopen();
    for (const row of gateway.totals()) gateway.#spending.add(row.permit, row);
    if (!gateway.#isClosed()) {
      // Whatever was ended or narrowed while nobody followed: blocks are cut and heads entered before anything is served.
      logs.cut(gateway.#now());
      await logs.enterHeads("all");
    }
    const now = gateway.#now();
    const day = gateway.#limits.dayStart(now);
    for (const { sealed } of await openingsSince(sql, day - HOUR))
      // As it was sealed: 32 bytes of nonce, then the private part.
      gateway.#limits.recall(unseal(sealKey, sealed).subarray(32), now);
    await gateway.tick();
    return gateway;
  }

  get register(): ReadRegister {
    return this.#follower.register;
  }

  get spent(): ReadonlyMap<string, Spent> {
    return this.#spending.all;
  }

  /** What all uses add up to, by permit, month and fee: closed logs as entered, open logs as counted. */
  totals(): readonly TotalsRow[] {
    const { closedTotals, heads } = this.register;
    const closed = [...closedTotals].filter(
      ([log]) => heads.get(log)?.head.closed === true,
    );
    return [...closed.flatMap(([, rows]) => rows), ...this.#logs.totals];
  }

  /** Fetches and verifies the newest checkpoint; an act that ended or narrowed something cuts every block at once. */
  async follow(): Promise<void> {
    await this.#follower.follow(this.#now(), () => {
      this.#owed = "cut";
      this.#cut();
    });
    this.#cut();
    retireOld(this.#options.engine, this.register);
    if (this.#owed !== "heads" || this.#isSilent) return;
    await this.#logs.enterHeads("all");
    this.#owed = "nothing";
  }

  /** Asks for an organisation, or for nobody in particular (open data). */
  async ask(
    request: Request,
    organisation: string | undefined,
  ): Promise<Answered | Declined> {
    mustBeWhole(request.plan);
    this.#mustServe();
    const first = this.#admit(request, organisation, this.#now());
    if (first.outcome === "refused") return this.#decline(first, organisation);
    const dataset = datasetOf(this.register, request.plan);
    if (first.outcome === "admitted" && request.plan.form === "answer") {
      const { product } = first.product;
      const findings = this.#limits.take(
        ...([first.product, organisation ?? "", request.plan] as const),
        this.#now(),
      );
      if (findings.length > 0)
        return this.#decline(
          { outcome: "refused", findings, product, dataset: dataset.dataset },
          organisation,
        );
    }
    const { engine, sealKey } = this.#options;
    const ran = await runPlan(
      ...([engine, sealKey, this.register, request.plan] as const),
      first,
    );
    await this.#logs.prepare(
      first.outcome === "open" ? "minute" : first.slotName,
    );
    // The register may have moved on while the engine ran: what counts is the one moment at which the use is entered.
    const now = this.#now();
    this.#mustServe();
    const again = this.#admit(request, organisation, now);
    if (again.outcome === "refused") return this.#decline(again, organisation);
    // Another permit than before may stand behind it now, and tokens and cursor are those of the permit that is entered.
    const { answer } = ran;
    const cursor = ran.cursorFor(again);
    if (again.outcome === "open") {
      const text = answerText(answer, dataset, cursor);
      return this.#answerOpen(request, again, text, now);
    }
    const token = tokensOf(sealKey, again.permit.act.permit);
    const text = answerText(answer, dataset, cursor, token);
    return this.#answerUse(request, again, ran, text, token, now);
  }

  /** Every second or so: slots that are over, heads that are due, what is due in public, openings to copy. */
  async tick(): Promise<void> {
    await this.#outage.watch(this.#now(), () => this.#doWhatIsDue());
  }

  async #doWhatIsDue(): Promise<void> {
    if (this.#isSilent) await this.#logs.publishOnly();
    else {
      this.#logs.endSlots();
      const hour = slotOf(this.#now(), HOUR);
      if (hour > this.#headHour) {
        await this.#logs.enterHeads("grown");
        this.#headHour = hour;
      }
      await this.#logs.publish();
    }
    await this.openings.copy();
  }

  /**
   * An act is about to close this gateway. Its key enters nothing behind that act, so nothing is answered any more; gives
   * the totals and closing heads of its logs, which stand directly before the act.
   */
  async leave(): Promise<readonly LogRecord[]> {
    this.#isLeaving = true;
    try {
      return await this.#logs.leave();
    } catch (error) {
      this.stay();
      throw error;
    }
  }

  /** The act was not entered: the gateway answers again in the next slot, since what it opened in this one was counted. */
  stay(): void {
    this.#isLeaving = false;
    this.#endedSlot = slotOf(this.#latest, SLOT.minute);
  }

  async close(): Promise<void> {
    this.#isStopped = true;
    await inTurn(
      () => this.#logs.stop(),
      () => this.openings.close(),
    );
  }

  /** Slots never fall: a clock that was set back is in doubt, and nothing is answered until it has caught up. */
  #now(): number {
    const now = this.#options.surroundings.now();
    if (now < this.#latest)
      throw new Unavailable(
        `Cannot answer: the clock fell from ${this.#latest} to ${now}`,
      );
    this.#latest = now;
    return now;
  }

  /** An act has closed this gateway: its key enters nothing any more, so nothing may be answered. */
  #isClosed(): boolean {
    return this.register.gateways.get(this.#options.name)?.ended !== undefined;
  }

  /** Nothing may be entered by this gateway. */
  get #isSilent(): boolean {
    return this.#isClosed() || this.#isLeaving;
  }

  #cut(): void {
    if (this.#owed !== "cut" || this.#isSilent) return;
    this.#logs.cut(this.#latest);
    this.#owed = "heads";
  }

  #mustServe(): void {
    const { name } = this.#options;
    if (this.#isStopped)
      throw new Unavailable("Cannot answer: the office is being stopped");
    if (this.#isClosed())
      throw new Unavailable(
        `Cannot answer: gateway ${name} was closed by an act`,
      );
    const slot = slotOf(this.#now(), SLOT.minute);
    if (this.#isLeaving || slot <= this.#endedSlot)
      throw new Unavailable(
        `Cannot answer: gateway ${name} is being closed by an act`,
      );
    if (this.#now() - this.#follower.verifiedAt > STALE_MS_MAX) {
      throw new Unavailable(
        "Cannot answer: the newest checkpoint of the register log could not be verified for 60 seconds",
      );
    }
    this.#outage.mustNotLast(this.#latest);
  }

  #admit(
    request: Request,
    organisation: string | undefined,
    now: number,
  ): OpenAdmission | PermitAdmission | Refusal {
    return admit(this.register, request, organisation, now, (permit) =>
      this.#spending.of(permit),
    );
  }

  async #decline(
    refusal: Refusal,
    organisation: string | undefined,
  ): Promise<Declined> {
    const { dataset, findings } = refusal;
    const registered = this.register.datasets.get(dataset)?.act;
    if (registered === undefined) return refusal;
    // When somebody asked about persons and was refused is not told to the minute either.
    const slotName = slotNameOf(isPersonal(registered));
    await this.#logs.prepare(slotName);
    this.#mustServe();
    const { log } = this.#logs.block(slotName, 0, this.#now());
    log.refuse(organisation, dataset, findings[0]?.rule ?? "I2");
    return refusal;
  }

  async #answerOpen(
    { plan }: Request,
    admission: OpenAdmission,
    text: string,
    now: number,
  ): Promise<Answered> {
    const { log, slot } = this.#logs.block("minute", admission.basis, now);
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
      receipt: log.receipt(synced, raw),
      leaf,
      charge: 0,
      price: undefined,
      permit: undefined,
    };
  }

  async #answerUse(
    request: Request,
    admission: PermitAdmission,
    { answer, vintage }: Ran,
    text: string,
    token: (value: string) => string,
    now: number,
  ): Promise<Answered> {
    const { surroundings, sealKey } = this.#options;
    const { permit, price, slotName, basis } = admission;
    const { log, slot } = this.#logs.block(slotName, basis, now);
    const { use, opening } = makeUse(
      primitives,
      request,
      admission,
      {
        organisation: permit.act.organisation,
        at: now,
        bytes: Buffer.from(text),
        rows: answer.kind === "rows" ? answer.rows.length : 1,
        subjects: answer.subjects.map(token),
        vintage: vintage.vintage,
      },
      slot,
      surroundings.random(32),
    );
    const raw = Buffer.from(writeUse(use));
    const leaf = leafHash(primitives, raw);
    const sealed = seal(sealKey, concatBytes(opening.nonce, opening.content));
    this.#spending.add(permit.act.permit, use.units);
    const record = openingRecord({ leaf, log: log.origin, slot, sealed });
    const synced = await log.add(use, raw, this.register, record);
    const receipt = log.receipt(synced, raw, { opening });
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
}
