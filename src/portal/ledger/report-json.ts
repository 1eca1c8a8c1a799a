import type { Currency } from "../../audit/ledger/currencies.ts";
import { showDay } from "../../audit/ledger/day.ts";
import type { FeeStandard, LedgerReport } from "../../audit/ledger/ledger.ts";
import { plainAmount } from "./plain-amount.ts";
import { DIMENSIONS } from "./ledger-words.ts";
import {
  grandTotals,
  payersByName,
  type Sum,
  type Total,
  totalsBy,
} from "./totals.ts";

export const REPORT_FORMAT = "vitrine-ledger-report/1";

/**
 * The whole report as JSON. Every amount stands twice: as a decimal string in its currency (`charged`, "145000000.00")
 * and in minor units (`chargedMinor`, 14500000000). Days are ISO 8601; `to` is the last day in force.
 *
 * - `format`, `madeBy`, `madeOn`
 * - `sources`: name, bytes, sha256, format, how, receipts, rejects of each file of receipts
 * - `approvedFees`: the same of the list of fees, and its `standards`
 * - `totals`: one a currency: receipts, charged, approved, difference, `outcomes` (each with receipts, charged, approved)
 * - `by`: the same a name, for department, unit, system, service, payerClass, year and month, and the listed payers
 *   without outcomes
 * - `cells`: the cube of which all these are sums; `fee` is a place in `approvedFees.standards`, from 0
 * - `payerCount`, `rejects` (count and the first ones), `proposals`, `claim`, `notChecked`
 */
export function reportJson(report: LedgerReport, withPayers: boolean): string {
  const { sources, feesSource, fees, cells, rejects, claim } = report;
  const by = DIMENSIONS.flatMap((dimension): [string, readonly object[]][] => {
    if (dimension === "payer")
      return withPayers ? [["payer", payersJson(report)]] : [];
    return [[dimension, totalsBy(cells, dimension).map(totalJson)]];
  });
  return `${JSON.stringify(
    {
      format: REPORT_FORMAT,
      madeBy: report.madeBy,
      madeOn: report.madeOn,
      sources,
      approvedFees: { ...feesSource, standards: fees.map(feeJson) },
      totals: grandTotals(cells).map(totalJson).map(unnamed),
      by: Object.fromEntries(by),
      cells: cells.map(({ minor, approvedMinor, receipts, ...names }) => ({
        ...names,
        ...sumJson({ receipts, minor, approvedMinor }, names.currency),
      })),
      payerCount: report.payerCount,
      rejects: {
        count: rejects.count,
        first: rejects.first.map(({ text, ...reject }) => ({
          ...reject,
          file: sources[reject.file]?.name ?? "",
          // The line as it stands may name a payer.
          ...(withPayers ? { text } : {}),
        })),
      },
      proposals: report.proposals,
      claim:
        claim === undefined
          ? null
          : {
              ...claim,
              slip: claim.slip ?? null,
              claimed: plainAmount(claim.claimedMinor, claim.currency),
              found: plainAmount(claim.foundMinor, claim.currency),
            },
      notChecked: report.unchecked,
    },
    null,
    1,
  )}\n`;
}

function sumJson(
  { receipts, minor, approvedMinor }: Sum,
  currency: Currency,
): object {
  return {
    receipts,
    charged: plainAmount(minor, currency),
    chargedMinor: minor,
    approved: plainAmount(approvedMinor, currency),
    approvedMinor,
  };
}

function totalJson(total: Total): object {
  const { name, currency, differenceMinor, outcomes } = total;
  return {
    name,
    currency,
    ...sumJson(total, currency),
    difference: plainAmount(differenceMinor, currency),
    differenceMinor,
    outcomes: Object.fromEntries(
      [...outcomes].map(([outcome, sum]) => [outcome, sumJson(sum, currency)]),
    ),
  };
}

/** The total of all has no name. */
function unnamed(total: object): object {
  return Object.fromEntries(
    Object.entries(total).filter(([member]) => member !== "name"),
  );
}

function payersJson(report: LedgerReport): readonly object[] {
  return payersByName(report).map((one) => ({
    name: one.payer,
    payerClass: one.payerClass,
    currency: one.currency,
    ...sumJson(one, one.currency),
  }));
}

function feeJson(fee: FeeStandard): object {
  const { priceMinor, ceilingMinor, from, until, currency, ...names } = fee;
  return {
    ...names,
    currency,
    price: plainAmount(priceMinor, currency),
    priceMinor,
    ceiling:
      ceilingMinor === undefined ? null : plainAmount(ceilingMinor, currency),
    ceilingMinor: ceilingMinor ?? null,
    from: showDay(from),
    to: until === undefined ? null : showDay(until - 1),
  };
}
