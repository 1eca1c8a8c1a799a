import type { RegisterFeed } from "../../gateway/follow.ts";
import { Unavailable } from "../../gateway/unavailable.ts";
import { TILE_WIDTH } from "../../log/tiles.ts";
import { sourceOf } from "../verify/logs.ts";
import { openPlace } from "../verify/place.ts";

const ASK_EVERY_MS = 1_000;
const ANSWER_MS_MAX = 45_000;
/** As many questions may be under way as begin before the first of them is given up. */
const UNDER_WAY_MAX = ANSWER_MS_MAX / ASK_EVERY_MS;

type Heard = { readonly note: string; readonly askedAt: number };

/**
 * The register log as an office elsewhere shows it. Its checkpoint is asked for every second whether or not the answers before have
 * come, so that a slow line makes it late and not rare; it counts from the moment at which it was asked for.
 */
export class OfficeFeed implements RegisterFeed {
  readonly #address: string;
  readonly #now: () => number;
  #heard: Heard | undefined;
  #size = 0;
  #underWay = 0;
  #failed = "it was not asked yet";
  #timer: NodeJS.Timeout | undefined;

  constructor(address: string, now: () => number) {
    this.#address = address;
    this.#now = now;
  }

  /** Asks once, and then every second until it is stopped. */
  async begin(): Promise<void> {
    await this.#ask();
    this.#timer = setInterval(
      () => void this.#ask().catch(() => undefined),
      ASK_EVERY_MS,
    );
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  checkpoint(): Promise<string> {
    return this.#heard === undefined
      ? Promise.reject(this.#away())
      : Promise.resolve(this.#heard.note);
  }

  askedAt(): number {
    return this.#heard?.askedAt ?? 0;
  }

  async entries(from: number, to: number): Promise<readonly Uint8Array[]> {
    const place = await openPlace(this.#address);
    const source = sourceOf(place, "register", "", to, new Uint8Array(32));
    const entries: Uint8Array[] = [];
    for (let at = from; at < to; at = from + entries.length) {
      const bundle = await source.bundle(Math.floor(at / TILE_WIDTH));
      const first = at % TILE_WIDTH;
      entries.push(...bundle.slice(first, first + to - at));
      // It went on while it was read, and shows another file by now.
      if (from + entries.length === at)
        throw new Unavailable(
          `Cannot follow the office at ${this.#address}: entry ${at} is not there`,
        );
    }
    return entries;
  }

  async #ask(): Promise<void> {
    if (this.#underWay >= UNDER_WAY_MAX) return;
    this.#underWay += 1;
    const askedAt = this.#now();
    try {
      // No cache between the two may have the answer to another question.
      const response = await fetch(
        `${this.#address}/records/checkpoint?asked=${askedAt}`,
        { redirect: "manual", signal: AbortSignal.timeout(ANSWER_MS_MAX) },
      );
      const note = await response.text();
      if (response.ok) this.#hear({ note, askedAt });
      else this.#failed = `it answered ${response.status}`;
    } catch (error) {
      this.#failed = error instanceof Error ? error.message : "no answer";
    } finally {
      this.#underWay -= 1;
    }
  }

  /** One that was asked for before, or is of an older register, tells nothing new. */
  #hear(heard: Heard): void {
    const size = Number(heard.note.split("\n")[1]);
    if (!(heard.askedAt >= this.askedAt() && size >= this.#size)) return;
    this.#size = size;
    this.#heard = heard;
  }

  #away(): Unavailable {
    return new Unavailable(
      `Cannot follow the office at ${this.#address}: ${this.#failed}`,
    );
  }
}
