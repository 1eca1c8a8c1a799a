import { cpus, totalmem } from "node:os";

/** One line of the table: what was measured, the figure, and what it is held against. */
export type Figure = {
  readonly what: string;
  readonly figure: string;
  readonly against: string;
};

export function machine(): string {
  const [first] = cpus();
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${first?.model.trim() ?? "unknown processor"}, ${gib} GiB, Node ${process.versions.node}, ${process.platform}`;
}

/** The value below which a share of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return (
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  );
}

export function perSecond(count: number, ms: number): string {
  return `${thousands(Math.round((count * 1000) / ms))}/s`;
}

export function thousands(n: number): string {
  return String(n).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

export function micro(ms: number): string {
  return `${(ms * 1000).toFixed(2)} µs`;
}

export function milli(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 2 : 0)} ms`;
}

/** A small deterministic generator, so that two runs ask the same. */
export function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** Few are asked for often, many seldom: the minimum of two throws, squared towards the small ones. */
export function skewed(
  throwDice: (sides: number) => number,
  of: number,
): number {
  return throwDice(1 + throwDice(1 + throwDice(of)));
}
