import { concatBytes, toBase64url } from "../acts/bytes.ts";
import type { Finding } from "../acts/entry.ts";
import type { DuckdbEngine, EngineAnswer } from "../engine/duckdb.ts";
import { EngineFailed } from "../engine/failed.ts";
import { leafHash } from "../log/hash.ts";
import type { ReadRegister, TotalsRow } from "../register/register.ts";
import { breach } from "../rules/findings.ts";
import { primitives } from "../store/crypto.ts";
import { openingsSince } from "../store/database.ts";
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
  type Spent,
} from "../uses/admit.ts";
import { writeUse } from "../uses/codec.ts";
import { makeUse } from "../uses/make-use.ts";
import { checkPlan } from "../uses/check-plan.ts";
import type { Plan, Request } from "../uses/plan.ts";
import type { Price } from "../uses/price.ts";
import type { Receipt } from "../uses/receipt.ts";
import { SLOT, slotOf } from "../uses/use.ts";
import { answerText, tokensOf } from "./answer.ts";
import { Follower, type RegisterFeed } from "./follow.ts";
import { AnswerLimits } from "./limits.ts";
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
export type Declined =
  | Refusal
  | {
      readonly outcome: "refused";
      readonly findings: readonly Finding[];
      readonly product: string;
      readonly dataset: string;
    };

const STALE_MS_MAX = 60_000;
const HOUR = 3_600_000;

/** The way of a request, and the one exit for data: admit, run, price, record, answer. Owns its usage logs. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #follower: Follower;
  readonly #openings: OpeningsFile;
  readonly #limits: AnswerLimits;
  readonly #logs: UsageLogs;
  readonly #spent = new Map<string, { calls: number; steps: number }>();
  #headHour = 0;
  /** A granted act has ended or narrowed something, and the heads that it demands were not entered yet. */
  #owesHeads = false;
  #latest = 0;
  /** In this slot nothing more is answered: an act is about to close the gateway. */
  #leaving = -1;
  #isStopped = false;

  private constructor(options: GatewayOptions, openings: OpeningsFile) {
    this.#options = options;
    this.#openings = openings;
    this.#follower = new Follower(options.feed, options.origin);
    this.#limits = new AnswerLimits(
      () => this.#follower.register.offsetMinutes,
    );
    this.#logs = new UsageLogs(options, openings, this.#follower, () =>
      this.#now(),
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
    for (const row of gateway.totals()) gateway.#spend(row.permit, row);
    if (!gateway.#isClosed()) {
      // Whatever was ended or narrowed while nobody followed: blocks are cut and heads entered before anything is served.
      logs.cut(gateway.#now());
      await logs.enterHeads("all");
    }
    const now = gateway.#now();
    const day = gateway.#limits.dayStart(now);
    for (const { sealed } of await openingsSince(sql, day - HOUR))
      gateway.#limits.recall(contentOf(unseal(sealKey, sealed)), now);
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
    const { closedTotals, heads } = this.register;
    const closed = [...closedTotals].filter(
      ([log]) => heads.get(log)?.head.closed === true,
    );
    return [...closed.flatMap(([, rows]) => rows), ...this.#logs.totals];
  }

  /** Fetches and verifies the newest checkpoint; an act that ended or narrowed something cuts every block at once. */
  async follow(): Promise<void> {
    await this.#follower.follow(this.#now(), () => {
      if (this.#isClosed()) return;
      this.#owesHeads = true;
      this.#logs.cut(this.#latest);
    });
    if (!this.#owesHeads) return;
    await this.#logs.enterHeads("all");
    this.#owesHeads = false;
  }

  /** Asks for an organisation, or for nobody in particular (open data). */
  async ask(
    request: Request,
    organisation: string | undefined,
  ): Promise<Answered | Declined> {
    this.#mustServe();
    const first = this.#admit(request, organisation, this.#now());
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
        : tokensOf(this.#options.sealKey, first.permit.act.permit),
    );
    await this.#logs.prepare(
      first.outcome === "open" ? "minute" : first.slotName,
    );
    // The register may have moved on while the engine ran: what counts is the one moment at which the use is entered.
    const now = this.#now();
    this.#mustServe();
    const again = this.#admit(request, organisation, now);
    if (again.outcome === "refused") return this.#decline(again, organisation);
    if (again.outcome === "open")
      return this.#answerOpen(request, again, text, now);
    const from = organisation ?? "";
    return this.#answerUse(request, again, answer, text, from, now);
  }

  /** Every second or so: slots that are over, heads that are due, what is due in public, openings to copy. */
  async tick(): Promise<void> {
    if (this.#isClosed()) await this.#logs.publishOnly();
    else {
      this.#logs.endSlots();
      const hour = slotOf(this.#now(), HOUR);
      if (hour > this.#headHour) {
        await this.#logs.enterHeads("grown");
        this.#headHour = hour;
      }
      await this.#logs.publish();
    }
    await this.#openings.copy();
  }

  /**
   * An act is about to close this gateway. Its key enters nothing behind that act, so its logs end here, with their heads;
   * where the act is not entered after all, the gateway answers again in the next slot.
   */
  async leave(): Promise<void> {
    this.#leaving = slotOf(this.#now(), SLOT.minute);
    this.#logs.endSlots(true);
    await this.#logs.enterHeads("all");
  }

  async close(): Promise<void> {
    this.#isStopped = true;
    await this.#logs.stop();
    await this.#openings.close();
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

  #mustServe(): void {
    const { name } = this.#options;
    if (this.#isStopped)
      throw new Unavailable("Cannot answer: the office is being stopped");
    if (this.#isClosed())
      throw new Unavailable(
        `Cannot answer: gateway ${name} was closed by an act`,
      );
    if (slotOf(this.#now(), SLOT.minute) <= this.#leaving)
      throw new Unavailable(
        `Cannot answer: gateway ${name} is being closed by an act`,
      );
    if (this.#now() - this.#follower.verifiedAt > STALE_MS_MAX) {
      throw new Unavailable(
        "Cannot answer: the newest checkpoint of the register log could not be verified for 60 seconds",
      );
    }
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

  #admit(
    request: Request,
    organisation: string | undefined,
    now: number,
  ): OpenAdmission | PermitAdmission | Refusal {
    return admit(
      this.register,
      request,
      organisation,
      now,
      (permit) => this.#spent.get(permit) ?? { calls: 0, steps: 0 },
    );
  }

  async #decline(
    refusal: Refusal,
    organisation: string | undefined,
  ): Promise<Declined> {
    const { dataset, findings } = refusal;
    if (!this.register.datasets.has(dataset)) return refusal;
    await this.#logs.prepare("minute");
    this.#mustServe();
    const { log } = this.#logs.block("minute", 0, this.#now());
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
    answer: EngineAnswer,
    text: string,
    organisation: string,
    now: number,
  ): Promise<Answered> {
    const { surroundings, sealKey } = this.#options;
    const { permit, price, slotName, basis } = admission;
    const { log, slot } = this.#logs.block(slotName, basis, now);
    const { vintages } = this.register;
    const { use, opening } = makeUse(
      primitives,
      request,
      admission,
      {
        organisation,
        at: now,
        bytes: Buffer.from(text),
        rows: answer.kind === "rows" ? answer.rows.length : 1,
        subjects: answer.subjects,
        vintage: vintages.get(request.plan.dataset)?.vintage.vintage,
      },
      slot,
      surroundings.random(32),
    );
    const raw = Buffer.from(writeUse(use));
    const leaf = leafHash(primitives, raw);
    const sealed = seal(sealKey, concatBytes(opening.nonce, opening.content));
    this.#spend(permit.act.permit, use.units);
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
}

/** An opening as it is sealed: 32 bytes of nonce, then the private part. */
function contentOf(opened: Uint8Array): Uint8Array {
  return opened.subarray(32);
}
