import type { LogRecord } from "../acts/record.ts";
import { type ReadRegister, type TotalsRow } from "../register/register.ts";
import { officeOf } from "../register/founding.ts";
import { noteCopied } from "../store/copied.ts";
import { primitives } from "../store/crypto.ts";
import { eachOpeningSince } from "../store/database.ts";
import { inTurn } from "../store/in-turn.ts";
import { OpeningsFile, unseal } from "../store/openings.ts";
import type {
  OpenAdmission,
  PermitAdmission,
  Refusal,
  Spent,
} from "../uses/admit.ts";
import { givenOf } from "../uses/make-use.ts";
import { mustBeWhole, type Plan, type Request } from "../uses/plan.ts";
import { SLOT, slotOf } from "../uses/use.ts";
import { answerText, concernedBy, tokensOf } from "./answer.ts";
import { Desk, type Entered, type GatewayOptions, leafOf } from "./desk.ts";
import type { Held } from "./lease-line.ts";
import { type How, knownOf, sameRows } from "./how.ts";
import { tokensIn } from "./citizen/subject-tokens.ts";
import { Files } from "./file.ts";
import { BulkFiles } from "./forms/file.ts";
import { ReceiptShelf } from "./receipt-shelf.ts";
import { datasetOf, type Ran, retireOld, rowsIn, runPlan } from "./run-plan.ts";
import { settleBroken } from "./settling.ts";
import { NotEntered, Unavailable } from "./unavailable.ts";
import { useOf } from "./use-of.ts";

/** An answer as it leaves: its text, the receipt of its entry, and what it costs. */
export type Answered = Entered & {
  readonly outcome: "answered";
  readonly text: string;
};
export type Declined = Refusal;

const HOUR = 3_600_000;
/** What files that were made for permits may take of the disk, where nothing else is said. */
export const FILES_BYTES_MAX = 4 * 1024 ** 3;
/** As often a plan is run again because another permit, which reaches other rows, stands behind it when it was run. */
const TRIES_MAX = 3;

/** The way of a request, and the one exit for data: admit, run, price, record, answer. Owns its usage logs. */
export class Gateway {
  readonly desk: Desk;
  readonly openings: OpeningsFile;
  readonly files: Files;
  /** Receipts of what was streamed. */
  readonly shelf: ReceiptShelf;
  readonly #bulk: BulkFiles;
  #headHour = 0;
  /** What a granted act that ended or narrowed something still demands: its blocks to be cut, then the heads. */
  #owed: "cut" | "heads" | "nothing" = "nothing";

  private constructor(
    options: GatewayOptions,
    openings: OpeningsFile,
    bulk: BulkFiles,
  ) {
    this.openings = openings;
    this.desk = new Desk(options, openings);
    this.#bulk = bulk;
    this.files = new Files(this.desk, bulk);
    this.shelf = new ReceiptShelf(options.sql, options.sealKey, () =>
      this.desk.now(),
    );
  }

  /** Follows the register, reopens its logs where they ended and enters their heads before it serves anything. */
  static async open(options: GatewayOptions): Promise<Gateway> {
    const { folder, sql, sealKey } = options;
    const openings = await OpeningsFile.open(
      `${folder}/journal/${options.name}.openings`,
      sql,
      tokensIn(sealKey),
    );
    const bulk = await BulkFiles.open(
      `${folder}/files/${options.name}`,
      options.filesBytesMax ?? FILES_BYTES_MAX,
    );
    const gateway = new Gateway(options, openings, bulk);
    const { desk } = gateway;
    const { logs, limits } = desk;
    await desk.follower.follow(desk.now(), () => undefined);
    await logs.reopen();
    await openings.forgetUnentered(logs.all.map(({ origin }) => origin));
    if (logs.hasLeft) desk.isLeaving = true;
    // What was open counts with its upper limits until it is settled.
    for (const row of logs.ownTotals) desk.spending.add(row.permit, row);
    if (!desk.isSilent) {
      // Whatever was ended or narrowed while nobody followed: blocks are cut and heads entered before anything is served.
      logs.cut(desk.now());
      settleBroken(desk);
      await logs.enterHeads("all");
    }
    const now = desk.now();
    const day = limits.dayStart(now);
    await eachOpeningSince(sql, day - HOUR, ({ sealed }) =>
      // As it was sealed: 32 bytes of nonce, then the private part.
      limits.recall(unseal(sealKey, sealed).subarray(32), now),
    );
    await desk.together.begin();
    await gateway.#noteCopied(now, false);
    await gateway.tick();
    return gateway;
  }

  get register(): ReadRegister {
    return this.desk.register;
  }

  get spent(): ReadonlyMap<string, Spent> {
    return this.desk.spending.all;
  }

  /** What all uses add up to, by permit, month and fee: closed logs as entered, open logs as counted. */
  totals(): readonly TotalsRow[] {
    return [...this.#closedTotals, ...this.desk.logs.totals];
  }

  /** What the uses add up to that are public: what pages say must tell no more than the logs do. */
  shownTotals(): readonly TotalsRow[] {
    return [...this.#closedTotals, ...this.desk.logs.shownTotals];
  }

  get #closedTotals(): readonly TotalsRow[] {
    const { closedTotals, heads } = this.register;
    return [...closedTotals]
      .filter(([log]) => heads.get(log)?.head.closed === true)
      .flatMap(([, rows]) => rows);
  }

  /** Fetches and verifies the newest checkpoint; an act that ended or narrowed something cuts every block at once. */
  async follow(): Promise<void> {
    const { follower, logs, options } = this.desk;
    await follower.follow(this.desk.now(), () => {
      this.#owed = "cut";
      this.#cut();
    });
    this.#cut();
    if (this.#owed === "heads") await this.#dropFiles();
    retireOld(options.engine, this.register);
    if (this.#owed !== "heads" || this.desk.isSilent) return;
    await logs.enterHeads("all");
    this.#owed = "nothing";
  }

  /** Asks for an organisation, or for nobody in particular (open data), for an answer that is made whole before it leaves. */
  async ask(
    request: Request,
    organisation: string | undefined,
    how: How = {},
  ): Promise<Answered | Declined> {
    const { plan } = request;
    mustBeWhole(plan);
    const { desk } = this;
    desk.mustServe();
    const known = knownOf(how);
    let isCounted = false;
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const reserved = await desk.reserve(request, organisation, known);
      if (reserved.outcome === "refused")
        return desk.decline(reserved, organisation);
      const { admission: first, held } = reserved;
      try {
        const limited = isCounted
          ? undefined
          : await this.#limited(first, plan, organisation);
        if (limited !== undefined)
          return await desk.decline(limited, organisation);
        isCounted = true;
        const ran = await this.#run(plan, first, organisation);
        await desk.logs.prepare(
          first.outcome === "open" ? "minute" : first.slotName,
        );
        // The register may have moved on while the engine ran: what counts is the one moment at which the use is entered.
        const now = desk.now();
        desk.mustServe();
        const again = desk.admitReserved(
          ...([request, organisation, now, known, reserved] as const),
        );
        if (again.outcome !== "refused" && sameRows(first, again))
          return await this.#answer(
            ...([request, again, ran, plan, how, now, held] as const),
          );
      } finally {
        held.release();
      }
    }
    throw new Unavailable(
      "Cannot answer: permits changed while the plan ran; ask again",
    );
  }

  /** Every second or so: slots that are over, heads that are due, what is due in public, openings to copy. */
  async tick(): Promise<void> {
    await this.desk.outage.watch(this.desk.now(), () => this.#doWhatIsDue());
  }

  async #doWhatIsDue(): Promise<void> {
    const { desk } = this;
    const { logs } = desk;
    if (desk.isSilent) await logs.publishOnly();
    else {
      logs.endSlots();
      const hour = slotOf(desk.now(), HOUR);
      if (hour > this.#headHour) {
        await logs.enterHeads("grown");
        this.#headHour = hour;
      }
      await logs.publish();
    }
    const before = desk.latest;
    await inTurn(
      async () => {
        await this.openings.copy();
        // The office asks only others for this, whose openings file it cannot see.
        if (!desk.leases.isAlone) await this.#noteCopied(before, false);
      },
      () => this.shelf.tick(),
      () => desk.together.look(),
    );
  }

  /**
   * An act is about to close this gateway. Its key enters nothing behind that act, so nothing is answered any more; gives
   * the totals and closing heads of its logs, which stand directly before the act.
   */
  async leave(): Promise<readonly LogRecord[]> {
    this.desk.isLeaving = true;
    try {
      return await this.desk.logs.leave();
    } catch (error) {
      this.stay();
      throw error;
    }
  }

  /** The act was not entered: the gateway answers again in the next slot, since what it opened in this one was counted. */
  stay(): void {
    this.desk.isLeaving = false;
    this.desk.endedSlot = slotOf(this.desk.latest, SLOT.minute);
  }

  async close(): Promise<void> {
    const { logs, leases, leaving } = this.desk;
    this.desk.isStopped = true;
    // What still leaves is cut short, and charged as far as it went.
    for (const log of logs.all) leaving.endAll(log);
    await inTurn(
      () => logs.stop(),
      () => this.openings.close(),
      // With the database away it may have copied not all, and says nothing.
      () =>
        this.openings.waiting > 0
          ? undefined
          : this.#noteCopied(this.desk.latest, true).catch(() => undefined),
      // With the database away its parts stay leased until the next start.
      () => leases.close().catch(() => undefined),
    );
  }

  #noteCopied(at: number, isWhole: boolean): Promise<void> {
    const { sql, origin, name } = this.desk.options;
    return noteCopied(sql, officeOf(origin), name, { at, isWhole });
  }

  #cut(): void {
    if (this.#owed !== "cut" || this.desk.isSilent) return;
    this.desk.logs.cut(this.desk.latest);
    this.#owed = "heads";
  }

  /** Files of permits that have ended do not lie about. */
  #dropFiles(): Promise<void> {
    return this.#bulk.drop(
      ({ permit }) =>
        permit !== undefined &&
        this.register.permits.get(permit)?.ended !== undefined,
    );
  }

  /** Answers are few, for each asker and about each person. */
  async #limited(
    admission: OpenAdmission | PermitAdmission,
    plan: Plan,
    organisation: string | undefined,
  ): Promise<Refusal | undefined> {
    if (admission.outcome === "open" || plan.form !== "answer")
      return undefined;
    const { product } = admission;
    const { desk } = this;
    // What does not fit the fields is no question about anybody.
    datasetOf(this.register, plan);
    const findings = await desk.together.takeAnswer(
      ...([product, organisation ?? "", plan, desk.now()] as const),
    );
    return findings.length === 0
      ? undefined
      : {
          outcome: "refused",
          findings,
          product: product.product,
          dataset: plan.dataset,
        };
  }

  #run(
    plan: Plan,
    admission: OpenAdmission | PermitAdmission,
    organisation: string | undefined,
  ): Promise<Ran> {
    datasetOf(this.register, plan);
    return runPlan(this.desk, plan, admission, organisation);
  }

  async #answer(
    request: Request,
    admission: OpenAdmission | PermitAdmission,
    ran: Ran,
    plan: Plan,
    how: How,
    now: number,
    held: Held,
  ): Promise<Answered> {
    const { desk } = this;
    const { answer, vintage } = ran;
    const dataset = datasetOf(this.register, plan);
    const cursor = ran.cursorFor(admission);
    if (admission.outcome === "open") {
      const text = answerText(answer, dataset, cursor);
      const form = plan.form === "aggregate" ? "aggregate" : "records";
      const entered = await desk.enterOpen(
        ...([plan.dataset, form, admission.basis, now] as const),
        Buffer.byteLength(text),
      );
      return { outcome: "answered", text, ...entered };
    }
    // Another permit than before may stand behind it now, and tokens and cursor are those of the permit that is entered.
    const { permit, price } = admission;
    const token = tokensOf(desk.options.sealKey, permit.act.permit);
    const text = answerText(answer, dataset, cursor, token);
    const { use, opening, log, slot, named } = useOf(desk, request, admission, {
      given: givenOf(primitives, Buffer.from(text), rowsIn(answer)),
      subjects: concernedBy(answer.subjects, plan, dataset),
      ...{ vintage, how, now },
    });
    if (how.intend !== undefined) {
      await how.intend({ leaf: leafOf(use), log: log.origin, slot });
      this.#mustStillStand(request, admission, slot);
    }
    desk.spend(permit.act.permit, use.units, held);
    const { receipt, leaf } = await desk.enterSealed(
      ...([log, slot, use, opening, named] as const),
    );
    const { charge } = use;
    return {
      ...{ outcome: "answered", text, receipt, leaf, charge, price },
      permit: use.permit,
    };
  }

  /** The database was asked between the admission and the entry: what was admitted then must be so still. */
  #mustStillStand(
    request: Request,
    { permit, price, slotName, basis }: PermitAdmission,
    slot: number,
  ): void {
    const { desk } = this;
    const isSame = (): boolean => {
      desk.mustServe();
      const now = desk.now();
      const again = desk.admit(
        ...([request, permit.act.organisation, now] as const),
        { permit: permit.act.permit },
      );
      return (
        again.outcome === "admitted" &&
        again.price.fee?.act.fee === price.fee?.act.fee &&
        again.price.because === price.because &&
        desk.logs.block(slotName, basis, now).slot === slot
      );
    };
    const why =
      "Cannot answer: what was admitted changed before it was entered; ask again in a moment";
    try {
      if (isSame()) return;
    } catch (cause) {
      if (cause instanceof Unavailable) throw new NotEntered(why, { cause });
      throw cause;
    }
    throw new NotEntered(why);
  }
}
