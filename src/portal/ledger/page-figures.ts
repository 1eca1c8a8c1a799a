import type { Currency } from "../../audit/ledger/currencies.ts";
import type { Cell, LedgerReport, Outcome } from "../../audit/ledger/ledger.ts";
import {
  type Language,
  showAmount,
  showAmountShort,
} from "../../audit/ledger/show-amount.ts";
import { showCount } from "../../audit/says.ts";
import { showShare } from "./answer.ts";
import { COLUMN_WORDS, OUTCOME_WORDS, type Said } from "./ledger-words.ts";
import { capital, html, type Markup, said, words } from "./markup.ts";
import { openAmount, openCount } from "./page-opens.ts";
import { type Sum, type Total, totalsBy } from "./totals.ts";

/** Outcomes for which an approved fee stands beside the charge. */
const WITH_FEE: readonly Outcome[] = ["equal", "over", "under", "aboveCeiling"];
const NOTHING: Sum = { receipts: 0, minor: 0, approvedMinor: 0 };
/** So many parts of a sum are written out; more are left to the table. */
const PARTS_MAX = 12;

/** The four figures of a currency, each with the way it was computed and its numbers. */
export function figures(
  report: LedgerReport,
  cells: readonly Cell[],
  grand: Total,
): Markup {
  const { currency } = grand;
  const unapproved = grand.outcomes.get("nobodyApproved") ?? NOTHING;
  return html`<ul class="figures">
    ${figure({
      label: COLUMN_WORDS.charged,
      big: openAmount({ currency }, grand),
      currency,
      minor: grand.minor,
      how: chargedHow(report, cells, grand),
    })}
    ${figure({
      label: OUTCOME_WORDS.nobodyApproved.name,
      big: openAmount({ currency, outcome: "nobodyApproved" }, unapproved),
      currency,
      minor: unapproved.minor,
      how: unapprovedHow(cells, grand, unapproved),
      isWarning: unapproved.minor !== 0,
    })}
    ${figure({
      label: COLUMN_WORDS.approved,
      big: html`${showAmount(grand.approvedMinor, currency)}`,
      currency,
      minor: grand.approvedMinor,
      how: approvedHow(grand),
    })}
    ${figure({
      label: COLUMN_WORDS.receipts,
      big: openCount({ currency }, grand),
      how: receiptsHow(report),
    })}
  </ul>`;
}

type Figure = {
  readonly label: Said;
  readonly big: Markup;
  readonly currency?: Currency;
  readonly minor?: number;
  readonly how: (language: Language) => readonly string[];
  readonly isWarning?: boolean;
};

function figure({ label, big, currency, minor, how, isWarning }: Figure) {
  const colour = isWarning === true ? "big uncovered-text" : "big";
  const short = (language: Language) =>
    minor === undefined || currency === undefined
      ? undefined
      : [showAmountShort(minor, currency, language)]
          // A small amount is no shorter in words.
          .map((each) =>
            each === showAmount(minor, currency)
              ? currency
              : `${each} ${currency}`,
          );
  return html`<li>
    <span class="label">${words(capital(label))}</span>
    <span class="${colour}">${big}</span>
    ${
      currency === undefined
        ? undefined
        : html`<span class="quiet">${said(short)}</span>`
    }
    ${howComputed(how)}
  </li>`;
}

/** A sentence and the formula with its numbers, folded away. */
export function howComputed(
  how: (language: Language) => readonly string[],
): Markup {
  return html`<details>
    <summary>${words({ en: "how this was computed", zh: "如何计算" })}</summary>
    ${said((language) =>
      how(language).map((line) => html`<p class="formula">${line}</p>`),
    )}
  </details>`;
}

function chargedHow(
  { rejects }: LedgerReport,
  cells: readonly Cell[],
  grand: Total,
): Figure["how"] {
  const { currency, receipts, minor } = grand;
  const formula = sumOf(
    totalsBy(cells, "department").map((total) => total.minor),
    minor,
    currency,
  );
  const unread = showCount(rejects.count);
  return (language) =>
    language === "en"
      ? [
          `The amounts of ${showCount(receipts)} receipts added up to the minor unit, whatever their outcome; what takes money back is subtracted. ${unread} lines that could not be read are not in it.`,
          `By department: ${formula}.`,
        ]
      : [
          `${showCount(receipts)} 张票据的金额逐分相加，不论结果如何；冲减的金额予以扣除。${unread} 行无法读取，未计入。`,
          `按部门：${formula}。`,
        ];
}

function unapprovedHow(
  cells: readonly Cell[],
  { minor, currency }: Total,
  unapproved: Sum,
): Figure["how"] {
  const parts = totalsBy(cells, "department").map(
    (total) => total.outcomes.get("nobodyApproved")?.minor ?? 0,
  );
  const formula = sumOf(parts, unapproved.minor, currency);
  const share = `${showAmount(unapproved.minor, currency)} ÷ ${showAmount(minor, currency)} = ${minor === 0 ? "0 %" : showShare(unapproved.minor, minor)}`;
  return (language) => {
    const { means } = OUTCOME_WORDS.nobodyApproved;
    return language === "en"
      ? [
          `The charges of ${showCount(unapproved.receipts)} receipts of which this is so: ${means.en}`,
          `By department: ${formula}. Share of the charges: ${share}.`,
        ]
      : [
          `符合下列情形的 ${showCount(unapproved.receipts)} 张票据的收费：${means.zh}`,
          `按部门：${formula}。占收费的比例：${share}。`,
        ];
  };
}

function approvedHow(grand: Total): Figure["how"] {
  const { currency, approvedMinor, minor, differenceMinor } = grand;
  const parts = WITH_FEE.flatMap((outcome) => {
    const sum = grand.outcomes.get(outcome);
    return sum === undefined ? [] : [{ outcome, sum }];
  });
  const sum = (language: Language) =>
    parts.length === 0
      ? showAmount(0, currency)
      : `${parts.map((part) => `${OUTCOME_WORDS[part.outcome].name[language]} ${showAmount(part.sum.approvedMinor, currency)}`).join(" + ")} = ${showAmount(approvedMinor, currency)}`;
  const difference = `${showAmount(minor, currency)} − ${showAmount(approvedMinor, currency)} = ${showAmount(differenceMinor, currency)}`;
  return (language) =>
    language === "en"
      ? [
          "For each receipt the approved fee in force on its day: price × ⌈quantity ÷ step⌉. It counts where that fee has an approval and a ground; where none applies it is 0.",
          `${sum("en")}. Charged less approved: ${difference}.`,
        ]
      : [
          "每张票据按当日有效的收费标准计算：单价 × ⌈数量 ÷ 计费单位⌉。仅在该标准经批准且有依据时计入；没有适用标准时为 0。",
          `${sum("zh")}。收费减批准：${difference}。`,
        ];
}

function receiptsHow({ sources, rejects }: LedgerReport): Figure["how"] {
  const read = sources.reduce((sum, { receipts }) => sum + receipts, 0);
  const lines = `${showCount(read)} + ${showCount(rejects.count)} = ${showCount(read + rejects.count)}`;
  return (language) =>
    language === "en"
      ? [
          `Receipts and lines that could not be read are all lines of all ${showCount(sources.length)} files, blank lines aside.`,
          `${lines} lines, in every currency.`,
        ]
      : [
          `票据与无法读取的行合计为全部 ${showCount(sources.length)} 个文件的所有行，空行除外。`,
          `${lines} 行，含各币种。`,
        ];
}

function sumOf(
  parts: readonly number[],
  sum: number,
  currency: Currency,
): string {
  const shown = parts.slice(0, PARTS_MAX);
  const more = parts.length > shown.length ? " + …" : "";
  return `${shown.map((part) => showAmount(part, currency)).join(" + ")}${more} = ${showAmount(sum, currency)}`;
}
