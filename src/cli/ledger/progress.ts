const QUIET_MS = 2_000;
const SHOW_MS = 200;

/** Says on standard error what long work is at, from its third second on. */
export function ledgerProgress(): {
  readonly say: (text: string) => void;
  readonly end: () => void;
} {
  const live = process.stderr.isTTY;
  const began = Date.now();
  let last = began;
  let isShown = false;
  return {
    say: (text) => {
      const now = Date.now();
      if (now - began < QUIET_MS) return;
      if (now - last < (live ? SHOW_MS : QUIET_MS)) return;
      last = now;
      process.stderr.write(live ? `\r\u001b[K${text}` : `${text}\n`);
      isShown = live;
    },
    end: () => {
      if (isShown) process.stderr.write("\r\u001b[K");
      isShown = false;
    },
  };
}
