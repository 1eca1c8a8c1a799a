import {
  type Cell,
  type Outcome,
  OUTCOMES,
} from "../../audit/ledger/ledger.ts";

/** The way of the money as a picture's numbers: levels from left to right, the last the outcome. */
export type Flow = {
  readonly nodes: readonly FlowNode[];
  readonly links: readonly FlowLink[];
  readonly width: number;
  readonly height: number;
  /** What takes money back and cannot be drawn, below zero. */
  readonly leftOutMinor: number;
};

export type FlowNode = {
  readonly level: number;
  /** Undefined: those left over, `folded` in number; blank: the ledger names none. */
  readonly name: string | undefined;
  readonly folded: number;
  readonly outcome: Outcome | undefined;
  readonly minor: number;
  readonly x: number;
  readonly y: number;
  readonly height: number;
};

export type FlowLink = {
  readonly outcome: Outcome;
  readonly minor: number;
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  readonly height: number;
};

export type FlowLevel = "department" | "unit" | "system";

export type FlowShape = {
  readonly levels: readonly FlowLevel[];
  /** The left side of each level's bars, the outcomes' last. */
  readonly xs: readonly number[];
  readonly width: number;
  readonly barWidth: number;
  /** What all money is high, and what a name beside its bar takes at least. */
  readonly moneyHeight: number;
  readonly labelHeight: number;
  /** How many names a level has before the small ones are folded into one. */
  readonly namesMax: number;
};

type Path = { readonly names: readonly string[]; readonly outcome: Outcome };
type Branch = {
  readonly name: string | undefined;
  readonly folded: Set<string>;
  readonly level: number;
  readonly byOutcome: Map<Outcome, number>;
  readonly children: Map<string, Branch>;
};

/**
 * The positive charges of one currency on their way. Departments hold their units and these their systems, the largest
 * above; what takes money back cannot be drawn and is left out: the caller says so.
 */
export function flowOf(cells: readonly Cell[], shape: FlowShape): Flow {
  const sums = new Map<string, Path & { minor: number }>();
  for (const cell of cells) {
    const names = shape.levels.map((level) => cell[level]);
    const key = JSON.stringify([names, cell.outcome]);
    const sum = sums.get(key) ?? { names, outcome: cell.outcome, minor: 0 };
    sum.minor += cell.minor;
    sums.set(key, sum);
  }
  const all = [...sums.values()];
  const leftOutMinor = all.reduce(
    (sum, { minor }) => sum + Math.min(minor, 0),
    0,
  );
  const paths = all.filter(({ minor }) => minor > 0);
  return { ...placed(treeOf(paths, shape), shape), leftOutMinor };
}

function treeOf(
  paths: readonly (Path & { readonly minor: number })[],
  { levels, namesMax }: FlowShape,
): Branch {
  const root = branch(undefined, -1);
  const kept = levels.map((_, level) => largest(paths, level, namesMax));
  for (const { names, outcome, minor } of paths) {
    let at = root;
    add(at, outcome, minor);
    for (const [level, name] of names.entries()) {
      const isKept = kept[level]?.has(keyOf(names, level)) === true;
      const key = isKept ? `=${name}` : "rest";
      const next =
        at.children.get(key) ?? branch(isKept ? name : undefined, level);
      at.children.set(key, next);
      if (!isKept) next.folded.add(keyOf(names, level));
      add(next, outcome, minor);
      at = next;
    }
  }
  return root;
}

const branch = (name: string | undefined, level: number): Branch => ({
  name,
  level,
  folded: new Set(),
  byOutcome: new Map(),
  children: new Map(),
});

function add({ byOutcome }: Branch, outcome: Outcome, minor: number): void {
  byOutcome.set(outcome, (byOutcome.get(outcome) ?? 0) + minor);
}

function keyOf(names: readonly string[], level: number): string {
  return JSON.stringify(names.slice(0, level + 1));
}

/** The names of a level, with those above them, that the most money goes through. */
function largest(
  paths: readonly (Path & { readonly minor: number })[],
  level: number,
  namesMax: number,
): ReadonlySet<string> {
  const sums = new Map<string, number>();
  for (const { names, minor } of paths) {
    const key = keyOf(names, level);
    sums.set(key, (sums.get(key) ?? 0) + minor);
  }
  const sorted = [...sums].toSorted(([, a], [, b]) => b - a);
  // One name left over is as well drawn as folded.
  const count = sorted.length === namesMax + 1 ? namesMax + 1 : namesMax;
  return new Set(sorted.slice(0, count).map(([key]) => key));
}

function placed(root: Branch, shape: FlowShape): Omit<Flow, "leftOutMinor"> {
  const all = moneyOf(root);
  if (all === 0) return { nodes: [], links: [], width: shape.width, height: 0 };
  const scale = shape.moneyHeight / all;
  const nodes: FlowNode[] = [];
  const links: FlowLink[] = [];
  const rootHeight = slotOf(root, scale, shape);
  const slots = outcomeSlots(root, scale, shape);
  const height = Math.max(rootHeight, total(slots));
  const targets = outcomeNodes(slots, height, scale, shape);
  place(root, (height - rootHeight) / 2);
  return {
    nodes: [...nodes, ...[...targets.values()].map(({ node }) => node)],
    links,
    width: shape.width,
    height,
  };

  /** Puts the children of a branch below each other, in the middle of its room, and what flows into and out of them. */
  function place(parent: Branch, top: number, bar?: FlowNode): void {
    const children = [...parent.children.values()].toSorted(bySize);
    const slots = children.map((child) => slotOf(child, scale, shape));
    const room = slotOf(parent, scale, shape);
    let y = top + (room - slots.reduce((sum, each) => sum + each, 0)) / 2;
    let out = bar?.y ?? 0;
    for (const [index, child] of children.entries()) {
      const slot = slots[index] ?? 0;
      const node = nodeOf(child, y, slot, scale, shape);
      nodes.push(node);
      if (bar !== undefined)
        out = link(bar, out, child, (offset) => ({
          x: node.x,
          y: node.y + offset,
        }));
      place(child, y, node);
      y += slot;
    }
    if (children.length === 0 && bar !== undefined) toOutcomes(parent, bar);
  }

  function link(
    bar: FlowNode,
    from: number,
    { byOutcome }: Branch,
    to: (offset: number) => FlowLink["to"],
  ): number {
    let offset = 0;
    for (const outcome of OUTCOMES) {
      const minor = byOutcome.get(outcome) ?? 0;
      if (minor === 0) continue;
      links.push({
        outcome,
        minor,
        from: { x: bar.x + shape.barWidth, y: from + offset },
        to: to(offset),
        height: minor * scale,
      });
      offset += minor * scale;
    }
    return from + offset;
  }

  function toOutcomes(last: Branch, bar: FlowNode): void {
    let from = bar.y;
    for (const outcome of OUTCOMES) {
      const minor = last.byOutcome.get(outcome) ?? 0;
      const target = targets.get(outcome);
      if (minor === 0 || target === undefined) continue;
      links.push({
        outcome,
        minor,
        from: { x: bar.x + shape.barWidth, y: from },
        to: { x: target.node.x, y: target.free },
        height: minor * scale,
      });
      from += minor * scale;
      target.free += minor * scale;
    }
  }
}

/** Those left over stand below all that are named. */
function bySize(a: Branch, b: Branch): number {
  if (a.name === undefined || b.name === undefined)
    return Number(a.name === undefined) - Number(b.name === undefined);
  return moneyOf(b) - moneyOf(a);
}

function moneyOf({ byOutcome }: Branch): number {
  return [...byOutcome.values()].reduce((sum, minor) => sum + minor, 0);
}

function slotOf(at: Branch, scale: number, shape: FlowShape): number {
  const children = [...at.children.values()];
  return Math.max(
    at.level < 0 ? 0 : shape.labelHeight,
    moneyOf(at) * scale + BAR_GAP,
    children.reduce((sum, child) => sum + slotOf(child, scale, shape), 0),
  );
}

const BAR_GAP = 6;

function nodeOf(
  at: Branch,
  top: number,
  slot: number,
  scale: number,
  { xs }: FlowShape,
): FlowNode {
  const minor = moneyOf(at);
  const height = minor * scale;
  return {
    level: at.level,
    name: at.name,
    folded: at.folded.size,
    outcome: undefined,
    minor,
    x: xs[at.level] ?? 0,
    y: top + (slot - height) / 2,
    height,
  };
}

type Target = { readonly node: FlowNode; free: number };

type Slot = {
  readonly outcome: Outcome;
  readonly minor: number;
  readonly slot: number;
};

function outcomeSlots(
  root: Branch,
  scale: number,
  { labelHeight }: FlowShape,
): readonly Slot[] {
  return OUTCOMES.flatMap((outcome) => {
    const minor = root.byOutcome.get(outcome) ?? 0;
    const slot = Math.max(labelHeight, minor * scale + BAR_GAP);
    return minor === 0 ? [] : [{ outcome, minor, slot }];
  });
}

const total = (slots: readonly Slot[]): number =>
  slots.reduce((sum, { slot }) => sum + slot, 0);

/** The outcomes in their order, in the middle of the picture's height. */
function outcomeNodes(
  slots: readonly Slot[],
  height: number,
  scale: number,
  { levels, xs }: FlowShape,
): ReadonlyMap<Outcome, Target> {
  let y = (height - total(slots)) / 2;
  const targets = new Map<Outcome, Target>();
  for (const { outcome, minor, slot } of slots) {
    const top = y + (slot - minor * scale) / 2;
    const node: FlowNode = {
      level: levels.length,
      name: outcome,
      folded: 0,
      outcome,
      minor,
      x: xs[levels.length] ?? 0,
      y: top,
      height: minor * scale,
    };
    targets.set(outcome, { node, free: top });
    y += slot;
  }
  return targets;
}
