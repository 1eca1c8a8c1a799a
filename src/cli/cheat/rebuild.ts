import { promises as fs } from "node:fs";
import { join } from "node:path";
import { compareBytes, toBase64url } from "../../acts/bytes.ts";
import { entryBytes, signedRecordBytes } from "../../acts/entry.ts";
import type { LogRecord } from "../../acts/record.ts";
import { keyIdOf } from "../../acts/statement.ts";
import { newTally, tally, totalsRows } from "../../audit/usage-state.ts";
import { formatCheckpoint } from "../../log/checkpoint.ts";
import { emptyRoot, leafHash } from "../../log/hash.ts";
import { addLeaf, emptyNodes, type Nodes, rootWhen } from "../../log/nodes.ts";
import { formatNote, signNote } from "../../log/note.ts";
import { appendLeaf, emptyRange, rootOf } from "../../log/tree.ts";
import { ED25519, verifierKey } from "../../log/verifier-key.ts";
import { officeOf } from "../../register/founding.ts";
import { primitives, type SigningKey } from "../../store/crypto.ts";
import { LogFiles } from "../../store/log-files.ts";
import { usageEntryBytes } from "../../uses/use.ts";
import type { MachineKeys } from "../keys.ts";
import { pathOf } from "../verify/logs.ts";
import {
  anchoredAt,
  type Block,
  type History,
  type Line,
  registerAt,
  type UpTo,
} from "./history.ts";

/** The bytes of every log, consistent with each other as far as the keys of an office can make them. */
export type Built = {
  readonly origin: string;
  readonly register: readonly Uint8Array[];
  readonly nodes: Nodes;
  readonly usage: ReadonlyMap<string, readonly Uint8Array[]>;
};

/** What a dishonest office shows: a folder of its public files, and the note over its register. */
export type Shown = {
  readonly folder: string;
  readonly built: Built;
  readonly note: string;
};

const TOTALS_ROWS = 200;

/**
 * What a competent cheat does after a change: every root in an anchor, every head and every total is computed again and
 * signed with the gateway's key. Statements of officials stay as they are: nobody in the office can sign them again.
 */
export function rebuild(history: History, keys: MachineKeys): Built {
  const nodes = emptyNodes();
  const register: Uint8Array[] = [];
  const growing = new Map(
    [...history.logs].map(([name, blocks]) => [name, new Growing(blocks)]),
  );
  for (const line of history.lines) {
    const raw = lineBytes(history, line, keys.gateway, growing, nodes);
    register.push(raw);
    addLeaf(primitives, nodes, leafHash(primitives, raw));
  }
  for (const log of growing.values()) log.growTo(log.end, nodes);
  const usage = new Map([...growing].map(([name, log]) => [name, log.entries]));
  return { origin: history.origin, register, nodes, usage };
}

/** One usage log while the register grows: an anchor can name no root that does not exist yet. */
class Growing {
  readonly entries: Uint8Array[] = [];
  readonly #blocks: readonly Block[];
  readonly #range = emptyRange();
  #done: UpTo = { blocks: 0, anchor: false };

  constructor(blocks: readonly Block[]) {
    this.#blocks = blocks;
  }

  get end(): UpTo {
    return { blocks: this.#blocks.length, anchor: false };
  }

  get size(): number {
    return this.#range.size;
  }

  get root(): Uint8Array {
    return rootOf(primitives, this.#range);
  }

  growTo(upTo: UpTo, nodes: Nodes): void {
    while (this.#done.blocks < upTo.blocks) {
      if (!this.#done.anchor) this.#addAnchor(nodes);
      this.#addEntries();
    }
    if (upTo.anchor && !this.#done.anchor) this.#addAnchor(nodes);
  }

  #addAnchor(nodes: Nodes): void {
    const { blocks } = this.#done;
    const block = this.#blocks[blocks];
    const root =
      block === undefined
        ? undefined
        : rootWhen(primitives, nodes, block.anchor.size);
    if (block === undefined || root === undefined)
      throw new Error(
        `Cannot build block ${blocks}: its anchor lies beyond the register`,
      );
    this.#add(usageEntryBytes({ ...block.anchor, root: toBase64url(root) }));
    this.#done = { blocks, anchor: true };
  }

  /** Sorted by leaf hash, as every block is. */
  #addEntries(): void {
    const { blocks } = this.#done;
    const raw = (this.#blocks[blocks]?.entries ?? []).map((entry) =>
      usageEntryBytes(entry),
    );
    const sorted = raw
      .map((bytes) => ({ bytes, leaf: leafHash(primitives, bytes) }))
      .sort((a, b) => compareBytes(a.leaf, b.leaf));
    for (const { bytes } of sorted) this.#add(bytes);
    this.#done = { blocks: blocks + 1, anchor: false };
  }

  #add(bytes: Uint8Array): void {
    this.entries.push(bytes);
    appendLeaf(primitives, this.#range, leafHash(primitives, bytes));
  }
}

function lineBytes(
  history: History,
  line: Line,
  gateway: SigningKey,
  growing: ReadonlyMap<string, Growing>,
  nodes: Nodes,
): Uint8Array {
  if (line.kind === "entry") return entryBytes(line.entry);
  const record =
    line.kind === "totals"
      ? totalsOf(history, line)
      : headOf(history, line, growing, nodes);
  const message = signedRecordBytes(history.origin, line.at, record);
  return entryBytes({
    v: 1,
    type: "record",
    at: line.at,
    key: keyIdOf(primitives, gateway.publicKey),
    record,
    signature: toBase64url(gateway.sign(message)),
  });
}

function headOf(
  history: History,
  line: Extract<Line, { kind: "head" }>,
  growing: ReadonlyMap<string, Growing>,
  nodes: Nodes,
): LogRecord {
  const log = growing.get(line.log);
  if (log === undefined)
    throw new Error(`Cannot say a head of ${line.log}: there is no such log`);
  log.growTo(line.upTo, nodes);
  return {
    kind: "head",
    log: line.log,
    size: log.size,
    root: toBase64url(log.root),
    anchored: anchoredAt(history, line.log, line.upTo),
    ...(line.closed ? { closed: true } : {}),
  };
}

function totalsOf(
  history: History,
  { log, part }: Extract<Line, { kind: "totals" }>,
): LogRecord {
  const register = registerAt(history, history.lines.length);
  const sums = newTally();
  for (const block of history.logs.get(log) ?? []) {
    for (const entry of block.entries) {
      const leaf = () =>
        toBase64url(leafHash(primitives, usageEntryBytes(entry)));
      tally(sums, entry, leaf, register);
    }
  }
  const rows = totalsRows(sums.totals);
  return {
    kind: "totals",
    log,
    rows: rows.slice(part * TOTALS_ROWS, (part + 1) * TOTALS_ROWS),
  };
}

/** The note that the office publishes for its register: signed with the log's own key. */
export function noteOf({ origin, nodes }: Built, { log }: MachineKeys): string {
  return checkpointNote(
    origin,
    nodes.range.size,
    rootOf(primitives, nodes.range),
    log,
  );
}

function checkpointNote(
  origin: string,
  size: number,
  root: Uint8Array,
  key: SigningKey,
): string {
  const text = formatCheckpoint({ origin, size, root, extensions: [] });
  const own = verifierKey(primitives, origin, ED25519, key.publicKey);
  return formatNote(text, [signNote(own, text, key.sign)]);
}

/** Writes bundles, tiles and checkpoints as the office does, in place of what is there. */
export async function writeLogs(
  folder: string,
  built: Built,
  keys: MachineKeys,
): Promise<void> {
  const { origin, register, usage } = built;
  const logs = join(folder, "public", "log");
  await fs.rm(logs, { recursive: true, force: true });
  const files = await writeLog(join(logs, "register"), register);
  await files.writeCheckpoint(noteOf(built, keys));
  for (const [name, entries] of usage) {
    if (entries.length === 0) continue;
    const written = await writeLog(
      join(logs, pathOf(name, officeOf(origin))),
      entries,
    );
    await written.writeCheckpoint(
      checkpointNote(name, written.size, written.root(), keys.gateway),
    );
  }
}

async function writeLog(
  folder: string,
  entries: readonly Uint8Array[],
): Promise<LogFiles> {
  const files = await LogFiles.open(folder, 0, emptyRoot(primitives));
  await files.extend(entries);
  return files;
}
