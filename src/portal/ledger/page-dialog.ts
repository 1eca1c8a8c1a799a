import { COLUMN_WORDS, DIMENSION_WORDS, type Said } from "./ledger-words.ts";
import { capital, html, type Markup, words } from "./markup.ts";

/** What the script says over a list of receipts; a % is where it puts a number. */
export const LIST_WORDS = {
  all: { en: "all receipts", zh: "全部票据" },
  loading: { en: "Unpacking the receipts …", zh: "正在解压票据……" },
  nothing: { en: "no receipts", zh: "没有票据" },
  sum: {
    en: "%n receipts listed: charged %c, approved %a.",
    zh: "列出 %n 张票据：收费 %c，批准 %a。",
  },
  agrees: {
    en: "Added up here, they are the total that was opened.",
    zh: "当场相加，与所点击的合计一致。",
  },
  of: { en: "The total that was opened: %.", zh: "所点击的合计：%。" },
  part: {
    en: "The total that was opened has % receipts; this file does not hold them all.",
    zh: "所点击的合计有 % 张票据；本文件未全部收录。",
  },
} as const satisfies Readonly<Record<string, Said>>;

/** The list of a total's receipts, filled by the script. */
export function receiptsDialog(withPayers: boolean): Markup {
  const head = (text: Said) =>
    html`<th scope="col">${words(capital(text))}</th>`;
  const numberHead = (text: Said) =>
    html`<th scope="col" class="number">${words(capital(text))}</th>`;
  const press = (id: string, text: Said) =>
    html`<button type="button" class="press" id="${id}">
      ${words(text)}
    </button>`;
  return html`<dialog id="receipts-dialog" aria-labelledby="receipts-name">
    <div class="sheet">
      <div class="sheet-top">
        <h2 id="receipts-name"></h2>
        ${press("receipts-close", { en: "Close", zh: "关闭" })}
      </div>
      <p id="receipts-sum" role="status"></p>
      <div class="sheet-tools">
        <label for="receipts-find"
          >${words({
            en: withPayers
              ? "Find reference, payer or service"
              : "Find reference or service",
            zh: withPayers ? "查找编号、缴费人或服务" : "查找编号或服务",
          })}</label
        >
        <input id="receipts-find" type="text" autocomplete="off" />
        ${press("receipts-back", { en: "Back", zh: "上一页" })}
        <span id="receipts-place"></span>
        ${press("receipts-next", { en: "Next", zh: "下一页" })}
      </div>
      <div
        class="scroll"
        id="receipts-box"
        role="region"
        tabindex="0"
        aria-labelledby="receipts-name"
      >
        <table>
          <thead>
            <tr>
              ${head({ en: "reference", zh: "编号" })}
              ${sortHead("day", { en: "Day", zh: "日期" })}
              ${withPayers ? head(DIMENSION_WORDS.payer) : undefined}
              ${head(DIMENSION_WORDS.service)}
              ${numberHead({ en: "quantity", zh: "数量" })}
              ${sortHead("minor", capital(COLUMN_WORDS.charged), "number")}
              ${numberHead(COLUMN_WORDS.approved)}
              ${head({ en: "outcome (fee)", zh: "结果（标准）" })}
              ${sortHead("line", { en: "File:line", zh: "文件:行" })}
            </tr>
          </thead>
          <tbody id="receipts-rows"></tbody>
        </table>
      </div>
    </div>
  </dialog>`;
}

function sortHead(order: string, text: Said, kind = "text"): Markup {
  return html`<th scope="col" class="${kind}" aria-sort="none">
    <button type="button" class="sort" data-order="${order}">
      ${words(text)}
    </button>
  </th>`;
}
