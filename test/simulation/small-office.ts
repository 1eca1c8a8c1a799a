import { randomBytes } from "node:crypto";
import { promises as fs, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Act, ActOf } from "../../src/acts/act.ts";
import { toBase64url } from "../../src/acts/bytes.ts";
import type { Submission } from "../../src/acts/statement.ts";
import { House } from "../../src/cli/house.ts";
import {
  draft,
  nothingSeen,
  sign,
  type SignerKey,
} from "../../src/cli/signing.ts";
import {
  check,
  type CheckOptions,
  type CheckResult,
} from "../../src/cli/verify/check.ts";
import { openPlace } from "../../src/cli/verify/place.ts";
import { importFile } from "../../src/engine/import.ts";
import type { Answered, Declined } from "../../src/gateway/gateway.ts";
import type { Entered } from "../../src/office/office.ts";
import { EDITION, editions } from "../../src/rules/editions.ts";
import type { TurnedAway } from "../../src/rules/turn-away.ts";
import {
  keyFromSeed,
  primitives,
  publicKeyText,
} from "../../src/store/crypto.ts";
import type { Request } from "../../src/uses/plan.ts";
import type { Receipt } from "../../src/uses/receipt.ts";
import {
  datasets,
  founding,
  granting,
  HOUR,
  type Post,
  posts,
  rowsOf,
  usual,
} from "./small-office-acts.ts";

export const ORIGIN = "data.small.example/register";
/** A whole hour in the middle of a quarter: 2026-11-02T08:00Z. */
export const START = 1_793_606_400_000;

export type Clock = { now: number };

/** A real office with few acts and few rows: real files, real PostgreSQL, real DuckDB; only the clock is given. */
export class SmallOffice {
  readonly folder: string;
  readonly clock: Clock;
  readonly databaseUrl: string;
  house: House;
  /** Receipts of everything that was answered, as its clients keep them. */
  readonly receipts: Receipt[];

  private constructor(
    folder: string,
    clock: Clock,
    databaseUrl: string,
    house: House,
    receipts: readonly Receipt[] = [],
  ) {
    this.folder = folder;
    this.clock = clock;
    this.databaseUrl = databaseUrl;
    this.house = house;
    this.receipts = [...receipts];
  }

  /** The same office for another process: what the one before still does in vain is not seen by the next. */
  reborn(): SmallOffice {
    const { folder, clock, databaseUrl, house, receipts } = this;
    const { now } = clock;
    return new SmallOffice(folder, { now }, databaseUrl, house, receipts);
  }

  /** An office in a new folder that waits for its founding act. */
  static async open(
    databaseUrl: string,
    options: { start?: number; folder?: string } = {},
  ): Promise<SmallOffice> {
    const folder =
      options.folder ?? (await fs.mkdtemp(join(tmpdir(), "vitrine-small-")));
    const clock = { now: options.start ?? START };
    const house = await openHouse(folder, clock, databaseUrl);
    return new SmallOffice(folder, clock, databaseUrl, house);
  }

  /** Founded, with its datasets loaded and its products, prices and permits granted; everybody may begin. */
  static async granted(
    databaseUrl: string,
    options: {
      start?: number;
      folder?: string;
      more?: readonly Act[];
      founding?: Partial<ActOf<"genesis">>;
    } = {},
  ): Promise<SmallOffice> {
    const office = await SmallOffice.open(databaseUrl, options);
    await office.found(options.founding);
    for (const act of granting(office.gatewayKey, office.recordsKey))
      await office.granted(act);
    for (const act of datasets) await office.load(act);
    for (const act of options.more ?? []) await office.granted(act);
    await office.house.tick();
    return office;
  }

  get gatewayKey(): string {
    return publicKeyText(this.house.keys.gateway);
  }

  get recordsKey(): string {
    return publicKeyText(this.house.keys.records);
  }

  async found(change: Partial<ActOf<"genesis">> = {}): Promise<Entered> {
    return entered(await this.enter(this.founding(change), ...posts));
  }

  founding(change: Partial<ActOf<"genesis">> = {}): ActOf<"genesis"> {
    const edition = { number: EDITION, digest: editions.get(EDITION) ?? "" };
    const logKey = publicKeyText(this.house.keys.log);
    return {
      ...founding(this.clock.now, { origin: ORIGIN, logKey, edition, keyOf }),
      ...change,
    };
  }

  /** Signs with the keys of the posts that usually sign such an act, or of those named: the last one approves. */
  submission(act: Act, ...by: readonly Post[]): Submission {
    const named = by.length > 0 ? by : (byTwo.get(act.kind) ?? usual(act.kind));
    const signers = named.map((post, index): SignerKey => {
      const person = posts.indexOf(post) + 1;
      const prepares =
        act.kind !== "genesis" &&
        !byTwo.has(act.kind) &&
        index < named.length - 1;
      const role = prepares ? "prepared" : "approved";
      return { person, post, role, key: keyPair(person) };
    });
    const { size, root } = this.house.office.published;
    const seen =
      act.kind === "genesis" ? nothingSeen : { size, root: toBase64url(root) };
    return sign(draft(ORIGIN, seen, act, signers, this.clock.now), signers);
  }

  /** Whatever comes of it; the receipt is kept. */
  async enter(act: Act, ...by: readonly Post[]): Promise<Entered | TurnedAway> {
    const result = await this.house.office.enter(this.submission(act, ...by));
    if ("receipt" in result) this.receipts.push(result.receipt);
    return result;
  }

  /** An act that must be granted; the gateway has followed it when this resolves. */
  async granted(act: Act, ...by: readonly Post[]): Promise<Entered> {
    const result = entered(await this.enter(act, ...by));
    if (result.ruling.outcome !== "granted")
      throw new Error(
        `Cannot go on: act ${act.kind} was refused, ${JSON.stringify(result.ruling.findings)}`,
      );
    await this.house.openGateway();
    await this.house.followed();
    return result;
  }

  /** Enters a vintage of a dataset, which is public and followed then. */
  async load(act: ActOf<"dataset">, rows?: readonly object[]): Promise<void> {
    await this.deliver(act, rows);
    await this.house.office.publish();
    await this.house.followed();
  }

  /** Enters a vintage and does nothing more: it is neither public nor followed yet. */
  async deliver(
    act: ActOf<"dataset">,
    rows: readonly object[] = rowsOf(act.dataset),
  ): Promise<number> {
    const file = join(this.folder, `${act.dataset}.ndjson`);
    writeFileSync(file, rows.map((row) => JSON.stringify(row)).join("\n"));
    const outFolder = join(this.folder, "vintages");
    const fields = act.fields.map(({ name, type }) => ({ name, type }));
    const made = await importFile({ file, fields, outFolder });
    return this.house.takeVintage({ ...made, dataset: act.dataset });
  }

  async ask(
    plan: Request["plan"],
    organisation?: string,
    more: Omit<Request, "plan"> = {},
  ): Promise<Answered | Declined> {
    const { gateway } = this.house;
    if (gateway === undefined)
      throw new Error("Cannot ask: no gateway is open");
    const answer = await gateway.ask({ ...more, plan }, organisation);
    if (answer.outcome === "answered") this.receipts.push(answer.receipt);
    return answer;
  }

  /** An answer that must be given. */
  async answered(
    plan: Request["plan"],
    organisation?: string,
    more: Omit<Request, "plan"> = {},
  ): Promise<Answered> {
    const answer = await this.ask(plan, organisation, more);
    if (answer.outcome === "answered") return answer;
    throw new Error(
      `Cannot go on: refused, ${JSON.stringify(answer.findings)}`,
    );
  }

  /** Sets the clock on and lets the office do what is then due. */
  async pass(milliseconds: number): Promise<void> {
    this.clock.now += milliseconds;
    await this.house.tick();
  }

  /** Past the end of the running hour, when everything that was answered is due in public. */
  async passHour(): Promise<void> {
    await this.pass(HOUR - (this.clock.now % HOUR));
    await this.house.tick();
  }

  /** Opens the same folder again, as after an orderly stop or, without it, as after a kill. */
  async restart(options: { orderly?: boolean } = {}): Promise<void> {
    if (options.orderly !== false) await this.stop();
    else await abandon(this.house);
    await this.start();
  }

  async start(): Promise<void> {
    this.house = await openHouse(this.folder, this.clock, this.databaseUrl);
  }

  async stop(): Promise<void> {
    await this.house.stop();
  }

  /** The stranger's check, over the files alone. */
  async check(change: Partial<CheckOptions> = {}): Promise<CheckResult> {
    return check(await openPlace(this.folder), {
      editions,
      now: () => this.clock.now,
      receipts: this.receipts,
      also: [],
      ...change,
    });
  }

  /** What the check finds, one line each; it must have decided every act again. */
  async faults(change: Partial<CheckOptions> = {}): Promise<readonly string[]> {
    const result = await this.check(change);
    const lines = result.faults.kept.map(
      ({ code, log, index, says }) => `${code} ${log} ${index ?? ""}: ${says}`,
    );
    const { acts, alike } = result.counts;
    return acts === alike
      ? lines
      : [...lines, `${acts - alike} acts were not decided again`];
  }

  async close(): Promise<void> {
    await this.stop();
    await this.remove();
  }

  async remove(): Promise<void> {
    await fs.rm(this.folder, { recursive: true, force: true });
  }
}

/** The process is gone: nothing is closed in order, only what would disturb the test is let go. */
export async function abandon(house: House): Promise<void> {
  await house.engine.close();
  await house.sql.end({ timeout: 0 });
}

export function openHouse(
  folder: string,
  clock: Clock,
  databaseUrl: string,
): Promise<House> {
  const surroundings = { now: () => clock.now, random: randomBytes };
  return House.open({ folder, origin: ORIGIN, databaseUrl, surroundings });
}

/** Acts that two approve who administer. */
const byTwo = new Map<string, readonly Post[]>([
  ["logKeyChanged", ["registrar", "administrator"]],
  ["logEnded", ["registrar", "administrator"]],
]);

export function entered(result: Entered | TurnedAway): Entered {
  if ("receipt" in result) return result;
  throw new Error(`Cannot go on: ${result.turnedAway}`);
}

function keyPair(person: number) {
  return keyFromSeed(primitives.sha256(Buffer.from(`person ${person}`)));
}

function keyOf(person: number): string {
  return keyPair(person).publicKey;
}
