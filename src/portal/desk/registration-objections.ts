import { parseEntry } from "../../acts/entry.ts";
import type { Office } from "../../office/office.ts";
import { commitmentsIn } from "../enter-act.ts";

/** As the log's files bundle them: all of a bundle are read at once. */
const BUNDLE = 256;

/** The private papers of objections to registrations. The register knows the entry of each, and the entry its papers: it is read once. */
export class RegistrationObjections {
  readonly #office: Pick<Office, "register" | "entered">;
  readonly #read = new Set<number>();
  readonly #commitments = new Set<string>();

  constructor(office: Pick<Office, "register" | "entered">) {
    this.#office = office;
  }

  async havePaper(commitment: string): Promise<boolean> {
    for (const numbers of this.#unread().values()) await this.#take(numbers);
    return this.#commitments.has(commitment);
  }

  /** By bundle, each in the order of the log. */
  #unread(): ReadonlyMap<number, readonly number[]> {
    const unread = new Map<number, number[]>();
    for (const { objections } of this.#office.register.registrations.values())
      for (const { entry } of objections) {
        if (this.#read.has(entry)) continue;
        const bundle = Math.floor(entry / BUNDLE);
        unread.set(bundle, [...(unread.get(bundle) ?? []), entry]);
      }
    return unread;
  }

  async #take(numbers: readonly number[]): Promise<void> {
    const first = Math.min(...numbers);
    const raw = await this.#office.entered(first, Math.max(...numbers) + 1);
    for (const number of numbers) {
      const bytes = raw[number - first];
      // It was decided just now and is not durable yet.
      if (bytes === undefined) continue;
      this.#read.add(number);
      const entry = parseEntry(bytes);
      if (entry.type !== "act") continue;
      for (const commitment of commitmentsIn(entry.statement.act))
        this.#commitments.add(commitment);
    }
  }
}
