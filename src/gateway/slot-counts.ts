import {
  closeSync,
  openSync,
  promises as fs,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { sameBytes } from "../acts/bytes.ts";
import { readIfThere, writeWhole } from "../store/durable.ts";
import type { Synced } from "../store/journal.ts";
import type { JournalGroup } from "../store/journal-format.ts";
import { BYTES_PER_STEP, stepsOf, type UsageEntry } from "../uses/use.ts";

export type OpenEntry = UsageEntry & { readonly kind: "open" };
/** The one entry of a slot whose receipt all answers of open data bear, and how many there were. */
export type Opened = {
  readonly entry: OpenEntry;
  readonly raw: Uint8Array;
  readonly leaf: string;
  readonly synced: Promise<Synced>;
  uses: number;
  bytes: number;
};

/**
 * What is counted and not traced in one slot: answers of open data, and requests that were refused. Each is noted in a
 * file beside the journal, which is not synced: a killed process loses no count, a power cut may lose those of the last
 * seconds.
 */
export class SlotCounts {
  readonly #folder: string;
  readonly #opens = new Map<string, Opened>();
  readonly #refused = new Map<string, number>();
  /** Refusals that stand in the log already: a crash came between them and the end of their block. */
  readonly #entered = new Set<string>();
  /** Of the running slot, once something was noted in it. */
  #open: number | undefined;
  slot = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Something was opened or refused that the slot's end has not counted yet. */
  get isPending(): boolean {
    return this.#opens.size > 0 || this.#refused.size > 0;
  }

  turnTo(slot: number): void {
    if (slot === this.slot) return;
    this.close();
    this.slot = slot;
    this.#opens.clear();
    this.#refused.clear();
    this.#entered.clear();
  }

  opened(dataset: string, operation: string): Opened | undefined {
    return this.#opens.get(`${dataset} ${operation}`);
  }

  open(opened: Opened): void {
    const { dataset, operation } = opened.entry;
    this.#opens.set(`${dataset} ${operation}`, opened);
  }

  countAnswer(opened: Opened, bytes: number): void {
    opened.uses += 1;
    opened.bytes += bytes;
    this.#note(`open ${opened.leaf} ${bytes}\n`);
  }

  /** Bytes of a streamed answer that was counted when it began. */
  countBytes(leaf: string, bytes: number): void {
    for (const opened of this.#opens.values()) {
      if (opened.leaf !== leaf) continue;
      opened.bytes += bytes;
      this.#note(`bytes ${leaf} ${bytes}\n`);
    }
  }

  countRefusal(
    organisation: string | undefined,
    dataset: string,
    rule: string,
  ): void {
    const name = `${organisation ?? ""} ${dataset} ${rule}`;
    this.#refused.set(name, (this.#refused.get(name) ?? 0) + 1);
    this.#note(`refused ${name}\n`);
  }

  /** The slot is over: the entries that say how much there was. */
  take(): readonly UsageEntry[] {
    const { slot } = this;
    const closing: UsageEntry[] = [];
    for (const { entry, leaf: of, uses, bytes } of this.#opens.values()) {
      const { dataset, operation } = entry;
      closing.push({
        ...{ v: 1, kind: "counted", dataset, operation, slot, of },
        // The exact length of a minute's only answer would tell which record it was.
        bytes: stepsOf(bytes, BYTES_PER_STEP) * BYTES_PER_STEP,
        uses: Math.max(1, uses),
      });
    }
    for (const [name, count] of this.#refused) {
      const [organisation = "", dataset = "", rule = ""] = name.split(" ");
      closing.push({
        ...{ v: 1, kind: "refused", slot, dataset, rule, count },
        ...(organisation === "" ? {} : { organisation }),
      });
    }
    this.#opens.clear();
    this.#refused.clear();
    return closing;
  }

  /** Takes in again what stands in the log's tail of the slot that was running. */
  recall(
    entry: UsageEntry,
    raw: Uint8Array,
    leaf: string,
    { first, entries }: JournalGroup,
    publishBy: number,
  ): void {
    if (entry.kind === "counted")
      this.#opens.delete(`${entry.dataset} ${entry.operation}`);
    if (entry.kind === "refused")
      this.#entered.add(
        `${entry.organisation ?? ""} ${entry.dataset} ${entry.rule}`,
      );
    if (entry.kind !== "open") return;
    const position = entries.findIndex((one) => sameBytes(one, raw));
    const group = { first, entries, publishBy };
    const synced = { index: first + position, position, group };
    this.open({
      ...{ entry, raw, leaf, uses: 0, bytes: 0 },
      synced: Promise.resolve(synced),
    });
  }

  /** Counts again what the file of the running slot notes; files of slots that are over go away. */
  async recallFile(): Promise<void> {
    for (const name of await fs.readdir(this.#folder))
      if (name.endsWith(".counts") && name !== `${this.slot}.counts`)
        await fs.rm(join(this.#folder, name), { force: true });
    const byLeaf = new Map(
      [...this.#opens.values()].map((opened) => [opened.leaf, opened]),
    );
    // After a power cut the last lines may be torn; what is noted next must not be written behind half a line.
    const lines = (await this.#text()).split("\n").slice(0, -1);
    const whole = lines.filter((line) => LINE.test(line));
    if (whole.length > 0 || lines.length > 0)
      await writeWhole(this.#file, whole.map((line) => `${line}\n`).join(""));
    for (const line of whole) {
      const [kind, a = "", b = "", c = ""] = line.split(" ");
      const name = `${a} ${b} ${c}`;
      const opened = kind === "refused" ? undefined : byLeaf.get(a);
      if (opened !== undefined) {
        if (kind === "open") opened.uses += 1;
        opened.bytes += Number(b);
      } else if (kind === "refused" && !this.#entered.has(name)) {
        this.#refused.set(name, (this.#refused.get(name) ?? 0) + 1);
      }
    }
  }

  /** What it counts is durable in the log. */
  forget(slot: number): void {
    if (slot === this.slot) this.close();
    rmSync(join(this.#folder, `${slot}.counts`), { force: true });
  }

  /** Nothing is noted in this slot any more. */
  close(): void {
    if (this.#open !== undefined) closeSync(this.#open);
    this.#open = undefined;
  }

  #note(line: string): void {
    this.#open ??= openSync(this.#file, "a");
    writeSync(this.#open, line);
  }

  get #file(): string {
    return join(this.#folder, `${this.slot}.counts`);
  }

  async #text(): Promise<string> {
    return (await readIfThere(this.#file))?.toString("latin1") ?? "";
  }
}

/** `open <leaf> <bytes>`, `bytes <leaf> <bytes>` of a stream that began before, or `refused <organisation or nothing> <dataset> <rule>`. */
const LINE =
  /^(?:(?:open|bytes) [A-Za-z0-9_-]{43} [0-9]{1,15}|refused [a-z0-9.-]{0,64} [a-z0-9.-]{1,64} [A-Z][A-Z0-9-]*)$/;
