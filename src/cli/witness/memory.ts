import { join } from "node:path";
import { type Checkpoint, parseCheckpoint } from "../../log/checkpoint.ts";
import { FormatError } from "../../log/format-error.ts";
import { cosign, verifyCosignature } from "../../log/cosignature.ts";
import {
  formatNote,
  formatSignatures,
  parseSignatures,
} from "../../log/note.ts";
import type { VerifierKey } from "../../log/verifier-key.ts";
import {
  type AddCheckpoint,
  type AddCheckpointAnswer,
  judgeAddCheckpoint,
  monitoringPath,
} from "../../log/witness.ts";
import { primitives, type SigningKey } from "../../store/crypto.ts";
import { readIfThere, writeWhole } from "../../store/durable.ts";

/** What a witness cosigned could not be kept: nobody knows any more what stands on the disk, and it must end. */
export class MemoryLost extends Error {
  override readonly name = "MemoryLost";
}

export type Judged =
  | { readonly status: 200; readonly cosignature: string }
  | Exclude<AddCheckpointAnswer, { readonly status: 200 }>;

/** The newest checkpoint that was cosigned for an origin. */
export type Remembered = Checkpoint & {
  /** Undefined where the file was written by something else than this witness. */
  readonly timeSeconds: number | undefined;
};

/** What a witness watches and what it cosigned last: a folder for each origin, named by the hash of the origin. */
export class WitnessMemory {
  readonly key: VerifierKey;
  readonly #folder: string;
  readonly #signing: SigningKey;
  readonly #logs: ReadonlyMap<string, readonly VerifierKey[]>;
  /** The last submission of each origin that is watched. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(
    folder: string,
    key: VerifierKey,
    signing: SigningKey,
    logs: readonly VerifierKey[],
  ) {
    this.#folder = folder;
    this.key = key;
    this.#signing = signing;
    const byOrigin = new Map<string, VerifierKey[]>();
    for (const log of logs)
      byOrigin.set(log.name, [...(byOrigin.get(log.name) ?? []), log]);
    this.#logs = byOrigin;
  }

  get origins(): readonly string[] {
    return [...this.#logs.keys()];
  }

  /** Judges, keeps and cosigns in one step for each origin; throws `MemoryLost` where it could not be kept. */
  async add(request: AddCheckpoint): Promise<Judged> {
    const { origin } = request.checkpoint;
    const keys = this.#logs.get(origin);
    // Nothing is kept of an origin that is not watched, not even its turn.
    if (keys === undefined) return this.#judgeAndKeep(request, []);
    const turn = this.#turns.get(origin) ?? Promise.resolve();
    const done = turn.then(() => this.#judgeAndKeep(request, keys));
    this.#turns.set(
      origin,
      done.catch(() => undefined),
    );
    return done;
  }

  /** The note as it was cosigned last; undefined where nothing was, or the origin is not watched. */
  async note(originHash: string): Promise<string | undefined> {
    const path = join(this.#folder, originHash, "checkpoint");
    return (await readIfThere(path))?.toString("utf8");
  }

  async remembered(origin: string): Promise<Remembered | undefined> {
    const file = this.#fileOf(origin);
    const note = (await readIfThere(file))?.toString("utf8");
    if (note === undefined) return undefined;
    // Whatever lines stand below it: a checkpoint has no empty line in itself.
    const end = note.indexOf("\n\n");
    const text = note.slice(0, end + 1);
    try {
      const checkpoint = parseCheckpoint(text);
      const timeSeconds = this.#timeIn(text, note.slice(end + 2));
      return { ...checkpoint, timeSeconds };
    } catch (cause) {
      if (!(cause instanceof FormatError)) throw cause;
      throw new MemoryLost(
        `Cannot use ${file}: ${cause.problem}; bring back the newest checkpoint that this witness cosigned, anybody who kept it has it`,
        { cause },
      );
    }
  }

  #timeIn(text: string, lines: string): number | undefined {
    const { key } = this;
    // There may be more lines than a note may have: ours is one of them.
    const own = lines
      .split("\n")
      .find((line) => line.startsWith(`\u2014 ${key.name} `));
    if (own === undefined) return undefined;
    const [line] = parseSignatures(`${own}\n`);
    return line?.keyId === key.id
      ? verifyCosignature(primitives, key, text, line.signature)
      : undefined;
  }

  #fileOf(origin: string): string {
    return join(this.#folder, monitoringPath(primitives, origin));
  }

  async #judgeAndKeep(
    request: AddCheckpoint,
    keys: readonly VerifierKey[],
  ): Promise<Judged> {
    const { note, checkpoint } = request;
    const state = await this.remembered(checkpoint.origin);
    const verdict = judgeAddCheckpoint(primitives, state, request, keys);
    if (verdict.status !== 200) return verdict;
    const cosignature = cosign(
      this.key,
      note.text,
      Math.floor(Date.now() / 1000),
      this.#signing.sign,
    );
    // Kept before it is answered: a witness that forgets would cosign a second history.
    const kept = formatNote(note.text, [...verdict.signatures, cosignature]);
    const file = this.#fileOf(checkpoint.origin);
    await writeWhole(file, kept).catch((cause: unknown) => {
      const why = cause instanceof Error ? cause.message : "unknown error";
      throw new MemoryLost(
        `Cannot keep ${file}: ${why}; nothing is cosigned until this witness is started again`,
        { cause },
      );
    });
    return { status: 200, cosignature: formatSignatures([cosignature]) };
  }
}
