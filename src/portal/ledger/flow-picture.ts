import type { Currency } from "../../audit/ledger/currencies.ts";
import type { Cell, Outcome } from "../../audit/ledger/ledger.ts";
import {
  type Language,
  showAmountShort,
} from "../../audit/ledger/show-amount.ts";
import { showCount } from "../../audit/says.ts";
import {
  type Flow,
  type FlowLink,
  type FlowNode,
  flowOf,
  type FlowShape,
} from "./flow.ts";
import {
  COLUMN_WORDS,
  DIMENSION_WORDS,
  OUTCOME_WORDS,
} from "./ledger-words.ts";
import { html, type Markup } from "./markup.ts";
import { cutTo } from "./screen-width.ts";

/** For a desk the whole way of the money, for a phone its two ends. */
const SHAPES = {
  wide: {
    levels: ["department", "unit", "system"],
    xs: [0, 262, 536, 810],
    width: 1040,
    barWidth: 10,
    moneyHeight: 380,
    labelHeight: 37,
    namesMax: 14,
  },
  narrow: {
    levels: ["department"],
    xs: [0, 166],
    width: 350,
    barWidth: 9,
    moneyHeight: 260,
    labelHeight: 37,
    namesMax: 8,
  },
} as const satisfies Readonly<Record<string, FlowShape>>;

const HEAD = 30;
const NAME_COLUMNS = { wide: 31, narrow: 22 };

/** Outcomes of one colour are told apart by their names; the four colours also in grey and by colour-blind eyes. */
export const OUTCOME_COLOURS: Readonly<
  Record<Outcome, "covered" | "taken" | "differs" | "uncovered" | "open">
> = {
  equal: "covered",
  under: "covered",
  waived: "taken",
  refunded: "taken",
  over: "differs",
  aboveCeiling: "differs",
  paidTwice: "differs",
  notInForce: "uncovered",
  withoutGround: "uncovered",
  nobodyApproved: "uncovered",
  unmatched: "open",
};

export type Picture = {
  readonly svg: Markup;
  /** What takes money back and is not drawn, below zero. */
  readonly leftOutMinor: number;
};

/** The picture of one currency's money, in one language: an SVG with a title and a description. */
export function drawFlow(
  cells: readonly Cell[],
  currency: Currency,
  language: Language,
  size: "wide" | "narrow",
): Picture {
  const shape: FlowShape = SHAPES[size];
  const flow = flowOf(cells, shape);
  const id = `${size}-${language}-${currency}`;
  const says = sayings(currency, language, NAME_COLUMNS[size]);
  const svg = html`<svg
    class="flow ${size}"
    viewBox="0 0 ${shape.width} ${Math.ceil(flow.height) + HEAD}"
    role="img"
    aria-labelledby="title-${id} desc-${id}"
  >
    <title id="title-${id}">${titleOf(shape, currency, language)}</title>
    <desc id="desc-${id}">${description(flow, says, language)}</desc>
    <g class="heads">${heads(shape, language)}</g>
    <g transform="translate(0 ${HEAD})">
      ${flow.links.map(ribbon)}
      ${flow.nodes.map((node) => bar(node, shape.barWidth))}
      ${flow.nodes.map((node) => label(node, shape.barWidth, says))}
    </g>
  </svg>`;
  return { svg, leftOutMinor: flow.leftOutMinor };
}

type Says = {
  readonly name: (node: FlowNode) => string;
  readonly whole: (node: FlowNode) => string;
  readonly amount: (minor: number) => string;
};

function sayings(
  currency: Currency,
  language: Language,
  columns: number,
): Says {
  const whole = ({ name, outcome, folded }: FlowNode) => {
    if (outcome !== undefined) return OUTCOME_WORDS[outcome].name[language];
    if (name === undefined)
      return language === "en"
        ? `${showCount(folded)} more`
        : `其余 ${showCount(folded)} 个`;
    return name === "" ? COLUMN_WORDS.none[language] : name;
  };
  return {
    whole,
    name: (node) => cutTo(whole(node), columns),
    amount: (minor) =>
      showAmountShort(minor, currency, language).replace(/^(?:about |约)/, ""),
  };
}

function titleOf(
  { levels }: FlowShape,
  currency: Currency,
  language: Language,
): string {
  const names = levels.map((level) => DIMENSION_WORDS[level][language]);
  return language === "en"
    ? `The way of the money (${currency}) from ${names.join(", ")} to outcome`
    : `资金流向（${currency}）：${names.join("、")}至结果`;
}

/** The two ends in words; the table below the picture has every path. */
function description(flow: Flow, says: Says, language: Language): string {
  const line = (nodes: readonly FlowNode[]) =>
    nodes
      .map((node) => `${says.whole(node)} ${says.amount(node.minor)}`)
      .join(language === "en" ? "; " : "；");
  const first = line(flow.nodes.filter(({ level }) => level === 0));
  const last = line(flow.nodes.filter(({ outcome }) => outcome !== undefined));
  return language === "en"
    ? `Charged by: ${first}. Outcomes: ${last}. The table below the picture has every path.`
    : `收费：${first}。结果：${last}。图下的表格列出每一条路径。`;
}

function heads(
  { levels, xs }: FlowShape,
  language: Language,
): readonly Markup[] {
  const names = [
    ...levels.map((level) => DIMENSION_WORDS[level][language]),
    language === "en" ? "outcome" : "结果",
  ];
  return names.map(
    (name, index) => html`<text x="${xs[index] ?? 0}" y="13">${name}</text>`,
  );
}

function ribbon({ outcome, from, to, height }: FlowLink): Markup {
  const half = (from.x + to.x) / 2;
  const curve = (dy: number) =>
    [from.y + dy, to.y + dy].map((y) => y.toFixed(1));
  const [top, topEnd] = curve(0);
  const [bottom, bottomEnd] = curve(Math.max(height, 0.6));
  return html`<path
    class="ribbon ${OUTCOME_COLOURS[outcome]}"
    d="M${from.x} ${top}C${half} ${top} ${half} ${topEnd} ${to.x} ${topEnd}V${bottomEnd}C${half} ${bottomEnd} ${half} ${bottom} ${from.x} ${bottom}Z"
  />`;
}

function bar(node: FlowNode, width: number): Markup {
  const colour =
    node.outcome === undefined ? "" : OUTCOME_COLOURS[node.outcome];
  return html`<rect
    class="bar ${colour}"
    x="${node.x}"
    y="${node.y.toFixed(1)}"
    width="${width}"
    height="${Math.max(node.height, 1.5).toFixed(1)}"
  />`;
}

function label(node: FlowNode, width: number, says: Says): Markup {
  const x = node.x + width + 6;
  const middle = node.y + node.height / 2;
  return html`<text class="name" x="${x}" y="${(middle - 2).toFixed(1)}">
      <title>${says.whole(node)}</title>
      ${says.name(node)}</text
    ><text class="amount" x="${x}" y="${(middle + 13).toFixed(1)}">
      ${says.amount(node.minor)}
    </text>`;
}
