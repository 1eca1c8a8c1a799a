import { expect, test } from "vitest";
import {
  BOUNDS,
  Counter,
  gauge,
  Histogram,
  labels,
  metricsText,
} from "./figures.ts";

test("counters and gauges are written as Prometheus reads them, labels escaped", () => {
  const acts = new Counter();
  acts.add(labels({ kind: "permit", outcome: "granted" }));
  acts.add(labels({ kind: "permit", outcome: "granted" }));
  acts.add(labels({ kind: 'a"b\\c\nd', outcome: "refused" }));
  expect(
    metricsText([
      acts.family("vitrine_acts_total", "Acts\nof all"),
      gauge("vitrine_size", "Size", 7),
      gauge("vitrine_nothing", "Without a sample it is not named"),
    ]),
  ).toBe(
    [
      "# HELP vitrine_acts_total Acts\\nof all",
      "# TYPE vitrine_acts_total counter",
      'vitrine_acts_total{kind="permit",outcome="granted"} 2',
      'vitrine_acts_total{kind="a\\"b\\\\c\\nd",outcome="refused"} 1',
      "# HELP vitrine_size Size",
      "# TYPE vitrine_size gauge",
      "vitrine_size 7",
      "",
    ].join("\n"),
  );
});

test("a histogram's classes hold all below them, and the last holds all", () => {
  const times = new Histogram();
  const route = labels({ route: "/data/:dataset" });
  for (const seconds of [0.0005, 0.001, 0.003, 11]) times.see(route, seconds);
  const { samples } = times.family("t", "t");
  const classes = samples.filter(([name]) => name.startsWith("_bucket"));
  expect(classes.map(([, count]) => count)).toEqual([
    ...[2, 2],
    ...BOUNDS.slice(2).map(() => 3),
    4,
  ]);
  expect(classes.at(-1)?.[0]).toBe('_bucket{route="/data/:dataset",le="+Inf"}');
  expect(samples.at(-1)).toEqual(['_count{route="/data/:dataset"}', 4]);
});
