import * as z from "zod/mini";
import { fromBase64url } from "../../acts/bytes.ts";
import { isPersonal } from "../../register/fields.ts";
import type { ReadRegister } from "../../register/register.ts";
import { keepAtMost } from "../keep-at-most.ts";
import { whyServed } from "./systems.ts";

const ROWS = 5;
const KEPT_MAX = 1_000;
const AGAIN_MS = 10_000;

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
  /** Until when a gate that gave none is not asked again. */
  readonly #refusedUntil = new Map<string, number>();
  readonly #register: () => ReadRegister | undefined;
  readonly #now: () => number;

  /** What is served, and which vintage, the gate's own register says: it may be behind the office's, and never ahead of what is public. */
  constructor(register: () => ReadRegister | undefined, now: () => number) {
    this.#register = register;
    this.#now = now;
  }

  /** Undefined where no sample may be shown, or where the gate gave none just now. */
  async of(dataset: string, ask: Ask): Promise<Sample | undefined> {
    const vintage = this.#vintageOf(dataset);
    if (vintage === undefined) return undefined;
    const kept = this.#kept.get(dataset);
    if (kept?.vintage === vintage) return this.#keep(dataset, kept);
    if (this.#now() < (this.#refusedUntil.get(dataset) ?? 0)) return undefined;
    const asked =
      this.#asked.get(dataset) ??
      this.#ask(dataset, vintage, ask).finally(() =>
        this.#asked.delete(dataset),
      );
    this.#asked.set(dataset, asked);
    return asked;
  }

  #vintageOf(dataset: string): number | undefined {
    const register = this.#register();
    const act = register?.datasets.get(dataset)?.act;
    if (
      register === undefined ||
      act === undefined ||
      act.live !== undefined ||
      isPersonal(act)
    )
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
    // A gate that is busy, stands still or refuses gives no sample. Of rows that came while the vintage changed nobody knows whose they are.
    if (response.status !== 200 || this.#vintageOf(dataset) !== vintage) {
      keepAtMost(this.#refusedUntil, dataset, at + AGAIN_MS, KEPT_MAX);
      return undefined;
    }
    const { rows } = answered.parse(await response.json());
    const promise = response.headers.get("vitrine-receipt");
    const receipt: unknown =
      promise === null
        ? undefined
        : JSON.parse(new TextDecoder().decode(fromBase64url(promise)));
    return this.#keep(dataset, { vintage, at, rows, receipt });
  }

  #keep(dataset: string, sample: Sample): Sample {
    keepAtMost(this.#kept, dataset, sample, KEPT_MAX);
    return sample;
  }
}
