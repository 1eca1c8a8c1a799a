import * as z from "zod/mini";
import { fromBase64url } from "../../acts/bytes.ts";
import { isPersonal } from "../../register/fields.ts";
import type { ReadRegister } from "../../register/register.ts";
import { whyServed } from "./systems.ts";

const ROWS = 5;
const KEPT_MAX = 1_000;

const answered = z.object({
  rows: z.array(
    z.record(
      z.string(),
      z.union([z.string(), z.number(), z.boolean(), z.null()]),
    ),
  ),
});

/** The first rows of a vintage as the gate gave them, with the receipt that came along. */
export type Sample = {
  readonly vintage: number;
  readonly at: number;
  readonly rows: z.infer<typeof answered>["rows"];
  /** The receipt as it came: what the log promises of this answer. */
  readonly receipt: unknown;
};

/** Asks at an address of this office, as the reader of a page could. */
export type Ask = (path: string) => Response | Promise<Response>;

/**
 * Rows that pages show. They leave by the gate like all rows (I11), so each sample is a use that is counted: the page asks once
 * for each vintage and not for each reader. Only open data of no person, which lie here: a department's service is not asked because
 * somebody reads a page.
 */
export class Samples {
  /** The one that was shown longest ago stands first. */
  readonly #kept = new Map<string, Sample>();
  readonly #asked = new Map<string, Promise<Sample | undefined>>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Undefined where no sample may be shown, or where the gate gave none just now. */
  async of(
    register: ReadRegister,
    dataset: string,
    ask: Ask,
  ): Promise<Sample | undefined> {
    const vintage = this.#vintageOf(register, dataset);
    if (vintage === undefined) return undefined;
    const kept = this.#kept.get(dataset);
    if (kept?.vintage === vintage) return this.#keep(dataset, kept);
    const name = `${dataset} ${vintage}`;
    const asked =
      this.#asked.get(name) ??
      this.#ask(dataset, vintage, ask).finally(() => this.#asked.delete(name));
    this.#asked.set(name, asked);
    return asked;
  }

  #vintageOf(register: ReadRegister, dataset: string): number | undefined {
    const act = register.datasets.get(dataset)?.act;
    if (act === undefined || act.live !== undefined || isPersonal(act))
      return undefined;
    const { serving } = whyServed(register, dataset, this.#now());
    return serving === "open"
      ? register.vintages.get(dataset)?.vintage.vintage
      : undefined;
  }

  async #ask(
    dataset: string,
    vintage: number,
    ask: Ask,
  ): Promise<Sample | undefined> {
    const at = this.#now();
    const response = await ask(`/data/${dataset}?limit=${ROWS}`);
    // A gate that is busy, stands still or refuses gives no sample, and the page says so.
    if (response.status !== 200) return undefined;
    const { rows } = answered.parse(await response.json());
    const promise = response.headers.get("vitrine-receipt");
    const receipt: unknown =
      promise === null
        ? undefined
        : JSON.parse(new TextDecoder().decode(fromBase64url(promise)));
    return this.#keep(dataset, { vintage, at, rows, receipt });
  }

  #keep(dataset: string, sample: Sample): Sample {
    this.#kept.delete(dataset);
    this.#kept.set(dataset, sample);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_MAX && oldest !== undefined)
      this.#kept.delete(oldest);
    return sample;
  }
}
