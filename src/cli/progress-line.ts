/** What is shown while something long goes on, where somebody looks: on standard error of a terminal, a few times a second. */
export type Screen = {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
};

const EVERY_MS = 200;

export class ProgressLine {
  readonly #screen: Screen;
  readonly #now: () => number;
  #shown = -Infinity;
  #width = 0;

  constructor(
    screen: Screen = process.stderr,
    now: () => number = () => performance.now(),
  ) {
    this.#screen = screen;
    this.#now = now;
  }

  show(text: () => string): void {
    if (this.#screen.isTTY !== true) return;
    const now = this.#now();
    if (now - this.#shown < EVERY_MS) return;
    this.#shown = now;
    const line = text();
    this.#screen.write(`\r${line.padEnd(this.#width)}`);
    this.#width = line.length;
  }

  /** The line goes, so that what is said next stands alone. */
  end(): void {
    if (this.#width > 0) this.#screen.write(`\r${" ".repeat(this.#width)}\r`);
    this.#width = 0;
  }
}

export function showBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  const [unit, of] =
    bytes < 1_000_000
      ? ["kB", 1_000]
      : bytes < 1_000_000_000
        ? ["MB", 1_000_000]
        : ["GB", 1_000_000_000];
  return `${(bytes / Number(of)).toFixed(1)} ${unit}`;
}
