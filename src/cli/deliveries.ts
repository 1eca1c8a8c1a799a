import { promises as fs } from "node:fs";
import { join } from "node:path";
import type * as z from "zod/mini";
import { isMissing, LogHalted, writeWhole } from "../store/durable.ts";
import { Beside } from "./beside.ts";
import { delivery, readAs } from "./read-as.ts";

export type Delivery = z.infer<typeof delivery>;

/**
 * `vitrine import` leaves a note in the inbox; whoever may write there is the operator. A delivery may load for minutes: it is
 * taken in beside everything else, one after the other, and nothing waits for it.
 */
export class Deliveries {
  readonly #inbox: string;
  readonly #take: (delivery: Delivery) => Promise<number>;
  readonly #beside = new Beside("Cannot take deliveries in", () =>
    this.#takeAll(),
  );

  constructor(folder: string, take: (delivery: Delivery) => Promise<number>) {
    this.#inbox = join(folder, "inbox");
    this.#take = take;
  }

  /** Begins with what lies there, unless it is under way; throws what failed the last time. */
  look(): void {
    this.#beside.look();
  }

  /** Resolves when what is under way has been taken in. */
  async taken(): Promise<void> {
    await this.#beside.done();
  }

  async #takeAll(): Promise<void> {
    for (const name of await this.#notes()) {
      const path = join(this.#inbox, name);
      const result = await this.#takeOne(path, name).then(
        (entry) => ({ entry }),
        (error: unknown) => {
          if (error instanceof LogHalted) throw error;
          return {
            error: error instanceof Error ? error.message : "unknown error",
          };
        },
      );
      await writeWhole(`${path}.done`, JSON.stringify(result));
      await fs.rm(path);
    }
  }

  /** One note that cannot be read keeps none of the others waiting. */
  async #takeOne(path: string, name: string): Promise<number> {
    const text = await fs.readFile(path, "utf8");
    return this.#take(readAs(delivery, JSON.parse(text), `delivery ${name}`));
  }

  async #notes(): Promise<readonly string[]> {
    try {
      const names = await fs.readdir(this.#inbox);
      return names.filter((name) => name.endsWith(".json"));
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }
}
