import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readIfThere } from "../store/durable.ts";
import type { Synced } from "../store/journal.ts";
import type { Operation, UsageEntry } from "../uses/use.ts";

/** Open data of one slot: its entry, made before the first answer, and what was answered since. */
export type Opened = {
  readonly synced: Promise<Synced>;
  readonly raw: Uint8Array;
  readonly leaf: string;
  readonly dataset: string;
  readonly operation: Operation;
  uses: number;
  bytes: number;
};

/**
 * What is counted within a slot and entered at its end: answers of open data, and refused requests. Kept in a file beside
 * the journal that is written and not synced: a killed process loses no count, a power cut may lose those of the last seconds.
 */
export class SlotCounts {
  readonly #folder: string;
  #opens = new Map<string, Opened>();
  #refused = new Map<string, number>();
  /** Files of slots that are over; they go away when what they count is durable. */
  readonly #done: string[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  opened(dataset: string, operation: Operation): Opened | undefined {
    return this.#opens.get(`${dataset} ${operation}`);
  }

  open(opened: Opened): void {
    this.#opens.set(`${opened.dataset} ${opened.operation}`, opened);
  }

  count(opened: Opened, bytes: number, slot: number): void {
    opened.uses += 1;
    opened.bytes += bytes;
    appendFileSync(this.#file(slot), `open ${opened.leaf} ${bytes}\n`);
  }

  refuse(
    organisation: string | undefined,
    dataset: string,
    rule: string,
    slot: number,
  ): void {
    const name = `${organisation ?? ""} ${dataset} ${rule}`;
    this.#refused.set(name, (this.#refused.get(name) ?? 0) + 1);
    appendFileSync(this.#file(slot), `refused ${name}\n`);
  }

  /** The entries that end a slot; the counting begins anew. */
  end(slot: number): readonly UsageEntry[] {
    const counted = [...this.#opens.values()].map(
      ({ dataset, operation, leaf, uses, bytes }): UsageEntry => ({
        v: 1,
        kind: "counted",
        dataset,
        operation,
        slot,
        of: leaf,
        uses: Math.max(1, uses),
        bytes,
      }),
    );
    const refused = [...this.#refused].map(([name, count]): UsageEntry => {
      const [organisation = "", dataset = "", rule = ""] = name.split(" ");
      return {
        v: 1,
        kind: "refused",
        slot,
        ...(organisation === "" ? {} : { organisation }),
        dataset,
        rule,
        count,
      };
    });
    this.#opens = new Map();
    this.#refused = new Map();
    this.#done.push(this.#file(slot));
    return [...counted, ...refused];
  }

  /** What was counted already is not counted again after a restart. */
  forget(dataset: string, operation: Operation): void {
    this.#opens.delete(`${dataset} ${operation}`);
  }

  /** Reads the counts of a slot that a process left behind. Without a slot nothing is open any more. */
  async recall(slot: number | undefined): Promise<void> {
    if (slot === undefined) {
      this.#opens = new Map();
      return;
    }
    const text = (await readIfThere(this.#file(slot)))?.toString("utf8") ?? "";
    const byLeaf = new Map([...this.#opens.values()].map((o) => [o.leaf, o]));
    // A line that was cut off was never answered.
    for (const line of text.split("\n").slice(0, -1)) {
      const [kind, a = "", b = "", c = ""] = line.split(" ");
      const opened = kind === "open" ? byLeaf.get(a) : undefined;
      if (opened !== undefined) {
        opened.uses += 1;
        opened.bytes += Number(b);
      } else if (kind === "refused") {
        const name = `${a} ${b} ${c}`;
        this.#refused.set(name, (this.#refused.get(name) ?? 0) + 1);
      }
    }
  }

  /** Everything of the slots that are over is durable. */
  durable(): void {
    for (const path of this.#done.splice(0)) rmSync(path, { force: true });
  }

  #file(slot: number): string {
    return join(this.#folder, `${slot}.counts`);
  }
}
