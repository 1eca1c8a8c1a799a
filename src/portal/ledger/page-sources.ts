import { showDay } from "../../audit/ledger/day.ts";
import type {
  FeeStandard,
  LedgerReport,
  Proposal,
  Reject,
} from "../../audit/ledger/ledger.ts";
import { showAmount } from "../../audit/ledger/show-amount.ts";
import { showCount } from "../../audit/says.ts";
import { DIMENSION_WORDS, type Said, UNCHECKED_WORDS } from "./ledger-words.ts";
import { capital, html, type Markup, said, words } from "./markup.ts";
import { scrolling } from "./page-tables.ts";

const heads = (names: readonly (Said & { readonly isNumber?: boolean })[]) =>
  html`<thead>
    <tr>
      ${names.map(
        ({ isNumber, ...name }) =>
          html`<th scope="col" class="${isNumber === true ? "number" : "text"}">
            ${words(name)}
          </th>`,
      )}
    </tr>
  </thead>`;

/** The files, as they can be found and checked again. */
export function sourcesTable({ sources, feesSource }: LedgerReport): Markup {
  const row = (
    { name, bytes, sha256 }: LedgerReport["feesSource"],
    how: Markup | string,
    receipts: string,
    rejects: string,
  ) =>
    html`<tr>
      <th scope="row">${name}</th>
      <td>${how}</td>
      <td class="number">${receipts}</td>
      <td class="number">${rejects}</td>
      <td class="number">${showCount(bytes)}</td>
      <td><code>${sha256}</code></td>
    </tr>`;
  return scrolling(
    { en: "Files", zh: "文件" },
    html`<table>
      ${heads([
        { en: "File", zh: "文件" },
        { en: "Read as", zh: "读取方式" },
        { en: "Receipts", zh: "票据数", isNumber: true },
        { en: "Lines not read", zh: "未读取的行", isNumber: true },
        { en: "Bytes", zh: "字节", isNumber: true },
        { en: "SHA-256", zh: "SHA-256 摘要" },
      ])}
      <tbody>
        ${sources.map((source) =>
          row(
            source,
            source.how,
            showCount(source.receipts),
            showCount(source.rejects),
          ),
        )}
        ${row(
          feesSource,
          words({ en: "the list of approved fees", zh: "收费标准清单" }),
          "",
          "",
        )}
      </tbody>
    </table>`,
  );
}

/** So many fees stand in the page; all of them are in the workbook and in report.json. */
const FEES_MAX = 500;

/** The approved fees that the receipts were held against. */
export function feesTable({ fees }: LedgerReport): Markup {
  const table = scrolling(
    { en: "Approved fees", zh: "收费标准" },
    html`<table>
      ${heads([
        { en: "Line", zh: "行", isNumber: true },
        { en: "Service", zh: "服务" },
        { en: "Unit", zh: "单位" },
        { en: "Payer class", zh: "缴费人类别" },
        { en: "Price", zh: "单价", isNumber: true },
        { en: "per", zh: "计费单位", isNumber: true },
        { en: "Ceiling", zh: "最高限价", isNumber: true },
        { en: "In force", zh: "有效期" },
        { en: "Approved by", zh: "批准机关" },
        { en: "Paper", zh: "文号" },
        { en: "Ground", zh: "依据" },
      ])}
      <tbody>
        ${fees.slice(0, FEES_MAX).map(feeRow)}
      </tbody>
    </table>`,
  );
  return html`<details>
    <summary>
      ${said((language) =>
        language === "en"
          ? `the ${showCount(fees.length)} approved fees`
          : `${showCount(fees.length)} 项收费标准`,
      )}
    </summary>
    ${table}
    ${
      fees.length <= FEES_MAX
        ? undefined
        : html`<p class="note">
            ${said((language) =>
              language === "en"
                ? `The first ${showCount(FEES_MAX)} of ${showCount(fees.length)}; report.xlsx and report.json hold all.`
                : `此处为 ${showCount(fees.length)} 项中的前 ${showCount(FEES_MAX)} 项；全部见 report.xlsx 和 report.json。`,
            )}
          </p>`
    }
  </details>`;
}

function feeRow(fee: FeeStandard): Markup {
  const { currency, ceilingMinor, from, until } = fee;
  const ceiling =
    ceilingMinor === undefined ? "" : showAmount(ceilingMinor, currency);
  return html`<tr>
    <td class="number">${fee.line}</td>
    <td>${fee.service}</td>
    <td>${fee.unit}</td>
    <td>${fee.payerClass}</td>
    <td class="number">${showAmount(fee.priceMinor, currency)} ${currency}</td>
    <td class="number">${showCount(fee.step)}</td>
    <td class="number">${ceiling}</td>
    <td>${showDay(from)} – ${until === undefined ? "" : showDay(until - 1)}</td>
    <td>${fee.approvedBy}</td>
    <td>${fee.paper}</td>
    <td>${fee.ground}</td>
  </tr>`;
}

/** The lines that could not be read: where, why, and as they stand unless they could name payers. */
export function rejectsPart(
  { rejects, sources }: LedgerReport,
  withPayers: boolean,
  rejectsFile: string | undefined,
): Markup {
  const { count, first } = rejects;
  const row = ({ file, line, column, reason, text }: Reject) =>
    html`<tr>
      <th scope="row" class="place">${sources[file]?.name ?? ""}:${line}</th>
      <td>${column}</td>
      <td>${reason}</td>
      ${
        withPayers
          ? html`<td class="line"><code>${text}</code></td>`
          : undefined
      }
    </tr>`;
  const where = rejectsFile ?? "";
  return html`<p>
      ${said((language) => {
        if (count === 0)
          return language === "en"
            ? "Every line of every file could be read."
            : "所有文件的每一行均已读取。";
        return language === "en"
          ? `${showCount(count)} ${count === 1 ? "line" : "lines"} could not be read${where === "" ? "" : `; all of them are in ${where}`}.`
          : `${showCount(count)} 行无法读取${where === "" ? "" : `，全部见 ${where}`}。`;
      })}
    </p>
    ${
      first.length === 0
        ? undefined
        : scrolling(
            { en: "Lines that could not be read", zh: "无法读取的行" },
            html`<table>
              ${heads([
                { en: "File and line", zh: "文件与行" },
                { en: "Column", zh: "栏" },
                { en: "Reason", zh: "原因" },
                ...(withPayers ? [{ en: "As it stands", zh: "原文" }] : []),
              ])}
              <tbody>
                ${first.map(row)}
              </tbody>
            </table>`,
          )
    }`;
}

export function uncheckedList({ unchecked }: LedgerReport): Markup | undefined {
  return unchecked.length === 0
    ? undefined
    : html`<ul>
        ${unchecked.map(
          (each) => html`<li>${words(UNCHECKED_WORDS[each])}</li>`,
        )}
      </ul>`;
}

/** Names that only resemble approved ones; until a person decides, their receipts are unmatched. */
export function proposalsTable(proposals: readonly Proposal[]): Markup {
  return scrolling(
    { en: "Names that resemble approved ones", zh: "相似的名称" },
    html`<table>
      ${heads([
        { en: "Name in the ledger", zh: "账目中的名称" },
        { en: "Is a", zh: "类型" },
        { en: "Approved names that resemble it", zh: "收费标准中相似的名称" },
        { en: "Receipts", zh: "票据数", isNumber: true },
      ])}
      <tbody>
        ${proposals.map(
          ({ role, name, candidates, receipts }) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${words(capital(DIMENSION_WORDS[role]))}</td>
              <td>${candidates.join("; ")}</td>
              <td class="number">${showCount(receipts)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  );
}
