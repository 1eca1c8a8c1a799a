/** A client that takes nothing for so long has left, whatever its connection says: it keeps others from their place. */
const IDLE_MS_MAX = 30_000;

/** Ends what waits for a client. `wait` begins the time anew, `stop` ends it. */
export function whenIdle(
  end: () => void,
  milliseconds = IDLE_MS_MAX,
): { readonly wait: () => void; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearTimeout(timer);
  return {
    wait: () => {
      stop();
      timer = setTimeout(end, milliseconds);
      timer.unref();
    },
    stop,
  };
}
