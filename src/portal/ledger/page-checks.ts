import type { LedgerReport } from "../../audit/ledger/ledger.ts";
import { showCount } from "../../audit/says.ts";
import { OUTCOME_WORDS } from "./ledger-words.ts";
import { html, type Markup, words } from "./markup.ts";
import type { EmbeddedReceipts, PageOptions } from "./page-data.ts";
import {
  feesTable,
  proposalsTable,
  rejectsPart,
  sourcesTable,
  uncheckedList,
} from "./page-sources.ts";

/** What a reader must know before relying on the figures: what was not read, not checked, not decided, and the sources. */
export function checksPart(
  report: LedgerReport,
  receipts: EmbeddedReceipts,
  { withPayers, rejectsFile, receiptsFile }: PageOptions,
): Markup {
  const { proposals } = report;
  return html`<h2>
      ${words({ en: "What could not be read", zh: "无法读取的行" })}
    </h2>
    ${rejectsPart(report, withPayers, rejectsFile)}
    <h2>${words({ en: "What was not checked", zh: "未核查的内容" })}</h2>
    ${uncheckedList(report)}
    <p>
      ${words({
        en: "Only what stands in these files: a charge that no receipt shows, and a fee that the list leaves out, cannot be seen here.",
        zh: "仅限这些文件的内容：没有票据的收费和清单遗漏的收费标准在此无法看到。",
      })}
    </p>
    ${partNote(report, receipts, receiptsFile)}
    ${
      proposals.length === 0
        ? undefined
        : html`<h2>
              ${words({
                en: "Names for a person to decide",
                zh: "须由人确认的名称",
              })}
            </h2>
            <p>
              ${words({
                en: "These only resemble approved names; until somebody says whether they are the same, their receipts are unmatched.",
                zh: "这些名称仅与收费标准中的名称相似；在有人确认之前，其票据列为未匹配。",
              })}
            </p>
            ${proposalsTable(proposals)}`
    }
    <h2>${words({ en: "What this rests on", zh: "数据来源" })}</h2>
    ${sourcesTable(report)} ${feesTable(report)}`;
}

/** Which receipts the page holds, where it does not hold all. */
function partNote(
  report: LedgerReport,
  { count, isPart }: EmbeddedReceipts,
  receiptsFile = "",
): Markup | undefined {
  if (!isPart) return undefined;
  const all = report.cells.reduce((sum, cell) => sum + cell.receipts, 0);
  return html`<p>
    ${words({
      en: `This file holds ${showCount(count)} of ${showCount(all)} receipts: those whose outcome is not “${OUTCOME_WORDS.equal.name.en}”, as far as it can hold them.${receiptsFile === "" ? "" : ` All are in ${receiptsFile}.`}`,
      zh: `本文件含 ${showCount(all)} 张票据中的 ${showCount(count)} 张，即结果不是“${OUTCOME_WORDS.equal.name.zh}”的票据，以可容纳的数量为限。${receiptsFile === "" ? "" : `全部见 ${receiptsFile}。`}`,
    })}
  </p>`;
}
