import { showAmount } from "../../audit/ledger/show-amount.ts";
import { showCount } from "../../audit/says.ts";
import type { Currency } from "../../audit/ledger/currencies.ts";
import type { Outcome } from "../../audit/ledger/ledger.ts";
import type { Dimension } from "./ledger-words.ts";
import { html, type Markup } from "./markup.ts";
import type { Sum } from "./totals.ts";

/** What a total is the sum of: the page's script finds its receipts by these. */
export type Query = {
  readonly currency: Currency;
  readonly outcome?: Outcome;
} & { readonly [D in Dimension]?: string };

/** An amount that opens to its receipts; the script enables the button, so that without one it is a text. */
export function openAmount(
  query: Query,
  sum: Pick<Sum, "minor" | "receipts">,
): Markup {
  return opening(query, sum, showAmount(sum.minor, query.currency));
}

export function openCount(
  query: Query,
  sum: Pick<Sum, "minor" | "receipts">,
): Markup {
  return opening(query, sum, showCount(sum.receipts));
}

function opening(
  query: Query,
  { minor, receipts }: Pick<Sum, "minor" | "receipts">,
  shown: string,
): Markup {
  if (receipts === 0) return html`${shown}`;
  return html`<button
    type="button"
    class="open"
    disabled
    data-query="${JSON.stringify(query)}"
    data-minor="${minor}"
    data-receipts="${receipts}"
  >
    ${shown}
  </button>`;
}
