import { publicKeyText, signingKey } from "../../store/crypto.ts";
import { admit } from "../../uses/admit.ts";
import type { Request } from "../../uses/plan.ts";
import { dice, type Figure, micro, quantile, skewed } from "./figures.ts";
import { BenchOffice, tradeActs } from "./office.ts";

const BATCH = 200;
const BATCHES = 2_000;

/** One decision against few and many permits: the cost must not grow with the register. */
export function benchAdmission(): Figure[] {
  const medians: number[] = [];
  const figures: Figure[] = [];
  for (const permits of [1_000, 100_000]) {
    const samples = sample(permits);
    const median = quantile(samples, 0.5);
    medians.push(median);
    figures.push({
      what: `decision on one use, ${permits.toLocaleString("en")} permits, one in ten refused`,
      figure: `median ${micro(median)}, 99th percentile ${micro(quantile(samples, 0.99))}`,
      against:
        medians.length === 1
          ? "aim: median under 5 µs"
          : `${(median / (medians[0] ?? 1)).toFixed(2)} times that of 1,000 permits`,
    });
  }
  return figures;
}

/** Milliseconds of one decision, as means of small batches: a single one is shorter than the clock's tick. */
function sample(permits: number): number[] {
  const office = new BenchOffice();
  office.enter(
    tradeActs(
      office.at,
      publicKeyText(signingKey(office.keys.gateway)),
      permits,
      permits,
    ),
  );
  const at = office.at + 1_000;
  const throwDice = dice(7);
  const spent = () => ({ calls: 0, steps: 0 });
  const samples: number[] = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    const asked = Array.from({ length: BATCH }, (): [Request, string] => {
      const organisation =
        throwDice(10) === 0
          ? "org-unknown"
          : `org-${skewed(throwDice, Math.min(permits, 10_000))}`;
      const key = skewed(throwDice, 1_000_000);
      return [
        {
          plan: {
            form: "answer",
            dataset: "vehicles",
            key: [{ field: "plate", value: `P${key}` }],
            values: [{ field: "make", value: "Lanma" }],
          },
        },
        organisation,
      ];
    });
    const start = performance.now();
    for (const [request, organisation] of asked)
      admit(office.register, request, organisation, at, spent);
    samples.push((performance.now() - start) / BATCH);
  }
  return samples.slice(BATCHES / 10);
}
