import { type FileHandle, open } from "node:fs/promises";

/** What is held longer outlives young garbage. */
const HELD_CHARACTERS_MAX = 65_536;

/** A file that is written in large pieces, and made only when the first line comes. Owns the open file until `close`. */
export class TextFile {
  readonly #path: string;
  readonly #first: string;
  #held = "";
  #handle: FileHandle | undefined;

  constructor(path: string, first: string) {
    this.#path = path;
    this.#first = first;
  }

  /** True once enough is held to be worth a `flush`. */
  add(line: string): boolean {
    this.#held += line;
    return this.#held.length > HELD_CHARACTERS_MAX;
  }

  async flush(): Promise<void> {
    if (this.#held === "") return;
    const text =
      this.#handle === undefined ? this.#first + this.#held : this.#held;
    this.#held = "";
    this.#handle ??= await open(this.#path, "w");
    await this.#handle.writeFile(text);
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }
}
