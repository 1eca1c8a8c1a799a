import type { Cell, LedgerReport, Outcome } from "../../audit/ledger/ledger.ts";
import {
  type Language,
  showAmount,
  showAmountShort,
} from "../../audit/ledger/show-amount.ts";
import { showCount } from "../../audit/says.ts";
import { OUTCOME_WORDS } from "./ledger-words.ts";
import {
  cellsOf,
  countNames,
  grandTotals,
  outcomesOf,
  type Total,
} from "./totals.ts";

/** What the ledger of one currency comes to, in plain sentences: the first is the answer. */
export type Answer = {
  readonly total: Total;
  readonly headline: string;
  readonly sentences: readonly string[];
};

export function answersOf(
  report: LedgerReport,
  language: Language,
): readonly Answer[] {
  return grandTotals(report.cells).map((total) => {
    const cells = cellsOf(report.cells, total.currency);
    return {
      total,
      headline: headlineOf(cells, total, language),
      sentences: [
        whoCharged(cells, total, language),
        howMuchNobodyApproved(total, language),
        ...otherOutcomes(total, language),
      ],
    };
  });
}

/** 62.5 %: never 100 where something is missing, never 0 where something is there. */
export function showShare(part: number, whole: number): string {
  if (part === whole) return "100 %";
  const share = Math.abs(part / whole);
  if (share < 0.001) return "< 0.1 %";
  if (share > 0.999 && share < 1) return "> 99.9 %";
  return `${(share * 100).toFixed(1)} %`;
}

function headlineOf(
  cells: readonly Cell[],
  total: Total,
  language: Language,
): string {
  const { minor, currency } = total;
  const sum = `${showAmountShort(minor, currency, language)} ${currency}`;
  const units = countNames(cells, "unit");
  const unapproved = minorOf(total, "nobodyApproved");
  const share = showShare(unapproved, minor);
  if (language === "zh") {
    const said =
      unapproved === minor && minor !== 0
        ? "全部无人批准"
        : unapproved === 0
          ? "未发现无人批准的收费"
          : `其中 ${share} 无人批准`;
    return `${units === 0 ? "" : `${showCount(units)} 个单位`}收费${sum}，${said}`;
  }
  const said =
    unapproved === minor && minor !== 0
      ? "Nobody approved any of it"
      : unapproved === 0
        ? "No charge was found that nobody approved"
        : `Nobody approved ${share} of it`;
  const who = units === 0 ? "" : `${plural(units, "unit")} charged `;
  return `${who}${sum}${units === 0 ? " charged" : ""}. ${said}.`;
}

function whoCharged(
  cells: readonly Cell[],
  { minor, currency, receipts }: Total,
  language: Language,
): string {
  const months = cells.map(({ month }) => month).toSorted();
  const [first = "", last = ""] = [months[0], months.at(-1)];
  const [departments, units, systems] = (
    ["department", "unit", "system"] as const
  ).map((dimension) => countNames(cells, dimension));
  const sum = `${showAmount(minor, currency)} ${currency}`;
  const time = first === last ? [first] : [first, last];
  if (language === "zh")
    return `${time.join(" 至 ")}，${[
      counted(departments, (n) => `${n} 个部门的 `),
      counted(units, (n) => `${n} 个单位`),
      counted(systems, (n) => `通过 ${n} 个信息系统`),
    ].join("")}共收费 ${sum}，票据 ${showCount(receipts)} 张。`;
  const who = [
    counted(units, (_, n) => plural(n, "unit")),
    counted(departments, (_, n) => plural(n, "department")),
  ].filter((part) => part !== "");
  const through = counted(
    systems,
    (_, n) => ` through ${plural(n, "information system")}`,
  );
  const when = time.length === 1 ? `In ${first}` : `From ${first} to ${last}`;
  return `${when}, ${who.length === 0 ? `${sum} was charged` : `${who.join(" of ")} charged ${sum}`}${through}, on ${plural(receipts, "receipt")}.`;
}

function howMuchNobodyApproved(total: Total, language: Language): string {
  const { minor, currency } = total;
  const unapproved = total.outcomes.get("nobodyApproved");
  if (unapproved === undefined)
    return language === "en"
      ? "For no charge does the list of approved fees lack a fee that somebody approved."
      : "未发现收费标准清单中无人批准的收费。";
  const sum = `${showAmount(unapproved.minor, currency)} ${currency}`;
  const share = showShare(unapproved.minor, minor);
  if (unapproved.minor === minor)
    return language === "en"
      ? `All of it, ${sum}, has no fee that anybody approved.`
      : `全部 ${sum} 没有任何经批准的收费标准。`;
  return language === "en"
    ? `${sum} of it, ${share}, has no fee that anybody approved.`
    : `其中 ${sum}（${share}）没有任何经批准的收费标准。`;
}

/** One sentence for all other outcomes, the largest sums first. */
function otherOutcomes(total: Total, language: Language): readonly string[] {
  const { currency } = total;
  const others = outcomesOf([total])
    .filter((outcome) => outcome !== "nobodyApproved")
    .map((outcome) => ({ outcome, minor: minorOf(total, outcome) }))
    .toSorted((a, b) => Math.abs(b.minor) - Math.abs(a.minor))
    .map(
      ({ outcome, minor }) =>
        `${OUTCOME_WORDS[outcome].name[language]} ${showAmount(minor, currency)}`,
    );
  if (others.length === 0) return [];
  const rest = total.outcomes.has("nobodyApproved");
  return [
    language === "en"
      ? `${rest ? "The rest" : "All of it"}: ${others.join("; ")}.`
      : `${rest ? "其余" : "全部"}：${others.join("；")}。`,
  ];
}

function minorOf(total: Total, outcome: Outcome): number {
  return total.outcomes.get(outcome)?.minor ?? 0;
}

function counted(
  n: number | undefined,
  said: (shown: string, n: number) => string,
): string {
  return n === undefined || n === 0 ? "" : said(showCount(n), n);
}

export function plural(n: number, noun: string): string {
  return `${showCount(n)} ${noun}${n === 1 ? "" : "s"}`;
}
