import {
  fdatasyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeSync,
  closeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journal } from "../../store/journal.ts";
import { type Figure, milli, perSecond, quantile } from "./figures.ts";

const SECONDS = 3;
const ENTRY_BYTES = 300;

/** Durable appends with one and with many writers in flight, beside what the disk's own sync costs. */
export async function benchAppends(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-bench-"));
  try {
    const sync = diskSync(folder);
    const figures: Figure[] = [
      {
        what: "the disk's own append and fdatasync, 300 bytes",
        figure: `median ${milli(sync)}`,
        against: "",
      },
    ];
    for (const writers of [1, 64, 1_024])
      figures.push(await appends(join(folder, String(writers)), writers, sync));
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function diskSync(folder: string): number {
  const file = openSync(join(folder, "sync"), "a");
  const entry = Buffer.alloc(ENTRY_BYTES, 7);
  const samples: number[] = [];
  for (let i = 0; i < 1_000; i++) {
    const start = performance.now();
    writeSync(file, entry);
    fdatasyncSync(file);
    samples.push(performance.now() - start);
  }
  closeSync(file);
  return quantile(samples, 0.5);
}

async function appends(
  folder: string,
  writers: number,
  sync: number,
): Promise<Figure> {
  const { journal } = await Journal.open(folder, 0);
  const entry = Buffer.alloc(ENTRY_BYTES, 7);
  const waits: number[] = [];
  let count = 0;
  const start = performance.now();
  const end = start + SECONDS * 1_000;
  await Promise.all(
    Array.from({ length: writers }, async () => {
      while (performance.now() < end) {
        const began = performance.now();
        await journal.append(entry, 0);
        waits.push(performance.now() - began);
        count++;
      }
    }),
  );
  const ms = performance.now() - start;
  await journal.close();
  return {
    what: `durable appends of 300 bytes, ${writers.toLocaleString("en")} in flight`,
    figure: `${perSecond(count, ms)}, wait median ${milli(quantile(waits, 0.5))}, 99th percentile ${milli(quantile(waits, 0.99))}`,
    against: `${(quantile(waits, 0.5) / sync).toFixed(1)} of the disk's own syncs`,
  };
}
