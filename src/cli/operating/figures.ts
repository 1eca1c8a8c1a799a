/** One sample of a family: its labels, already written, and its value. */
export type Sample = readonly [labels: string, value: number];
export type Family = {
  readonly name: string;
  readonly says: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly samples: readonly Sample[];
};

/** Upper ends of a request's time, in seconds: from a look-up in memory to a plan that takes all it may. */
export const BOUNDS = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
] as const;

export function labels(of: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(of).map(
    ([name, value]) => `${name}="${escaped(value)}"`,
  );
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** Counts by labels. What is counted on the way of a request is one look into a map. */
export class Counter {
  readonly #counts = new Map<string, number>();

  add(written: string, by = 1): void {
    this.#counts.set(written, (this.#counts.get(written) ?? 0) + by);
  }

  family(name: string, says: string): Family {
    return { name, says, type: "counter", samples: [...this.#counts] };
  }
}

type Times = { readonly counts: number[]; sum: number; count: number };

/** Times by labels, in classes. */
export class Histogram {
  readonly #times = new Map<string, Times>();

  see(written: string, seconds: number): void {
    let times = this.#times.get(written);
    if (times === undefined) {
      times = { counts: BOUNDS.map(() => 0), sum: 0, count: 0 };
      this.#times.set(written, times);
    }
    times.sum += seconds;
    times.count += 1;
    for (let at = 0; at < BOUNDS.length; at++)
      if (seconds <= (BOUNDS[at] ?? Infinity)) {
        times.counts[at] = (times.counts[at] ?? 0) + 1;
        return;
      }
  }

  /** As Prometheus reads it: each class with all below it, then sum and count. */
  family(name: string, says: string): Family {
    const samples = [...this.#times].flatMap(([written, times]) => {
      const inside = written.slice(1, -1);
      const before = inside === "" ? "" : `${inside},`;
      let below = 0;
      const classes = BOUNDS.map((bound, at): Sample => {
        below += times.counts[at] ?? 0;
        return [`_bucket{${before}le="${bound}"}`, below];
      });
      return [
        ...classes,
        [`_bucket{${before}le="+Inf"}`, times.count] as const,
        [`_sum${written}`, times.sum] as const,
        [`_count${written}`, times.count] as const,
      ];
    });
    return { name, says, type: "histogram", samples };
  }
}

export function gauge(
  name: string,
  says: string,
  ...samples: readonly (Sample | number)[]
): Family {
  return {
    ...{ name, says, type: "gauge" },
    samples: samples.map((one) => (typeof one === "number" ? ["", one] : one)),
  };
}

/** The text format of Prometheus, version 0.0.4. */
export function metricsText(families: readonly Family[]): string {
  const lines = families
    .filter(({ samples }) => samples.length > 0)
    .flatMap(({ name, says, type, samples }) => [
      `# HELP ${name} ${says.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}`,
      `# TYPE ${name} ${type}`,
      ...samples.map(([written, value]) => `${name}${written} ${value}`),
    ]);
  return `${lines.join("\n")}\n`;
}

function escaped(value: string): string {
  return value
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n");
}
