import type { DuckDBConnection, JS } from "@duckdb/node-api";
import type {
  FeeStandard,
  Outcome,
  Proposal,
} from "../../audit/ledger/ledger.ts";
import { standing } from "../../audit/ledger/match-outcome.ts";
import type { Combination, Match, Matcher } from "../../audit/ledger/match.ts";
import { type Interval, timelineOf } from "../../audit/ledger/timeline.ts";
import { CannotCount } from "./count-error.ts";
import { currencyIn, textIn, wholeIn } from "./count-row.ts";
import {
  codeOf,
  COMBINATION,
  COMBINATIONS_APART,
  COMBINATIONS_COUNT,
  combinationsSql,
  INTERVAL_TABLE,
  SLOT_TABLE,
  SUM_MINOR_MAX,
} from "./passes.ts";

/** The texts that receipts of one cell have in common, and the fee that holds on their days. */
export type Slot = Combination & {
  readonly department: string;
  readonly system: string;
  readonly fee: number | undefined;
};

export type Slots = {
  readonly slots: readonly Slot[];
  readonly proposals: readonly Proposal[];
  /** By which the combinations' numbers differ. */
  readonly salt: number;
};

const COMBINATIONS_MAX = 1_000_000;

/** Matches each combination that was seen, and lays out for each day of it the fee that holds. */
export async function laySlots(
  connection: DuckDBConnection,
  standards: readonly FeeStandard[],
  match: Matcher,
): Promise<Slots> {
  const salt = await numberCombinations(connection);
  await connection.run(INTERVAL_TABLE);
  const appender = await connection.createAppender("ledger_interval");
  const slots: Slot[] = [];
  const proposals = new Map<string, Proposal>();
  const timelines = new Map<string, readonly Interval[]>();
  const found = await connection.stream(
    `select id, ${COMBINATION.join(", ")}, receipts::double from ledger_combination order by id`,
  );
  for await (const rows of found.yieldRowsJs())
    for (const [id, ...row] of rows) {
      const texts = textsOf(row);
      const matched = match(texts);
      propose(proposals, matched, wholeIn(row[COMBINATION.length]));
      const slotOf = new Map<Interval["held"], number>();
      for (const interval of timelineFor(timelines, standards, matched)) {
        const { held } = interval;
        const slot = slotOf.get(held) ?? slots.length;
        if (slot === slots.length)
          slots.push({
            ...texts,
            fee: typeof held === "number" ? held : undefined,
          });
        slotOf.set(held, slot);
        appender.appendInteger(wholeIn(id));
        appender.appendInteger(slot);
        appendTerms(appender, interval, standards);
        appender.endRow();
      }
    }
  appender.closeSync();
  await connection.run(SLOT_TABLE);
  return { slots, proposals: inOrder(proposals), salt };
}

async function numberCombinations(
  connection: DuckDBConnection,
): Promise<number> {
  const count = Number(await valueOf(connection, COMBINATIONS_COUNT));
  if (count > COMBINATIONS_MAX)
    throw new CannotCount(
      `there are ${count} combinations of department, unit, system, service, payer class and currency, want at most ${COMBINATIONS_MAX}: is a column of names or numbers mapped to one of these?`,
    );
  for (let salt = 0; salt < 16; salt++) {
    await connection.run(combinationsSql(salt));
    if ((await valueOf(connection, COMBINATIONS_APART)) === true) return salt;
  }
  throw new CannotCount("no hash parts its combinations, want another engine");
}

/** The one value that a statement gives. */
export async function valueOf(
  connection: DuckDBConnection,
  sql: string,
): Promise<unknown> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowsJS()[0]?.[0];
}

/** In the order of COMBINATION. */
function textsOf(row: readonly JS[]): Omit<Slot, "fee"> {
  const [department, unit, system, service, payerClass, currency] = row;
  return {
    department: textIn(department),
    unit: textIn(unit),
    system: textIn(system),
    service: textIn(service),
    payerClass: textIn(payerClass),
    currency: currencyIn(currency),
  };
}

/** Combinations that the same fees cover have one timeline. */
function timelineFor(
  timelines: Map<string, readonly Interval[]>,
  standards: readonly FeeStandard[],
  matched: Match,
): readonly Interval[] {
  const key = `${matched.why} ${matched.covering.map(({ fee }) => fee).join(" ")}`;
  const known = timelines.get(key);
  if (known !== undefined) return known;
  const made = timelineOf(standards, matched);
  timelines.set(key, made);
  return made;
}

type Appender = Awaited<ReturnType<DuckDBConnection["createAppender"]>>;

/** From, until, fee, why, price, step, ceiling, most. */
function appendTerms(
  appender: Appender,
  { from, until, held }: Interval,
  standards: readonly FeeStandard[],
): void {
  appender.appendInteger(from);
  appender.appendInteger(until);
  const standard = typeof held === "number" ? standards[held] : undefined;
  if (typeof held === "number") appender.appendInteger(held);
  else appender.appendNull();
  const why: Outcome | undefined =
    typeof held === "string"
      ? held
      : standard === undefined
        ? "nobodyApproved"
        : standing(standard);
  if (why === undefined) appender.appendNull();
  else appender.appendUTinyInt(codeOf(why));
  const { priceMinor = 0, step = 1, ceilingMinor } = standard ?? {};
  appender.appendBigInt(BigInt(priceMinor));
  appender.appendBigInt(BigInt(step));
  if (ceilingMinor === undefined) appender.appendNull();
  else appender.appendBigInt(BigInt(ceilingMinor));
  const largest = Math.max(1, priceMinor, ceilingMinor ?? 0);
  appender.appendBigInt(BigInt(Math.floor(SUM_MINOR_MAX / largest)));
}

function propose(
  proposals: Map<string, Proposal>,
  { open }: Match,
  receipts: number,
): void {
  for (const one of open) {
    const key = `${one.role} ${one.name}`;
    const before = proposals.get(key);
    proposals.set(key, {
      ...one,
      receipts: (before?.receipts ?? 0) + receipts,
    });
  }
}

/** Those that concern most receipts first. */
function inOrder(
  proposals: ReadonlyMap<string, Proposal>,
): readonly Proposal[] {
  return [...proposals.values()].sort(
    (a, b) =>
      b.receipts - a.receipts ||
      (`${a.role} ${a.name}` < `${b.role} ${b.name}` ? -1 : 1),
  );
}
