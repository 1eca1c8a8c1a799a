import { expect, test } from "vitest";
import type { Cell } from "../../audit/ledger/ledger.ts";
import { type Flow, type FlowNode, flowOf, type FlowShape } from "./flow.ts";
import { drawFlow } from "./flow-picture.ts";
import { MIXED, sampleReceipts, sampleReport } from "./report.sample.ts";
import { cellsOf } from "./totals.ts";

const SHAPE: FlowShape = {
  levels: ["department", "unit", "system"],
  xs: [0, 100, 200, 300],
  width: 400,
  barWidth: 10,
  moneyHeight: 200,
  labelHeight: 30,
  namesMax: 14,
};
const cells = cellsOf(sampleReport(sampleReceipts(2_000, MIXED)).cells, "CNY");
const charged = cells.reduce((sum, { minor }) => sum + minor, 0);

test("every level holds all the money but what takes money back", () => {
  const flow = flowOf(cells, SHAPE);
  expect(flow.leftOutMinor).toBe(-410_000_00);
  for (const level of [0, 1, 2, 3])
    expect(moneyAt(flow, level)).toBe(charged - flow.leftOutMinor);
});

test("into and out of every bar flows as much as the bar is high", () => {
  const { nodes, links } = flowOf(cells, SHAPE);
  for (const node of nodes) {
    const into = links.filter(({ to }) => to.x === node.x && isIn(to.y, node));
    const out = links.filter(
      ({ from }) => from.x === node.x + SHAPE.barWidth && isIn(from.y, node),
    );
    if (node.level > 0)
      expect(isFilled(into, ({ to }) => to.y, node)).toBe(true);
    if (node.level < 3)
      expect(isFilled(out, ({ from }) => from.y, node)).toBe(true);
  }
});

test("bars with their names stand apart and within the picture", () => {
  const { nodes, height } = flowOf(cells, SHAPE);
  for (const level of [0, 1, 2, 3]) {
    const middles = nodes
      .filter((node) => node.level === level)
      .map((node) => node.y + node.height / 2)
      .toSorted((a, b) => a - b);
    for (const [index, middle] of middles.entries()) {
      expect(middle).toBeGreaterThan(0);
      expect(middle).toBeLessThan(height);
      if (index > 0)
        expect(middle - (middles[index - 1] ?? 0)).toBeGreaterThanOrEqual(
          SHAPE.labelHeight - 1e-6,
        );
    }
  }
});

test("of three hundred units the small ones are one, and no money is lost", () => {
  const many: readonly Cell[] = cells.flatMap((cell) =>
    Array.from({ length: 20 }, (_, index) => ({
      ...cell,
      unit: `${cell.unit} ${index}`,
      minor: cell.minor * (index + 1),
    })),
  );
  const flow = flowOf(many, SHAPE);
  expect(flow.nodes.filter(({ level }) => level === 1).length).toBeLessThan(25);
  const folded = flow.nodes.filter(({ name }) => name === undefined);
  expect(folded.some((node) => node.folded > 20)).toBe(true);
  const all = many.reduce((sum, { minor }) => sum + minor, 0);
  for (const level of [0, 1, 2, 3])
    expect(moneyAt(flow, level)).toBe(all - flow.leftOutMinor);
});

test("no money is no picture, and no fault", () => {
  expect(flowOf([], SHAPE)).toMatchObject({ nodes: [], links: [], height: 0 });
});

test("the picture says in words what it shows, and a name in it is no markup", () => {
  const evil = cells.map((cell) => ({ ...cell, department: "<b>&" }));
  const { svg } = drawFlow(evil, "CNY", "en", "narrow");
  expect(svg.html).toContain("Charged by: &#60;b&#62;&#38; 298 million.");
  expect(svg.html).not.toContain("<b>");
  expect(drawFlow(cells, "CNY", "zh", "wide").svg.html).toContain(
    "资金流向（CNY）：部门、单位、信息系统至结果",
  );
});

function moneyAt(flow: Flow, level: number): number {
  return flow.nodes
    .filter((node) => node.level === level)
    .reduce((sum, { minor }) => sum + minor, 0);
}

function isIn(y: number, node: FlowNode): boolean {
  return y >= node.y - 1e-6 && y < node.y + node.height - 1e-6;
}

/** Whether ribbons stand one below the other along the whole bar, with no gap and none over another. */
function isFilled(
  links: Flow["links"],
  at: (link: Flow["links"][number]) => number,
  node: FlowNode,
): boolean {
  let y = node.y;
  for (const link of links.toSorted((a, b) => at(a) - at(b))) {
    if (Math.abs(at(link) - y) > 1e-6) return false;
    y += link.height;
  }
  return Math.abs(y - node.y - node.height) < 1e-6;
}
