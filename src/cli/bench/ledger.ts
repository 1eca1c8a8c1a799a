import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { withLedgerEngine } from "../../engine/ledger/count-engine.ts";
import { type Counted, countLedger } from "../../engine/ledger/count.ts";
import { readFees } from "../../engine/ledger/read-fees.ts";
import { readLedger } from "../../engine/ledger/read-ledger.ts";
import { quoteText } from "../../engine/sql.ts";
import { type Figure, thousands } from "./figures.ts";

const RECEIPTS = 10_000_000;
const SERVICES = 1_000;
const VERSIONS = 5;
const VERSION_DAYS = 400;
const DAYS = 2_190;

/**
 * Counting receipts against versions of fees, and the bare join of the same files: the approved fee of each line found
 * by service and day, and the amounts added up, with nothing else that an answer needs.
 */
export async function benchLedger(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-bench-ledger-"));
  try {
    const files = {
      receipts: join(folder, "receipts.csv"),
      fees: join(folder, "approved.csv"),
    };
    const engine = <T>(
      work: (connection: DuckDBConnection) => Promise<T>,
    ): Promise<T> => withLedgerEngine(folder, work);
    await engine((connection) => writeFiles(connection, files));
    const counting = await watched(() =>
      engine(async (connection) => {
        const { standards } = await readFees(files.fees, {});
        const ledger = await readLedger(connection, [files.receipts], {
          work: folder,
          rejectsFile: join(folder, "rejected.csv"),
        });
        return countLedger(connection, ledger.selects, standards, [], {
          hasReferences: ledger.has.reference,
        });
      }),
    );
    checkCounted(counting.result);
    const joining = await watched(() =>
      engine((connection) => connection.runAndReadAll(bareJoin(files))),
    );
    const megabytes = Math.round(statSync(files.receipts).size / 1e6);
    const of = `${thousands(RECEIPTS)} receipts (CSV, ${thousands(megabytes)} MB) against ${thousands(SERVICES * VERSIONS)} versions of fees`;
    return [
      {
        what: `ledger: read, matched and summed: ${of}`,
        figure: seconds(counting.ms),
        against: `${seconds(joining.ms)} for the bare join of the same files: ${(counting.ms / joining.ms).toFixed(1)} times`,
      },
      {
        what: "ledger: largest memory of the process meanwhile",
        figure: `${thousands(counting.megabytes)} MB`,
        against: `${thousands(joining.megabytes)} MB for the bare join`,
      },
      {
        what: "ledger: cells that the answer is made of",
        figure: thousands(counting.result.cells.length),
        against: `${thousands(counting.result.payerCount)} payers`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Files = { readonly receipts: string; readonly fees: string };

/** Each 500th receipt is there twice; some are waived, refunded, above the price or of a service that nobody approved. */
async function writeFiles(
  connection: DuckDBConnection,
  { receipts, fees: approved }: Files,
): Promise<void> {
  await connection.run(`copy (
    with numbered as (select case when i % 500 = 499 then i - 1 else i end as i from range(${RECEIPTS}) t(i)),
    drawn as (select i, (hash(i, 1) % ${SERVICES})::int as service, (hash(i, 2) % ${DAYS})::int as day,
        (1 + hash(i, 3) % 20)::int as quantity, (hash(i, 4) % 100)::int as slip from numbered)
    select strftime(date '2018-01-01' + day, '%Y-%m-%d') as date, 'Department ' || (service % 20) as department,
      'Unit ' || (service % 200) as unit, 'System ' || (service % 400) as system,
      case when slip = 0 then 'Unlisted ' else 'Service ' end || service as service, 'Payer ' || (hash(i, 5) % 50000) as payer,
      ['company', 'small company', 'research'][1 + (hash(i, 6) % 3)::int] as payer_class, quantity,
      printf('%.2f', (100 + service % 60 + least(day // ${VERSION_DAYS}, ${VERSIONS - 1}) + case when slip < 3 then 5 else 0 end) * quantity / 100.0) as amount,
      'CNY' as currency, 'R-' || i as reference, case slip when 98 then 'waived' when 99 then 'refunded' else 'paid' end as status
    from drawn) to ${quoteText(receipts)} (header)`);
  await connection.run(`copy (
    select 'Service ' || s as service, 'Unit ' || (s % 200) as unit, 'Treasury' as payee,
      printf('%.2f', (100 + s % 60 + v) / 100.0) as price, 'call' as step, '5.00' as ceiling,
      date '2018-01-01' + v::int * ${VERSION_DAYS} as "from", date '2018-01-01' + (v::int + 1) * ${VERSION_DAYS} - 1 as "to",
      'Price Bureau' as "approved by", 'PB ' || s as paper, 'article 18' as ground
    from range(${SERVICES}) a(s), range(${VERSIONS}) b(v)) to ${quoteText(approved)} (header)`);
}

function bareJoin({ receipts, fees: approved }: Files): string {
  return `select count(*), count(f.price), sum(r.amount), sum(f.price * r.quantity)
    from read_csv(${quoteText(receipts)}) r left join read_csv(${quoteText(approved)}) f
    on r.service = f.service and r.unit = f.unit and r.date >= f."from" and r.date <= f."to"`;
}

/** A figure of something that came out wrong is none. */
function checkCounted({ cells, receipts, payerCount }: Counted): void {
  const found = new Set(cells.map(({ outcome }) => outcome));
  const wanted = [
    "equal",
    "over",
    "notInForce",
    "nobodyApproved",
    "waived",
    "refunded",
    "paidTwice",
  ] as const;
  const missing = wanted.filter((outcome) => !found.has(outcome));
  if (receipts !== RECEIPTS || payerCount === 0 || missing.length > 0)
    throw new Error(
      `The ledger of the bench came out wrong: ${receipts} receipts, no ${missing.join(", ")}`,
    );
}

/** What a work took, and the most memory that this process held meanwhile. */
export async function watched<T>(work: () => Promise<T>): Promise<{
  readonly result: T;
  readonly ms: number;
  readonly megabytes: number;
}> {
  let most = process.memoryUsage.rss();
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  const begin = performance.now();
  try {
    const result = await work();
    const ms = performance.now() - begin;
    most = Math.max(most, process.memoryUsage.rss());
    return { result, ms, megabytes: Math.round(most / 1e6) };
  } finally {
    clearInterval(timer);
  }
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
