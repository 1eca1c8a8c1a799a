import { OUTCOMES, type Outcome } from "../../audit/ledger/ledger.ts";

/** The statements of the passes over the receipts; the tables between them are temporary ones of the connection. */

/** As far as sums stay exact in JavaScript. */
export const SUM_MINOR_MAX = 9e15;

export const COMBINATION = [
  "department",
  "unit",
  "system",
  "service",
  "payer_class",
  "currency",
] as const;

/** What two receipts of one reference must have in common for the second to be a repeat. */
const SAME = "reference, unit, service, payer, day, minor, currency";

/** What nearly all such receipts differ in: cheaper to compare, and only where to look. */
const NEARLY = "hash(reference, day, minor)";

/** Which of several such receipts comes first, as far as a column tells; the file and the line decide the rest. */
const ORDER = "department, system, payer_class, quantity nulls first";

/** Only these can be there twice. */
const NUMBERED = "reference <> '' and status = 'paid'";

/** A month is counted from 0001-01, and takes 17 bits of a key; an outcome takes 4. */
const MONTHS = 131_072;
const CODES = 16;
/** A receipt whose price for its quantity is beyond all sums. */
const TOO_LARGE = 15;

/**
 * Joins are done as they are written, receipts streaming past the small table. Left to itself the engine, which cannot
 * know how many lines a file has, may build its table from the receipts.
 */
export const JOIN_AS_WRITTEN =
  "set disabled_optimizers = 'join_order,build_side_probe_side'";

export function receiptsSql(selects: readonly string[]): string {
  return `(${selects.map((select) => `(${select})`).join(" union all by name ")})`;
}

/** Each combination of texts, and each hash under which a reference may be there twice. */
export function seenSql(receipts: string, hasReferences: boolean): string {
  const texts = COMBINATION.join(", ");
  if (!hasReferences)
    return `create or replace temp table ledger_seen as
      select ${texts}, null::ubigint as repeat, count(*) as receipts from ${receipts} group by ${texts}`;
  return `create or replace temp table ledger_seen as
    select ${texts}, repeat, count(*) as receipts
    from (select ${texts}, case when ${NUMBERED} then ${NEARLY} end as repeat from ${receipts})
    group by grouping sets ((${texts}), (repeat))
    having grouping(repeat) = 1 or (repeat is not null and count(*) > 1)`;
}

export const COMBINATIONS_COUNT =
  "select count(*) from ledger_seen where repeat is null";
export const REPEATS_COUNT =
  "select count(*) from ledger_seen where repeat is not null";

/** Receipts find their combination by one number instead of six texts; that it is one of its own is checked. */
export function combinationsSql(salt: number): string {
  return `create or replace temp table ledger_combination as
    select (row_number() over () - 1)::integer as id, ${COMBINATION.join(", ")}, ${hashSql(salt)} as combination, receipts
    from ledger_seen where repeat is null`;
}

export const COMBINATIONS_APART =
  "select count(*) = count(distinct combination) from ledger_combination";

export function hashSql(salt: number): string {
  return `hash(${COMBINATION.join(", ")}, ${salt})`;
}

/** `slot` is a combination with one fee or one reason; `most` is how many steps its price can be multiplied with. */
export const INTERVAL_TABLE = `create or replace temp table ledger_interval (
  id integer, slot integer, from_day integer, until_day integer, fee integer, why utinyint,
  price bigint, step bigint, ceiling bigint, most bigint)`;

export const SLOT_TABLE = `create or replace temp table ledger_slot as
  select combination, slot, date '1970-01-01' + from_day as from_day, date '1970-01-01' + until_day as until_day,
    fee, why, price, step, ceiling, most
  from ledger_interval join ledger_combination using (id)`;

/**
 * Receipts with the slot that holds on their day, the outcome by its place in OUTCOMES and what the approved fee would
 * have been. The intervals of a combination are all days, so that each receipt finds one.
 */
export function judgedSql(
  receipts: string,
  salt: number,
  columns: readonly string[],
  isRepeat = "false",
): string {
  const kept = columns.map((column) => `r.${column}`).join(", ");
  return `(select ${columns.join(", ")}, slot, fee, outcome, case when outcome <= ${codeOf("aboveCeiling")} then expected else 0 end as approved
    from (select *, case
        when status = 'refunded' or minor < 0 then ${codeOf("refunded")}
        when status = 'waived' or (minor = 0 and price > 0) then ${codeOf("waived")}
        when ${isRepeat} then ${codeOf("paidTwice")}
        when why is not null then why
        when steps > most then ${TOO_LARGE}
        when minor > ceiling * steps then ${codeOf("aboveCeiling")}
        when minor > expected then ${codeOf("over")}
        when minor < expected then ${codeOf("under")}
        else ${codeOf("equal")} end as outcome
      from (select *, price * steps as expected
        from (select ${kept}, s.slot, s.fee, s.why, s.price, s.ceiling, s.most,
            case when r.quantity is null then 1 else least((r.quantity - 1) // s.step + 1, s.most + 1) end as steps
          from ${receipts} r join ledger_slot s
          on ${hashSql(salt)} = s.combination
            and r.day >= s.from_day and r.day < s.until_day))))`;
}

const KEY = `(slot::bigint * ${MONTHS} + date_diff('month', date '0001-01-01', day)) * ${CODES} + outcome`;

/** Sums by slot, month and outcome, and by payer, in one pass. */
export function sumsSql(receipts: string, salt: number): string {
  const columns = [
    "day",
    "minor",
    "status",
    "payer",
    "payer_class",
    "currency",
  ];
  return `create or replace temp table ledger_sum as
    select key, payer, payer_class, currency, count(*) as receipts, sum(minor) as minor, sum(approved) as approved
    from (select ${KEY} as key, payer, payer_class, currency, minor, approved from ${judgedSql(receipts, salt, columns)})
    group by grouping sets ((key), (payer, payer_class, currency))`;
}

/** Groups of receipts alike in all that counts, with how many of each came before in another group of the same. */
export function twiceSql(receipts: string): string {
  const all = `${SAME}, department, system, payer_class, quantity`;
  return `create or replace temp table ledger_twice as
    select *, receipts - (before = 0)::integer as repeats
    from (select *, coalesce(sum(receipts) over (partition by ${SAME} order by ${ORDER}
          rows between unbounded preceding and 1 preceding), 0) as before
      from (select ${all}, 'paid' as status, count(*) as receipts from ${receipts}
        where ${NUMBERED} and minor >= 0 and ${NEARLY} in (select repeat from ledger_seen where repeat is not null)
        group by ${all}))
    where receipts > 1 or before > 0`;
}

/** What was counted as if it were there once and is there again. */
export function correctionsSql(salt: number): string {
  const columns = [
    "day",
    "minor",
    "status",
    "payer",
    "payer_class",
    "currency",
    "repeats",
  ];
  return `create or replace temp table ledger_correction as
    select ${KEY} as key, payer, payer_class, currency, sum(repeats) as receipts, sum(minor * repeats::hugeint) as minor,
      sum(approved * repeats::hugeint) as approved
    from ${judgedSql("(select * from ledger_twice where repeats > 0)", salt, columns)}
    where outcome not in (${codeOf("refunded")}, ${codeOf("waived")})
    group by all`;
}

export const NO_CORRECTIONS = `create or replace temp table ledger_correction as
  select key, payer, payer_class, currency, 0::hugeint as receipts, 0::hugeint as minor, 0::hugeint as approved from ledger_sum limit 0`;

/** Slot, month, code, receipts, charged, approved: the sums as DOUBLE, exact as far as SUM_MINOR_MAX. */
export function keyedSql(table: "ledger_sum" | "ledger_correction"): string {
  return `select (key // ${MONTHS * CODES})::integer, (key // ${CODES} % ${MONTHS})::integer, (key % ${CODES})::integer,
      sum(receipts)::double, sum(minor)::double, sum(approved)::double
    from ${table} where key is not null group by key`;
}

/** Payers with what the repeats take from what was approved. */
export const PAYERS = `(select payer, payer_class, currency, receipts::double as receipts, minor::double as minor,
    (approved - coalesce(repeated, 0))::double as approved
  from (select * from ledger_sum where key is null)
  left join (select payer, payer_class, currency, sum(approved) as repeated from ledger_correction group by all)
  using (payer, payer_class, currency))`;

/**
 * Receipts with whether they are there again. Only those that may be are put in order; nothing is joined by file and
 * line, which in JSON of one line are the same for all.
 */
export function againSql(receipts: string, hasRepeats: boolean): string {
  if (!hasRepeats) return `(select *, false as again from ${receipts})`;
  const mayBe = `(${NUMBERED} and ${NEARLY} in (select repeat from ledger_seen where repeat is not null))`;
  return `(select *, false as again from ${receipts} where ${mayBe} is not true
    union all by name
    select *, row_number() over (partition by ${SAME} order by ${ORDER}, file, line) > 1 as again
    from ${receipts} where ${mayBe})`;
}

export function codeOf(outcome: Outcome): number {
  return OUTCOMES.indexOf(outcome);
}

export function outcomeAt(code: number): Outcome | undefined {
  return OUTCOMES[code];
}
