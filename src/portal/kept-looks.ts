import { around } from "./around.ts";
import { keepAtMost } from "./keep-at-most.ts";

/** How long what was shown is shown again: the page loaded anew, or in the other language. */
const SHOWN_AGAIN_MS = 60_000;
const KEPT_MAX = 1_000;

/**
 * What a session was shown within the last minute, behind a look that was entered. Shown again it is the same look: the same lines, to the same
 * session, with the entry that was made before they left the first time. Nothing that was not shown then is shown now; whatever is newer takes
 * another look. It lies in memory alone and goes with its minute.
 */
export class KeptLooks<Page> {
  readonly #kept = new Map<
    string,
    { readonly page: Page; readonly at: number }
  >();

  shown(session: string, place: string, now: number): Page | undefined {
    const found = this.#kept.get(`${session}\n${place}`);
    if (found === undefined) return undefined;
    const age = now - found.at;
    return age >= 0 && age < SHOWN_AGAIN_MS ? found.page : undefined;
  }

  keep(session: string, place: string, page: Page, now: number): void {
    const name = `${session}\n${place}`;
    const value = { page, at: now };
    keepAtMost(this.#kept, name, value, KEPT_MAX);
    // Also where nobody looks again: lists of persons do not lie about.
    setTimeout(() => {
      if (this.#kept.get(name) === value) this.#kept.delete(name);
    }, SHOWN_AGAIN_MS).unref();
  }

  /** Something about a list changed: the next page is another look. */
  forget(session: string): void {
    for (const name of this.#kept.keys())
      if (name.startsWith(`${session}\n`)) this.#kept.delete(name);
  }
}

/** Random, of the session that asks and of it alone. */
export function sessionMark(): string {
  return around().session?.formToken ?? "";
}
