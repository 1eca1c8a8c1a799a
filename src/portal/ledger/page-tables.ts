import type { Currency } from "../../audit/ledger/currencies.ts";
import {
  type Cell,
  type LedgerReport,
  type Outcome,
  OUTCOMES,
} from "../../audit/ledger/ledger.ts";
import { showAmount } from "../../audit/ledger/show-amount.ts";
import { showCount } from "../../audit/says.ts";
import { OUTCOME_COLOURS } from "./flow-picture.ts";
import {
  COLUMN_WORDS,
  DIMENSION_WORDS,
  type Dimension,
  OUTCOME_WORDS,
  type Said,
} from "./ledger-words.ts";
import { capital, html, type Markup, said, words } from "./markup.ts";
import { openAmount, openCount, type Query } from "./page-opens.ts";
import { outcomesOf, payersByName, type Total, totalsBy } from "./totals.ts";

/** A heading over numbers, as they stand. */
const numberHead = (text: Said): Markup =>
  html`<th scope="col" class="number">${words(capital(text))}</th>`;

const nameOr = (name: string): Markup | string =>
  name === "" ? words(COLUMN_WORDS.none) : name;

/** A table in a box that scrolls by itself and by keyboard; `name` says what it is. */
export function scrolling(name: Said, table: Markup): Markup {
  // A label has one language; the heading's words carry both.
  const id = `box-${name.en.replace(/[^a-z0-9]+/gi, "-")}`;
  return html`<div
    class="scroll"
    role="region"
    tabindex="0"
    aria-labelledby="${id}"
  >
    <span class="unseen" id="${id}">${words(name)}</span>${table}
  </div>`;
}

/** The sums by one dimension, every figure opening to its receipts. */
export function dimensionTable(
  cells: readonly Cell[],
  grand: Total,
  dimension: Exclude<Dimension, "payer">,
): Markup {
  const totals = totalsBy(cells, dimension);
  const outcomes = outcomesOf([grand]);
  const { currency } = grand;
  const row = (total: Total, query: Query, name: Markup | string) =>
    html`<tr>
      <th scope="row">${name}</th>
      <td class="number">${openCount(query, total)}</td>
      <td class="number">${openAmount(query, total)}</td>
      <td class="number">${showAmount(total.approvedMinor, currency)}</td>
      <td class="number">${showAmount(total.differenceMinor, currency)}</td>
      ${outcomes.map((outcome) => outcomeCell(total, query, outcome))}
    </tr>`;
  const title = DIMENSION_WORDS[dimension];
  return scrolling(
    tableName(dimension, currency),
    html`<table>
      <caption>
        ${said((language) =>
          language === "en"
            ? `Sums by ${title.en}, ${currency}`
            : `按${title.zh}合计，${currency}`,
        )}
      </caption>
      <thead>
        <tr>
          <th scope="col">${words(capital(title))}</th>
          ${[
            COLUMN_WORDS.receipts,
            COLUMN_WORDS.charged,
            COLUMN_WORDS.approved,
            COLUMN_WORDS.difference,
          ].map(numberHead)}${outcomes.map((outcome) =>
            numberHead(OUTCOME_WORDS[outcome].name),
          )}
        </tr>
      </thead>
      <tbody>
        ${totals.map((total) =>
          row(total, { currency, [dimension]: total.name }, nameOr(total.name)),
        )}
      </tbody>
      <tfoot>
        ${row(grand, { currency }, words(COLUMN_WORDS.total))}
      </tfoot>
    </table>`,
  );
}

function tableName(dimension: Dimension, currency: Currency): Said {
  const { en, zh } = DIMENSION_WORDS[dimension];
  return {
    en: `Sums by ${en} ${currency}`,
    zh: `按${zh}合计 ${currency}`,
  };
}

function outcomeCell(total: Total, query: Query, outcome: Outcome): Markup {
  const sum = total.outcomes.get(outcome) ?? { minor: 0, receipts: 0 };
  return html`<td class="number">
    ${openAmount({ ...query, outcome }, sum)}
  </td>`;
}

/** Each outcome that occurs, what it means, and how much of it there is. */
export function outcomeTable(grand: Total): Markup {
  const { currency } = grand;
  return scrolling(
    { en: `Outcomes ${currency}`, zh: `结果 ${currency}` },
    html`<table>
      <thead>
        <tr>
          <th scope="col">${words({ en: "Outcome", zh: "结果" })}</th>
          ${numberHead(COLUMN_WORDS.receipts)}
          ${numberHead(COLUMN_WORDS.charged)}
        </tr>
      </thead>
      <tbody>
        ${outcomesOf([grand]).map((outcome) => outcomeRow(grand, outcome))}
      </tbody>
    </table>`,
  );
}

function outcomeRow(grand: Total, outcome: Outcome): Markup {
  const { name, means } = OUTCOME_WORDS[outcome];
  const sum = grand.outcomes.get(outcome) ?? { minor: 0, receipts: 0 };
  const query = { currency: grand.currency, outcome };
  return html`<tr>
    <th scope="row">
      <span class="mark ${OUTCOME_COLOURS[outcome]}"></span
      ><b>${words(capital(name))}</b>
      <span class="means">${words(means)}</span>
    </th>
    <td class="number">${openCount(query, sum)}</td>
    <td class="number">${openAmount(query, sum)}</td>
  </tr>`;
}

/** The listed payers, by name: what they paid says nothing of them. */
export function payerTable(report: LedgerReport, currency: Currency): Markup {
  const payers = payersByName(report).filter(
    (one) => one.currency === currency,
  );
  return scrolling(
    tableName("payer", currency),
    html`<table>
      <thead>
        <tr>
          <th scope="col">${words(capital(DIMENSION_WORDS.payer))}</th>
          <th scope="col">${words(capital(DIMENSION_WORDS.payerClass))}</th>
          ${[
            COLUMN_WORDS.receipts,
            COLUMN_WORDS.charged,
            COLUMN_WORDS.approved,
          ].map(numberHead)}
        </tr>
      </thead>
      <tbody>
        ${payers.map((one) => {
          const { payer, payerClass } = one;
          const query = { currency, payer, payerClass };
          return html`<tr>
            <th scope="row">${nameOr(payer)}</th>
            <td>${nameOr(payerClass)}</td>
            <td class="number">${showCount(one.receipts)}</td>
            <td class="number">${openAmount(query, one)}</td>
            <td class="number">${showAmount(one.approvedMinor, currency)}</td>
          </tr>`;
        })}
      </tbody>
    </table>`,
  );
}

const PATHS_MAX = 1_000;
const PATH = ["department", "unit", "system"] as const;

/** What the picture shows, as a table: every path from department to outcome, the largest first. */
export function pathTable(
  cells: readonly Cell[],
  currency: Currency,
): { readonly table: Markup; readonly count: number; readonly shown: number } {
  const sums = new Map<
    string,
    { query: Query; minor: number; receipts: number }
  >();
  for (const cell of cells) {
    const { department, unit, system, outcome } = cell;
    const key = JSON.stringify([department, unit, system, outcome]);
    const query: Query = { currency, department, unit, system, outcome };
    const sum = sums.get(key) ?? { query, minor: 0, receipts: 0 };
    sum.minor += cell.minor;
    sum.receipts += cell.receipts;
    sums.set(key, sum);
  }
  const rows = [...sums.values()]
    .toSorted((a, b) => b.minor - a.minor)
    .slice(0, PATHS_MAX);
  const table = scrolling(
    { en: `The way of the money ${currency}`, zh: `资金流向 ${currency}` },
    html`<table>
      <thead>
        <tr>
          ${PATH.map(
            (level) =>
              html`<th scope="col">
                ${words(capital(DIMENSION_WORDS[level]))}
              </th>`,
          )}
          <th scope="col">${words({ en: "Outcome", zh: "结果" })}</th>
          ${numberHead(COLUMN_WORDS.receipts)}
          ${numberHead(COLUMN_WORDS.charged)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ query, minor, receipts }) =>
            html`<tr>
              ${PATH.map((level) => html`<td>${nameOr(query[level] ?? "")}</td>`)}
              <td>${outcomeName(query.outcome)}</td>
              <td class="number">${showCount(receipts)}</td>
              <td class="number">${openAmount(query, { minor, receipts })}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  );
  return { table, count: sums.size, shown: rows.length };
}

function outcomeName(outcome: Outcome | undefined): Markup | undefined {
  const known = OUTCOMES.find((each) => each === outcome);
  return known === undefined ? undefined : words(OUTCOME_WORDS[known].name);
}
