import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { base64 } from "@scure/base";
import { sayClaim } from "../../audit/ledger/claim-says.ts";
import type { LedgerReport } from "../../audit/ledger/ledger.ts";
import { showAmount } from "../../audit/ledger/show-amount.ts";
import { showCount } from "../../audit/says.ts";
import { type Answer, answersOf } from "./answer.ts";
import { drawFlow } from "./flow-picture.ts";
import { LANGUAGES, type Said, SIGNAL } from "./ledger-words.ts";
import { asItIs, html, type Markup, said, words } from "./markup.ts";
import { receiptsDialog } from "./page-dialog.ts";
import { figures, howComputed } from "./page-figures.ts";
import { checksPart } from "./page-checks.ts";
import {
  dataOf,
  type EmbeddedReceipts,
  type PageOptions,
} from "./page-data.ts";
import { PAGE_STYLE } from "./page-style.ts";
import {
  dimensionTable,
  outcomeTable,
  pathTable,
  payerTable,
} from "./page-tables.ts";
import { cellsOf } from "./totals.ts";

/** The report as one HTML file that needs no network: everything it shows stands in it, in both languages. */
export function renderHtml(
  report: LedgerReport,
  receipts: EmbeddedReceipts,
  options: PageOptions,
): string {
  const { language, script } = options;
  const [english, chinese] = LANGUAGES.map((each) => answersOf(report, each));
  const titles = titleOf(english, chinese);
  const body = bodyOf(report, receipts, options, english ?? [], chinese ?? []);
  const page = html`<!doctype html>
    <html lang="${language === "zh" ? "zh-Hans" : "en"}">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="${policyOf([LANGUAGE_SCRIPT, script])}"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${titles[language]}</title>
        ${asItIs(
          `<style>${PAGE_STYLE}</style><script>${LANGUAGE_SCRIPT}</script>`,
        )}
      </head>
      <body>
        ${body} ${dataOf(report, receipts, options, titles)}
        ${asItIs(`<script type="module">${script}</script>`)}
      </body>
    </html> `;
  return page.html;
}

/** Before anything is painted: the browser's language where the page speaks it. */
const LANGUAGE_SCRIPT = `for (const l of navigator.languages ?? []) { if (/^(zh|en)\\b/i.test(l)) { document.documentElement.lang = /^zh/i.test(l) ? "zh-Hans" : "en"; break; } }`;

function policyOf(scripts: readonly string[]): string {
  const hashes = (texts: readonly string[]) =>
    texts
      .map((text) => `'sha256-${base64.encode(sha256(utf8ToBytes(text)))}'`)
      .join(" ");
  return `default-src 'none'; script-src ${hashes(scripts)}; style-src ${hashes([PAGE_STYLE])}; base-uri 'none'; form-action 'none'`;
}

function titleOf(
  english: readonly Answer[] | undefined,
  chinese: readonly Answer[] | undefined,
): Said {
  return {
    en: english?.[0]?.headline ?? "No receipts",
    zh: chinese?.[0]?.headline ?? "没有票据",
  };
}

function bodyOf(
  report: LedgerReport,
  receipts: EmbeddedReceipts,
  options: PageOptions,
  english: readonly Answer[],
  chinese: readonly Answer[],
): Markup {
  const [first, ...others] = english.map((answer, index) =>
    currencyPart(
      report,
      options,
      answer,
      chinese[index] ?? answer,
      index === 0,
    ),
  );
  return html`<a class="skip" href="#main"
      >${words({ en: "Skip to the answer", zh: "跳到正文" })}</a
    >
    <header>
      <div class="top">
        <span
          >${words({
            en: "Charges held against approved fees",
            zh: "收费与收费标准核对",
          })}
          · ${report.madeOn}</span
        >
        <div class="languages" role="group" aria-label="Language 语言">
          <button type="button" data-language="en" lang="en">English</button>
          <button type="button" data-language="zh" lang="zh-Hans">中文</button>
        </div>
      </div>
    </header>
    <main id="main" tabindex="-1">
      ${first ?? html`<h1>${words({ en: "No receipts", zh: "没有票据" })}</h1>`}
      ${others} ${checksPart(report, receipts, options)}
    </main>
    <footer>
      <p>
        ${words({
          en: `Made by ${report.madeBy} on ${report.madeOn}. This file asks no network for anything.`,
          zh: `由 ${report.madeBy} 于 ${report.madeOn} 生成。本文件不访问网络。`,
        })}
      </p>
    </footer>
    ${receiptsDialog(options.withPayers)}`;
}

/** The answer of one currency first, then its picture, then its sums. */
function currencyPart(
  report: LedgerReport,
  options: PageOptions,
  english: Answer,
  chinese: Answer,
  isFirst: boolean,
): Markup {
  const { total } = english;
  const { currency } = total;
  const cells = cellsOf(report.cells, currency);
  const of = ofCurrency(report, currency);
  const headline = said((language) =>
    language === "en" ? english.headline : chinese.headline,
  );
  const sentences = english.sentences.map((sentence, index) =>
    said((language) =>
      language === "en" ? sentence : chinese.sentences[index],
    ),
  );
  return html`${
      isFirst
        ? html`<h1>${headline}</h1>`
        : html`<h2 class="answer">${headline}</h2>`
    }
    <div class="lead">
      ${sentences.map((sentence) => html`<p>${sentence}</p>`)}
    </div>
    ${claimPart(report, currency)}
    ${
      options.note === undefined
        ? undefined
        : html`<p class="quiet">${words(options.note)}</p>`
    }
    ${figures(report, cells, total)} ${picturePart(cells, english, of)}
    <h2>
      ${words({ en: `What came of the charges${of}`, zh: `收费的核对结果${of}` })}
    </h2>
    <p>${words(SIGNAL)}</p>
    ${outcomeTable(total)} ${sumsPart(report, options, english, of)}`;
}

/** Headings name the currency only where there are several. */
function ofCurrency({ cells }: LedgerReport, currency: string): string {
  return cells.some((cell) => cell.currency !== currency)
    ? ` (${currency})`
    : "";
}

function claimPart({ claim }: LedgerReport, currency: string) {
  if (claim?.currency !== currency) return undefined;
  const { text, claimedMinor, foundMinor, slip, digits } = claim;
  const full = (minor: number) => `${showAmount(minor, claim.currency)}`;
  return html`<div class="claim">
    ${said((language) => {
      const line = sayClaim(claim, language);
      return `${line.slice(0, 1).toUpperCase()}${line.slice(1)}`;
    })}
    ${howComputed((language) =>
      language === "en"
        ? [
            `“${text}” is ${full(claimedMinor)} ${currency} and states ${digits} digits. The sum it is held against is ${full(foundMinor)} ${currency}, rounded to as many digits.`,
            slip === undefined
              ? `${full(claimedMinor)} against ${full(foundMinor)}.`
              : `${full(claimedMinor)} ÷ 10^${slip} is ${full(foundMinor)}, rounded to ${digits} digits.`,
          ]
        : [
            `“${text}”即 ${full(claimedMinor)} ${currency}，有 ${digits} 位有效数字。与之比较的合计为 ${full(foundMinor)} ${currency}，取相同位数。`,
            slip === undefined
              ? `${full(claimedMinor)} 与 ${full(foundMinor)}。`
              : `${full(claimedMinor)} ÷ 10^${slip} 等于 ${full(foundMinor)} 取 ${digits} 位有效数字。`,
          ],
    )}
  </div>`;
}

function picturePart(
  cells: ReturnType<typeof cellsOf>,
  { total: { currency } }: Answer,
  of: string,
): Markup {
  const pictures = (["wide", "narrow"] as const).map((size) =>
    said((language) => drawFlow(cells, currency, language, size).svg),
  );
  const { leftOutMinor } = drawFlow(cells, currency, "en", "wide");
  const { table, count, shown } = pathTable(cells, currency);
  const leftOut = `${showAmount(leftOutMinor, currency)} ${currency}`;
  return html`<h2>
      ${words({ en: `The way of the money${of}`, zh: `资金流向${of}` })}
    </h2>
    ${pictures}
    ${
      leftOutMinor === 0
        ? undefined
        : html`<p class="note">
            ${words({
              en: `What takes money back cannot be drawn: ${leftOut} is not in the picture, and is in the tables.`,
              zh: `冲减的金额无法绘出：${leftOut} 不在图中，见表格。`,
            })}
          </p>`
    }
    <details>
      <summary>
        ${words({ en: "the picture as a table", zh: "以表格显示" })}
      </summary>
      ${table}
      ${
        shown === count
          ? undefined
          : html`<p class="note">
              ${words({
                en: `The ${showCount(shown)} largest of ${showCount(count)} paths.`,
                zh: `${showCount(count)} 条路径中金额最大的 ${showCount(shown)} 条。`,
              })}
            </p>`
      }
    </details>`;
}

function sumsPart(
  report: LedgerReport,
  { withPayers }: PageOptions,
  { total }: Answer,
  of: string,
): Markup {
  const cells = cellsOf(report.cells, total.currency);
  const by = (dimension: Parameters<typeof dimensionTable>[2]) =>
    dimensionTable(cells, total, dimension);
  const folded = (summary: Said, content: Markup) =>
    html`<details>
      <summary>${words(summary)}</summary>
      ${content}
    </details>`;
  return html`<h2>${words({ en: `Sums${of}`, zh: `合计${of}` })}</h2>
    <p class="js-note">
      ${words({
        en: "Every underlined figure opens to its receipts, which are added up again as you look.",
        zh: "点击带下划线的数字即可查看其票据，并当场重新相加。",
      })}
    </p>
    ${howComputed((language) =>
      language === "en"
        ? [
            "Every receipt is in exactly one line and one outcome of each table, so that each column adds up to its last line. Difference is charged less approved. Names are taken as the ledger writes them: two units of one name share a line.",
          ]
        : [
            "每张票据在每个表格中只计入一行和一种结果，因此每栏相加等于末行。差额为收费减批准。名称按账目原样：同名的单位合为一行。",
          ],
    )}
    ${by("department")} ${by("unit")} ${by("system")} ${by("service")}
    ${by("payerClass")} ${by("year")}
    ${folded({ en: "by month", zh: "按月份" }, by("month"))}
    ${withPayers ? payersPart(report, total.currency) : undefined}`;
}

function payersPart(
  report: LedgerReport,
  currency: Answer["total"]["currency"],
): Markup {
  const shown = showCount(report.payers.length);
  const all = showCount(report.payerCount);
  return html`<details>
    <summary>${words({ en: "by payer", zh: "按缴费人" })}</summary>
    <p class="note">
      ${words({
        en: `${shown} lines of ${all} payers, by name and with the names that the ledger gives; having paid says nothing against anybody. Payers can be left out of this file.`,
        zh: `${all} 个缴费人中的 ${shown} 行，按名称排列，名称取自账目；缴费本身不说明任何问题。本文件可不列缴费人。`,
      })}
    </p>
    ${payerTable(report, currency)}
  </details>`;
}
