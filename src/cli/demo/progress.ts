/** Progress by step with counts: one line a step, rewritten on a terminal, now and then elsewhere. */
export type Progress = {
  readonly count: (
    step: string,
    done: number,
    of: number,
    what: string,
  ) => void;
  readonly done: (step: string, what: string) => void;
  readonly say: (step: string, what: string) => void;
};

const QUIET_MS = 2_000;
const SHOW_MS = 100;

export function terminalProgress(): Progress {
  const live = process.stdout.isTTY;
  let last = Date.now();
  const began = new Map<string, number>();
  const line = (step: string, text: string): string =>
    `${step.padEnd(9)} ${text}`;
  return {
    count: (step, done, of, what) => {
      if (!began.has(step)) began.set(step, Date.now());
      if (Date.now() - last < (live ? SHOW_MS : QUIET_MS)) return;
      last = Date.now();
      const text = line(step, `${done} of ${of}  ${what}`);
      if (live) process.stdout.write(`\r\u001b[K${text}`);
      else console.log(text);
    },
    done: (step, what) => {
      const seconds = (
        (Date.now() - (began.get(step) ?? Date.now())) /
        1000
      ).toFixed(1);
      if (live) process.stdout.write("\r\u001b[K");
      console.log(line(step, `${what}  ${seconds} s`));
    },
    say: (step, what) => {
      if (live) process.stdout.write("\r\u001b[K");
      console.log(line(step, what));
    },
  };
}
