import { rmSync } from "node:fs";
import { join } from "node:path";
import { formatCheckpoint } from "../../log/checkpoint.ts";
import { formatNote, signNote } from "../../log/note.ts";
import { ED25519, verifierKey } from "../../log/verifier-key.ts";
import { generateKey, primitives, signingKey } from "../../store/crypto.ts";
import type { Sql } from "../../store/database.ts";
import { Log, placeOf } from "../../store/log.ts";
import {
  type Figure,
  milli,
  perSecond,
  quantile,
  thousands,
} from "./figures.ts";
import { benchEntry } from "./right-edge.ts";

const IN_FLIGHT = 4_096;
/** Shares of the whole at which memory is looked at. */
const LOOKS = [0.1, 0.5, 1];

type Look = {
  readonly size: number;
  readonly bytes: number;
  readonly ms: number;
};

/** Memory and pace while a whole log is written: journal, bundles, tiles, head and signed checkpoint. */
export async function benchWriting(
  sql: Sql,
  folder: string,
  count: number,
): Promise<Figure[]> {
  const home = join(folder, "writing");
  const origin = "bench.example/writing";
  const place = placeOf(home, origin, "log");
  try {
    const { log } = await Log.open(sql, place, Date.now());
    const atStart = process.memoryUsage.rss();
    const writing = new Writing(log, count);
    await writing.run();
    await log.close();
    const opening = performance.now();
    const { log: again } = await Log.open(sql, place, Date.now());
    const opened = performance.now() - opening;
    await again.close();
    if (again.files.size !== count)
      throw new Error(
        `The log of the bench came out wrong: it has ${again.files.size} entries, not ${count}`,
      );
    return figuresOf(writing, count, atStart, opened);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Writers that each wait until their entry is public, as whoever submits an act does; all who wait share the next publication. */
class Writing {
  readonly looks: Look[] = [];
  /** From append to public checkpoint, of one writer in the crowd. */
  readonly waits: number[] = [];
  most = 0;
  publications = 0;
  readonly #log: Log;
  readonly #count: number;
  readonly #key = signingKey(generateKey());
  readonly #began = performance.now();
  /** Entries that are in no public file yet. */
  #tail: Uint8Array[] = [];
  #asked = 0;
  #durable = 0;
  #public = 0;
  #next: Promise<void> | undefined;
  #publishing: Promise<void> = Promise.resolve();

  constructor(log: Log, count: number) {
    this.#log = log;
    this.#count = count;
  }

  async run(): Promise<void> {
    const timer = setInterval(() => this.#look(), 20);
    try {
      await Promise.all(
        Array.from({ length: IN_FLIGHT }, (_, i) => this.#write(i === 0)),
      );
    } finally {
      clearInterval(timer);
    }
  }

  async #write(isWatched: boolean): Promise<void> {
    while (this.#asked < this.#count) {
      const began = performance.now();
      const entry = benchEntry(this.#asked++);
      this.#tail.push(entry);
      const { index } = await this.#log.journal.append(entry, 0);
      this.#durable = Math.max(this.#durable, index + 1);
      while (this.#public <= index) await this.#publish();
      if (isWatched) this.waits.push(performance.now() - began);
    }
  }

  #publish(): Promise<void> {
    return (this.#next ??= this.#publishing.then(() => {
      this.#next = undefined;
      this.#publishing = this.#publishOnce();
      return this.#publishing;
    }));
  }

  async #publishOnce(): Promise<void> {
    const { files } = this.#log;
    const { origin } = this.#log;
    const entries = this.#tail.slice(0, this.#durable - files.size);
    await this.#log.extend(entries);
    this.#tail.splice(0, entries.length);
    await this.#log.advance(Date.now());
    const { size } = files;
    const root = files.root();
    const text = formatCheckpoint({ origin, size, root, extensions: [] });
    const key = verifierKey(primitives, origin, ED25519, this.#key.publicKey);
    const signature = signNote(key, text, this.#key.sign);
    await files.writeCheckpoint(formatNote(text, [signature]));
    this.#public = size;
    this.publications++;
    this.#look();
  }

  #look(): void {
    const bytes = process.memoryUsage.rss();
    this.most = Math.max(this.most, bytes);
    const due = LOOKS[this.looks.length];
    if (due === undefined || this.#public < due * this.#count) return;
    const ms = performance.now() - this.#began;
    this.looks.push({ size: this.#public, bytes, ms });
  }
}

function figuresOf(
  { looks, most, waits, publications }: Writing,
  count: number,
  atStart: number,
  opened: number,
): Figure[] {
  const of = `writing ${thousands(count)} entries of 300 bytes, ${thousands(IN_FLIGHT)} in flight, each until it is public`;
  const ms = looks.at(-1)?.ms ?? 0;
  return [
    {
      what: of,
      figure: perSecond(count, ms),
      against: `${(ms / 1000).toFixed(0)} s, ${thousands(publications)} publications`,
    },
    {
      what: "from append to signed, durable, public checkpoint meanwhile",
      figure: `median ${milli(quantile(waits, 0.5))}, 99th percentile ${milli(quantile(waits, 0.99))}`,
      against: "aim: 1,000 ms",
    },
    {
      what: "memory of the process meanwhile",
      figure: looks
        .map(({ size, bytes }) => `${megabytes(bytes)} at ${thousands(size)}`)
        .join(", "),
      against: `${megabytes(atStart)} before, ${megabytes(most)} at most`,
    },
    {
      what: `start of that log of ${thousands(count)} entries, all of its files there`,
      figure: milli(opened),
      against: "",
    },
  ];
}

function megabytes(bytes: number): string {
  return `${thousands(Math.round(bytes / 1e6))} MB`;
}
