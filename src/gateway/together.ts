import type { Finding } from "../acts/entry.ts";
import {
  type Product,
  type ReadRegister,
  type TotalsRow,
} from "../register/register.ts";
import { officeOf } from "../register/founding.ts";
import { breach } from "../rules/findings.ts";
import {
  forgetAnswers,
  type LeaseHolder,
  settleClosed,
  standAlone,
  standTogether,
} from "../store/leases.ts";
import type { AnswerPlan } from "../uses/plan.ts";
import { strayKey } from "../uses/stray-key.ts";
import { readLogName } from "../uses/log-name.ts";
import type { Leases } from "./leases.ts";
import type { AnswerLimits } from "./limits.ts";
import { SharedAnswers } from "./shared-answers.ts";

/** What the gateway has that is shared where there are several. */
type Own = {
  readonly register: ReadRegister;
  readonly latest: number;
  readonly isSilent: boolean;
  readonly leases: Leases;
  readonly limits: AnswerLimits;
};

/** As often, in ticks, a gateway that is the only one in force asks whether it may count alone. */
const ALONE_EVERY = 60;

/**
 * Whether this gateway keeps quotas and limits in its own memory or together with others. Alone it is as fast as if there were no
 * database; it gives that up, in one transaction, as soon as it has followed an act that opened another gateway, and until then
 * the other one leases and counts nothing.
 */
export class Together {
  readonly #holder: LeaseHolder;
  readonly #own: Own;
  readonly #answers: SharedAnswers;
  readonly #settled = new Set<string>();
  /** The database does not know yet that this gateway stands with others. */
  #isOwed = false;
  #ticks = 0;
  #day = -1;

  constructor(holder: LeaseHolder, own: Own) {
    this.#holder = holder;
    this.#own = own;
    this.#answers = new SharedAnswers(holder);
  }

  /** Before anything is served: what its logs say it used is what it has leased. */
  async begin(): Promise<void> {
    if (this.#own.isSilent) return;
    await this.#settleClosed();
    if (this.#others().length > 0 || !(await this.#tryAlone()))
      await this.#join();
  }

  /** Every second or so. */
  async look(): Promise<void> {
    const { leases, isSilent } = this.#own;
    if (isSilent) return;
    await this.#settleClosed();
    const others = this.#others();
    if (this.#isOwed || (leases.isAlone && others.length > 0))
      await this.#join();
    if (!leases.isAlone && others.length === 0) {
      this.#ticks += 1;
      if (this.#ticks % ALONE_EVERY === 0) await this.#tryAlone();
    }
    await leases.tick();
    await this.#forgetDays();
  }

  /** Counts of days that are over; another gateway may still be in the day before. */
  async #forgetDays(): Promise<void> {
    const { limits, latest } = this.#own;
    const day = limits.dayOf(latest);
    if (day === this.#day) return;
    const { sql, office } = this.#holder;
    await forgetAnswers(sql, office, day - 1);
    this.#day = day;
  }

  /** Takes one answer, alone or together with others; says what stands against it. */
  async takeAnswer(
    product: Product,
    organisation: string,
    plan: AnswerPlan,
    at: number,
  ): Promise<readonly Finding[]> {
    const stray = strayKey(product, plan);
    if (stray !== undefined)
      return [breach("V-SCOPE", ["product", product.product], ["key", stray])];
    if (product.limits === undefined) return [];
    const { limits, leases } = this.#own;
    const who = limits.namesOf(organisation, plan, at);
    const outcome = leases.isAlone
      ? limits.take(who, product.limits, at)
      : await this.#answers.take(who, product.limits, limits.dayOf(at));
    return outcome === "taken" ? [] : [breach("V-LIMIT", ["per", outcome])];
  }

  /** The other gateways that are in force. */
  #others(): readonly string[] {
    return [...this.#own.register.gateways]
      .filter(
        ([name, { ended }]) =>
          name !== this.#holder.gateway && ended === undefined,
      )
      .map(([name]) => name);
  }

  async #join(): Promise<void> {
    const { leases, limits, register, latest } = this.#own;
    // Whatever comes of it, nothing is taken any more that the database does not know of.
    leases.standTogether();
    this.#isOwed = true;
    const day = limits.dayOf(latest);
    const counted = limits.counted(latest);
    await leases.inTurn(() => {
      leases.standTogether();
      return standTogether(
        ...([this.#holder, leases.usedOf(register), day, counted] as const),
      );
    });
    this.#isOwed = false;
    await leases.seeOthers(this.#closedLogs());
  }

  async #tryAlone(): Promise<boolean> {
    const { leases, limits, latest, register } = this.#own;
    const closed = [...register.gateways.keys()].filter(
      (name) => name !== this.#holder.gateway,
    );
    return leases.inTurn(async () => {
      const day = limits.dayOf(latest);
      const others = await standAlone(this.#holder, closed, day);
      if (others === undefined) return false;
      leases.standAlone(others);
      return true;
    });
  }

  /** A gateway that an act closed, and whose logs were closed with their totals, has used what these say. */
  async #settleClosed(): Promise<void> {
    const { gateways, heads } = this.#own.register;
    for (const [gateway, { ended }] of gateways) {
      if (ended === undefined || this.#settled.has(gateway)) continue;
      const isWhole = [...heads].every(
        ([log, { head }]) =>
          this.#gatewayOf(log) !== gateway || head.closed === true,
      );
      if (isWhole)
        await settleClosed(
          ...([
            this.#holder,
            gateway,
            this.#closedLogs().get(gateway) ?? [],
          ] as const),
        );
      this.#settled.add(gateway);
    }
  }

  #gatewayOf(log: string): string | undefined {
    return readLogName(officeOf(this.#own.register.origin), log)?.gateway;
  }

  /** What the closed logs of other gateways add up to, by gateway and permit. */
  #closedLogs(): ReadonlyMap<string, readonly Used[]> {
    const all = new Map<string, Map<string, Used>>();
    for (const [log, rows] of this.#own.register.closedTotals) {
      const gateway = this.#gatewayOf(log);
      if (gateway === undefined || gateway === this.#holder.gateway) continue;
      const ofGateway = all.get(gateway) ?? new Map<string, Used>();
      all.set(gateway, ofGateway);
      for (const row of rows) ofGateway.set(row.permit, added(ofGateway, row));
    }
    return new Map([...all].map(([name, used]) => [name, [...used.values()]]));
  }
}

type Used = Pick<TotalsRow, "permit" | "calls" | "steps">;

function added(all: ReadonlyMap<string, Used>, row: TotalsRow): Used {
  const { permit, calls, steps } = row;
  const before = all.get(permit);
  return {
    permit,
    calls: calls + (before?.calls ?? 0),
    steps: steps + (before?.steps ?? 0),
  };
}
