import type { ActEntry } from "../../acts/entry.ts";
import { simulateEntry, startSimulation } from "../../audit/simulate.ts";
import { primitives } from "../../store/crypto.ts";
import {
  type Figure,
  micro,
  perSecond,
  quantile,
  thousands,
} from "./figures.ts";
import { benchRulebook, LawOffice } from "./law-office.ts";

const SIZES = [1_000, 100_000, 1_000_000];
const BATCH = 1_000;
const SAMPLES = 20_000;
const AGAIN = 200_000;

/** What a ruling costs with all rules adopted, as the register grows; and what a history costs that is decided again. Signatures are apart. */
export function benchLaw(): Figure[] {
  // The first rulings are by code that is still being compiled.
  grow(new LawOffice(), 2 * SAMPLES);
  const office = new LawOffice();
  const all = { acts: 0, refused: 0, ms: 0, cpuMs: 0 };
  const figures: Figure[] = [];
  let first = 0;
  for (const size of SIZES) {
    add(all, grow(office, size - all.acts));
    const samples: Sample[] = [];
    add(all, grow(office, Math.min(SAMPLES, size), samples));
    const times = samples.map((one) => one.ms);
    const whole = samples.flatMap((one) =>
      one.kind === "authorisation" ? [one.ms] : [],
    );
    const median = quantile(times, 0.5);
    if (first === 0) first = median;
    figures.push({
      what: `ruling on one act, ${thousands(benchRulebook.rules?.length ?? 0)} rules adopted, register of ${thousands(size)} acts, signature apart`,
      figure: `median ${micro(median)}, 99th percentile ${micro(quantile(times, 0.99))}`,
      against:
        size === SIZES[0]
          ? "aim: median under 30 µs"
          : `${(median / first).toFixed(2)} times that of ${thousands(SIZES[0] ?? 0)}`,
    });
    figures.push({
      what: "  of which an authorisation with its whole procedure, which most of the rules are about",
      figure: `median ${micro(quantile(whole, 0.5))}, 99th percentile ${micro(quantile(whole, 0.99))}`,
      against: "",
    });
  }
  const { acts, refused, ms, cpuMs } = all;
  figures.push({
    what: `deciding ${thousands(acts)} acts and applying them, one after the other, ${Math.round((100 * refused) / acts)} % refused`,
    figure: perSecond(acts, ms),
    against: `${(ms / 1000).toFixed(1)} s in all, ${(cpuMs / 1000).toFixed(1)} s of a processor, without reading and signatures`,
  });
  return [...figures, underAnother()];
}

type Grown = { acts: number; refused: number; ms: number; cpuMs: number };
type Sample = { readonly kind: string; readonly ms: number };

/** So many acts more, made before the clock goes. */
function grow(office: LawOffice, count: number, samples?: Sample[]): Grown {
  const grown = { acts: 0, refused: 0, ms: 0, cpuMs: 0 };
  while (grown.acts < count) {
    const batch = office.next(Math.min(BATCH, count - grown.acts));
    const rulingMs: number[] = [];
    const { value: entries, ...took } = timed(() =>
      office.enter(batch, rulingMs),
    );
    for (const [index, ms] of rulingMs.entries())
      samples?.push({ kind: batch[index]?.statement.act.kind ?? "", ms });
    const refused = entries.filter(
      ({ ruling }) => ruling.outcome === "refused",
    ).length;
    add(grown, { acts: batch.length, refused, ...took });
  }
  return grown;
}

/** How long something took, and how much of a processor: they part where other work runs beside. */
function timed<T>(work: () => T): { value: T; ms: number; cpuMs: number } {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return {
    value,
    ms: performance.now() - start,
    cpuMs: (user + system) / 1000,
  };
}

function add(sum: Grown, more: Grown): void {
  sum.acts += more.acts;
  sum.refused += more.refused;
  sum.ms += more.ms;
  sum.cpuMs += more.cpuMs;
}

/** The same history, founding act first, under a rulebook with another limit. */
function underAnother(): Figure {
  const office = new LawOffice();
  const { limits } = benchRulebook;
  const stricter = {
    ...benchRulebook,
    limits: { ...limits, permitMonthsMax: 6 },
  };
  const simulation = startSimulation(primitives, stricter);
  const sum = { ms: 0, cpuMs: 0 };
  const take = (entries: readonly ActEntry[]): void => {
    const { ms, cpuMs } = timed(() => {
      for (const entry of entries) simulateEntry(simulation, entry);
    });
    sum.ms += ms;
    sum.cpuMs += cpuMs;
  };
  take(office.laid);
  for (let acts = 0; acts < AGAIN; acts += BATCH) {
    take(office.enter(office.next(BATCH)));
    // What would be told of each difference is another's work.
    simulation.differently.length = 0;
  }
  const { acts, refused } = simulation.counts;
  return {
    what: `re-deciding a history of ${thousands(acts)} acts under another rulebook`,
    figure: perSecond(acts, sum.ms),
    against: `${(sum.cpuMs / 1000).toFixed(1)} s of a processor; ${thousands(refused)} would have been refused`,
  };
}
