import { createHmac } from "node:crypto";
import { concatBytes, toBase64url } from "../acts/bytes.ts";
import type { Finding } from "../acts/entry.ts";
import type { DuckdbEngine, EngineAnswer } from "../engine/duckdb.ts";
import { EngineFailed } from "../engine/failed.ts";
import { leafHash } from "../log/hash.ts";
import { type ReadRegister, type TotalsRow } from "../register/register.ts";
import { breach } from "../rules/findings.ts";
import { primitives } from "../store/crypto.ts";
import { openingsSince } from "../store/database.ts";
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
import { type MakeReceipt, receiptsOf } from "../uses/make-receipt.ts";
import type { Receipt } from "../uses/receipt.ts";
import { answerText } from "./answer.ts";
import { Follower, type RegisterFeed } from "./follow.ts";
import { AnswerLimits } from "./limits.ts";
import type { UsageLog } from "./usage-log.ts";
import { UsageLogs, type UsageLogsOptions } from "./usage-logs.ts";

export type GatewayOptions = UsageLogsOptions & {
  /** Seals openings, and makes the tokens that stand for identifiers. */
  readonly sealKey: Uint8Array;
  readonly engine: DuckdbEngine;
  readonly feed: RegisterFeed;
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
  readonly #logs: UsageLogs;
  readonly #receipts = new Map<string, MakeReceipt>();
  readonly #spent = new Map<string, { calls: number; steps: number }>();

  private constructor(options: GatewayOptions, openings: OpeningsFile) {
    this.#options = options;
    this.#openings = openings;
    this.#follower = new Follower(options.feed, options.origin);
    this.#logs = new UsageLogs(
      options,
      openings,
      () => this.#follower.register,
      () => this.#follower.followed,
    );
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
    await gateway.#logs.reopenAll();
    for (const row of gateway.totals()) gateway.#spend(row.permit, row);
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
      ...this.#logs.totals(),
    ];
  }

  /** Fetches and verifies the newest checkpoint; an act that ended or narrowed something cuts every block at once. */
  async follow(): Promise<void> {
    const narrowed = await this.#follower.follow(this.#now());
    if (narrowed && !this.#closed()) await this.#logs.cut();
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
    await this.#logs.current(
      first.outcome === "open" ? "minute" : first.slotName,
    );
    // The register may have moved on while the engine ran: what counts is the moment at which the use is entered.
    const again = this.#admit(request, organisation);
    if (again.outcome === "refused") return this.#decline(again, organisation);
    return again.outcome === "open"
      ? this.#answerOpen(request, again, text)
      : this.#answerUse(request, again, answer, text, organisation ?? "");
  }

  /** Every second or so: what is due in the logs, and openings to copy. */
  async tick(): Promise<void> {
    if (this.#closed()) return;
    await this.#logs.tick();
    await this.#openings.copy();
  }

  async close(): Promise<void> {
    await this.#logs.close();
    await this.#openings.close();
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
    const log = await this.#logs.current("minute");
    log.refuse(
      organisation,
      dataset,
      findings[0]?.rule ?? "I2",
      this.#logs.block(log, 0),
    );
    return refusal;
  }

  async #answerOpen(
    { plan }: Request,
    admission: OpenAdmission,
    text: string,
  ): Promise<Answered> {
    const log = await this.#logs.current("minute");
    const slot = this.#logs.block(log, admission.basis);
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
    const { permit, price, slotName } = admission;
    const log = this.#logs.at(slotName);
    if (log === undefined)
      throw new Unavailable(
        `Cannot answer: the usage log of the ${slotName} is being changed; ask again`,
      );
    const slot = this.#logs.block(log, admission.basis);
    const { vintages } = this.register;
    const { use, opening } = makeUse(
      primitives,
      request,
      admission,
      {
        organisation,
        at: this.#now(),
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
}

/** An opening as it is sealed: 32 bytes of nonce, then the private part. */
function contentOf(opened: Uint8Array): Uint8Array {
  return opened.subarray(32);
}
