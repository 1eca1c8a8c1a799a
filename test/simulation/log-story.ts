import { formatCheckpoint, parseCheckpoint } from "../../src/log/checkpoint.ts";
import { emptyRoot } from "../../src/log/hash.ts";
import { formatNote, parseNote, signNote } from "../../src/log/note.ts";
import { ED25519, verifierKey } from "../../src/log/verifier-key.ts";
import { keyFromSeed, primitives, signingKey } from "../../src/store/crypto.ts";
import type { Heads } from "../../src/store/database.ts";
import { LogHalted } from "../../src/store/durable.ts";
import { Log, placeOf } from "../../src/store/log.ts";
import { clientFindings, type Shown } from "./log-client.ts";
import { Disk, SIMULATED } from "./log-disk.ts";
import { Process, type Trouble } from "./log-process.ts";

const ORIGIN = "data.small.example/register";
const place = placeOf(`${SIMULATED}/office`, ORIGIN, "register");
const START = 1_793_606_400_000;
const TROUBLES_MAX = 4;
/** What a life of this kind does about as many times as this; a little more, so that some live on. */
const OPERATIONS = 420;

const key = signingKey(keyFromSeed(Buffer.alloc(32, 7)));

/** One log from its first start on, with a disk, a clock and a database of its own, and what its clients were told. */
export class LogStory {
  readonly dice: () => number;
  readonly disk: Disk;
  readonly answered = new Map<number, string>();
  readonly shown: Shown[] = [];
  readonly told: string[] = [];
  readonly #database: Heads;
  #clock = START;
  #texts = 0;

  constructor(dice: () => number, database: Heads) {
    this.dice = dice;
    this.disk = new Disk(dice);
    this.#database = database;
    this.disk.makeFolder(SIMULATED);
    this.disk.sync(this.disk.top);
  }

  /** Lives with troubles, each followed by what a restart makes of it; at the end nothing disturbs it. Says what is wrong. */
  async play(): Promise<readonly string[]> {
    const lives = 1 + Math.floor(this.dice() * TROUBLES_MAX);
    for (let life = 0; life < lives; life++) {
      const trouble = this.#trouble(life);
      const process = new Process(this.disk, this.dice, trouble);
      this.told.push(`${trouble.how} ${trouble.when} ${trouble.at}`);
      const ended = await process.run(() => this.#live(process, true));
      this.told.push(
        `ended ${ended instanceof Error ? ended.message : ended} at ${process.done.at(-1)}`,
      );
      // Between two processes the machine may lose its power as well.
      if (this.dice() < 0.3) this.disk.losePower();
      this.#clock += Math.floor(this.dice() * 5_000);
      if (this.dice() < 0.5) {
        const wrong = await this.#goOn();
        if (wrong.length > 0) return wrong;
      }
    }
    return this.#goOn();
  }

  /** A start that nothing disturbs publishes everything that was answered, and a client finds it. */
  async #goOn(): Promise<readonly string[]> {
    if (this.dice() < 0.1) await this.#withOldClock();
    const process = new Process(this.disk, this.dice);
    const ended = await process.run(() => this.#live(process, false));
    if (ended !== "done")
      return [
        `does not go on: ${ended instanceof Error ? ended.stack : ended}`,
      ];
    return this.#findings();
  }

  /** Whoever starts with a clock far behind is refused, and nothing has happened. */
  async #withOldClock(): Promise<void> {
    const head = await this.#database.read(ORIGIN);
    if (head === undefined || head.at === 0) return;
    const process = new Process(this.disk, this.dice);
    const ended = await process.run(async () => {
      const heads = process.heads(this.#database);
      await Log.openWith(heads, place, head.at - 61_000);
    });
    if (
      !(ended instanceof LogHalted) ||
      !/set the clock right/.test(`${ended}`)
    )
      throw new Error("A clock that ran backwards was not refused");
  }

  async #findings(): Promise<readonly string[]> {
    const now = this.shown.at(-1);
    const head = await this.#database.read(ORIGIN);
    if (now === undefined || head === undefined) return ["nothing is public"];
    if (head.size !== now.size || !head.root.equals(Buffer.from(now.root)))
      return [`the head is at ${head.size}, the checkpoint at ${now.size}`];
    const read = (path: string): Buffer | undefined => {
      const node = this.disk.find(`${place.publicFolder}/${path}`);
      return node === undefined || "entries" in node ? undefined : node.content;
    };
    const note = read("checkpoint")?.toString("utf8") ?? "\n\n";
    const { size } = parseCheckpoint(parseNote(note).text);
    if (size !== now.size) return [`the checkpoint on the disk is of ${size}`];
    return [
      ...this.disk.breaches,
      ...clientFindings(read, now, this.answered, this.shown),
    ];
  }

  async #live(process: Process, isDisturbed: boolean): Promise<void> {
    const heads = process.heads(this.#database);
    const { log, tail } = await Log.openWith(heads, place, this.#clock);
    const before: Uint8Array[] = [];
    await log.files.readThrough(0, {
      leaf: () => undefined,
      entry: (raw) => before.push(raw),
    });
    const from = log.files.size;
    const waiting = tail.flatMap(({ first, entries }) =>
      entries.filter((_, i) => first + i >= from),
    );
    await this.#publish(log, waiting);
    for (let steps = 1 + Math.floor(this.dice() * 4); steps > 0; steps--) {
      await this.#append(log, waiting);
      if (this.dice() < 0.7) await this.#publish(log, waiting);
    }
    if (!isDisturbed || this.dice() < 0.5) await this.#publish(log, waiting);
    await log.close();
  }

  /** Several at once; what is durable is answered. */
  async #append(log: Log, waiting: Uint8Array[]): Promise<void> {
    const many = this.dice() < 0.3 ? 120 : 12;
    const texts = Array.from(
      { length: 1 + Math.floor(this.dice() * many) },
      () => `${++this.#texts} ${"x".repeat(Math.floor(this.dice() * 200))}`,
    );
    await Promise.all(
      texts.map(async (text) => {
        const raw = Buffer.from(text);
        const { index } = await log.journal.append(raw, 7);
        this.answered.set(index, text);
        waiting.push(raw);
      }),
    );
  }

  /** As an office does: what fails without halting the log is tried again, with what came meanwhile or without. */
  async #publish(log: Log, waiting: Uint8Array[]): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        await log.extend(waiting.slice());
        waiting.length = 0;
        await log.advance(this.#clock);
        await this.#show(log);
        return;
      } catch (error) {
        if (error instanceof LogHalted || tries > 3) throw error;
        if (this.dice() < 0.5) await this.#append(log, waiting);
      }
    }
  }

  async #show(log: Log): Promise<void> {
    const { size } = log.files;
    const root = size === 0 ? emptyRoot(primitives) : log.files.root();
    const text = formatCheckpoint({
      origin: ORIGIN,
      size,
      root,
      extensions: [],
    });
    const own = verifierKey(primitives, ORIGIN, ED25519, key.publicKey);
    const note = formatNote(text, [signNote(own, text, key.sign)]);
    // Whoever looks while it is being written may have seen it.
    this.shown.push({ size, root });
    await log.files.writeCheckpoint(note);
  }

  #trouble(life: number): Trouble {
    const hows = ["fail", "kill", "power", "full"] as const;
    return {
      at:
        1 +
        Math.floor(this.dice() * (life === 0 ? OPERATIONS : OPERATIONS / 2)),
      how: hows[Math.floor(this.dice() * hows.length)] ?? "kill",
      when: this.dice() < 0.5 ? "before" : "after",
    };
  }
}

/** The row of the head, in memory: compared and swapped as the database does it. */
export function rowInMemory(): Heads {
  const rows = new Map<
    string,
    NonNullable<Awaited<ReturnType<Heads["read"]>>>
  >();
  const snapshot = { snapshot_size: null, snapshot_digest: null };
  return {
    read: (log) => Promise.resolve(rows.get(log)),
    create: (log, root) => {
      if (rows.has(log)) return Promise.reject(new Error("duplicate key"));
      const row = { log, writer: 0, size: 0, root: Buffer.from(root), at: 0 };
      rows.set(log, { ...row, ...snapshot });
      return Promise.resolve();
    },
    takeWriter: (log) => {
      const row = rows.get(log);
      if (row === undefined) return Promise.reject(new LogHalted("no head"));
      rows.set(log, { ...row, writer: row.writer + 1 });
      return Promise.resolve(row.writer + 1);
    },
    swap: (log, writer, from, { size, root, at }, asked) => {
      const row = rows.get(log);
      const isOurs =
        row?.writer === writer &&
        (row.size === from ||
          [...asked, { size, root }].some(
            (one) =>
              one.size === row.size && row.root.equals(Buffer.from(one.root)),
          ));
      if (row === undefined || !isOurs)
        return Promise.reject(new LogHalted("another writer has it"));
      rows.set(log, { ...row, size, root: Buffer.from(root), at });
      return Promise.resolve();
    },
  };
}
