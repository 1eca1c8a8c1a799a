import type { Permit, ReadRegister } from "../register/register.ts";
import {
  type Amount,
  type Lease,
  type LeaseHolder,
  othersLeases,
  raiseLeases,
  returnLeases,
  takeLeases,
  type UsedOf,
  type Want,
} from "../store/leases.ts";
import { Queue } from "../store/queue.ts";
import {
  type Held,
  isSame,
  type Line,
  newLine,
  NONE,
  PART_MAX,
  PART_MIN,
} from "./lease-line.ts";
import { type Spending, sum } from "./spending.ts";
import { Unavailable } from "./unavailable.ts";

/** A part that nobody used for so many ticks goes back. */
const IDLE_TICKS = 2;
const FREE: Held = { release: () => undefined };

/**
 * What this gateway may use of the permits' quotas: parts that are taken from the database before they are wanted, so that it is on
 * the way of a request only where a part is used up. A gateway that stands alone has everything that nobody else has leased.
 */
export class Leases {
  readonly #holder: LeaseHolder;
  readonly #spending: Spending;
  readonly #lines = new Map<string, Line>();
  readonly #queue = new Queue();
  #next: Promise<void> | undefined;
  #due = new Set<Line>();
  /** What the others had leased when this gateway began to stand alone; undefined while it does not. */
  #alone: ReadonlyMap<string, Amount> | undefined;

  constructor(holder: LeaseHolder, spending: Spending) {
    this.#holder = holder;
    this.#spending = spending;
  }

  /** What nobody else can have of a quota: used, on its way, or leased to others as far as is known. */
  spokenFor(permit: string): Amount {
    const line = this.#lines.get(permit);
    const used = this.#spending.of(permit);
    if (line === undefined) return used;
    const { calls, steps } = this.#spending.othersOf(permit);
    const taken = sum(used, line.held);
    return sum(taken, {
      calls: Math.max(0, line.others.calls - calls),
      steps: Math.max(0, line.others.steps - steps),
    });
  }

  get isAlone(): boolean {
    return this.#alone !== undefined;
  }

  /** Holds room for a request; "spent" where it is certain that the quota leaves none. */
  async hold(act: Permit, need: Amount): Promise<Held | "spent"> {
    const { permit, quota } = act;
    if (quota.calls === undefined && quota.steps === undefined) return FREE;
    const line = this.#lineOf(permit, quota);
    line.recent += 1;
    line.idle = 0;
    line.largest = Math.max(line.largest, need.steps);
    if (line.waiting.length === 0 && this.#fits(line, need))
      return this.#grant(line, need);
    return new Promise((resolve, reject) => {
      line.waiting.push({ need, resolve, reject });
      this.#pump(line);
    });
  }

  /** What of every quota is used or on its way here: what a lease begins with. */
  usedOf(register: ReadRegister): readonly UsedOf[] {
    const permits = new Set([
      ...this.#spending.own.keys(),
      ...this.#lines.keys(),
    ]);
    return [...permits].flatMap((permit) => {
      const { calls, steps } = register.permits.get(permit)?.act.quota ?? {};
      if (calls === undefined && steps === undefined) return [];
      const held = this.#lines.get(permit)?.held ?? NONE;
      return [{ permit, ...sum(this.#spending.ownOf(permit), held) }];
    });
  }

  /** Nobody else may take anything: everything that the others had not leased by then is this gateway's. */
  standAlone(others: ReadonlyMap<string, Amount>): void {
    this.#alone = others;
    for (const [permit, spent] of others)
      this.#spending.seeOthers(permit, spent);
    for (const line of this.#lines.values()) this.#pump(line);
  }

  /** What was used and what is held stays; for everything more the database is asked. Told before the database is. */
  standTogether(): void {
    this.#alone = undefined;
    for (const line of this.#lines.values()) line.leased = undefined;
  }

  /** One after the other: what is given back and what is taken. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#queue.add(work);
  }

  /** What closed logs of other gateways add up to was used by them, whatever the database knows; and what it knows of them. */
  async seeOthers(
    closed: ReadonlyMap<string, readonly UsedOf[]>,
  ): Promise<void> {
    for (const [gateway, used] of closed)
      await raiseLeases({ ...this.#holder, gateway }, used);
    for (const { permit, othersUsed } of await othersLeases(this.#holder))
      this.#spending.seeOthers(permit, othersUsed);
  }

  /** Every second or so: parts follow the rate, and what nobody wants goes back. */
  async tick(): Promise<void> {
    const idle: Line[] = [];
    const lost: Line[] = [];
    for (const line of this.#lines.values()) {
      line.isDry = false;
      if (line.isLost) lost.push(line);
      line.part = Math.min(PART_MAX, Math.max(PART_MIN, line.recent));
      line.recent = 0;
      if (line.waiting.length > 0 || line.held.calls > 0) continue;
      line.idle += 1;
      if (line.idle > IDLE_TICKS) idle.push(line);
    }
    if (this.isAlone) for (const { permit } of idle) this.#lines.delete(permit);
    else {
      await this.#return(idle.filter((line) => !line.isLost));
      // The database says what it has of them, and the next tick gives it back.
      await Promise.all(lost.map((line) => this.#take(line)));
    }
  }

  /** Nothing is asked any more: what is left over goes back. */
  async close(): Promise<void> {
    if (!this.isAlone) await this.#return([...this.#lines.values()]);
  }

  #lineOf(permit: string, quota: Permit["quota"]): Line {
    const known = this.#lines.get(permit);
    if (known !== undefined) return known;
    const line = newLine(permit, quota);
    this.#lines.set(permit, line);
    return line;
  }

  /** What may still be held; undefined where only the database knows. */
  #room({ permit, quota, leased, held }: Line): Amount | undefined {
    const taken = sum(this.#spending.ownOf(permit), held);
    const others = this.#alone?.get(permit) ?? NONE;
    const most =
      this.#alone === undefined
        ? leased
        : {
            calls: (quota.calls ?? 0) - others.calls,
            steps: (quota.steps ?? 0) - others.steps,
          };
    return most === undefined
      ? undefined
      : { calls: most.calls - taken.calls, steps: most.steps - taken.steps };
  }

  #fits(line: Line, need: Amount): boolean {
    const room = this.#room(line);
    return (
      room !== undefined &&
      (line.quota.calls === undefined || need.calls <= room.calls) &&
      (line.quota.steps === undefined || need.steps <= room.steps)
    );
  }

  /** Whether what is known to be used leaves no room, whoever holds what. */
  #isSpent({ permit, quota }: Line, need: Amount): boolean {
    const spent = sum(this.#spending.of(permit), need);
    return (
      spent.calls > (quota.calls ?? Infinity) ||
      spent.steps > (quota.steps ?? Infinity)
    );
  }

  #grant(line: Line, need: Amount): Held {
    line.held = sum(line.held, need);
    let isOver = false;
    const release = (): void => {
      if (isOver) return;
      isOver = true;
      const { calls, steps } = line.held;
      line.held = { calls: calls - need.calls, steps: steps - need.steps };
      if (line.waiting.length > 0) this.#pump(line);
    };
    if (!this.isAlone && this.#isLow(line))
      // Whoever needs it and does not get it hears of it then.
      this.#take(line).catch(() => undefined);
    return { release };
  }

  /** Less than half a part is left: the next one is taken before anybody waits for it. */
  #isLow(line: Line): boolean {
    const { part, quota, largest } = line;
    const room = this.#room(line);
    if (room === undefined || line.isDry || this.#due.has(line)) return false;
    return (
      (quota.calls !== undefined && room.calls < part / 2) ||
      (quota.steps !== undefined && room.steps < (part * largest) / 2)
    );
  }

  /** Serves those who wait for room, in their order. */
  #pump(line: Line): void {
    line.isDue = true;
    if (line.isPumped) return;
    line.isPumped = true;
    this.#pumpOn(line).catch(() => undefined);
  }

  async #pumpOn(line: Line): Promise<void> {
    try {
      // Somebody may have given back while this was ending.
      while (line.isDue) {
        line.isDue = false;
        await this.#serve(line);
      }
    } catch (cause) {
      for (const { reject } of line.waiting.splice(0))
        reject(
          cause instanceof Unavailable
            ? cause
            : new Unavailable(
                `Cannot answer: no part of the quota of permit ${line.permit} can be leased while the database is away`,
                { cause },
              ),
        );
    } finally {
      line.isPumped = false;
    }
  }

  async #serve(line: Line): Promise<void> {
    let isAsked = false;
    for (;;) {
      const [first] = line.waiting;
      if (first === undefined) return;
      const { need, resolve, reject } = first;
      if (this.#fits(line, need)) {
        line.waiting.shift();
        resolve(this.#grant(line, need));
        isAsked = false;
      } else if (this.#isSpent(line, need)) {
        line.waiting.shift();
        resolve("spent");
      } else if (!isAsked && !this.isAlone) {
        await this.#take(line);
        isAsked = true;
      } else if (line.held.calls > 0) {
        // Whoever gives back serves on.
        return;
      } else {
        line.waiting.shift();
        reject(
          new Unavailable(
            `Cannot answer: what is left of the quota of permit ${line.permit} is leased to other gateways; ask again in a few seconds`,
          ),
        );
      }
    }
  }

  /** All that is due by then is taken together. */
  #take(line: Line): Promise<void> {
    this.#due.add(line);
    this.#next ??= this.inTurn(async () => {
      this.#next = undefined;
      const lines = [...this.#due];
      this.#due.clear();
      await this.#takeNow(lines);
    });
    return this.#next;
  }

  async #takeNow(lines: readonly Line[]): Promise<void> {
    if (this.isAlone) return;
    const leases = await takeLeases(
      this.#holder,
      lines.map((line) => this.#wantOf(line)),
    );
    if (leases.length < lines.length) throw stillAlone();
    for (const lease of leases) this.#note(lease);
  }

  #wantOf(line: Line): Want {
    const { permit, quota, waiting, part, largest } = line;
    const used = this.#spending.ownOf(permit);
    const room = this.#room(line) ?? NONE;
    const need = waiting[0]?.need ?? NONE;
    const least = {
      calls: Math.max(0, need.calls - room.calls),
      steps: Math.max(0, need.steps - room.steps),
    };
    const isWanted = line.idle <= IDLE_TICKS;
    const most = isWanted ? { calls: part, steps: part * largest } : NONE;
    line.told = used;
    return { permit, used, quota, least, most };
  }

  #note({ permit, version, leased, others, othersUsed }: Lease): void {
    this.#spending.seeOthers(permit, othersUsed);
    const line = this.#lines.get(permit);
    if (line === undefined) return;
    line.isDry = line.leased !== undefined && isSame(line.leased, leased);
    line.isLost = false;
    line.version = version;
    line.leased = leased;
    line.others = others;
  }

  /** Gives back what is neither used nor held. It is given up here before the database hears of it. */
  async #return(lines: readonly Line[]): Promise<void> {
    const returned = lines.flatMap((line) => {
      const { permit, version, leased } = line;
      if (leased === undefined) {
        if (line.waiting.length === 0 && line.held.calls === 0)
          this.#lines.delete(permit);
        return [];
      }
      const used = this.#spending.ownOf(permit);
      const kept = sum(used, line.held);
      line.leased = undefined;
      if (isSame(leased, kept) && isSame(line.told, used)) {
        this.#lines.delete(permit);
        return [];
      }
      line.told = used;
      return [{ permit, version, leased: kept, used }];
    });
    if (returned.length === 0) return;
    try {
      await this.inTurn(() => returnLeases(this.#holder, returned));
    } catch (error) {
      for (const { permit } of returned) {
        const line = this.#lines.get(permit);
        if (line !== undefined) line.isLost = true;
      }
      throw error;
    }
  }
}

/** Another gateway counts and leases in its own memory, and has not followed the act that ends that. */
export function stillAlone(): Unavailable {
  return new Unavailable(
    "Cannot answer: another gateway still has all quotas and limits to itself; it gives them up when it has followed the act that opened this one",
  );
}
